"""Amazon Textract, which reads a page in place of our own engine when an office has chosen so (docs/adr/0005).

It is not offered in Jakarta: every page that is recognised leaves the country. Off by default.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chalicelib.aws.session import client
from chalicelib.documents.errors import RecognitionUnavailableError
from chalicelib.documents.sight.seen import MAX_PICTURE_BYTES, Point, SeenLine

READ_SECONDS = 5
"""A page takes one or two; four tries stay within what a file may take."""

Block = Mapping[str, Any]


class Textract:
    """DetectDocumentText in one region."""

    def __init__(self, region: str) -> None:
        self._region = region

    def lines(self, picture: bytes) -> tuple[SeenLine, ...]:
        """The lines of one JPEG page. Raises RecognitionUnavailableError whatever kept the service from reading."""
        from botocore.exceptions import BotoCoreError, ClientError

        if not picture.startswith(b"\xff\xd8\xff") or len(picture) > MAX_PICTURE_BYTES:
            raise RecognitionUnavailableError(reason="NotAPage")
        textract = client("textract", self._region, read_seconds=READ_SECONDS)
        try:
            answer = textract.detect_document_text(Document={"Bytes": picture})
        except ClientError as error:
            raise RecognitionUnavailableError(reason=error.response["Error"]["Code"]) from error
        except BotoCoreError as error:
            raise RecognitionUnavailableError(reason=type(error).__name__) from error
        return lines_of(answer.get("Blocks", []))


def lines_of(blocks: Sequence[Block]) -> tuple[SeenLine, ...]:
    """The LINE blocks of an answer with the WORD blocks they consist of."""
    known = {block["Id"]: block for block in blocks}
    return tuple(
        _line(block, [known[name] for name in _children(block) if known[name]["BlockType"] == "WORD"])
        for block in blocks
        if block["BlockType"] == "LINE"
    )


def _children(block: Block) -> Iterator[str]:
    for relation in block.get("Relationships", []):
        if relation["Type"] == "CHILD":
            yield from relation["Ids"]


def _line(block: Block, words: Sequence[Block]) -> SeenLine:
    corners, words = _corners(block), words or [block]
    return SeenLine(
        corners=corners,
        text=" ".join(word["Text"] for word in words),
        score=round(min(word["Confidence"] for word in words) / 100, 4),
        places=tuple(_places(corners, words)),
    )


def _corners(block: Block) -> tuple[Point, Point, Point, Point]:
    """The polygon, which begins at the text's own top left; without one, the box, as if the text stood upright."""
    geometry = block["Geometry"]
    polygon = [(float(point["X"]), float(point["Y"])) for point in geometry.get("Polygon", [])]
    if len(polygon) == 4:
        return polygon[0], polygon[1], polygon[2], polygon[3]
    box = geometry["BoundingBox"]
    left, top = float(box["Left"]), float(box["Top"])
    right, bottom = left + float(box["Width"]), top + float(box["Height"])
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _places(corners: tuple[Point, Point, Point, Point], words: Sequence[Block]) -> Iterator[float]:
    """The middle of each character along the line: spread evenly in its word, blanks halfway between two words."""
    end = 0.0
    for at, word in enumerate(words):
        begin, until = (_along(corners, point) for point in _ends(_corners(word)))
        if at:
            yield (end + begin) / 2
        letters, end = len(word["Text"]), until
        yield from (begin + (until - begin) * (one + 0.5) / letters for one in range(letters))


def _ends(corners: tuple[Point, Point, Point, Point]) -> tuple[Point, Point]:
    """The middles of the left and of the right side."""
    top_left, top_right, bottom_right, bottom_left = corners
    return _between(top_left, bottom_left), _between(top_right, bottom_right)


def _between(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _along(corners: tuple[Point, Point, Point, Point], point: Point) -> float:
    """How far along the line a point stands, 0..1."""
    (x, y), (right, bottom) = _ends(corners)
    across, down = right - x, bottom - y
    length = across * across + down * down
    far = ((point[0] - x) * across + (point[1] - y) * down) / length if length else 0.0
    return min(max(far, 0.0), 1.0)
