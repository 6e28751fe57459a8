"""The daily seal: it finds what a chain alone cannot, a history that was written anew (promise P8)."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chalicelib.audit.chain import Head, breaks
from chalicelib.audit.seal import Seal, breaks_since, digest_holds, seal, signed_bytes
from tests.audit.chains import (
    BEGAN,
    CASE,
    OTHER_CASE,
    TAMPERING,
    Chain,
    acts,
    as_stored,
    chain_of,
    chains,
    end_of,
)

heads = st.dictionaries(
    st.text(max_size=8),
    st.builds(Head, st.integers(1, 10**6), st.text("0123456789abcdef", max_size=64)),
    max_size=5,
)


def sealed(*cases: Chain) -> Seal:
    return seal({entries[0].case_id: end_of(entries) for entries in cases}, BEGAN)


@given(entries=chains, later=st.lists(acts, max_size=3))
@settings(max_examples=50, deadline=None)
def test_a_chain_that_only_grew_still_fits_its_seal(
    entries: Chain, later: list[tuple[str, dict[str, object]]]
) -> None:
    happened = [(entry.action, entry.facts) for entry in entries]
    grown = chain_of(CASE, happened + later)
    assert breaks_since(sealed(entries), {CASE: grown}) == []


@given(entries=chains, data=st.data())
@settings(max_examples=80, deadline=None)
def test_a_history_written_anew_is_found(entries: Chain, data: st.DataObject) -> None:
    """Somebody with every right on the database: all hashes are right again, and the case names the new end."""
    happened = [(entry.action, entry.facts) for entry in entries]
    place = data.draw(st.integers(0, len(happened) - 1))
    happened[place] = data.draw(acts)
    rewritten = chain_of(CASE, happened)
    assume(as_stored(rewritten) != as_stored(entries))
    assert breaks(CASE, rewritten, end_of(rewritten)) == []
    assert [found.case_id for found in breaks_since(sealed(entries), {CASE: rewritten})] == [CASE]


@pytest.mark.parametrize("how", TAMPERING)
@given(entries=chains, data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_moved_end_of_the_chain_hides_nothing_from_the_seal(
    how: str, entries: Chain, data: st.DataObject
) -> None:
    tampered = data.draw(TAMPERING[how](entries))
    assume(as_stored(tampered[: len(entries)]) != as_stored(entries))
    assert breaks(CASE, tampered, end_of(tampered)) or breaks_since(sealed(entries), {CASE: tampered})


def test_a_case_that_vanished_whole_is_found() -> None:
    kept, lost = chain_of(CASE, [("a", {})]), chain_of(OTHER_CASE, [("a", {}), ("b", {})])
    found = breaks_since(sealed(kept, lost), {CASE: kept})
    assert [(one.case_id, one.seq) for one in found] == [(OTHER_CASE, 2)]
    assert "2026-11-23" in found[0].problem


def test_a_case_that_came_later_is_no_problem() -> None:
    kept, new = chain_of(CASE, [("a", {})]), chain_of(OTHER_CASE, [("a", {})])
    assert breaks_since(sealed(kept), {CASE: kept, OTHER_CASE: new}) == []


@given(known=heads, at=st.integers(0, 10**6))
@settings(max_examples=50, deadline=None)
def test_a_seal_holds_after_writing_and_reading(known: dict[str, Head], at: int) -> None:
    made = seal(known, BEGAN + timedelta(seconds=at, microseconds=at))
    read = msgspec.json.decode(msgspec.json.encode(made), type=Seal)
    assert digest_holds(read)
    assert signed_bytes(read) == signed_bytes(made)


@given(known=heads, other=heads)
@settings(max_examples=80, deadline=None)
def test_other_heads_are_another_seal(known: dict[str, Head], other: dict[str, Head]) -> None:
    assume(known != other)
    made = seal(known, BEGAN)
    assert not digest_holds(msgspec.structs.replace(made, heads=other))
    assert signed_bytes(seal(other, BEGAN)) != signed_bytes(made)


def test_another_moment_is_another_seal() -> None:
    made = sealed(chain_of(CASE, [("a", {})]))
    assert not digest_holds(msgspec.structs.replace(made, sealed_at=BEGAN + timedelta(microseconds=1)))


def test_the_order_of_the_cases_does_not_matter() -> None:
    one, other = Head(1, "a" * 64), Head(2, "b" * 64)
    assert seal({"x": one, "y": other}, BEGAN).digest == seal({"y": other, "x": one}, BEGAN).digest


def test_what_is_signed_can_mean_nothing_but_a_seal() -> None:
    assert signed_bytes(seal({}, BEGAN)).startswith(b"sanggar audit seal: ")
