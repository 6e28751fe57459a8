"""What scanners and telephones do to a page."""

import io
import random

import numpy as np
from PIL import Image, ImageFilter

KINDS = (
    "clean",
    "scan",
    "scan_grey",
    "photo_mild",
    "photo_mid",
    "photo_strong",
    "rotated",
    "exif",
    "lowres",
    "motion",
)


def damaged(page: Image.Image, kind: str, rng: random.Random) -> tuple[Image.Image, int | None]:
    """The page after `kind` of treatment, and the EXIF orientation it was stored with, if any."""
    if kind == "clean":
        return page, None
    if kind in ("scan", "scan_grey"):
        return _scanned(page, rng, grey=kind == "scan_grey"), None
    strength = {"photo_mild": 0.4, "photo_mid": 0.8, "photo_strong": 1.25}.get(kind, 0.5)
    photo = _photographed(page, rng, strength)
    if kind == "rotated":
        return photo.rotate(rng.choice((90, 180, 270)), expand=True), None
    if kind == "exif":
        tag, turn = rng.choice(((3, 180), (6, 90), (8, 270)))
        return photo.rotate(turn, expand=True), tag
    if kind == "lowres":
        return _small(
            photo, rng.choice((0.45, 0.5, 0.6) if photo.width > photo.height else (0.58, 0.62, 0.68))
        ), None
    if kind == "motion":
        return _moved(photo, rng), None
    if kind == "unreadable":
        dark = photo.filter(ImageFilter.GaussianBlur(max(photo.size) / 130)).point(
            lambda value: value * rng.uniform(0.3, 0.9)
        )
        return _noisy(_small(dark, 0.5), rng, 8), None
    return photo, None


def _scanned(page: Image.Image, rng: random.Random, grey: bool) -> Image.Image:
    turned = page.rotate(rng.uniform(-1.5, 1.5), Image.Resampling.BICUBIC, fillcolor="white")
    soft = turned.filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 0.8)))
    noisy = _noisy(soft, rng, rng.uniform(2, 7))
    return noisy.convert("L").convert("RGB") if grey else noisy


def _photographed(page: Image.Image, rng: random.Random, strength: float) -> Image.Image:
    """On a table, seen at an angle, lit from one side, a little soft and grainy."""
    card = page.width > page.height and page.width < 1400
    frame = (1600, 1200) if page.width > page.height else (1275, 1700)
    share = rng.uniform(0.75, 0.95) if not card else rng.uniform(0.6, 0.9)
    scale = min(frame[0] * share / page.width, frame[1] * share / page.height)
    small = page.resize((int(page.width * scale), int(page.height * scale)), Image.Resampling.LANCZOS)
    table = Image.new("RGB", frame, tuple(rng.randrange(50, 150) for _ in range(3)))
    left, top = (frame[0] - small.width) // 2, (frame[1] - small.height) // 2
    table.paste(small, (left, top))
    turned = table.rotate(
        rng.uniform(-5, 5) * strength, Image.Resampling.BICUBIC, fillcolor=table.getpixel((0, 0))
    )
    shift = [rng.uniform(-0.035, 0.035) * strength * side for side in (*frame, *frame, *frame, *frame)]
    w, h = frame
    quad = (shift[0], shift[1], shift[2], h + shift[3], w + shift[4], h + shift[5], w + shift[6], shift[7])
    seen = turned.transform(frame, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC)
    lit = _lit(seen, rng, strength)
    soft = lit.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 0.9) * max(strength, 0.6)))
    return _noisy(soft, rng, 6 * strength)


def _lit(picture: Image.Image, rng: random.Random, strength: float) -> Image.Image:
    pixels = np.asarray(picture, np.float32)
    rows, columns = np.linspace(-1, 1, pixels.shape[0])[:, None], np.linspace(-1, 1, pixels.shape[1])[None, :]
    angle = rng.uniform(0, 6.28)
    light = 1 - 0.25 * strength * (1 + rows * np.sin(angle) + columns * np.cos(angle)) * rng.uniform(0.4, 1)
    tint = np.array([rng.uniform(0.92, 1), rng.uniform(0.94, 1), rng.uniform(0.85, 1)])
    glare = (
        70
        * strength
        * np.exp(-((rows - rng.uniform(-1, 1)) ** 2 + (columns - rng.uniform(-1, 1)) ** 2) / 0.08)
    )
    return Image.fromarray(
        np.clip(pixels * light[:, :, None] * tint + glare[:, :, None], 0, 255).astype(np.uint8)
    )


def _noisy(picture: Image.Image, rng: random.Random, spread: float) -> Image.Image:
    noise = np.random.default_rng(rng.randrange(2**31)).normal(0, spread, (picture.height, picture.width, 1))
    return Image.fromarray(np.clip(np.asarray(picture, np.float32) + noise, 0, 255).astype(np.uint8))


def _small(picture: Image.Image, share: float) -> Image.Image:
    return picture.resize(
        (int(picture.width * share), int(picture.height * share)), Image.Resampling.BILINEAR
    )


def _moved(picture: Image.Image, rng: random.Random) -> Image.Image:
    length, pixels = rng.randrange(4, 8), np.asarray(picture, np.float32)
    axis = rng.randrange(2)
    total = np.sum([np.roll(pixels, step, axis=axis) for step in range(length)], axis=0)
    return Image.fromarray((total / length).astype(np.uint8))


def as_jpeg(picture: Image.Image, rng: random.Random, orientation: int | None = None) -> bytes:
    """The bytes that a telephone or a messenger stores."""
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=rng.choice((55, 70, 80, 90)), exif=exif)
    return out.getvalue()
