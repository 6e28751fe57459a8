"""The packager: what goes in is locked, tried by import, and always packed to the same bytes."""

import re
from pathlib import Path

import pytest

from infrastructure.contents import FILES_ONLY, pack, unpacked_bytes
from infrastructure.package import LAYERS, merged
from infrastructure.template import ROOT

LISTS = [ROOT / "requirements.in", *(ROOT / "requirements" / f"{layer}.in" for layer in LAYERS)]


@pytest.mark.parametrize("listed", LISTS, ids=lambda path: path.name)
def test_everything_that_is_packaged_is_locked(listed: Path) -> None:
    locked = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    versions = dict(re.findall(r"^([a-z0-9._-]+)(?:\[.*?\])?==(\S+)", locked, re.MULTILINE))
    names = re.findall(r"^([a-z0-9._-]+)", listed.read_text(encoding="utf-8"), re.MULTILINE)
    assert names
    assert [name for name in names if name not in versions and name not in FILES_ONLY] == []


def test_packing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "code"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "b.py").write_text("b = 2\n")
    (folder / "a.py").write_text("a = 1\n")
    pack(folder, tmp_path / "first.zip")
    (folder / "a.py").touch()
    pack(folder, tmp_path / "second.zip")
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()
    assert unpacked_bytes(tmp_path / "first.zip") == 12


def test_the_template_has_no_function_of_another_runtime() -> None:
    made = merged()["Resources"].values()
    runtimes = [one["Properties"]["Runtime"] for one in made if "Runtime" in one["Properties"]]
    layers = [
        one["Properties"]["CompatibleRuntimes"] for one in made if "CompatibleRuntimes" in one["Properties"]
    ]
    assert set(runtimes) == {"python3.13"}
    assert layers == [["python3.13"]] * len(LAYERS)


def test_the_definition_of_the_machine_is_in_the_template() -> None:
    machine = merged()["Resources"]["StateMachine"]
    assert "Metadata" not in machine
    assert machine["Properties"]["DefinitionString"].startswith("{")
