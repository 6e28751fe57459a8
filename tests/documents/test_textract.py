"""The adapter keeps to the documented shape of Amazon Textract's answers, and names its failures."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.stub import Stubber
from moto import mock_aws

from chalicelib.aws.session import client
from chalicelib.aws.textract import READ_SECONDS, Textract, lines_of
from chalicelib.documents.errors import RecognitionUnavailableError

REGION = "ap-southeast-1"
JPEG = b"\xff\xd8\xff\xe0 a page"


def _geometry(left: float, top: float, width: float, height: float) -> dict[str, Any]:
    corners = ((left, top), (left + width, top), (left + width, top + height), (left, top + height))
    return {
        "BoundingBox": {"Left": left, "Top": top, "Width": width, "Height": height},
        "Polygon": [{"X": x, "Y": y} for x, y in corners],
    }


def _word(name: str, text: str, confidence: float, left: float, width: float) -> dict[str, Any]:
    return {
        "BlockType": "WORD",
        "Id": name,
        "Text": text,
        "TextType": "PRINTED",
        "Confidence": confidence,
        "Geometry": {**_geometry(left, 0.2, width, 0.05), "RotationAngle": 0.0},
    }


def _answer() -> dict[str, Any]:
    """As DetectDocumentText answers for a page with one line of two words."""
    page = {
        "BlockType": "PAGE",
        "Id": "page",
        "Geometry": _geometry(0, 0, 1, 1),
        "Relationships": [{"Type": "CHILD", "Ids": ["line"]}],
    }
    line = {
        "BlockType": "LINE",
        "Id": "line",
        "Text": "NIK 3514",
        "Confidence": 99.1,
        "Geometry": _geometry(0.1, 0.2, 0.8, 0.05),
        "Relationships": [{"Type": "CHILD", "Ids": ["one", "two"]}],
    }
    words = [_word("one", "NIK", 99.8, 0.1, 0.3), _word("two", "3514", 98.4, 0.5, 0.4)]
    return {
        "DocumentMetadata": {"Pages": 1},
        "Blocks": [page, line, *words],
        "DetectDocumentTextModelVersion": "1.0",
    }


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stubber]:
    """The client that the adapter uses, with answers that are checked against the API's own model."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with Stubber(client("textract", REGION, read_seconds=READ_SECONDS)) as stubbed:
        yield stubbed


def test_a_line_has_the_words_their_places_and_the_certainty_of_the_least_sure(service: Stubber) -> None:
    service.add_response("detect_document_text", _answer(), {"Document": {"Bytes": JPEG}})
    (line,) = Textract(REGION).lines(JPEG)
    assert (line.text, line.score) == ("NIK 3514", 0.984)
    assert line.corners == ((0.1, 0.2), (0.9, 0.2), (0.9, 0.25), (0.1, 0.25))
    expected = [0.0625, 0.1875, 0.3125, 0.4375, 0.5625, 0.6875, 0.8125, 0.9375]
    assert line.places == pytest.approx(expected)


def test_an_empty_page_has_no_lines(service: Stubber) -> None:
    service.add_response("detect_document_text", {**_answer(), "Blocks": _answer()["Blocks"][:1]})
    assert Textract(REGION).lines(JPEG) == ()


def test_the_places_of_a_line_that_runs_downwards_follow_it() -> None:
    blocks = _answer()["Blocks"]
    for block in blocks:  # the page turned clockwise: every polygon still begins at its text's own top left
        block["Geometry"]["Polygon"] = [
            {"X": 1 - point["Y"], "Y": point["X"]} for point in block["Geometry"]["Polygon"]
        ]
    (line,) = lines_of(blocks)
    assert line.corners[0] == pytest.approx((0.8, 0.1))
    assert line.corners[1] == pytest.approx((0.8, 0.9))
    assert line.places[0] == pytest.approx(0.0625)


def test_a_line_without_words_or_polygon_is_spread_over_its_box() -> None:
    line = _answer()["Blocks"][1]
    del line["Relationships"], line["Geometry"]["Polygon"]
    (seen,) = lines_of([line])
    assert (seen.text, seen.score) == ("NIK 3514", 0.991)
    assert seen.corners[2] == pytest.approx((0.9, 0.25))
    assert seen.places[0] == pytest.approx(1 / 16)


@pytest.mark.parametrize(
    "code",
    [
        "ThrottlingException",
        "ProvisionedThroughputExceededException",
        "UnsupportedDocumentException",
        "BadDocumentException",
        "DocumentTooLargeException",
        "AccessDeniedException",
        "InternalServerError",
    ],
)
def test_an_error_of_the_service_is_a_named_fault(service: Stubber, code: str) -> None:
    service.add_client_error("detect_document_text", code, "what it says is never passed on")
    with pytest.raises(RecognitionUnavailableError) as raised:
        Textract(REGION).lines(JPEG)
    assert raised.value.facts == {"reason": code}


def test_a_service_that_cannot_be_reached_is_a_named_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    # Nobody listens there. A region of its own: clients are kept for the life of a process.
    monkeypatch.setenv("AWS_ENDPOINT_URL_TEXTRACT", "http://127.0.0.1:9")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with pytest.raises(RecognitionUnavailableError, match="EndpointConnectionError"):
        Textract("eu-west-3").lines(JPEG)


@pytest.mark.parametrize("page", [b"%PDF-1.7", b"", b"\xff\xd8\xff" + bytes(5 * 1024 * 1024)])
def test_only_pictures_of_pages_below_the_limit_are_sent(service: Stubber, page: bytes) -> None:
    with pytest.raises(RecognitionUnavailableError, match="NotAPage"):
        Textract(REGION).lines(page)


def test_the_call_is_one_that_aws_knows() -> None:
    with mock_aws():
        assert Textract("eu-west-2").lines(JPEG) == ()
