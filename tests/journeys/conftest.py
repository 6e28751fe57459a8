"""What journeys share: a person's files, a running stack, and failures that show their values."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from local.bundle import Bundle, own_bundle
from local.clock import set_clock
from local.demo import opening_of
from local.stack import Stack, open_stack

pytest.register_assert_rewrite("tests.journeys.agreement")


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """A complete application, as files on a phone or on the officer's computer."""
    return own_bundle(tmp_path_factory.mktemp("bundle"), quick=True)


@pytest.fixture(scope="module")
def stack(public: Path, bundle: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The service on the morning of that application."""
    clock = set_clock(opening_of(bundle.submitted_on), 1.0)
    with open_stack(port=0, folder=tmp_path_factory.mktemp("stack"), clock=clock, pages=public) as running:
        yield running
