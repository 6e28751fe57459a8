"""Makes a script small before it travels: spare blanks go, and long names of the script's own become short.

It knows just enough of JavaScript to leave strings, templates and regular expressions alone. A name is shortened
only where that cannot change what the script does: when it is declared in the script and is nowhere the name of a
property, nor any word of a text.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import product
from string import ascii_letters, digits

_STRING = re.compile(r'"(?:\\.|[^"\\\n])*"')
_REGEX = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*")
# From its beginning, or from the end of a value in it, to the next value or its own end.
_TEMPLATE = re.compile(r"[`}](?:\\.|\$(?!\{)|[^`\\$])*(?:`|\$\{)")
_BEFORE_REGEX = "(,=:[!&|?{};\n"
_DECLARED = re.compile(r"^(?:async )?(?:function|const|let) (\w{4,})", re.MULTILINE)
_NAME = re.compile(r"(?<![\w$.])[A-Za-z_]\w*")
# What may be a property: after a dot, before a colon, alone or with a default within braces and lists.
_PROPERTY = re.compile(r"\.\s*(\w+)|(\w+)\s*:|[{,]\s*(\w+)(?=\s*(?:[,}]|=(?![=>])))")
# Short words of the language, and names that may mean the browser's own where they are not declared.
_LANGUAGE = {"as", "do", "if", "in", "is", "of"}
_BROWSER = {
    "caches",
    "crypto",
    "document",
    "event",
    "fetch",
    "history",
    "location",
    "navigator",
    "origin",
    "screen",
}
_NEVER = _LANGUAGE | _BROWSER | {"WORDS"}  # the build looks for the latter
_SPARE = re.compile(r" *([{}()\[\];,:?=<>&|*!]) *")


def pieces(code: str) -> Iterator[tuple[bool, str]]:
    """The parts of a script in order, each with whether it is code: all else is text and must stay as it is."""
    place, start, braces = 0, 0, [0]
    while place < len(code):
        text = _text_at(code, place, braces)
        if text:
            yield True, code[start:place]
            yield False, text
            start = place + len(text)
        place += len(text) or 1
    yield True, code[start:]


def _text_at(code: str, place: int, braces: list[int]) -> str:
    """The text that begins here, "" where code goes on. `braces` counts the open ones within each template."""
    sign, found = code[place], None
    if sign == "`" or (sign == "}" and not braces[-1] and braces[1:]):
        found = _TEMPLATE.match(code, place)
        if sign == "}":
            braces.pop()
        if found and found[0].endswith("${"):
            braces.append(0)
    elif sign in "{}":
        braces[-1] += 1 if sign == "{" else -1
    elif sign == '"':
        found = _STRING.match(code, place)
    elif sign == "/" and (code[:place].rstrip(" ") or "\n")[-1] in _BEFORE_REGEX:
        found = _REGEX.match(code, place)
    return found[0] if found else ""


def _short_names(taken: set[str]) -> Iterator[str]:
    every = (first + second for first, second in product(ascii_letters, ascii_letters + digits))
    return (name for name in every if name not in taken)


def lean(code: str) -> str:
    """The same script, smaller. Lines stay lines: nothing is guessed about where a statement ends."""
    parts = list(pieces(code))
    bare = "".join(text if is_code else " " for is_code, text in parts)
    words = {word for is_code, text in parts if not is_code for word in re.findall(r"\w+", text)}
    words |= {name for found in _PROPERTY.findall(bare) for name in found if name}
    uses = Counter(_NAME.findall(bare))
    own = sorted(set(_DECLARED.findall(bare)) - words - _NEVER, key=lambda name: (-uses[name], name))
    new = dict(zip(own, _short_names(set(uses) | words | _NEVER), strict=False))
    return "".join(_squeezed(text, new) if is_code else text for is_code, text in parts)


def _squeezed(code: str, new: dict[str, str]) -> str:
    return _SPARE.sub(r"\1", _NAME.sub(lambda found: new.get(found[0], found[0]), code))
