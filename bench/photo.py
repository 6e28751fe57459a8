"""From choosing a photo of 12 megapixels to being told what was read in it, on the bad line."""

from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
from PIL import Image, ImageFilter
from playwright.sync_api import Browser

from bench.slow_line import PHONE, phone_page, slow
from bench.stage import Stage

SIZE = (4000, 3000)
WATCH = """
window.told = [];
addEventListener("DOMContentLoaded", () => {
  const look = () => {
    const words = document.getElementById("ktp-state")?.textContent?.replace(/ [0-9]+%$/, "");
    if (words && words !== told.at(-1)?.words) told.push({ words, at: performance.now() });
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
});
addEventListener("change", (event) => event.target.type === "file" && (window.chosen = performance.now()), true);
"""
READ = """() => {
  const named = (address) => new URL(address).pathname.split("/").slice(0, 3).join("/");
  return {
    told: told.filter((one) => one.at >= chosen).map((one) => ({ words: one.words, at: (one.at - chosen) / 1000 })),
    asked: performance.getEntriesByType("resource").filter((one) => one.startTime >= chosen).map((one) => ({
      path: named(one.name) + (one.name.endsWith("/uploads") ? ", offer" : ""),
      from: (one.startTime - chosen) / 1000,
      to: (one.responseEnd - chosen) / 1000,
    })),
  };
}"""


class Told(msgspec.Struct, frozen=True):
    """What the card said, and when, in seconds since the photo was chosen."""

    words: str
    at: float


class Asked(msgspec.Struct, frozen=True):
    """One request, in seconds since the photo was chosen; only the beginning of its path, for the rest is a key."""

    path: str
    start: float = msgspec.field(name="from")
    end: float = msgspec.field(name="to")


class PhotoRun(msgspec.Struct, frozen=True):
    """Megabytes of the photo, what was told when, and what was asked when."""

    megabytes: float
    told: list[Told]
    asked: list[Asked]


def big_photo(card: Path) -> bytes:
    """The photo of a card as a phone of today takes it: 12 megapixels with the grain of its sensor."""
    picture = Image.open(card).convert("RGB")
    picture.thumbnail(SIZE)
    scale = min(SIZE[0] / picture.width, SIZE[1] / picture.height)
    large = picture.resize(
        (round(picture.width * scale), round(picture.height * scale)), Image.Resampling.LANCZOS
    )
    table = Image.new("RGB", SIZE, large.getpixel((0, 0)))
    table.paste(large, ((SIZE[0] - large.width) // 2, (SIZE[1] - large.height) // 2))
    grain = Image.effect_noise(SIZE, 12).filter(ImageFilter.GaussianBlur(1)).convert("RGB")
    file = BytesIO()
    Image.blend(table, grain, 0.08).save(file, "JPEG", quality=92)
    return file.getvalue()


def photo_run(browser: Browser, stage: Stage) -> PhotoRun:
    """Chooses the photo of the ID card in the draft, and waits for the card to say how it is."""
    photo = big_photo(stage.bundle.uploads["ktp"])
    context = browser.new_context(**PHONE)
    try:
        page = phone_page(context, stage.session)
        page.add_init_script(WATCH)
        page.goto(f"{stage.url}/{stage.addresses['draft']}/dokumen")
        page.locator("#ktp-file").wait_for(state="attached")
        slow(page)
        file: Any = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": photo}
        page.set_input_files("#ktp-file", file)
        page.locator("#ktp-state:is(.ok, .bad, .warn)").wait_for(timeout=90_000)
        seen = msgspec.convert(page.evaluate(READ), dict[str, Any])
    finally:
        context.close()
    return msgspec.convert({"megabytes": len(photo) / 1e6, **seen}, PhotoRun)
