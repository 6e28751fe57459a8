"""Which words are read a second time, and how they are put back in their line."""

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.documents.sight.doubt import Span, doubtful, put_back
from chalicelib.documents.sight.recognition import Reading
from chalicelib.documents.sight.sheet import Piece
from chalicelib.documents.types import Box


def line(text: str, certain: dict[int, float] | None = None, otherwise: float = 0.99) -> Piece:
    """A line whose letters stand at equal distances, with the certainty of some of them."""
    known = certain or {}
    return Piece(
        text=text,
        score=0.98,
        left=0,
        right=100,
        middle=0,
        height=10,
        box=Box(page=0, x=0, y=0, w=1, h=0.1),
        places=tuple((at + 0.5) / len(text) for at in range(len(text))),
        certain=tuple(known.get(at, otherwise) for at in range(len(text))),
    )


def read(text: str, score: float = 0.97) -> Reading:
    """What a second look says, its letters at equal distances."""
    places = tuple((at + 0.5) / len(text) for at in range(len(text)))
    return Reading(corners=np.zeros((4, 2)), text=text, score=score, places=places)


def words(piece: Piece, least: float = 0.95) -> list[str]:
    """The words that would be read again."""
    return [piece.text[span.start : span.end] for span in doubtful(piece, least)]


def test_only_the_word_with_a_doubtful_letter_is_read_again() -> None:
    assert words(line("Nama : Lufi Lestari", {8: 0.6})) == ["Lufi"]


def test_a_doubtful_blank_may_be_none_and_both_its_words_are_read_again() -> None:
    assert words(line("Nama Kelompok : TURONGGO SETO BUDI", {24: 0.5})) == ["TURONGGO SETO"]


def test_figures_are_always_read_again() -> None:
    assert words(line("Alamat : Jl. Melati No. 47 Pandaan")) == ["47"]


def test_dots_that_lead_to_a_value_are_not_read_again_with_it() -> None:
    assert words(line("Bendahara ... -", dict.fromkeys(range(9, 15), 0.4))) == ["Bendahara"]
    assert words(line("Bendahara ... -", dict.fromkeys(range(11, 15), 0.4))) == []


def test_a_line_that_nobody_needs_is_not_read_again() -> None:
    assert words(line("Demikian 2024 surat", {3: 0.1}), least=0) == []


def test_a_line_that_was_already_read_carefully_is_not_read_again() -> None:
    assert words(msgspec.structs.replace(line("3514010203"), certain=())) == []


def test_a_line_that_is_doubtful_for_the_most_part_is_read_as_one() -> None:
    piece = line("SUSUNAN PENGURUS LAMA", dict.fromkeys(range(21), 0.4))
    assert doubtful(piece, 0.95) == [Span(0, 21, 0.0, 1.0)]


def test_what_was_read_again_stands_where_the_word_stood() -> None:
    piece = line("Nama : Lufi Lestari", {8: 0.6})
    again = put_back(piece, doubtful(piece, 0.95), [read("Lutfi")])
    assert again.text == "Nama : Lutfi Lestari"
    assert again.places == pytest.approx(sorted(again.places))
    assert again.certain == ()


def test_a_word_that_is_gone_at_the_second_look_leaves_the_others() -> None:
    piece = line("Nama : x Lestari", {7: 0.2})
    assert put_back(piece, doubtful(piece, 0.95), [read("")]).text.split() == ["Nama", ":", "Lestari"]


def test_a_value_that_the_second_look_overlooks_stays() -> None:
    piece = line("Gol. Darah : O", {0: 0.6, 13: 0.5})
    assert put_back(piece, [Span(0, 14)], [read("Gol. Darah :")]).text == "Gol. Darah : O"
    assert put_back(piece, [Span(13, 14)], [read("")]).text == "Gol. Darah : O"
    assert put_back(piece, [Span(0, 14)], [read("Gol. Darah : A")]).text == "Gol. Darah : A"


def test_a_span_is_cut_out_along_the_slant_of_its_line() -> None:
    corners = np.array([[0.0, 0.0], [100.0, 10.0], [99.0, 20.0], [-1.0, 10.0]])
    part = Span(0, 1, 0.5, 1.0).corners_in(corners)
    assert part.tolist() == [[50.0, 5.0], [100.0, 10.0], [99.0, 20.0], [49.0, 15.0]]


@given(
    st.lists(st.text("abc1", min_size=1, max_size=6), min_size=1, max_size=6),
    st.data(),
)
def test_reading_the_same_again_changes_no_letter(parts: list[str], data: st.DataObject) -> None:
    text = " ".join(parts)
    certain = data.draw(st.lists(st.floats(0, 1), min_size=len(text), max_size=len(text)))
    piece = line(text, dict(enumerate(certain)))
    spans = doubtful(piece, 0.95)
    again = put_back(piece, spans, [read(text[span.start : span.end]) for span in spans])
    assert again.text == text
    assert len(again.places) == len(text)
