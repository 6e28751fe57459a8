"""Uploaded pictures of every make become one upright RGB picture, or a named fault before they cost much."""

import io
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from chalicelib.documents.errors import MovingPictureError, TooLargeError, UploadFault
from chalicelib.documents.files.pictures import open_picture, preview
from tests.documents import hostile

_INK, _PAPER = 40, 230
pytestmark = pytest.mark.filterwarnings("ignore:Corrupt EXIF data:UserWarning")


def _page() -> Image.Image:
    """Grey paper with a black bar at the top."""
    page = Image.new("RGB", (300, 200), (_PAPER, _PAPER, _PAPER))
    ImageDraw.Draw(page).rectangle((0, 0, 300, 50), (_INK, _INK, _INK))
    return page


def _saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def _deep(transparent: bool = False) -> bytes:
    grey = np.asarray(_page().convert("L"), np.uint16) * 257
    return _saved(Image.fromarray(grey), "PNG", **({"transparency": 0} if transparent else {}))


_MAKES: dict[str, Callable[[], bytes]] = {
    "an ordinary photo": lambda: _saved(_page(), "JPEG", quality=90),
    "a grey photo": lambda: _saved(_page().convert("L"), "JPEG", quality=90),
    "a photo in the colours of print": lambda: _saved(_page().convert("CMYK"), "JPEG", quality=90),
    "a progressive photo": lambda: _saved(_page(), "JPEG", quality=90, progressive=True),
    "a PNG": lambda: _saved(_page(), "PNG"),
    "a PNG of sixteen bits": _deep,
    "a PNG of sixteen bits with a colour left out": lambda: _deep(transparent=True),
    "a PNG with a palette": lambda: _saved(_page().quantize(8), "PNG"),
    "a PNG with see-through colours": lambda: _saved(_page().convert("RGBA"), "PNG"),
    "a grey PNG with see-through parts": lambda: _saved(_page().convert("LA"), "PNG"),
    "a WebP": lambda: _saved(_page(), "WEBP", quality=90),
    "a WebP without loss": lambda: _saved(_page(), "WEBP", lossless=True),
    "a WebP with see-through parts": lambda: _saved(_page().convert("RGBA"), "WEBP", quality=90),
}


@pytest.mark.parametrize("make", _MAKES)
def test_every_make_of_picture_shows_the_same_page(make: str) -> None:
    picture = open_picture(_MAKES[make]())
    assert (picture.mode, picture.size) == ("RGB", (300, 200))
    assert picture.getpixel((150, 20)) == pytest.approx((_INK,) * 3, abs=6)
    assert picture.getpixel((150, 150)) == pytest.approx((_PAPER,) * 3, abs=6)


def test_a_page_of_pure_black_and_white_keeps_its_grey_edges_when_made_smaller() -> None:
    fine = Image.fromarray(np.indices((4000, 5200)).sum(axis=0) % 2 > 0)
    assert np.ptp(np.asarray(open_picture(_saved(fine, "PNG")))) < 40


@pytest.mark.parametrize("of_palette", [True, False])
def test_what_is_transparent_lies_on_white_paper(of_palette: bool) -> None:
    clear = _page().convert("RGBA")
    clear.putalpha(Image.new("L", clear.size, 0))
    data = _saved(_page().quantize(2), "PNG", transparency=b"\0\0") if of_palette else _saved(clear, "PNG")
    assert open_picture(data).getextrema() == ((255, 255),) * 3


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(("tag", "at"), [(3, (150, 180)), (6, (180, 150)), (8, (20, 150))])
def test_a_picture_is_turned_as_its_camera_says(kind: str, tag: int, at: tuple[int, int]) -> None:
    told = Image.Exif()
    told[0x0112] = tag
    picture = open_picture(_saved(_page(), kind, exif=told))
    assert picture.getpixel(at) == pytest.approx((_INK,) * 3, abs=8)


@pytest.mark.parametrize("nonsense", [b"Exif\0\0MM\0*\xff\xff\xff\xff", b"Exif\0\0" + b"\xff" * 40])
def test_nonsense_about_the_camera_turns_nothing(nonsense: bytes) -> None:
    assert open_picture(_saved(_page(), "JPEG", exif=nonsense)).size == (300, 200)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_moving_picture_is_refused(kind: str) -> None:
    frames = [_page(), _page().rotate(180)]
    with pytest.raises(MovingPictureError):
        open_picture(_saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=900))


def test_a_photo_with_a_second_picture_behind_it_is_its_first() -> None:
    photo = open_picture(_saved(_page(), "MPO", save_all=True, append_images=[_page().rotate(180)]))
    assert photo.getpixel((150, 20)) == pytest.approx((_INK,) * 3, abs=6)


@pytest.mark.parametrize("of", ["VP8 ", "VP8L", "VP8X"])
def test_a_webp_that_promises_very_many_pixels_is_refused_by_its_header(of: str) -> None:
    with pytest.raises(TooLargeError):
        open_picture(hostile.huge_webp(of))


_WHOLE = [
    _MAKES[name]() for name in ("an ordinary photo", "a PNG with a palette", "a WebP", "a WebP without loss")
]


@given(
    st.sampled_from(_WHOLE),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=6),
    st.floats(0, 1),
)
def test_a_broken_picture_is_a_picture_or_a_named_fault(
    data: bytes, changes: list[tuple[float, int]], kept: float
) -> None:
    broken = bytearray(data)
    for at, value in changes:
        broken[int(at * len(broken))] = value
    try:
        picture = open_picture(bytes(broken[: 12 + int(kept * len(broken))]))
    except UploadFault:
        return
    assert picture.mode == "RGB"
    assert max(picture.size) <= 2600


def test_a_preview_carries_nothing_that_was_written_beside_the_picture() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Jalan Rahasia 7"
    data = _saved(_page(), "JPEG", comment=b"Jalan Rahasia 7", exif=exif, icc_profile=b"Jalan Rahasia 7")
    assert data.count(b"Jalan Rahasia 7") == 3
    assert b"Rahasia" not in preview(open_picture(data))
