"""Starting the stack, and asking it when it does not run."""

import socket
import sys
from pathlib import Path

import pytest

from local.audit import main as audit
from local.clock import set_clock
from local.reach import ENVIRONMENT
from local.stack import PortTakenError, free_port, open_stack


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which nothing runs, and the command that was typed there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["audit", "list"])
    return tmp_path


def test_a_stack_that_finds_its_port_taken_leaves_the_mails_of_the_other_alone(tmp_path: Path) -> None:
    letter = tmp_path / "outbox" / "00001.eml"
    letter.parent.mkdir()
    letter.touch()
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with (
            pytest.raises(PortTakenError),
            open_stack(port=port, folder=tmp_path, clock=set_clock(None, 1.0)),
        ):
            pass
    assert letter.is_file()


def test_asking_where_nothing_ever_ran_says_so(
    empty_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit() == 2
    assert capsys.readouterr().err == "No stack is running here: start it with `make run`.\n"


def test_asking_a_stack_that_was_killed_says_that_none_runs(
    empty_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ENVIRONMENT.parent.mkdir()
    ENVIRONMENT.write_text(f"SANGGAR_STAGE=local\nAWS_ENDPOINT_URL=http://127.0.0.1:{free_port()}\n")
    assert audit() == 2
    assert "No stack is running here" in capsys.readouterr().err
