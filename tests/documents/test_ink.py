"""Empty sheets that are known by their looks alone, before anything is read."""

import random

import pytest
from PIL import Image

from chalicelib.documents.sight.ink import is_empty
from tests.documents.damage import damaged
from tests.documents.generator import LAYOUTS, as_picture
from tests.documents.people import story

_SHEET = '#set page(paper: "a4")\n'


def _page(markup: str, damage: str = "clean") -> Image.Image:
    return damaged(as_picture(_SHEET + markup, 150), damage, random.Random(3))[0]


@pytest.mark.parametrize("damage", ["clean", "scan", "scan_grey"])
def test_a_scanned_sheet_with_nothing_on_it_is_empty(damage: str) -> None:
    assert is_empty(_page("#v(1pt)", damage))


@pytest.mark.parametrize("damage", ["clean", "scan", "scan_grey"])
@pytest.mark.parametrize(
    "words", ["Lampiran", "#text(fill: luma(150))[halaman ini]", "#text(size: 7pt)[hal. 2 dari 2]"]
)
def test_a_sheet_with_a_word_on_it_is_not_empty(words: str, damage: str) -> None:
    assert not is_empty(_page(words, damage))


@pytest.mark.parametrize("kind", LAYOUTS)
@pytest.mark.parametrize("damage", ["unreadable", "photo_mild", "lowres"])
def test_a_photo_of_a_paper_is_not_empty_however_little_of_it_can_be_read(kind: str, damage: str) -> None:
    rng = random.Random(5)
    page = as_picture(LAYOUTS[kind](story(5), rng), 400 if kind == "ktp" else 150)
    assert not is_empty(damaged(page, damage, rng)[0])
