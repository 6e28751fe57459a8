"""One permit is one entry of the log, whatever dies and whoever is faster; and what was entered is always shown."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import msgspec
import pytest
from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PynamoDBException

from chalicelib.aws.session import client
from chalicelib.cases.change import SYSTEM, change
from chalicelib.errors import NotFoundError, StaleVersionError
from chalicelib.permits.log.checkpoint import verifier_key
from chalicelib.permits.log.growing import appended
from chalicelib.permits.log.hashing import Frontier, frontier, leaf_hash, tree_root
from chalicelib.permits.log.leaf import Leaf, record_hash
from chalicelib.permits.register import RegisterChange, told
from chalicelib.steps.desk import Desk, Planned, change_case, commit
from chalicelib.steps.permit_log import LogBrokenError, append, catch_up, publish, shown
from local.clock import Hands
from tests.crashes.killer import KINDS, KilledError, Killer
from tests.crashes.log_office import file, issued, register_table, seen, signed_permits

CALLS = 60


def test_an_issued_permit_is_one_entry_that_its_record_and_file_lead_to(desk: Desk) -> None:
    (walk,) = signed_permits(desk, 1)
    record = issued(walk)
    assert issued(walk) == record
    assert publish(desk) == 1
    assert publish(desk) == 1
    head, (leaf,) = seen(desk)
    assert (head.size, head.origin) == (1, "127.0.0.1:8000/log")
    assert (leaf.kind, leaf.number, leaf.file) == ("issued", record.permit_number, record.signed_sha256)
    assert leaf.record == record_hash(record.log_salt, told(record))
    assert record.log_indexes == (0,)


def test_nothing_of_a_person_is_in_the_log(desk: Desk) -> None:
    (walk,) = signed_permits(desk, 1)
    record = issued(walk)
    publish(desk)
    entry = file(desk, "tile/entries/000.p/1")[2:].decode()
    form = walk.case().form
    for said in (record.log_salt, record.group_name, form.leader_name, form.national_id, form.phone):
        assert said
        assert said not in entry


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_entered_is_shown_wherever_the_process_dies(kind: str, desk: Desk, killer: Killer) -> None:
    first, second, third = signed_permits(desk, 3)
    numbers, deaths = [], 0
    for walk in (first, second, third):
        deaths += _dies_at_every_call(kind, killer, lambda walk=walk: issued(walk))  # type: ignore[misc]
        numbers.append(issued(walk).permit_number)
        deaths += _dies_at_every_call(kind, killer, lambda: publish(desk))
        head, leaves = seen(desk)
        assert [leaf.number for leaf in leaves] == numbers
        assert head.size == len(numbers)
    assert deaths > 40


def test_the_sweep_sees_that_a_process_died_between_the_register_and_the_files(desk: Desk) -> None:
    first, second = signed_permits(desk, 2)
    assert catch_up(desk) == 0
    issued(first)
    assert catch_up(desk) == 1
    with pytest.raises(NotFoundError):
        file(desk, "checkpoint")
    publish(desk)
    issued(second)
    assert catch_up(desk) == 1
    assert seen(desk)[0].size == 1
    publish(desk)
    assert catch_up(desk) == 0
    assert seen(desk)[0].size == 2


def test_two_permits_that_are_issued_at_once_are_two_entries_without_gap(desk: Desk) -> None:
    walks = signed_permits(desk, 2)
    both_read_the_head = threading.Barrier(2)

    def random(count: int) -> bytes:
        """The salt is drawn between the reading of the head and the writing: there each waits for the other, once."""
        with suppress(threading.BrokenBarrierError):
            both_read_the_head.wait(timeout=5)
        both_read_the_head.abort()
        return desk.random(count)

    for walk in walks:
        walk.desk = replace(desk, random=random)
    with ThreadPoolExecutor(2) as at_once:
        records = list(at_once.map(issued, walks))
    assert sorted(record.log_indexes for record in records) == [(0,), (1,)]
    publish(desk)
    assert {leaf.number for leaf in seen(desk)[1]} == {record.permit_number for record in records}


def test_of_two_transactions_behind_one_head_the_second_writes_nothing(desk: Desk) -> None:
    one, other = (Leaf(kind="key_changed", key=f"log+0000000{n}+Ag==", at=desk.clock.now()) for n in (1, 2))
    head = desk.log.head()
    desk.log.append(appended(head, [one.entry]))
    with pytest.raises(StaleVersionError):
        desk.log.append(appended(head, [other.entry]))
    assert desk.log.head() == appended(head, [one.entry]).after
    assert desk.log.entries(0, 1) == [one.entry]


def test_a_slow_publisher_puts_no_older_checkpoint_over_a_newer_one(desk: Desk) -> None:
    first, second = signed_permits(desk, 2)
    issued(first)
    before = shown(desk)
    publish(desk)
    newest = file(desk, "checkpoint")
    kept = desk.files.show(desk.settings.log_bucket, "log/checkpoint", b"older", "text/plain", "no-cache", "")
    assert (before.etag, kept) == ("", False)
    etag = shown(desk).etag
    issued(second)
    publish(desk)
    assert not desk.files.show(
        desk.settings.log_bucket, "log/checkpoint", newest, "text/plain", "no-cache", etag
    )
    assert seen(desk)[0].size == 2


def test_a_revocation_changes_the_record_and_enters_the_log_or_does_neither(desk: Desk, hands: Hands) -> None:
    """What a later change of a permit looks like to the code that makes it."""
    (walk,) = signed_permits(desk, 1)
    record = issued(walk)
    at = hands.clock.now()
    revoked = msgspec.structs.replace(record, status="revoked", status_reason="Contoh.", status_at=at)

    def rule(case: object, at: datetime) -> Planned:
        made = change(walk.case(), at=at, actor=SYSTEM, action="permit.revoked", facts={})
        entering = RegisterChange(record=revoked, before=record, kind="revoked")
        return Planned(change=made, register=(entering,))

    change_case(desk, walk.case_id, rule)
    publish(desk)
    _, (first, second) = seen(desk)
    after = walk.desk.cases.load(walk.case_id)
    assert (first.kind, second.kind) == ("issued", "revoked")
    assert (first.number, first.file) == (second.number, second.file)
    assert second.record == record_hash(record.log_salt, told(revoked)) != first.record
    with pytest.raises(StaleVersionError):  # the record is no longer the one that was read
        commit(desk, rule(after, at))
    assert desk.log.head().size == 2


def test_a_change_of_the_key_is_entered_without_a_record(desk: Desk) -> None:
    key = verifier_key("127.0.0.1:8000/log", desk.keys.public_key(desk.settings.log_key_id))
    append(desk, Leaf(kind="key_changed", key=key, at=datetime(2026, 11, 24, tzinfo=UTC)))
    publish(desk)
    assert [leaf.key for leaf in seen(desk)[1]] == [key]


@pytest.mark.parametrize("change", ["leaf altered", "leaf removed", "head altered", "head set back"])
def test_nothing_is_signed_that_does_not_follow_from_what_was_shown(change: str, desk: Desk) -> None:
    first, second = signed_permits(desk, 2)
    issued(first)
    publish(desk)
    shown_before = file(desk, "checkpoint")
    issued(second)
    table = register_table(desk)
    if change == "leaf altered":
        body = desk.log.entries(1, 2)[0].decode().replace('"issued"', '"revoked"')
        table.put_item(Item={"pk": "log#leaf#0000000001", "body": body})
    elif change == "leaf removed":
        table.delete_item(Key={"pk": "log#leaf#0000000001"})
    else:
        forged = frontier(2, [leaf_hash(b"forged")]) if change == "head altered" else Frontier()
        body = msgspec.json.encode(forged).decode()
        table.put_item(Item={"pk": "log#head", "body": body})
    with pytest.raises((LogBrokenError, NotFoundError)):
        publish(desk)
    assert file(desk, "checkpoint") == shown_before


def test_nothing_is_signed_over_files_that_were_altered(desk: Desk) -> None:
    first, second = signed_permits(desk, 2)
    issued(first)
    publish(desk)
    issued(second)
    bucket = desk.settings.log_bucket
    desk.files.write(bucket, "log/tile/0/000.p/1", b"x" * 32, "application/octet-stream")
    with pytest.raises(LogBrokenError, match="shown"):
        publish(desk)


def test_files_that_are_lost_whole_are_made_again_from_the_entries(desk: Desk) -> None:
    walks = signed_permits(desk, 2)
    for walk in walks:
        issued(walk)
    publish(desk)
    before = seen(desk)
    entries = desk.log.entries(0, 2)
    for key in desk.files.keys(desk.settings.log_bucket, "log/"):
        client("s3", desk.settings.region).delete_object(Bucket=desk.settings.log_bucket, Key=key)
    assert publish(desk) == 2
    assert seen(desk) == before
    assert before[0].root == tree_root([leaf_hash(entry) for entry in entries])


def _dies_at_every_call(kind: str, killer: Killer, work: Callable[[], object]) -> int:
    """The work done again and again, each time dying a call later, until it comes to its end."""
    for at in range(1, CALLS):
        killer.aim(kind, at)
        with suppress(KilledError, BotoCoreError, ClientError, PynamoDBException):
            work()
        if not killer.struck:
            killer.aim("", 0)
            return at - 1
    raise AssertionError("the work never came to its end")
