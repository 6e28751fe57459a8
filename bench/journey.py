"""One application from the first sign-in to the permit: time, AWS calls, capacity, transitions."""

import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import boto3
import msgspec

from bench.aws_calls import Calls, counted
from local.bundle import own_bundle
from local.clock import set_clock
from local.demo import Journey, opening_of
from local.stack import Stack, open_stack
from local.template import REGION


def journey_rows() -> list[tuple[str, str]]:
    """The demo on a stack of its own, listened to."""
    with TemporaryDirectory() as folder, counted() as calls:
        bundle = own_bundle(Path(folder))
        started, load = time.monotonic(), os.getloadavg()[0]
        clock = set_clock(opening_of(bundle.submitted_on), 1.0)
        with open_stack(port=0, folder=Path(folder), clock=clock) as stack:
            journey = Journey(stack, bundle, Path(folder))
            journey.go()
            events = _history(stack, journey.result.case_id)
            kept = len(msgspec.json.encode(stack.desk.cases.load(journey.result.case_id)))
        wall = time.monotonic() - started
    loads = f"load {load:.1f} before and {os.getloadavg()[0]:.1f} after"
    figure = f"{wall:.1f} s (goal under 20 s), outcome {journey.result.outcome}, {loads}"
    steps = ", ".join(f"{step['name']} {step['seconds']:.1f} s" for step in journey.result.steps)
    return [
        ("demo, start to permit", figure),
        ("its steps", steps),
        *_machine_rows(events),
        *_call_rows(calls),
        ("size of the issued case in its row", f"{kept / 1024:.0f} KiB"),
    ]


def _history(stack: Stack, case_id: str) -> list[Any]:
    arn = stack.desk.settings.state_machine_arn.replace(":stateMachine:", ":execution:")
    client = boto3.client("stepfunctions", region_name=REGION)
    pages = client.get_paginator("get_execution_history").paginate(executionArn=f"{arn}:{case_id}")
    return [event for page in pages for event in page["events"]]


def _machine_rows(events: list[Any]) -> list[tuple[str, str]]:
    entered = [event for event in events if event["type"].endswith("StateEntered")]
    return [
        ("Step Functions transitions of one application", f"{len(entered)} (goal at most 35)"),
        ("Step Functions history events", f"{len(events)} (goal at most 120)"),
    ]


def _call_rows(calls: Calls) -> list[tuple[str, str]]:
    capacity = f"{calls.write_units} write units, {calls.read_units} read units"
    return [
        ("AWS calls of one application, by service", _listed(calls.by(1))),
        ("AWS calls of one application, by function", _listed(calls.by(0))),
        ("AWS calls of one application, by operation", _listed(calls.by(2))),
        ("DynamoDB capacity of one application", capacity),
    ]


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())
