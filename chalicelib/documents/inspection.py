"""An uploaded file's bytes become an inspection. Run this where a parser may die: see `confined`."""

from collections.abc import Callable, Sequence

from msgspec import structs
from PIL import Image

from chalicelib.documents.closer import read_closer
from chalicelib.documents.confined import InspectionResult, faulty, unchecked
from chalicelib.documents.errors import UploadFault
from chalicelib.documents.files.fingerprint import fingerprint
from chalicelib.documents.files.gate import PDF, check_upload
from chalicelib.documents.files.pages import Page, opened, pages_of
from chalicelib.documents.files.pictures import preview
from chalicelib.documents.files.quality import hints
from chalicelib.documents.kinds import kind_of
from chalicelib.documents.papers.boards.roster import read_roster
from chalicelib.documents.papers.boards.ruled_tables import ruled_tables
from chalicelib.documents.papers.cards import read_card
from chalicelib.documents.papers.certificates import read_certificate
from chalicelib.documents.papers.letters.letter import read_letter
from chalicelib.documents.papers.letters.signer import SecondReading, signing_spot
from chalicelib.documents.papers.reading import Extract, with_addresses
from chalicelib.documents.parts import parted
from chalicelib.documents.shown import contradicted, read_anew
from chalicelib.documents.sight.ink import LEFT, RIGHT, corner_below, marks_in, without_colour
from chalicelib.documents.sight.recognition import Recogniser
from chalicelib.documents.sight.sheet import Piece, Row, Sheet, sheet_of_readings
from chalicelib.documents.types import Box, Inspection, Kind, Value

PREVIEW_PAGES = 8
_FINE = 36  # pixels a line height when the signer's corner is read again


def inspect(data: bytes, recogniser: Recogniser, wanted: str | None = None) -> Inspection:
    """What the file is and says. A file that is refused or cannot be parsed has its `fault` named, never an exception."""
    return examine(data, recogniser, wanted=wanted, previews=0).inspection


def examine(
    data: bytes,
    recogniser: Recogniser,
    declared_type: str | None = None,
    wanted: str | None = None,
    previews: int = PREVIEW_PAGES,
    when_opened: Callable[[InspectionResult], None] | None = None,
) -> InspectionResult:
    """The inspection with pictures of the first `previews` pages; of several documents the `wanted` kind is read.

    `when_opened` is told what can be said of a file that was opened, should its text not be read in time.
    """
    try:
        content_type = check_upload(data, declared_type)
        file = opened(data, content_type)
    except UploadFault as fault:
        return InspectionResult(inspection=faulty(data, fault.code))
    pictures = [page.picture for page in file.pages[:previews]]
    looks = [preview(picture) for picture in pictures]
    if when_opened:
        when_opened(InspectionResult(inspection=unchecked(content_type, file.count), previews=tuple(looks)))
    pages = pages_of(file, recogniser)
    inspection = _inspection(data, content_type, pages, recogniser, wanted)
    return InspectionResult(
        inspection=structs.replace(inspection, pages=file.count),
        previews=tuple(map(_look, pages[:previews], pictures, looks)),
    )


def look_at(data: bytes, declared_type: str | None = None) -> InspectionResult:
    """A picture of the file's first page, and nothing read in it. A fault is inside the inspection, as in `examine`."""
    try:
        content_type = check_upload(data, declared_type)
        file = opened(data, content_type)
    except UploadFault as fault:
        return InspectionResult(inspection=faulty(data, fault.code))
    picture = preview(file.pages[0].picture)
    return InspectionResult(inspection=unchecked(content_type, file.count), previews=(picture,))


def _look(page: Page, before: Image.Image, look: bytes) -> bytes:
    """The page's picture for people: the one that was made before, unless the page was turned upright since."""
    return look if page.shown is before else preview(page.shown)


def _inspection(
    data: bytes, content_type: str, pages: Sequence[Page], recogniser: Recogniser, wanted: str | None
) -> Inspection:
    whole = pages
    pages, others = parted(whole, wanted)
    kind, certainty = _kind(pages)
    if any(not sheet.native for sheet in _sheets(pages)):
        pages = read_closer(pages, kind, _extract(kind, data, content_type, pages), recogniser)
        kind, certainty = _kind(pages)
    extract = _extract(kind, data, content_type, pages, recogniser)
    doubted = contradicted(pages, extract.fields, recogniser)
    if doubted:
        return _inspection(data, content_type, read_anew(whole, doubted, recogniser), recogniser, wanted)
    recognised = any(not sheet.native for sheet in _sheets(pages))
    return Inspection(
        kind=kind,
        kind_confidence=certainty,
        content_type=content_type,
        pages=len(whole),
        fields=with_addresses(extract.fields) if recognised else extract.fields,
        officers=extract.officers,
        text=_lines(_sheets(whole)),
        quality=hints(pages[0].shown, pages[0].sheet, blank=pages[0].blank),
        fingerprint=fingerprint(pages[0].shown),
        recognised=recognised,
        hidden_text=any(page.hidden_text for page in whole),
        others=others,
    )


