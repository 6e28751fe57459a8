"""Tests that need a program of the machine fail when it is missing: a check that was not made is no passed one."""

import shutil

import pytest

_PROGRAMS = {
    "qpdf": "qpdf",
    "pdfsig": "poppler-utils",
    "pdftotext": "poppler-utils",
    "zbarimg": "zbar-tools",
}


@pytest.fixture
def program(request: pytest.FixtureRequest) -> str:
    """The path of a named program."""
    name = str(request.param)
    return shutil.which(name) or pytest.fail(f"{name} is not installed (Debian: {_PROGRAMS[name]})")
