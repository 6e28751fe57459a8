"""When a printed value contradicts a claimed one, and when it was merely read badly."""

import re

from chalicelib.documents.alike import distance, plain, without_titles
from chalicelib.documents.national_id import well_formed
from chalicelib.documents.types import Value


def number_differs(claimed: str, printed: Value) -> bool:
    """ID numbers: any figure counts, unless the reading is unsure of itself and all but one figure agree."""
    wanted = re.sub(r"\D", "", claimed)
    if wanted == printed.text:
        return False
    apart = distance(wanted, printed.text)
    unsure = len(printed.text) != 16 or not well_formed(printed.text) or printed.confidence < 0.9
    return not (unsure and well_formed(wanted) and apart <= 1)


def differs(claimed: str, printed: Value, *, person: bool, exact: bool) -> bool:
    """Names: case, blanks, punctuation and (of persons) titles aside; pictures may be misread a little.

    The allowance for a picture grows with the length and with the doubt of the reading; text of a native PDF
    (`exact`) has none. An initial stands for its name.
    """
    wanted, said = (
        (without_titles(claimed), without_titles(printed.text)) if person else (claimed, printed.text)
    )
    a, b = plain(wanted), plain(said)
    if a == b or (person and _by_initials(wanted, said)):
        return False
    if exact:
        return True
    allowed = max(0.8, 0.06 * len(a)) + max(0.0, 0.9 - printed.confidence) * 0.7 * len(a)
    return distance(a, b) > allowed


def _by_initials(left: str, right: str) -> bool:
    """`M. Arifin` is `Moch. Arifin` is `Mochamad Arifin`: word by word, a short form begins the long one."""
    one, other = (re.findall(r"[A-Za-z']+\.?", text.upper()) for text in (left, right))
    if len(one) != len(other) or len(one) < 2:
        return False
    pairs = list(zip(one, other, strict=True))
    return all(
        a.rstrip(".") == b.rstrip(".") or _shortens(a, b) or _shortens(b, a) for a, b in pairs
    ) and any(a == b for a, b in pairs)


def _shortens(short: str, long: str) -> bool:
    bare = short.rstrip(".")
    return short.endswith(".") and len(bare) < len(long.rstrip(".")) and long.startswith(bare)
