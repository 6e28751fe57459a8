"""The old certificate: when it may be renewed, and what our own register says of it. Nothing here refuses."""

import datetime as dt
import re
from collections.abc import Iterator

from chalicelib.documents.checks.agreement import Match, name_match
from chalicelib.documents.checks.notes import note, surely
from chalicelib.documents.types import REGISTER, Finding, Inspection, Registered, Value
from chalicelib.documents.words.alike import without_titles


def term(submitted_on: dt.date, opens_days: int, slot: str, inspection: Inspection) -> Iterator[Finding]:
    """A note before the renewal opens, and one when the certificate ran out longer ago than it is open."""
    until = surely(inspection, "valid_until")
    if until is None:
        return
    last, opening = dt.date.fromisoformat(until.text), dt.timedelta(days=opens_days)
    if submitted_on < last - opening:
        yield note("renewal_too_early", slot, until, (last - opening).isoformat())
    elif submitted_on > last + opening:
        yield note("certificate_expired", slot, until)


def registered_as(registered: Registered, slot: str, inspection: Inspection) -> Iterator[Finding]:
    """The certificate beside the register's entry of its number."""
    number = inspection.fields.get("certificate_number")
    if not registered.known:
        yield note("certificate_unregistered", slot, number, against=REGISTER)
        return
    if not registered.valid:
        yield note("certificate_revoked", slot, number, against=REGISTER)
    exact = not inspection.recognised
    group, leader = surely(inspection, "group_name"), surely(inspection, "leader_name")
    wanted = registered.group_name
    if group and name_match(wanted, group, person=False, exact=exact) is Match.DIFFERENT:
        yield note("registered_group_differs", slot, group, wanted, against=REGISTER)
    if leader and not fits_shortened(registered.leader_short, leader, exact=exact):
        yield note("registered_leader_differs", slot, leader, registered.leader_short, against=REGISTER)


def fits_shortened(short: str, printed: Value, *, exact: bool) -> bool:
    """Whether a name can be the one that was shortened to `Siti R. N.`: word by word, titles aside."""
    pairs = [re.findall(r"[^\s.]+", without_titles(text).upper()) for text in (short, printed.text)]
    if len(pairs[0]) != len(pairs[1]):
        return False
    return all(
        (len(begun) == 1 and word.startswith(begun))
        or name_match(begun, Value(text=word, confidence=printed.confidence), person=False, exact=exact)
        is not Match.DIFFERENT
        for begun, word in zip(*pairs, strict=True)
    )
