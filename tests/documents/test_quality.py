"""Hints for a better photo: given where a photo is bad, and not where it is as photos are."""

import random

import pytest
from msgspec import structs
from PIL import Image, ImageDraw, ImageFilter

from chalicelib.documents.files.pictures import open_picture
from chalicelib.documents.files.quality import hints
from chalicelib.documents.sight.recognition import LocalRecogniser
from chalicelib.documents.sight.sheet import Piece, Sheet, sheet_of_readings
from chalicelib.documents.types import Box, Hint
from tests.documents.damage import as_jpeg, damaged
from tests.documents.generator import LAYOUTS, as_picture
from tests.documents.people import story

KINDS = tuple(LAYOUTS)


def _photo(kind: str, damage: str, seed: int = 1) -> Image.Image:
    """The page as it reaches the check: damaged, stored as a telephone stores it, opened again."""
    rng = random.Random(seed)
    page = as_picture(LAYOUTS[kind](story(seed), rng), 400 if kind == "ktp" else 150)
    picture, orientation = damaged(page, damage, rng)
    return open_picture(as_jpeg(picture, rng, orientation))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("damage", ["clean", "scan", "photo_mild", "photo_mid"])
def test_a_scan_or_an_ordinary_photo_needs_no_hint(kind: str, damage: str) -> None:
    assert [hints(_photo(kind, damage, seed), None) for seed in (1, 2)] == [(), ()]


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_that_nobody_can_read_is_called_blurred_however_grainy_it_is(kind: str) -> None:
    assert Hint.BLURRED in hints(_photo(kind, "unreadable"), None)


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_out_of_focus_is_blurred(kind: str) -> None:
    assert Hint.BLURRED in hints(_photo(kind, "photo_mild").filter(ImageFilter.GaussianBlur(9)), None)


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_in_the_dark_is_dark(kind: str) -> None:
    dark = _photo(kind, "photo_mild").point(lambda value: value * 0.38)
    assert Hint.DARK in hints(dark, None)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_reflection_on_a_card_is_glare(seed: int) -> None:
    card = _photo("ktp", "photo_mild", seed)
    light = Image.new("L", card.size)
    middle, reach = (card.width // 2, card.height // 2), card.height // 6
    box = (middle[0] - reach, middle[1] - reach, middle[0] + reach, middle[1] + reach)
    ImageDraw.Draw(light).ellipse(box, fill=255)
    card.paste("white", mask=light.filter(ImageFilter.GaussianBlur(12)))
    assert hints(card, None) == (Hint.GLARE,)


def test_a_picture_of_few_pixels_is_small() -> None:
    assert Hint.SMALL in hints(_photo("ktp", "clean").resize((420, 265)), None)


def _sheet(left: float, height: float = 24, native: bool = False) -> Sheet:
    """Three lines of text that begin `left` of the page's width from its edge."""
    rows = tuple(
        (
            Piece(
                text="SURAT KETERANGAN",
                score=0.99,
                left=left * 1000,
                right=600,
                middle=middle,
                height=height,
                box=Box(page=0, x=left, y=middle / 1400, w=0.6 - left, h=height / 1400),
            ),
        )
        for middle in (100, 200, 300)
    )
    return Sheet(number=0, width=1000, height=1400, rows=rows, native=native)


def test_lines_that_end_at_the_edge_of_the_picture_are_cut_off() -> None:
    page = _photo("village_letter", "clean")
    assert hints(page, _sheet(left=0.0)) == (Hint.CUT_OFF,)
    assert hints(page, _sheet(left=0.05)) == ()


def _along(top: float, width: float) -> Sheet:
    """One line of that width, `top` from the upper edge, and two well inside."""
    sheet = _sheet(left=0.1)
    ((piece,), *others) = sheet.rows
    box = Box(page=0, x=0.2, y=top, w=width, h=0.02)
    return structs.replace(sheet, rows=((structs.replace(piece, box=box),), *others))


@pytest.mark.parametrize("edge", [0.0, 0.98])
def test_a_line_that_lies_along_the_upper_or_lower_edge_is_cut_off(edge: float) -> None:
    page = _photo("village_letter", "clean")
    assert hints(page, _along(edge, width=0.4)) == (Hint.CUT_OFF,)
    assert hints(page, _along(edge, width=0.05)) == ()
    assert hints(page, _along(abs(edge - 0.02), width=0.4)) == ()


@pytest.mark.parametrize("kind", ["ktp", "village_letter"])
@pytest.mark.parametrize("side", ["top", "bottom"])
def test_a_photo_that_cuts_through_a_line_is_cut_off_on_any_side(
    kind: str, side: str, recogniser: LocalRecogniser
) -> None:
    page = _photo(kind, "photo_mild", 31)
    rows = sheet_of_readings(0, page.size, recogniser.read(page)).rows
    box = max(rows[2] if side == "top" else rows[-4], key=lambda piece: piece.box.w).box
    at = round((box.y + box.h * (0.25 if side == "top" else 0.75)) * page.height)
    area = (0, at, page.width, page.height) if side == "top" else (0, 0, page.width, at)
    cut = page.crop(area)
    assert Hint.CUT_OFF in hints(cut, sheet_of_readings(0, cut.size, recogniser.read(cut)))


@pytest.mark.parametrize("size", [(1240, 1754), (300, 400)])
def test_an_empty_page_is_neither_blurred_nor_small(size: tuple[int, int]) -> None:
    assert hints(Image.new("RGB", size, "white"), None, blank=True) == ()


def test_letters_too_low_to_be_read_are_small() -> None:
    assert hints(_photo("village_letter", "clean"), _sheet(left=0.05, height=9)) == (Hint.SMALL,)


def test_a_page_of_native_text_needs_no_better_photo() -> None:
    assert hints(Image.new("RGB", (100, 100)), _sheet(left=0.0, height=5, native=True)) == ()
