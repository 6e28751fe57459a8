import random

import numpy as np
import pytest
from PIL import Image

from chalicelib.documents.sight.recognition import LocalRecogniser
from chalicelib.documents.sight.steady import certainty, cleared_of, steadied
from tests.documents.generator import LAYOUTS, as_picture
from tests.documents.people import story


def _page(seed: int) -> Image.Image:
    return as_picture(LAYOUTS["board_roster"](story(seed), random.Random(seed)), 100)


def _smeared(page: Image.Image, angle: int, length: int) -> Image.Image:
    """The page as a camera saw it that moved `length` pixels while the shutter was open."""
    pixels = np.asarray(page, np.float32)
    steps = [
        (round(step * np.sin(np.deg2rad(angle))), round(step * np.cos(np.deg2rad(angle))))
        for step in range(length)
    ]
    return Image.fromarray(
        (np.mean([np.roll(pixels, step, (0, 1)) for step in steps], axis=0)).astype(np.uint8)
    )


@pytest.mark.parametrize(("angle", "length"), [(0, 7), (90, 7), (45, 5)])
def test_a_shaken_photo_is_laid_still_and_read_better(
    angle: int, length: int, recogniser: LocalRecogniser
) -> None:
    shaken = _smeared(_page(91), angle, length)
    before = recogniser.read(shaken)
    still = steadied(shaken, before, recogniser)
    assert still is not None
    assert certainty(recogniser.read(still)) > certainty(before) + 0.02


def test_a_page_that_reads_well_is_left_as_it_is(recogniser: LocalRecogniser) -> None:
    page = _page(92)
    assert steadied(page, recogniser.read(page), recogniser) is None


def test_an_empty_page_has_no_smear_to_take_off(recogniser: LocalRecogniser) -> None:
    assert steadied(Image.new("RGB", (400, 300), "white"), (), recogniser) is None


def test_clearing_keeps_size_and_place_of_everything() -> None:
    page = _page(93)
    cleared = cleared_of(_smeared(page, 0, 5), 0, 5)
    assert cleared.size == page.size
    apart = [
        np.abs(np.asarray(page, float) - np.roll(np.asarray(cleared, float), by, axis=1)).mean()
        for by in (-8, -2, 4)
    ]
    assert apart[1] == min(apart)
