"""Uploaded JPEG, PNG and WebP files as upright pictures, and pictures as previews."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from chalicelib.documents.errors import DamagedError, MovingPictureError, TooLargeError, UploadFault
from chalicelib.documents.files.gate import JPEG, WEBP, content_type_of
from chalicelib.documents.files.webp import header_of

MAX_PIXELS = 64_000_000
MAX_WEBP_PIXELS = 24_000_000
"""libwebp holds four copies of a picture while it decodes: 64 million pixels would take a gigabyte."""
_LONGEST = 2600
_PREVIEW_WIDTH = 1600
_WARNED = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, AttributeError)


def open_picture(data: bytes) -> Image.Image:
    """The one picture of a JPEG, PNG or WebP, RGB, EXIF orientation applied, at most 2,600 pixels long.

    Raises TooLargeError (by its header, before decoding), MovingPictureError and DamagedError.
    """
    Image.MAX_IMAGE_PIXELS = None
    kind = content_type_of(data)
    try:
        if kind == WEBP:
            _check_webp(data)  # Pillow gives libwebp room for a whole canvas as soon as it opens one
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as picture:
            _check_size(picture.size, MAX_PIXELS)
            if kind != JPEG and getattr(picture, "is_animated", False):
                raise MovingPictureError
            if kind == JPEG:  # several pictures in one are depth and light maps beside the photo there
                picture.draft("RGB", (_LONGEST, _LONGEST))
            picture.load()
            ImageOps.exif_transpose(picture, in_place=True)
            return flattened(bounded(_scalable(picture)))
    except UnidentifiedImageError as error:
        raise DamagedError from error
    except UploadFault:
        raise
    except _WARNED as error:
        raise DamagedError from error


def _check_webp(data: bytes) -> None:
    header = header_of(data)
    _check_size((header.width, header.height), MAX_WEBP_PIXELS)
    if header.moving:
        raise MovingPictureError


def _check_size(size: tuple[int, int], limit: int) -> None:
    width, height = size
    if width * height > limit or max(size) > 20_000:
        raise TooLargeError(limit=limit, size=width * height)


def _scalable(picture: Image.Image) -> Image.Image:
    """In a mode that can be made smaller without steps; before `flattened`, which costs a large picture thrice."""
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value / 256).convert("L")
    if picture.mode in ("P", "PA") or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture.convert("L") if picture.mode == "1" else picture


def flattened(picture: Image.Image) -> Image.Image:
    """RGB; what is transparent lies on white paper."""
    if picture.mode in ("RGBA", "LA"):
        layered = picture.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(paper, layered).convert("RGB")
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
    # Pillow would carry the comment of the uploaded file over.
    page.save(out, "JPEG", quality=82, comment=b"")
    return out.getvalue()
