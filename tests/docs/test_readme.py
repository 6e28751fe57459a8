"""What the documents say of the tree, the commands and the errors is so."""

import re
import subprocess
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import chalicelib
from chalicelib.errors import Fault
from chalicelib.texts import fault_codes, told_fault
from infrastructure.template import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "site").glob("*.md")]
NOT_ON_THE_MAP = {"requirements"}
"""Folders whose name says it."""


def test_the_map_names_every_part_of_the_service_and_no_other() -> None:
    there = {path.parent.name for path in (ROOT / "chalicelib").glob("*/__init__.py")}
    assert _mapped("  ") - {"office.py"} == there - {"texts"}


def test_the_map_names_every_folder_of_the_tree_and_no_other() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    folders = {line.partition("/")[0] for line in tracked.stdout.splitlines() if "/" in line}
    visible = {name for name in folders if not name.startswith(".")}
    assert _mapped("") - {"app.py"} == visible - NOT_ON_THE_MAP


def test_the_indonesian_map_names_what_is_there() -> None:
    text = (ROOT / "README.id.md").read_text(encoding="utf-8")
    named = [
        name
        for row in re.findall(r"^\| (`.*?) \|", text, re.MULTILINE)
        for name in re.findall(r"`(.*?)`", row)
    ]
    paths = [name for name in named if not name.startswith("make ")]
    assert len(paths) > 10
    assert [name for name in paths if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "README.id.md"])
def test_every_command_is_a_target(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    commands = set(re.findall(r"\bmake ([a-z-]+)", text))
    assert commands >= {"run", "test", "demo", "check", "bench", "package"}
    assert commands <= set(_targets())


def test_help_lists_every_target() -> None:
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S607
    listed = re.findall(r"^  make (\S+) +\S", told, re.MULTILINE)
    assert listed == list(dict.fromkeys(listed))
    assert set(listed) == set(_targets()) - {"system"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_link_leads_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [one for one in targets if not (path.parent / one).exists()] == []


def test_no_two_decisions_have_one_number() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs" / "adr").glob("*.md")]
    assert len(numbers) == len(set(numbers))


def test_every_error_has_a_text_and_every_text_an_error() -> None:
    for module in walk_packages(chalicelib.__path__, "chalicelib."):
        if module.name != "chalicelib.documents.worker":  # a program, not a module
            import_module(module.name)
    ours = [one for one in _below(Fault) if one.__module__.startswith("chalicelib.")]
    assert {Fault.code} | {one.code for one in ours} == fault_codes()


@pytest.mark.parametrize("code", sorted(fault_codes()))
def test_an_error_is_told_in_both_languages_with_a_status(code: str) -> None:
    text = told_fault(code).text
    assert 400 <= text.status < 600
    assert all(said.endswith((".", "!", "?")) for said in (text.id, text.en))
    assert text.title


def _mapped(indent: str) -> set[str]:
    block = re.findall(r"```\n(app\.py.*?)```", README, re.DOTALL)[0]
    lines = [line for line in block.splitlines() if re.match(rf"{indent}\S", line)]
    names = [
        name
        for line in lines
        for name in re.split(r",? +", line.strip())
        if "/" in name or name.endswith(".py")
    ]
    return {name.rstrip("/,") for name in names if re.fullmatch(r"[a-z]+(/|\.py),?", name)}


def _targets() -> Iterator[str]:
    yield from re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split()  # type: ignore[index]


def _below(kind: type[Fault]) -> Iterator[type[Fault]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)
