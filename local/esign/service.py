"""The service over TLS: both forms of the interface, its own book of signers, and whatever mood it is put into."""

import base64
import hmac
import json
import re
import socket
import ssl
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from local.esign.moods import GARBLED, REFUSALS, Reply, said, trickling
from local.esign.pens import Pen, spoilt
from local.esign.person import Person
from local.esign.pki import Pki

HOST = "127.0.0.1"
USERNAME, PASSWORD = "sanggar", "akun contoh"
_LARGEST = 20 * 1024 * 1024


class EsignService:
    """A running service. It speaks both forms; `spoken` is the one that a stack of this machine uses.

    `mood` is how it answers a request to sign; `status` what it says of every signer. Moods: "well", "base64"
    (version 1's other answer), a name of `moods` or of `pens.spoilt`, and: "silent", "trickling", "late" (signs,
    answers after `late_seconds`), "held" (signs, answers when `released` is set), "lost" (signs, then cuts the line
    before any answer), "cut" (signs, then cuts it within the answer, whose head told the file's id). `made` counts
    what was signed; `heard` are the requests, by method and path.
    """

    def __init__(self, people: Iterable[Person], pki: Pki | None = None) -> None:
        self.pki = pki or Pki()
        self.people = tuple(people)
        self.spoken = "v2"
        self.mood = "well"
        self.status: str | None = None
        self.status_silent = False
        self.late_seconds = 1.0
        self.released = threading.Event()
        self.made = 0
        self.heard: list[str] = []
        self.fetchable: dict[str, bytes] = {}
        self.url = ""
        self.stopped = threading.Event()
        self._pens = {one.national_id: Pen(self.pki, one.name) for one in self.people}
        self._stranger = Pen(Pki(), "Orang lain")

    def well(self) -> None:
        """As it was at the beginning."""
        self.mood, self.status, self.status_silent = "well", None, False
        self.made = 0
        self.released.clear()
        self.heard.clear()
        self.fetchable.clear()

    def secret(self) -> str:
        """What a stage keeps in its secret to use this service."""
        ca = self.pki.root_pem.decode()
        account = {"username": USERNAME, "password": PASSWORD}
        return json.dumps({**account, "trust_roots": ca, "service_ca": ca})

    @contextmanager
    def running(self) -> Iterator[str]:
        """While open, it answers at `url`, which is given."""
        with tempfile.TemporaryDirectory() as folder:
            held = Path(folder) / "server.pem"
            held.write_bytes(self.pki.web_server(HOST).pem)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(held)
        server = make_server(
            HOST, 0, self.answer, threaded=True, ssl_context=context, request_handler=_Unheard
        )
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        self.url = f"https://{HOST}:{server.server_port}"
        try:
            yield self.url
        finally:
            self.stopped.set()
            server.shutdown()
            thread.join(timeout=10)

    def answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """The WSGI application."""
        request = Request(environ)
        request.max_content_length = request.max_form_memory_size = _LARGEST
        self.heard.append(f"{request.method} {request.path}")
        reply = self._reply(request, environ)
        response = Response(status=reply.status, content_type=reply.kind, headers=dict(reply.headers))
        if isinstance(reply.content, bytes):
            response.data = reply.content
        else:
            response.response = reply.content()
        if reply.length is not None:
            response.headers["Content-Length"] = str(reply.length)
            response.automatically_set_content_length = False
        return response(environ, start)

    def _reply(self, request: Request, environ: dict[str, Any]) -> Reply:
        given = request.authorization
        known = given and hmac.compare_digest(f"{given.username}:{given.password}", f"{USERNAME}:{PASSWORD}")
        if not known:
            return REFUSALS["account_refused"]
        doors: Mapping[str, Callable[[Request, dict[str, Any]], Reply]] = {
            "POST /api/sign/pdf": self._sign_v1,
            "POST /api/v2/sign/pdf": self._sign_v2,
            "POST /api/v2/user/check/status": self._status_v2,
        }
        door = doors.get(f"{request.method} {request.path}")
        if door:
            return door(request, environ)
        status = re.fullmatch(r"/api/user/status/([^/]+)", request.path)
        if status and request.method == "GET":
            return self._status_v1(status[1])
        file = re.fullmatch(r"/api/sign/download/([^/]+)", request.path)
        if file and file[1] in self.fetchable and request.method == "GET":
            return Reply(kind="application/pdf", content=self.fetchable.pop(file[1]))  # once, as there
        return REFUSALS["no_such_place"]

    def _status_v1(self, national_id: str) -> Reply:
        self._be_silent(self.status_silent)
        status = self._status_of(national_id)
        if status == "NOT_REGISTERED":
            return said(200, status_code=1110, message="User tidak terdaftar")
        if status == "ISSUE":
            return said(200, status_code=1111, message="User telah terdaftar")
        return said(200, status_code=1111, status=status, message="User telah terdaftar")

    def _status_v2(self, request: Request, _: dict[str, Any]) -> Reply:
        self._be_silent(self.status_silent)
        asked = request.get_json()
        return said(200, status=self._status_of(asked.get("nik") or asked.get("email")), message="-")

    def _status_of(self, asked: str) -> str:
        person = self._person(asked)
        return self.status or (person.status if person else "NOT_REGISTERED")

    def _sign_v1(self, request: Request, environ: dict[str, Any]) -> Reply:
        try:
            pdf, form = request.files["file"].read(), request.form
        except (KeyError, RequestEntityTooLarge):
            return said(400, error="Berkas tidak ada", status_code=2000)
        if form.get("tampilan") != "invisible":
            return said(400, error="Tampilan tidak dikenal", status_code=2001)
        return self._sign(form.get("nik", ""), form.get("passphrase", ""), pdf, environ)

    def _sign_v2(self, request: Request, environ: dict[str, Any]) -> Reply:
        asked = request.get_json()
        (file,), (look,) = asked["file"], asked["signatureProperties"]
        if look["tampilan"] != "INVISIBLE":
            return said(400, message="Tampilan tidak dikenal", status_code=2001)
        who = asked.get("nik") or asked.get("email") or ""
        return self._sign(who, asked.get("passphrase", ""), base64.b64decode(file), environ)

    def _sign(self, who: str, passphrase: str, pdf: bytes, environ: dict[str, Any]) -> Reply:
        mood = self.mood  # as it was when this one came
        if named := REFUSALS.get(mood) or GARBLED.get(mood):
            return named
        if mood == "trickling":
            return trickling(self.stopped)
        self._be_silent(mood == "silent")
        person = self._person(who)
        if person is None or self._status_of(who) == "NOT_REGISTERED":
            return REFUSALS["not_registered"]
        if not hmac.compare_digest(person.passphrase.encode(), passphrase.encode()):
            return REFUSALS["wrong_passphrase"]
        pen = self._pens[person.national_id]
        signed = spoilt(pen, self._stranger).get(mood, pen.sign)(pdf)
        self.made += 1
        return self._handed_out(signed, environ, mood)

    def _handed_out(self, signed: bytes, environ: dict[str, Any], mood: str) -> Reply:
        first = environ["PATH_INFO"] == "/api/sign/pdf"
        document = uuid.uuid4().hex if first else ""
        if mood == "late":
            self.stopped.wait(self.late_seconds)
        if mood == "held":
            self.released.wait(60)
        if mood == "lost":
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        if first:
            self.fetchable[document] = signed
        headers = {"id_dokumen": document} if first else {}
        text = base64.b64encode(signed).decode()
        if not first:
            return said(200, time=3, file=[text])
        if mood == "base64":
            return said(200, base64_signed_file=text, id_dokumen=document)
        if mood == "cut":
            return Reply(kind="application/pdf", content=signed[:900], length=len(signed), headers=headers)
        return Reply(kind="application/pdf", content=signed, headers=headers)

    def _be_silent(self, silent: bool) -> None:
        if silent:
            self.stopped.wait(60)

    def _person(self, asked: str) -> Person | None:
        return next((one for one in self.people if asked in (one.national_id, one.email)), None)


class _Unheard(WSGIRequestHandler):
    """Keeps no list of addresses: version 1 has an ID number in one. What clients cut off is no news either."""

    def log(self, *_: Any) -> None:
        return
