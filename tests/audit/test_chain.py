"""The chain of one case: whole as written, and broken by whatever is done to it afterwards (promise P8)."""

import hashlib
import json
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chalicelib.audit.chain import BEGINNING, Actor, Entry, Head, append, breaks, hash_of
from tests.audit.chains import (
    BEGAN,
    CASE,
    OTHER_CASE,
    TAMPERING,
    Chain,
    Facts,
    as_stored,
    chain_of,
    chains,
    end_of,
    facts,
    moments,
)

PLAIN = [("application.submitted", {"number": "NKS-2026-00001"}), ("step.opened", {"step": "verification"})]


@given(entries=chains)
@settings(deadline=None)
def test_a_chain_as_it_was_written_is_whole(entries: Chain) -> None:
    assert breaks(CASE, entries, end_of(entries)) == []
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert entries[0].previous == BEGINNING


def test_a_case_without_entries_is_whole_at_its_beginning() -> None:
    assert breaks(CASE, [], Head()) == []


@pytest.mark.parametrize("how", TAMPERING)
@given(entries=chains, data=st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_done_to_a_chain_is_found(how: str, entries: Chain, data: st.DataObject) -> None:
    tampered = data.draw(TAMPERING[how](entries))
    assume(as_stored(tampered) != as_stored(entries))
    assert breaks(CASE, tampered, end_of(entries))


@given(entries=chains, data=st.data())
@settings(max_examples=60, deadline=None)
def test_two_tamperings_do_not_hide_each_other(entries: Chain, data: st.DataObject) -> None:
    tampered = data.draw(st.sampled_from(sorted(TAMPERING)).flatmap(lambda how: TAMPERING[how](entries)))
    assume(tampered)
    tampered = data.draw(st.sampled_from(sorted(TAMPERING)).flatmap(lambda how: TAMPERING[how](tampered)))
    assume(as_stored(tampered) != as_stored(entries))
    assert breaks(CASE, tampered, end_of(entries))


def test_an_entry_after_the_end_is_found() -> None:
    entries = chain_of(CASE, PLAIN)
    assert [found.seq for found in breaks(CASE, entries, end_of(entries[:1]))] == [2]


def test_a_break_says_where_and_what() -> None:
    entries = chain_of(CASE, PLAIN * 2)
    forged = msgspec.structs.replace(entries[1], action="step.approve")
    found = breaks(CASE, [entries[0], forged, *entries[2:]], end_of(entries))
    assert [(one.case_id, one.seq, one.problem) for one in found] == [(CASE, 2, "the entry was altered")]


def test_a_chain_of_another_case_is_found_entry_by_entry() -> None:
    entries = chain_of(OTHER_CASE, PLAIN)
    assert len(breaks(CASE, entries, end_of(entries))) == 2


@given(known=facts, at=moments, words=st.text(max_size=20))
@settings(deadline=None)
def test_writing_and_reading_an_entry_keeps_its_hash(known: Facts, at: object, words: str) -> None:
    entry = append(CASE, Head(), at=at, actor=Actor(words, words), action=words, facts=known)  # type: ignore[arg-type]
    read = msgspec.json.decode(msgspec.json.encode(entry), type=Entry)
    assert hash_of(read) == read.hash == entry.hash
    again = msgspec.json.decode(msgspec.json.encode(read), type=Entry)
    assert hash_of(again) == entry.hash


def test_the_hash_is_the_same_in_the_offices_zone_and_after_reading() -> None:
    at = BEGAN.astimezone(ZoneInfo("Asia/Jakarta"))
    known = {"grup": "ꦱꦁꦒꦂ Nyi Sekar’s", "nested": {"b": [1.5, -0.0, 1e300], "a": {"z": None}}}
    entry = append(CASE, Head(), at=at, actor=Actor("officer-cs", "cs"), action="form.saved", facts=known)
    assert hash_of(msgspec.json.decode(msgspec.json.encode(entry), type=Entry)) == entry.hash


def test_the_order_in_which_facts_were_put_in_does_not_matter() -> None:
    one, other = chain_of(CASE, [("a", {"x": 1, "y": 2})]), chain_of(CASE, [("a", {"y": 2, "x": 1})])
    assert one[0].hash == other[0].hash


def test_anybody_can_compute_the_hash_from_the_exported_entry() -> None:
    """Sorted keys, no spaces, UTF-8, an empty hash: an auditor needs nothing of ours to check a chain."""
    entry = chain_of(CASE, [("form.saved", {"z": ["ꦱ", {"b": 1, "a": None}], "a": True})])[0]
    exported = json.loads(msgspec.json.encode(entry))
    canonical = json.dumps(
        {**exported, "hash": ""}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    assert hashlib.sha256(canonical.encode()).hexdigest() == entry.hash
