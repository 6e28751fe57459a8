"""Uploaded JPEG and PNG files as upright pictures, and pictures as previews."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from chalicelib.documents.errors import DamagedError, TooLargeError, WrongTypeError
from chalicelib.documents.gate import JPEG, content_type_of

MAX_PIXELS = 64_000_000
_LONGEST = 2600
_PREVIEW_WIDTH = 1600
_WARNED = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, AttributeError)


def open_picture(data: bytes) -> Image.Image:
    """The one picture of a JPEG or PNG, RGB, EXIF orientation applied, at most 2,600 pixels long.

    Raises TooLargeError (by its header, before decoding) and DamagedError.
    """
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MAX_PIXELS or max(picture.size) > 20_000:
                raise TooLargeError(limit=MAX_PIXELS, size=picture.width * picture.height)
            if content_type_of(data) == JPEG:
                picture.draft("RGB", (_LONGEST, _LONGEST))
            picture.load()
            return bounded(flattened(ImageOps.exif_transpose(picture)))
    except UnidentifiedImageError as error:
        raise DamagedError from error
    except (TooLargeError, WrongTypeError):
        raise
    except _WARNED as error:
        raise DamagedError from error


def flattened(picture: Image.Image) -> Image.Image:
    """RGB; what is transparent lies on white paper."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(paper, layered).convert("RGB")
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value / 256).convert("L").convert("RGB")
    return picture.convert("RGB")


def bounded(picture: Image.Image) -> Image.Image:
    """No longer than the recogniser gains from."""
    if max(picture.size) <= _LONGEST:
        return picture
    scale = _LONGEST / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def preview(page: Image.Image) -> bytes:
    """A JPEG of our own making, at most 1,600 pixels wide: nothing of the uploaded file's bytes is in it."""
    if page.width > _PREVIEW_WIDTH:
        height = max(1, round(page.height * _PREVIEW_WIDTH / page.width))
        page = page.resize((_PREVIEW_WIDTH, height), Image.Resampling.HAMMING, reducing_gap=2.0)
    out = io.BytesIO()
    page.save(out, "JPEG", quality=82)
    return out.getvalue()
