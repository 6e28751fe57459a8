"""A person before the service: everything goes through HTTP and mail, as it does for people."""

import re
import time
from collections.abc import Callable, Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests

from local.mailbox import Mailbox

PATIENCE = 60.0
"""Seconds that a person waits for something that should come at once."""
Found = TypeVar("Found")


class NoAnswerError(Exception):
    """Something that should have come did not."""


class RefusedError(Exception):
    """The service answered with a problem document."""

    def __init__(self, problem: Mapping[str, Any]) -> None:
        super().__init__(f"{problem.get('code')}: {problem.get('detail')} {problem.get('facts')}")
        self.problem = problem


class Person:
    """Somebody with a browser and a mailbox."""

    def __init__(self, site_url: str, mailbox: Mailbox, email: str) -> None:
        self.email = email
        self._site_url = site_url
        self._mailbox = mailbox
        self._http = requests.Session()
        self._read: set[Path] = set()

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The JSON answer of the API. Raises RefusedError for a problem document."""
        answer = self._http.request(
            method, f"{self._site_url}/api{path}", json=body, headers=headers, timeout=60
        )
        if answer.status_code >= 400:
            raise RefusedError(answer.json())
        return answer.json()

    def sign_in(self, role: str, name: str = "", phone: str = "") -> dict[str, Any]:
        """Signs in with the mailed code, and stays signed in; what the service answered."""
        code = self.code(lambda: self.ask("POST", "/sign-in", {"email": self.email, "role": role}))
        body = {"email": self.email, "role": role, "code": code}
        if role == "applicant":
            body |= {"name": name, "phone": phone}
        answer: dict[str, Any] = self.ask("POST", "/sign-in/verify", body)
        self._http.headers["Authorization"] = f"Bearer {answer['session']}"
        return answer

    def upload(self, offer: Mapping[str, Any], file: Path) -> None:
        """Posts a file to the address that was offered, with the form that came with it."""
        files = {"file": (file.name, file.read_bytes())}
        answer = requests.post(offer["url"], data=offer["fields"], files=files, timeout=60)
        answer.raise_for_status()

    def download(self, url: str) -> bytes:
        """The bytes at an address."""
        answer = requests.get(url, timeout=60)
        answer.raise_for_status()
        return answer.content

    def code(self, asks: Callable[[], object]) -> str:
        """The six digits of the mail that comes when they are asked for; earlier ones are of no use."""
        while self._unread(_six_digits):
            pass
        asks()
        return self._next_mail(_six_digits)

    def link(self, page: str, about: str = "") -> str:
        """What stands after `#` in the next mailed link to that page; `about` is in the mail's subject."""

        def found(mail: EmailMessage) -> str | None:
            if about not in str(mail["Subject"]):
                return None
            address = _first(rf"(https?://\S+/{page}/#\S+)", text_of(mail))
            return urlsplit(address).fragment if address else None

        return self._next_mail(found)

    def mailed(self, about: str) -> str:
        """The words of the next mail whose subject says that."""
        return self._next_mail(lambda mail: text_of(mail) if about in str(mail["Subject"]) else None)

    def _next_mail(self, found: Callable[[EmailMessage], Found | None]) -> Found:
        return wait_for(lambda: self._unread(found), f"a mail to {self.email}")

    def _unread(self, found: Callable[[EmailMessage], Found | None]) -> Found | None:
        for path in self._mailbox.collect():
            mail = message_from_bytes(path.read_bytes(), policy=policy.default)
            if path in self._read or self.email not in str(mail["To"]):
                continue
            wanted = found(mail)
            if wanted:
                self._read.add(path)
                return wanted
        return None


def text_of(mail: EmailMessage) -> str:
    """The words of a mail."""
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body else ""


def wait_for(
    look: Callable[[], Found | None], what: str, patience: float = PATIENCE, pause: float = 0.05
) -> Found:
    """What `look` finds, asked again every `pause` seconds. Raises NoAnswerError."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        found = look()
        if found is not None:
            return found
        time.sleep(pause)
    raise NoAnswerError(f"{what} did not come within {patience:.0f} s")


def _six_digits(mail: EmailMessage) -> str | None:
    return _first(r"\b(\d{6})\b", str(mail["Subject"]))


def _first(pattern: str, text: str) -> str | None:
    match = re.search(pattern, text)
    return match.group(1) if match else None
