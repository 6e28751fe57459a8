"""From a permit's content to its PDF: one A4 page, PDF/A-2a and PDF/UA-1, the same bytes every time."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import segno
import typst

from chalicelib.permits.errors import LayoutError, UnprintableTextError
from chalicelib.permits.lettering import plain, unprintable, with_stand_ins
from chalicelib.permits.types import PermitContent, SigningOfficial
from chalicelib.permits.wording import WIB, phrases, spoken_date

_ROWS = ("art_genre", "leader_name", "address", "village", "sub_district", "founded_year", "member_count")


class _Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What `permit.typ` reads: every value already words."""

    title: str
    author: str
    number: str | None
    group_name: str
    rows: list[tuple[str, str]]
    legal_bases: list[str]
    place: str
    issued_on: str
    signer: SigningOfficial
    qr: str
    check_url: str
    check_address: str
    check_code: str
    notes: list[str]


@cache
def _template(name: str) -> bytes:
    beside = Path(__file__)
    return beside.with_name("look.typ").read_bytes() + beside.with_name(name).read_bytes()


@cache
def _fonts() -> typst.Fonts:
    # Only the fonts inside the wheel: a machine's own fonts would change the page from place to place.
    return typst.Fonts(include_system_fonts=False)


def _qr_svg(url: str) -> str:
    address, sign, seal = url.partition("#")
    # The seal is a number, which takes fewer modules when it is written as one.
    parts: Any = [address + sign, seal] if seal else [address]
    code = segno.make(parts, micro=False, error="m", boost_error=False)
    svg: str = code.svg_inline(border=4, omitsize=True)
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def _checked(where: str, text: str) -> str:
    if letters := unprintable(text):
        raise UnprintableTextError(where=where, letters=[f"U+{ord(letter):04X}" for letter in letters])
    return plain(text)


def _walk(letters: Callable[[str, str], str], where: str, told: object) -> object:
    if isinstance(told, msgspec.Struct):
        told = {name: getattr(told, name) for name in told.__struct_fields__}
    if isinstance(told, dict):
        return {name: _walk(letters, f"{where}.{name}".lstrip("."), part) for name, part in told.items()}
    if isinstance(told, tuple):
        return tuple(_walk(letters, where, part) for part in told)
    return letters(where, told) if isinstance(told, str) else told


def _printed(content: PermitContent) -> PermitContent:
    """The content with every text plain; a draft shows a stand-in where the final permit is refused."""
    letters = _checked if content.permit_number is not None else lambda _, text: with_stand_ins(text)
    return msgspec.convert(_walk(letters, "", content), PermitContent)


def _rows(content: PermitContent, words: dict[str, str]) -> list[tuple[str, str]]:
    told = {
        "founded_year": str(content.founded_year or words["not_stated"]),
        "member_count": f"{content.member_count} {words['people']}",
    }
    rows = [(name, told.get(name) or str(getattr(content, name)) or words["not_stated"]) for name in _ROWS]
    span = f"{spoken_date(content.valid_from)} {words['until']} {spoken_date(content.valid_until)}"
    return [*rows, ("validity", span)]


def _notes(content: PermitContent, words: dict[str, str]) -> list[str]:
    if content.permit_number is None:
        return [words["note_draft"]]
    told = [content.signature_note, words["note_check"], words["note_file"], content.log_note]
    return [note for note in told if note]


def _sheet(content: PermitContent, words: dict[str, str]) -> _Sheet:
    # The QR code holds the seal behind the "#"; people read and type the address before it.
    shown, _, _ = content.check_url.partition("#")
    address, slash, code = shown.rpartition("/")
    return _Sheet(
        title=" ".join(filter(None, [words["title"].title(), content.permit_number, content.group_name])),
        author=words["letterhead_office"].replace("\n", " "),
        number=content.permit_number,
        group_name=content.group_name,
        rows=_rows(content, words),
        legal_bases=list(content.legal_bases),
        place=content.place,
        issued_on=spoken_date(content.issued_on),
        signer=content.signer,
        qr="" if content.permit_number is None else _qr_svg(content.check_url),
        check_url=shown,
        check_address=address + slash,
        check_code=code,
        notes=_notes(content, words),
    )


def render(content: PermitContent) -> bytes:
    """The permit as a PDF of one A4 page, PDF/A-2a and PDF/UA-1; the same content gives the same bytes.

    The file's dates are midnight (WIB) of `issued_on`. A draft has the watermark, no number and no QR code,
    and shows U+FFFD for letters that cannot be printed. Raises UnprintableTextError for such letters in a
    final permit, and LayoutError when the texts do not fit on one page even in the smallest lettering.
    """
    words = phrases("document")
    sheet = _sheet(_printed(content), words)
    return typeset("permit.typ", {"permit": sheet, "words": words}, content.issued_on)


def typeset(template: str, told: Mapping[str, object], day: date) -> bytes:
    """The PDF of a template of this folder that reads `told` as JSON, dated midnight (WIB) of that day.

    PDF/A-2a and PDF/UA-1, and the same bytes every time. Raises LayoutError.
    """
    inputs = {name: msgspec.json.encode(value).decode() for name, value in told.items()}
    try:
        return typst.compile(
            _template(template),
            format="pdf",
            font_paths=_fonts(),
            sys_inputs=inputs,
            pdf_standards=["a-2a", "ua-1"],
            timestamp=datetime.combine(day, time(), WIB),
        )
    except typst.TypstError as error:
        # The engine's own message can quote the permit; only the template's is passed on.
        raise LayoutError(why="too_long" if "too long" in error.message else "engine") from None
