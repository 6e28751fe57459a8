"""Tests that need a program of the machine say aloud when it is missing."""

import shutil

import pytest

_PROGRAMS = {"qpdf": "qpdf", "pdfsig": "poppler-utils", "pdftoppm": "poppler-utils", "zbarimg": "zbar-tools"}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A skipped check of the permit file must not look like a passed one."""
    for program, package in _PROGRAMS.items():
        if shutil.which(program) is None:
            terminalreporter.write_line(
                f"NOT CHECKED: permit tests that need {program} were skipped (Debian: {package})", red=True
            )


@pytest.fixture
def program(request: pytest.FixtureRequest) -> str:
    """The path of a named program; the test is skipped, and the summary says so, when it is missing."""
    name = str(request.param)
    return shutil.which(name) or pytest.skip(f"{name} is not installed")
