"""The fields of a board roster (Susunan Pengurus), its officers in `boards`."""

import re
from collections.abc import Sequence
from itertools import pairwise

from chalicelib.documents.papers.boards.board import board_of, leader_among
from chalicelib.documents.papers.boards.head import is_title, read_head, without_address
from chalicelib.documents.papers.boards.ruled_tables import Table
from chalicelib.documents.papers.labels import Labelled, labelled
from chalicelib.documents.papers.reading import Extract, all_rows, retold, row_text, unquoted, value_of
from chalicelib.documents.sight.sheet import Row, Sheet
from chalicelib.documents.types import Kind, Value
from chalicelib.documents.words.dates import first_date
from chalicelib.documents.words.lexicon import lexicon_of

_GROUP = ("group_name", "art_type", "group_address")
_OTHER_DATE = re.compile(r"periode|berdiri|masa\s*bh?akti|lahir|masa\s*jabatan|berlaku", re.IGNORECASE)

_ENACTED = re.compile(r"\bditetapkan\b", re.IGNORECASE)
_CONTACT = re.compile(r"[\s,;(]*\b(?:Telp|Tlp|Telepon|No\.?\s*HP|HP|WA|E-?mail|Kontak)\b.*$", re.IGNORECASE)


def read_roster(sheets: Sequence[Sheet], tables: Sequence[Table] = ()) -> Extract:
    """Group, art, address, date, leader and officers. `tables`: ruled tables of a native PDF, cell by cell."""
    whole, sheets = sheets, _from_title(sheets)
    rows, board = all_rows(sheets), board_of(sheets, tables)
    start = _page_start(sheets, board.top)
    fields = read_head(rows[start : board.top])
    for label in labelled(sheets, lexicon_of(Kind.BOARD_ROSTER), frozenset({"group_name", "group_address"})):
        at = sum(len(sheet.rows) for sheet in sheets[: label.sheet]) + label.row
        if start <= at < board.top and label.field in _GROUP:
            fields[label.field] = _longer_of(fields.get(label.field), _told(label))
    if "group_address" in fields:
        address = fields["group_address"]
        fields["group_address"] = retold(address, _CONTACT.sub("", address.text))
    leader = leader_among(board.officers)
    if leader:
        fields["leader_name"] = leader
    date = _date(rows[start:], board.bottom - start) or _decreed(all_rows(whole))
    if date:
        fields["roster_date"] = date
    return Extract(fields, board.officers)


def _told(label: Labelled) -> Value:
    """What a label says; an art without the address that may stand in the same line."""
    said = unquoted(label.value.text)
    return retold(label.value, without_address(said) if label.field == "art_type" else said)


def _longer_of(before: Value | None, told: Value) -> Value:
    """The labelled value, or the same with more lines of it that were found before."""
    return before if before and before.text.startswith(f"{told.text} ") else told


def _from_title(sheets: Sequence[Sheet]) -> Sequence[Sheet]:
    """Without the pages before the first that has a roster's title and its board: a request says nothing about either."""
    titled = [at for at, sheet in enumerate(sheets) if any(is_title(row_text(row)) for row in sheet.rows)]
    for at in titled if titled[:1] != [0] or len(titled) > 1 else []:
        board = board_of(sheets[at:])
        if board.officers and board.top < len(sheets[at].rows):
            return sheets[at:]
    return sheets


def _page_start(sheets: Sequence[Sheet], top: int) -> int:
    """The first row of the page on which the board begins: a request in front of it says nothing about the roster.

    Where the board begins with the page, its head is on the one before.
    """
    starts = [sum(len(sheet.rows) for sheet in sheets[:at]) for at in range(len(sheets))]
    return next((start for start in reversed(starts) if start < top - 1), 0)


def _decreed(rows: Sequence[Row]) -> Value | None:
    """The day of the decree to which the board is an annex: `Ditetapkan di ...`, `pada tanggal ...` below it."""
    for above, row in pairwise([(), *rows]):
        date = first_date(row_text(row))
        if date and _ENACTED.search(f"{row_text(above)} {row_text(row)}"):
            return value_of(row, date.isoformat())
    return None


def _date(rows: Sequence[Row], bottom: int) -> Value | None:
    """The first day printed below the board, else the last one above it."""
    for row in [*rows[bottom:], *reversed(rows[:bottom])]:
        text = row_text(row)
        date = None if _OTHER_DATE.search(text) else first_date(text)
        if date:
            return value_of(row, date.isoformat())
    return None
