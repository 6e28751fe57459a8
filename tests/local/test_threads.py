"""The one-machine stack works in many threads at once, and loses nothing by it."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from local.mailbox import Mailbox
from local.one_at_a_time import tables_in_turn

REGION = "ap-southeast-3"
WRITES = 150


@pytest.fixture
def busy_threads() -> Iterator[None]:
    """Threads that take turns so often that what can go wrong between two of them does."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@pytest.fixture
def dynamodb(busy_threads: None) -> Iterator[Any]:
    with mock_aws(), tables_in_turn():
        made = boto3.client("dynamodb", region_name=REGION)
        made.create_table(
            TableName="t",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        )
        yield made


def test_a_refused_transaction_takes_back_nothing_that_another_thread_wrote(dynamodb: Any) -> None:
    for number in range(WRITES):
        dynamodb.put_item(TableName="t", Item={"pk": {"S": f"before {number}"}})
    dynamodb.put_item(TableName="t", Item={"pk": {"S": "taken"}})
    put = {
        "TableName": "t",
        "Item": {"pk": {"S": "taken"}},
        "ConditionExpression": "attribute_not_exists(pk)",
    }
    written = threading.Event()
    faults: list[Exception] = []

    def refused() -> None:
        while not written.is_set():
            try:
                dynamodb.transact_write_items(TransactItems=[{"Put": put}])
            except ClientError:
                continue
            except Exception as fault:
                faults.append(fault)

    thread = threading.Thread(target=refused)
    thread.start()
    for number in range(WRITES):
        dynamodb.put_item(TableName="t", Item={"pk": {"S": str(number)}})
    written.set()
    thread.join()
    assert not faults
    assert dynamodb.scan(TableName="t", Select="COUNT")["Count"] == 2 * WRITES + 1


class BusyList(list[Any]):
    """A list that another thread appends to while it is looked at."""

    def __init__(self, first: Any, later: Any) -> None:
        super().__init__([first])
        self._later = [later]

    def __len__(self) -> int:
        length = super().__len__()
        self.extend(self._later)
        self._later = []
        return length


def test_a_message_that_is_sent_while_the_mailbox_is_read_is_found_the_next_time(tmp_path: Path) -> None:
    first, later = (SimpleNamespace(raw_data=f"To: {name}@contoh.id\n\n") for name in ("satu", "dua"))
    with mock_aws():
        ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages = BusyList(first, later)
        mailbox = Mailbox(tmp_path, REGION)
        mailbox.collect()
        len(ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages)
        found = [path.read_text() for path in mailbox.collect()]
    assert found == [first.raw_data, later.raw_data]
