"""Made-up chains for the tests of the audit trail, and every way of tampering with one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
from hypothesis import strategies as st

from chalicelib.audit.chain import Actor, Entry, Head, append, hash_of, head_after

BEGAN = datetime(2026, 11, 23, 8, 0, tzinfo=timezone(timedelta(hours=7)))
CASE = "case-1"
OTHER_CASE = "case-2"

Facts = dict[str, Any]
Chain = list[Entry]

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**64 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
)
facts = st.dictionaries(
    st.text(max_size=8),
    st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
        max_leaves=6,
    ),
    max_size=4,
)
moments = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001 - hypothesis puts the zone in
    max_value=datetime(2040, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from(
        [UTC, timezone(timedelta(hours=7)), timezone(timedelta(hours=-3, minutes=-30))]
    ),
)
acts = st.tuples(st.sampled_from(["form.saved", "step.opened", "step.approve"]), facts)


def chain_of(case_id: str, happened: list[tuple[str, Facts]]) -> Chain:
    """The chain of a case in which that happened, an hour apart."""
    head, entries = Head(), []
    for number, (action, known) in enumerate(happened):
        at, actor = BEGAN + timedelta(hours=number), Actor("officer-cs", "customer_service")
        entries.append(append(case_id, head, at=at, actor=actor, action=action, facts=known))
        head = head_after(entries[-1])
    return entries


def end_of(entries: Chain) -> Head:
    """Where the chain ends."""
    return head_after(entries[-1]) if entries else Head()


def as_stored(entries: Chain) -> bytes:
    """The chain as text: two chains are the same when this is."""
    return msgspec.json.encode(entries, order="sorted")


chains = st.lists(acts, min_size=1, max_size=6).map(lambda happened: chain_of(CASE, happened))

CHANGES: dict[str, st.SearchStrategy[Any]] = {
    "case_id": st.sampled_from([OTHER_CASE, ""]),
    "seq": st.integers(-1, 8),
    "at": moments,
    "actor": st.builds(Actor, st.text(max_size=5), st.text(max_size=5)),
    "action": st.text(max_size=5),
    "facts": facts,
    "previous": st.sampled_from(["", "0" * 64, "f" * 64]),
    "hash": st.sampled_from(["", "0" * 64, "f" * 64]),
}


@st.composite
def altered(draw: st.DrawFn, entries: Chain) -> Chain:
    """One entry with another value in it; a careful forger has hashed it again."""
    place = draw(st.integers(0, len(entries) - 1))
    field = draw(st.sampled_from(sorted(CHANGES)))
    forged = msgspec.structs.replace(entries[place], **{field: draw(CHANGES[field])})
    if draw(st.booleans()):
        forged = msgspec.structs.replace(forged, hash=hash_of(forged))
    return [*entries[:place], forged, *entries[place + 1 :]]


@st.composite
def removed(draw: st.DrawFn, entries: Chain) -> Chain:
    """One entry less."""
    place = draw(st.integers(0, len(entries) - 1))
    return entries[:place] + entries[place + 1 :]


@st.composite
def repeated(draw: st.DrawFn, entries: Chain) -> Chain:
    """One entry twice, the second time anywhere."""
    place, again = draw(st.integers(0, len(entries) - 1)), draw(st.integers(0, len(entries)))
    return [*entries[:again], entries[place], *entries[again:]]


@st.composite
def reordered(draw: st.DrawFn, entries: Chain) -> Chain:
    """The same entries in another order: swapped or moved."""
    return draw(st.permutations(entries))


@st.composite
def cut_off(draw: st.DrawFn, entries: Chain) -> Chain:
    """Only the beginning or only the end, or nothing."""
    place = draw(st.integers(0, len(entries)))
    return draw(st.sampled_from([entries[:place], entries[place:]]))


@st.composite
def with_a_stranger(draw: st.DrawFn, entries: Chain) -> Chain:
    """An entry that another case, or another history of this one, really has."""
    case_id = draw(st.sampled_from([CASE, OTHER_CASE]))
    stranger = draw(st.sampled_from(chain_of(case_id, draw(st.lists(acts, min_size=1, max_size=4)))))
    place = draw(st.integers(0, len(entries)))
    return [*entries[:place], stranger, *entries[place + draw(st.integers(0, 1)) :]]


TAMPERING: dict[str, Callable[[Chain], st.SearchStrategy[Chain]]] = {
    "altered": altered,
    "removed": removed,
    "repeated": repeated,
    "reordered": reordered,
    "cut off": cut_off,
    "with a stranger": with_a_stranger,
}
