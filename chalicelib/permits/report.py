"""From a report's content to its PDF: A4 pages in the look of the permit, PDF/A-2a and PDF/UA-1, the same bytes."""

from collections.abc import Callable
from datetime import date

import msgspec

from chalicelib.permits.errors import ReportUnprintableError
from chalicelib.permits.layout import typeset
from chalicelib.permits.lettering import plain, unprintable, with_stand_ins
from chalicelib.permits.wording import phrases, spoken_date

_LETTERHEAD = ("letterhead_region", "letterhead_office", "letterhead_address")


class ReportLine(msgspec.Struct, frozen=True, kw_only=True):
    """One item: `what` it is, the `value` that was examined ("" for a document), the outcome and the officer's note.

    `outcome` is a key of the report's words: "fits", "unfit" or "unchecked".
    """

    what: str
    value: str = ""
    outcome: str
    note: str = ""


class ReportOfficer(msgspec.Struct, frozen=True, kw_only=True):
    """Who examined: the office (with "Plh." before it for a stand-in), name, rank, NIP.

    `standing` says in whose place, "" for all but stand-ins.
    """

    title: str
    name: str
    rank: str
    official_id: str
    standing: str = ""


class ReportContent(msgspec.Struct, frozen=True, kw_only=True):
    """Everything printed on a report. `result` is "recommended" or "with_notes"; the texts may have several lines."""

    case_number: str
    group_name: str
    application_type: str
    art_genre: str
    leader_name: str
    address: str
    documents: tuple[ReportLine, ...]
    answers: tuple[ReportLine, ...]
    result: str
    recommendation: str
    note: str
    place: str
    held_on: date
    officers: tuple[ReportOfficer, ...]


def render_report(content: ReportContent) -> bytes:
    """The report as a PDF; the same content gives the same bytes, dated midnight (WIB) of the day it was held.

    What the applicant typed shows U+FFFD for letters that cannot be printed, as a draft of the permit does. Raises
    ReportUnprintableError for such letters in the officer's own words: they can type others. Raises LayoutError.
    """
    words = phrases("report") | {name: phrases("document")[name] for name in _LETTERHEAD}
    return typeset("report.typ", {"report": _sheet(content, words), "words": words}, content.held_on)


def _sheet(content: ReportContent, words: dict[str, str]) -> dict[str, object]:
    """What `report.typ` reads: every value already words."""
    day, place = spoken_date(content.held_on), _typed("place", content.place)
    rows = {
        name: str(getattr(content, name)) for name in ("group_name", "art_genre", "leader_name", "address")
    }
    rows["application_type"] = words[content.application_type]
    title = f"{words['title']} {words['subtitle']}".title()
    return {
        "title": f"{title} {content.case_number} {with_stand_ins(content.group_name)}",
        "author": words["letterhead_office"].replace("\n", " "),
        "case": content.case_number,
        "opening": words["opening"].format(day=day, place=place),
        "rows": [(name, with_stand_ins(text)) for name, text in rows.items()],
        "documents": [_line(line, "documents") for line in content.documents],
        "answers": [_line(line, "answers") for line in content.answers],
        "result": content.result,
        "recommendation": _lines("recommendation", content.recommendation),
        "note": _lines("note", content.note),
        "signed": words["in_place"].format(day=day, place=place),
        "officers": [_walked(with_stand_ins, officer) for officer in content.officers],
    }


def _line(line: ReportLine, where: str) -> dict[str, str]:
    return _walked(with_stand_ins, line) | {"note": _typed(f"{where}.note", line.note)}


def _walked(letters: Callable[[str], str], told: msgspec.Struct) -> dict[str, str]:
    return {name: letters(getattr(told, name)) for name in told.__struct_fields__}


def _lines(where: str, text: str) -> list[str]:
    return [line for part in text.splitlines() if (line := _typed(where, part))]


def _typed(where: str, text: str) -> str:
    if letters := unprintable(text):
        raise ReportUnprintableError(where=where, letters=[f"U+{ord(letter):04X}" for letter in letters])
    return plain(text)
