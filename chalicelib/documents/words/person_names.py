"""A person's name without what changes from paper to paper: titles, degrees, and the ways to shorten a name.

Only ways of writing the same name are taken together (Moch., Mohammad, Muhammad); whose name it is stays exact.
"""

import re

from chalicelib.documents.words.alike import plain, without_titles

_SPELLINGS = {
    "MUHAMMAD": "muhamad mohammad mohamad mohammed mochammad mochamad mokhammad mokhamad muchammad muchamad "
    "mukhammad mukhamad moch mokh moh mohd mch muh muhd mhd",
    "AHMAD": "achmad akhmad ahmat achmat akhmat ach akh ahm",
    "ABDUL": "abdoel abd",
    "SITI": "sitti",
    "SYAFII": "syafi syafie safii safi",
    "RIFAI": "rifa rifa'ie",
}
_SAME = {plain(way): name for name, ways in _SPELLINGS.items() for way in (name, *ways.split())}
_BACHELORS = (
    "SPD SPDI SPDK SE SEI SH SHI SSOS SSOSI SAG SKOM SSN SSI SIP SIKOM SPSI SPT SKM SHUM ST STP SS SSY"
)
_OTHERS = "MPD MPDI MM MH MSI MSN MAP MAG MT MKES MA MHUM AMD AMDKEB AMAPD DRS BA"
_DEGREES = frozenset((*_BACHELORS.split(), *_OTHERS.split()))
_MUHAMMAD_SHORT = re.compile(r"^M\.\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\s.]+\.?")


def ways_to_write(name: str) -> tuple[str, ...]:
    """The name in upper case without titles and degrees: as it stands, and in the usual spelling of its words.

    A leading `M.` is read both as Muhammad and as nothing: many papers leave it out. As it stands it may have
    been misread, which hides from the list of spellings what is still near to another reading.
    """
    bare = _without_degrees(name.split(",", maxsplit=1)[0].strip())
    rest = without_titles(bare)
    usual = _usual(rest)
    shortened = _MUHAMMAD_SHORT.search(_before(bare, rest))
    ways = (f"MUHAMMAD {usual}", usual, rest.upper()) if shortened and usual else (usual, rest.upper())
    return tuple({plain(way): way for way in ways}.values())


def _before(bare: str, rest: str) -> str:
    """The last of the titles before a name: `M. ` of `H. M. Arifin`."""
    titles = re.findall(r"[^\s.]+\.?\s*", bare[: len(bare) - len(rest)])
    return str(titles[-1]) if titles else ""


def _usual(name: str) -> str:
    words = (str(word).upper() for word in _WORD.findall(name))
    return " ".join(_SAME.get(plain(word), word) for word in words)


def is_degree(text: str) -> bool:
    """Whether it is a degree, as stands after a name and a comma: `S.Pd.`, `M. M.`, or several of them."""
    words = text.split()
    return bool(words) and (
        plain(text) in _DEGREES or all(plain(word) in _DEGREES or "." in word for word in words)
    )


def _without_degrees(name: str) -> str:
    """Without `S.Pd.` or `M. M.` at the end, which stand there with or without a comma."""
    words = name.split()
    for count in (2, 1):
        last = words[-count:]
        if len(words) > count + 1 and "." in last[0] and plain("".join(last)) in _DEGREES:
            return _without_degrees(" ".join(words[:-count]))
    return name
