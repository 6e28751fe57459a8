"""The one address of the stack: texts travel small."""

import gzip
from io import BytesIO
from pathlib import Path

import pytest
from botocore.credentials import Credentials
from chalice.app import Chalice
from werkzeug.test import Client, EnvironBuilder
from werkzeug.wrappers import Request, Response

from local.files_gate import FilesGate
from local.mailbox import Mailbox
from local.web import LARGEST_REQUEST, Web, compressed

WORDS = "Nomor Induk Kesenian " * 100


def sent(kind: str, accepts: str, body: str = WORDS) -> Response:
    """What goes out of an answer of that kind to a browser that accepts that."""
    asking = EnvironBuilder(headers=[("Accept-Encoding", accepts)])
    return compressed(Response(body, content_type=kind), Request(asking.get_environ()))


@pytest.mark.parametrize(
    "kind", ["text/html; charset=utf-8", "text/javascript; charset=utf-8", "application/json"]
)
def test_a_text_travels_compressed_to_those_who_take_it(kind: str) -> None:
    answer = sent(kind, "gzip, deflate, br")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) < len(WORDS) / 10
    assert gzip.decompress(answer.get_data()).decode() == WORDS


def test_a_text_travels_as_it_is_to_those_who_do_not() -> None:
    answer = sent("text/html", "identity")
    assert answer.get_data(as_text=True) == WORDS
    assert answer.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("kind", "body"), [("application/pdf", WORDS), ("image/jpeg", WORDS), ("text/html", "Ya")]
)
def test_what_would_not_shrink_is_left_as_it_is(kind: str, body: str) -> None:
    assert "Content-Encoding" not in sent(kind, "gzip", body).headers


@pytest.fixture
def visitor(tmp_path: Path) -> Client:
    """Somebody before a stack that knows two addresses and has a page for all others."""
    app = Chalice(app_name="sanggar")

    @app.route("/en/v/{check_code}")
    def checked(check_code: str) -> dict[str, str]:
        return {"checked": check_code}

    (tmp_path / "en").mkdir()
    (tmp_path / "tautan").mkdir()
    (tmp_path / "404.html").write_text("Halaman tidak ditemukan")
    (tmp_path / "en" / "404.html").write_text("Page not found")
    (tmp_path / "500.html").write_text("Layanan sedang bermasalah")
    (tmp_path / "tautan" / "index.html").write_text("Tautan ini sudah tidak berlaku")
    gate = FilesGate("ap-southeast-3", Credentials("key", "secret"))
    return Client(Web(app, tmp_path, gate, Mailbox(tmp_path / "mail", "ap-southeast-3")))


@pytest.mark.parametrize("path", ["/v/%3Cscript%3Ealert(1)%3C/script%3E", "/v/a/b", "/nowhere"])
def test_an_address_that_nobody_knows_is_a_page_that_says_so(visitor: Client, path: str) -> None:
    answer = visitor.get(path)
    assert (answer.status_code, answer.text) == (404, "Halaman tidak ditemukan")


@pytest.mark.parametrize("path", ["/en/v/a/b", "/en/nowhere"])
def test_an_english_reader_is_told_in_english(visitor: Client, path: str) -> None:
    answer = visitor.get(path)
    assert (answer.status_code, answer.text) == (404, "Page not found")


@pytest.mark.parametrize("path", ["/l/a/b/c", "/u/a/b/c"])
def test_a_mangled_link_of_ours_leads_to_the_ways_to_another(visitor: Client, path: str) -> None:
    answer = visitor.get(path)
    assert (answer.status_code, answer.text) == (404, "Tautan ini sudah tidak berlaku")


def test_what_is_too_large_for_anything_is_answered_with_a_page(visitor: Client) -> None:
    answer = visitor.post("/v/abc", data=b"x" * (LARGEST_REQUEST + 1))
    assert (answer.status_code, answer.text) == (413, "Layanan sedang bermasalah")
    answer = visitor.post("/api/abc", data=b"x" * (LARGEST_REQUEST + 1))
    assert (answer.status_code, answer.mimetype) == (413, "application/json")
    form = {"file": (BytesIO(b"x" * (LARGEST_REQUEST + 1)), "foto.jpg")}
    answer = visitor.post("/_s3/bucket", data=form)
    assert (answer.status_code, answer.text) == (400, "EntityTooLarge")


def test_a_program_gets_the_gateways_answer_to_an_unknown_address(visitor: Client) -> None:
    answer = visitor.get("/api/nowhere")
    assert answer.status_code == 403
    assert answer.json == {"message": "Missing Authentication Token"}


def test_the_english_check_page_is_asked_of_the_handlers(visitor: Client) -> None:
    assert visitor.get("/en/v/abc").text == '{"checked":"abc"}'
