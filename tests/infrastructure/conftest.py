"""One application with everything around it, listened to: what the functions really ask of AWS."""

from dataclasses import replace
from pathlib import Path

import pytest

from chalicelib.office import OFFICE
from chalicelib.steps.desk import Desk
from local.bundle import own_bundle
from local.clock import set_clock
from local.demo import Journey, opening_of
from local.stack import open_stack
from tests.infrastructure.calls import Asked, heard
from tests.infrastructure.errands import run_around


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> set[Asked]:
    """From the first sign-in to the public check, the auditor's lists, the sweep and the seal."""
    out: Path = tmp_path_factory.mktemp("out")
    bundle = own_bundle(tmp_path_factory.mktemp("bundle"))
    clock = set_clock(opening_of(bundle.submitted_on), 1.0)
    with heard() as calls, open_stack(port=0, folder=out, clock=clock) as stack:
        _ask_for_keys_each_time(stack.desk)
        journey = Journey(stack, bundle, out)
        journey.go()
        run_around(stack, journey.result.case_id)
    return calls


def _ask_for_keys_each_time(desk: Desk) -> None:
    """On AWS each function reads the link keys for itself; here all of them share one desk."""
    secret = desk.settings.link_keys_secret
    OFFICE.open_with(replace(desk, keyring=lambda: desk.keys.keyring(secret)))
