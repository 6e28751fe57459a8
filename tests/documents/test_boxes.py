"""Each value says where it is printed: what an officer sees framed is what was read there."""

import random
from functools import cache
from itertools import pairwise

import pytest

from chalicelib.documents.files.portable import open_pdf
from chalicelib.documents.files.portable import pages as pdf_pages
from chalicelib.documents.inspection import inspect
from chalicelib.documents.papers.letters.letter import read_letter
from chalicelib.documents.sight.recognition import LocalRecogniser
from chalicelib.documents.sight.sheet import Piece, Sheet, rows_of
from chalicelib.documents.types import Box, Inspection, Value
from tests.documents.boards import _ruled, _stacked_head
from tests.documents.generator import make, pack
from tests.documents.people import story

_SEED = 33


@pytest.fixture(scope="module")
def scanned(recogniser: LocalRecogniser) -> Inspection:
    return inspect(make("village_letter", story(_SEED), random.Random(_SEED), "clean").data, recogniser)


@cache
def _printed() -> dict[str, Box]:
    """Where the same letter prints its lines, from the PDF that its picture was made of."""
    data = make("village_letter", story(_SEED), random.Random(_SEED)).data
    (page,) = pdf_pages(open_pdf(data), 1)
    assert page.sheet
    return {piece.text: piece.box for row in page.sheet.rows for piece in row}


def _framed(value: Value) -> Box:
    assert value.box, value.text
    return value.box


def _holds(outer: Box, inner: Box) -> bool:
    """Whether the middle of a line lies in the frame, on the same page."""
    x, y = inner.x + inner.w / 2 - outer.x, inner.y + inner.h / 2 - outer.y
    return outer.page == inner.page and 0 < x < outer.w and 0 < y < outer.h


def test_the_signers_name_is_framed_where_it_is_printed(scanned: Inspection) -> None:
    name, title = (_framed(scanned.fields[field]) for field in ("head_name", "head_title"))
    printed = next(box for text, box in _printed().items() if text.upper() == story(_SEED).head.upper())
    assert _holds(name, printed)
    assert not _holds(title, printed)
    assert name.w < 1.3 * printed.w
    assert name.h < 3 * printed.h


@pytest.mark.parametrize("mark", ["signed", "stamped"])
def test_ink_is_looked_for_in_a_frame_between_the_signers_title_and_name(
    scanned: Inspection, mark: str
) -> None:
    corner, title = (_framed(scanned.fields[field]) for field in (mark, "head_title"))
    assert _holds(corner, _framed(scanned.fields["head_name"]))
    assert not _holds(corner, title)
    assert corner.x < title.x
    assert corner.y >= title.y
    assert corner.x + corner.w <= 1
    assert corner.y + corner.h <= 1


def _line(text: str, left: float, middle: float, height: float = 10, score: float = 0.99) -> Piece:
    """A line on a page of 600 by 800, six units a letter."""
    wide = 6.0 * len(text)
    box = Box(page=0, x=left / 600, y=(middle - height / 2) / 800, w=wide / 600, h=height / 800)
    return Piece(text=text, score=score, left=left, right=left + wide, middle=middle, height=height, box=box)


def _letter(*pieces: Piece) -> dict[str, Value]:
    sheet = Sheet(number=0, width=600, height=800, rows=rows_of(pieces), native=False)
    return read_letter([sheet]).fields


def test_a_crest_beside_the_letter_head_is_not_in_the_frame_of_the_sub_district() -> None:
    crest, line = _line("0", 40, 62, height=40, score=0.2), _line("KECAMATAN KRATON", 240, 60)
    fields = _letter(
        _line("PEMERINTAH KABUPATEN PASURUAN", 200, 40), crest, line, _line("DESA SEMARE", 255, 80)
    )
    assert (fields["district"].text, fields["district"].box) == ("KRATON", line.box)
    assert fields["district"].confidence == line.score


def test_a_sub_district_on_the_next_line_of_a_sentence_is_framed_there() -> None:
    begun = _line("Yang bertanda tangan di bawah ini Kepala Desa Semare,", 60, 100)
    ended = _line("Kecamatan Kraton, Kabupaten Pasuruan, menerangkan bahwa :", 60, 120)
    fields = _letter(_line("SURAT KETERANGAN", 250, 60), begun, ended)
    assert (fields["village"].text, fields["village"].box) == ("SEMARE", begun.box)
    assert (fields["district"].text, fields["district"].box) == ("KRATON", ended.box)


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_every_officer_of_a_ruled_table_is_framed_in_the_own_row(
    seed: int, recogniser: LocalRecogniser
) -> None:
    told, rng = story(seed), random.Random(seed)
    markup = _stacked_head(told, rng) + _ruled(list(told.officers), rng)
    read = inspect(pack(markup, "board_roster", {}, rng, "native").data, recogniser)
    assert [(o.position.text, o.name.text) for o in read.officers] == list(told.officers)
    boxes = [(_framed(one.position), _framed(one.name)) for one in read.officers]
    assert all(position.x + position.w <= name.x for position, name in boxes)
    assert all(abs(position.y - name.y) < 0.01 for position, name in boxes)
    assert all(above.y + above.h <= below.y for (_, above), (_, below) in pairwise(boxes))
    leads = next(one.name for one in read.officers if one.name.text == told.leader.name)
    assert read.fields["leader_name"].box == leads.box
