"""What somebody from outside finds out with the checker, the static files and a key: every edit, by name."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from chalicelib.permits.log.checkpoint import verifier_key
from tests.permits.log.books import file_of, issue, permit_entries
from tests.permits.log.test_checkpoint import Signer
from tests.tools.logs import (
    EDITS,
    KEY,
    ORIGIN,
    TOOL,
    checked,
    checkpoint_of,
    paper,
    with_bundles,
    written,
)

COUNT = 12
NAMES = {
    "altered": "ENTRY_ALTERED",
    "removed": "ENTRY_REMOVED",
    "inserted": "ENTRY_INSERTED",
    "reordered": "ENTRY_MOVED",
}


@pytest.mark.parametrize("count", [1, 7, 255, 256, 257, 700])
def test_a_log_that_nobody_touched_is_good(count: int, tmp_path: Path) -> None:
    entries = permit_entries(count)
    held = [option for size in {1, count // 2, count} - {0} for option in ("--before", paper(entries[:size]))]
    status, said = checked(written(tmp_path, entries), *held)
    assert (status, said.count("GOOD")) == (0, 1 + len(held) // 2)
    assert f"{count} entries" in said


@pytest.mark.parametrize("edit", EDITS)
def test_an_editor_without_the_key_is_found_out_at_every_entry(edit: str, tmp_path: Path) -> None:
    entries = permit_entries(COUNT)
    folder = written(tmp_path, entries)
    for at in range(COUNT - 1 if edit == "reordered" else COUNT):
        with_bundles(folder, COUNT, EDITS[edit](entries, at))
        status, said = checked(folder)
        assert status == 1
        assert "[ROOT_WRONG]" in said
        assert _numbers(said, NAMES[edit]) <= {at + 1, at + 2}
        assert at + 1 in _numbers(said, NAMES[edit]) or edit == "reordered"
        assert {name for name in _names(said) if name.startswith("ENTRY")} == {NAMES[edit]}
    with_bundles(folder, COUNT, entries)
    assert checked(folder)[0] == 0


@pytest.mark.parametrize("edit", EDITS)
def test_the_office_itself_is_found_out_by_whoever_holds_a_checkpoint_or_a_copy(
    edit: str, tmp_path: Path
) -> None:
    """Everything is written anew and signed with the right key: nothing in the log itself is wrong."""
    entries = permit_entries(COUNT)
    old = written(tmp_path / "old", entries)
    for at in range(COUNT - 1 if edit == "reordered" else COUNT):
        for more in ([], [issue(5_000 + n).entry for n in range(3)]):
            forged = written(tmp_path / f"{at}-{len(more)}", [*EDITS[edit](entries, at), *more])
            assert checked(forged)[0] == 0
            status, said = checked(forged, "--before", paper(entries))
            cut = edit == "removed" and not more
            assert status == 1
            assert _names(said) <= {"LOG_SHORTENED" if cut else "HISTORY_REWRITTEN"}
            status, said = checked(forged, "--old", str(old))
            assert status == 1
            at_the_end = (edit, at) == ("removed", COUNT - 1) and more
            assert at_the_end or {name for name in _names(said) if name.startswith("ENTRY")} == {NAMES[edit]}
            assert at_the_end or _numbers(said, NAMES[edit]) <= {at + 1, at + 2}


def test_checkpoints_on_paper_close_in_on_the_entry_that_was_changed(tmp_path: Path) -> None:
    entries = permit_entries(COUNT)
    forged = written(tmp_path, EDITS["altered"](entries, 6))
    held = [option for size in (3, 5, 8, 12) for option in ("--before", paper(entries[:size]))]
    status, said = checked(forged, *held)
    assert status == 1
    assert "between entry 6 and entry 8" in said
    assert "from your checkpoint of 5 entries" in said


def test_a_checkpoint_kept_as_a_file_is_checked_with_its_signature(tmp_path: Path) -> None:
    entries = permit_entries(COUNT)
    folder = written(tmp_path / "log", entries)
    kept = tmp_path / "kept"
    kept.write_bytes(checkpoint_of(entries[:5]))
    assert checked(folder, "--before", str(kept))[0] == 0
    kept.write_bytes(checkpoint_of(entries[:5], Signer()))
    status, said = checked(folder, "--before", str(kept))
    assert (status, _names(said)) == (1, {"KEY_UNKNOWN"})


def test_a_wrong_signature_and_a_wrong_key_have_names_of_their_own(tmp_path: Path) -> None:
    entries = permit_entries(3)
    folder = written(tmp_path, entries)
    other = Signer()
    assert "[KEY_UNKNOWN]" in checked(folder, key=verifier_key(ORIGIN, other.public))[1]
    note = checkpoint_of(entries)
    other_note = checkpoint_of(permit_entries(2))
    (folder / "checkpoint").write_bytes(note.split(b"\n\n")[0] + b"\n\n" + other_note.split(b"\n\n")[1])
    assert _names(checked(folder)[1]) == {"SIGNATURE_WRONG"}
    (folder / "checkpoint").write_bytes(b"hello\n")
    assert _names(checked(folder)[1]) == {"CHECKPOINT_MALFORMED"}


def test_lost_files_and_altered_tiles_are_named(tmp_path: Path) -> None:
    folder = written(tmp_path, permit_entries(300))
    tile = folder / "tile" / "1" / "000.p" / "1"
    kept = tile.read_bytes()
    tile.write_bytes(b"x" * 32)
    status, said = checked(folder)
    assert (status, _names(said)) == (1, {"TILE_WRONG"})
    assert "tile/1/000.p/1" in said
    tile.write_bytes(kept)
    (folder / "tile" / "entries" / "000").unlink()
    assert {"FILE_MISSING", "ROOT_WRONG"} <= _names(checked(folder)[1])


def test_a_permit_is_found_by_its_file_with_all_that_happened_to_it(tmp_path: Path) -> None:
    entries = [*permit_entries(4), issue(2, kind="revoked").entry]
    folder = written(tmp_path / "log", entries)
    permit = tmp_path / "permit.pdf"
    permit.write_bytes(file_of(2))
    status, said = checked(folder, "--permit", str(permit))
    assert status == 0
    assert "Entry 2: issued, permit 430/0002/424.086/2026" in said
    assert "Entry 5: revoked, permit 430/0002/424.086/2026" in said
    permit.write_bytes(file_of(2) + b" ")
    status, said = checked(folder, "--permit", str(permit))
    assert (status, _names(said)) == (1, {"PERMIT_NOT_IN_LOG"})


def test_a_permit_that_was_issued_twice_and_an_entry_that_says_nothing_are_named(tmp_path: Path) -> None:
    assert "entries 1 and 3" in checked(written(tmp_path / "1", [*permit_entries(2), issue(1).entry]))[1]
    status, said = checked(written(tmp_path / "2", [*permit_entries(2), b"\xff"]))
    assert (status, _numbers(said, "ENTRY_MALFORMED")) == (1, {3})


def test_it_runs_without_anything_of_ours_and_keeps_a_copy(tmp_path: Path) -> None:
    folder, copy = written(tmp_path / "log", permit_entries(300)), tmp_path / "copy"
    tool = shutil.copytree(TOOL, tmp_path / "verify_log", ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-I", str(tool), str(folder), "--key", KEY, "--save", str(copy)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stderr) == (0, "")
    assert "BAIK: 300 entri" in done.stdout
    assert checked(copy)[0] == 0
    assert checked(folder, "--old", str(copy))[0] == 0


@pytest.mark.parametrize("wrong", [("--before", "nothing"), ("--old", "nowhere")])
def test_what_cannot_be_checked_is_no_success(wrong: tuple[str, str], tmp_path: Path) -> None:
    folder = written(tmp_path, permit_entries(1))
    assert checked(folder, *wrong)[0] == 2
    assert checked(tmp_path / "nowhere")[0] == 2
    assert checked(folder, key="no key")[0] == 2


def test_every_sentence_is_there_in_both_languages() -> None:
    words = tomllib.loads((TOOL / "words.toml").read_text(encoding="utf-8"))
    code = "".join(path.read_text(encoding="utf-8") for path in TOOL.glob("*.py"))
    assert set(re.findall(r'"([A-Z]+_[A-Z_]+)"', code)) == {name for name in words if name.isupper()}
    for one in words.values():
        assert set(one) == {"id", "en"}
        assert set(re.findall(r"{\w+}", one["id"])) == set(re.findall(r"{\w+}", one["en"]))


def _names(said: str) -> set[str]:
    return set(re.findall(r"\[([A-Z_]+)\]", said))


def _numbers(said: str, name: str) -> set[int]:
    return {int(one) for one in re.findall(rf"\[{name}\] entry (\d+)", said)}