def _sheets(pages: Sequence[Page]) -> list[Sheet]:
    return [page.sheet for page in pages if page.sheet is not None]


def _lines(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    return tuple(line for sheet in sheets for line in sheet.lines)


def _kind(pages: Sequence[Page]) -> tuple[Kind, float]:
    if all(page.blank for page in pages):
        return Kind.BLANK, 0.99
    sheets = _sheets(pages)
    kind, certainty = kind_of(_lines(sheets))
    if kind is Kind.OTHER and not _legible(sheets):
        return Kind.UNREADABLE, 0.9
    return kind, certainty


def _legible(sheets: Sequence[Sheet]) -> bool:
    """Whether enough was read with certainty to say that it is some other paper."""
    pieces = [piece for sheet in sheets for row in sheet.rows for piece in row]
    sure = sum(len(piece.text) for piece in pieces if piece.score > 0.85 and len(piece.text) > 2)
    return sure >= 25 and sure > 0.4 * sum(len(piece.text) for piece in pieces)


def _extract(
    kind: Kind, data: bytes, content_type: str, pages: Sequence[Page], recogniser: Recogniser | None = None
) -> Extract:
    """What a paper of that kind says; only with a recogniser is the signer's corner looked at."""
    sheets = _sheets(pages)
    if kind is Kind.KTP:
        return read_card(sheets)
    if kind is Kind.VILLAGE_LETTER:
        return _letter(pages, recogniser) if recogniser else read_letter(sheets)
    if kind is Kind.BOARD_ROSTER:
        made_of_text = content_type == PDF and all(sheet.native for sheet in sheets)
        return read_roster(sheets, ruled_tables(data, sheets) if made_of_text else ())
    if kind is Kind.OLD_CERTIFICATE:
        return read_certificate(sheets)
    return Extract({})


def _letter(pages: Sequence[Page], recogniser: Recogniser) -> Extract:
    """The letter's fields, with the signer's corner looked at for ink and read again without it."""
    sheets = _sheets(pages)
    for page in reversed(pages):
        rows = page.sheet.rows if page.sheet else ()
        spot = signing_spot(rows)
        if spot:
            break
    else:
        unseen = Value(text="false", confidence=0.3)
        extract = read_letter(sheets)
        return Extract({**extract.fields, "signed": unseen, "stamped": unseen})
    title = spot.piece
    corner = corner_below(page.picture, title, _printed(rows[spot.row :]))
    marks = marks_in(corner)
    again = _again(page, title, recogniser) if page.sheet and not page.sheet.native else None
    extract = read_letter(sheets, again and structs.replace(again, on_page=corner.on_page))
    seen = {"signed": marks.signed, "stamped": marks.stamped}
    looked_at = corner.on_page(Box(page=title.box.page, x=0, y=0, w=1, h=1))
    found = {
        name: Value(text=str(true).lower(), confidence=0.93, box=looked_at) for name, true in seen.items()
    }
    return Extract(extract.fields | found)


def _printed(rows: Sequence[Row]) -> list[Piece]:
    """Lines that are print: sure, and no taller than the title; what was read out of strokes is neither."""
    tall = max(piece.height for piece in rows[0])
    return [
        p
        for row in rows
        for p in row
        if p.score > 0.85 and sum(map(str.isalpha, p.text)) > 5 and p.height < 1.5 * tall
    ]


def _again(page: Page, title: Piece, recogniser: Recogniser) -> SecondReading:
    """The corner below the title without coloured ink, read once more."""
    corner = corner_below(page.picture, title, (), unit=_FINE)
    picture = without_colour(corner.picture)
    places = [reading.corners for reading in recogniser.read(picture, line_height=1.33 * _FINE)]
    sheet = sheet_of_readings(title.box.page, picture.size, recogniser.read_again(picture, places))
    left, right = LEFT * _FINE, picture.width - RIGHT * _FINE
    return SecondReading(
        sheet.rows, structs.replace(title, left=left, right=right, middle=-0.6 * _FINE, height=1.33 * _FINE)
    )
