"""Permits on their way into the register's log, and what everybody can see of it."""

from typing import Any

import boto3

from chalicelib.aws import permit_register
from chalicelib.permits.log.checkpoint import Checkpoint, opened
from chalicelib.permits.log.growing import shown_frontier
from chalicelib.permits.log.leaf import Leaf, read_leaf
from chalicelib.permits.log.tiles import WIDTH, Tile, split_bundle
from chalicelib.permits.types import PermitRecord
from chalicelib.steps.desk import Desk
from chalicelib.steps.issuing import issue_permit
from local.template import REGION
from tests.crashes.walk import Walk


def signed_permits(desk: Desk, count: int, first: int = 1) -> list[Walk]:
    """So many cases whose permits are signed and not issued yet."""
    walks = [Walk(desk, person=f"applicant-{number}") for number in range(first, first + count)]
    for walk in walks:
        walk.prepare()
        for name, work in walk.stages():
            if name == "issue":
                break
            work()
    return walks


def issued(walk: Walk) -> PermitRecord:
    """The case's permit issued, as the register has it."""
    record = permit_register.by_number(issue_permit(walk.desk, walk.case_id))
    assert record is not None
    return record


def file(desk: Desk, path: str) -> bytes:
    """A file of the log, as everybody gets it."""
    return desk.files.read(desk.settings.log_bucket, f"log/{path}")


def seen(desk: Desk) -> tuple[Checkpoint, list[Leaf]]:
    """The newest checkpoint, its signature checked, and the entries that it promises, checked against its root."""
    head = opened(file(desk, "checkpoint"), desk.keys.public_key(desk.settings.log_key_id))
    assert shown_frontier(head.size, lambda path: file(desk, path)).root == head.root
    leaves: list[Leaf] = []
    for index in range(0, head.size, WIDTH):
        width = min(WIDTH, head.size - index)
        data = file(desk, Tile(0, index // WIDTH, width).bundle_path)
        leaves += [read_leaf(entry) for entry in split_bundle(data, width)]
    return head, leaves


def register_table(desk: Desk) -> Any:
    """The register's table as somebody has it who has every right on the database."""
    return boto3.resource("dynamodb", region_name=REGION).Table(desk.settings.register_table)
