"""The page of a notice: what its plain text says, with one button, for mail programs that show pages.

The template is turned into a page, and only then are the words put in, escaped: so no word of a person's can
become a link, a button or markup. Only words whose name ends with `link` are addresses, and those are ours.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from string import Formatter

from chalicelib.errors import InvalidInputError

_ACTION = re.compile(r"(?P<label>[^{}]+): \{(?P<name>\w*link)\}")
"""A line that is an action: what to do, and the address that does it."""
_BUTTON = (
    "display:inline-block;padding:12px 20px;border-radius:8px;background:#0e5a4c;color:#ffffff;"
    "font-weight:bold;text-decoration:none"
)
_PAGE = (
    '<!doctype html>\n<html lang="id">\n<head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{title}</title></head>\n'
    '<body style="margin:0;padding:16px;background:#faf7f1;color:#1c2a28;'
    'font:16px/1.5 system-ui,sans-serif">\n'
    '<div style="max-width:560px;margin:0 auto;padding:20px;background:#ffffff;border-top:4px solid #d9a441">\n'
    '<p style="margin:0 0 16px;color:#4d5a57"><b>Nomor Induk Kesenian</b> · DPMPTSP Kabupaten Pasuruan</p>\n'
    '{id}<div lang="en" style="margin-top:24px;padding-top:16px;border-top:1px solid #ddd6c8;color:#4d5a57">\n'
    "{en}</div>\n</div>\n</body>\n</html>\n"
)


def page(title: str, templates: Mapping[str, str], words: Mapping[str, str]) -> str:
    """The HTML page of a notice. `templates` are its texts by language (`id`, `en`); only the first has a button.

    Raises KeyError for a missing word, InvalidInputError for a link that is no web address.
    """
    return _PAGE.format(
        title=escape(title),
        id="".join(_blocks(templates["id"], words, button=True)),
        en="".join(_blocks(templates["en"], words, button=False)),
    )


def _blocks(template: str, words: Mapping[str, str], *, button: bool) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", template.strip()):
        lines: list[str] = []
        for line in block.split("\n"):
            lines.append(_line(line, words, button=button))
            button = button and not _ACTION.fullmatch(line)
        said = "<br>\n".join(line for line in lines if line)
        if said:
            yield _paragraph(said)


def _paragraph(said: str) -> str:
    """A list is no part of a paragraph."""
    parts = re.split(r"(<ul.*?</ul>)", said, flags=re.DOTALL)
    texts = (re.sub(r"^(<br>\n)+|(<br>\n)+$", "", part) for part in parts)
    return "".join(
        text if text.startswith("<ul") else f'<p style="margin:0 0 16px">{text}</p>\n'
        for text in texts
        if text
    )


def _line(line: str, words: Mapping[str, str], *, button: bool) -> str:
    action = _ACTION.fullmatch(line)
    if action:
        return _link(words[action["name"]], action["label"], button=button)
    return "".join(
        escape(text) + (_word(name, words[name]) if name else "")
        for text, name, _, _ in Formatter().parse(line)
    )


def _word(name: str, value: str) -> str:
    if name.endswith("link"):
        return _link(value, value.partition("#")[0], button=False) if value else ""
    lines = value.strip("\n").split("\n")
    listed = [line.startswith("- ") for line in lines]
    if all(listed):
        items = "".join(f"<li>{escape(line[2:])}</li>" for line in lines)
        return f'<ul style="margin:0 0 16px;padding-left:20px">{items}</ul>'
    return "<br>\n".join(escape(line) for line in lines)


def _link(address: str, label: str, *, button: bool) -> str:
    if not re.match(r"https?://", address):
        raise InvalidInputError(where="link", problem="no_web_address")
    style = f' style="{_BUTTON}"' if button else ""
    return f'<a{style} href="{escape(address)}">{escape(label)}</a>'
