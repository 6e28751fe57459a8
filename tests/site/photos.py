"""Photos as phones take them: good ones, and ones to be taken again."""

from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

LINES = tuple(f"{number:02} SUSUNAN PENGURUS SANGGAR CONTOH" for number in range(12))


def page(width: int = 1200, height: int = 900) -> Image.Image:
    """A page of writing that lies on a table in good light."""
    seen = Image.new("RGB", (width, height), (120, 96, 70))
    draw = ImageDraw.Draw(seen)
    draw.rectangle((width // 20, height // 20, width * 19 // 20, height * 19 // 20), fill=(236, 234, 228))
    for number, line in enumerate(LINES):
        place = (width // 12, height // 10 + number * height // 16)
        draw.text(place, line, fill=(30, 32, 30), font_size=height // 24)
    return seen


def blurred() -> Image.Image:
    """Taken by a hand that moved."""
    return page().filter(ImageFilter.GaussianBlur(7))


def dark() -> Image.Image:
    """Taken at night."""
    return ImageEnhance.Brightness(page()).enhance(0.25)


def small() -> Image.Image:
    """Taken from too far away."""
    return page(400, 300)


def saved(folder: Path, picture: Image.Image, name: str = "foto.jpg", **how: Any) -> str:
    """The picture as a file."""
    file = folder / name
    picture.save(file, **how)
    return str(file)
