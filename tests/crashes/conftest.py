"""A desk whose process can be killed at any call of AWS. No machine runs, and mail lies until a test delivers it."""

from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.steps.desk import Desk
from local.aws import function_name, open_aws
from local.clock import Hands
from tests.crashes.killer import Killer, watched
from tests.web.conftest import IDLE


@pytest.fixture
def hands() -> Hands:
    return Hands.at("2026-11-24T09:00:00+07:00")


@pytest.fixture
def killer() -> Killer:
    return Killer()


@pytest.fixture
def desk(hands: Hands, killer: Killer) -> Iterator[Desk]:
    nothing: Any = lambda event, context: None  # noqa: ARG005, E731 - nobody delivers by itself
    asleep = {function_name(name): nothing for name in ("deliver", "publish_log")}
    with watched(killer), open_aws(hands.clock, functions=asleep, config=IDLE) as desk:  # type: ignore[arg-type]  # moto types no function of ours
        yield desk
