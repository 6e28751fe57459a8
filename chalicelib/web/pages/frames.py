"""The site's frames around what the service says: header, style, footer and words, as the build made them."""

import re
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import Literal

import msgspec

from chalicelib.permits.wording import Language

FRAMES = Path(__file__).with_name("frames.json")
"""Written by `site/build.py`; a test compares it with the templates."""
FrameKey = Literal["tracker", "tracking", "upload_form"]
SCRIPT_OF_CHECK = "check_script"


class Frames(msgspec.Struct, frozen=True):
    """The frames of one language, and the sentences that are said in them."""

    pages: dict[str, str]
    words: dict[str, str]


@cache
def frames(language: Language) -> Frames:
    """What the build left for that language."""
    return msgspec.json.decode(FRAMES.read_bytes(), type=dict[Language, Frames])[language]


def say(key: str, language: Language, **facts: object) -> str:
    """A sentence of the site with its places filled, as markup. Raises KeyError for one that it has not."""
    return escape(frames(language).words[key].format(**facts))


def check_script(language: Language) -> str:
    """The element that loads the script of the public check."""
    return frames(language).pages[SCRIPT_OF_CHECK].strip()


def policy(frame: str) -> str:
    """The content policy that the frame names for itself; nobody may put the page into another one."""
    found = re.search(r'Content-Security-Policy" content="([^"]+)"', frame)
    return f"{unescape(found[1]) if found else ''}; frame-ancestors 'none'"


def filled(key: FrameKey, language: Language, title: str, *changes: tuple[str, str]) -> str:
    """The frame with its title, and with each text of it changed to another, once or more often.

    Raises ValueError when the frame has no such text: then it is not the one that the caller knows.
    """
    html = frames(language).pages[key]
    own = f"<title>{say(f'{key}.title', language)} |"
    for old, new in ((own, f"<title>{escape(title)} |"), *changes):
        if old not in html:
            raise ValueError(old)
        html = html.replace(old, new)
    return html


def root(language: Language) -> str:
    """The root of a language's pages."""
    return "/en/" if language == "en" else "/"
