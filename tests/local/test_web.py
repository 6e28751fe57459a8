"""The one address of the stack: texts travel small."""

import gzip

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from local.web import compressed

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
