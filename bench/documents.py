"""How well and at what cost documents are read, over made-up applications and over folders in the samples' form.

python -m bench.documents [--made COUNT] [--wrong] [BUNDLES_DIR ...]
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from bench import report
from bench.marks import Truth, marks_of
from chalicelib.documents.confined import Confinement
from local.judging import bundles_in, judge_all
from local.progress import shown
from tests.documents.generator import write_bundles

SEED = 7000
MADE = 24
"""Read in less than five minutes on two cores."""


def main() -> int:
    """Prints the tables of each set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--made", type=int, default=MADE, help="how many applications are made up")
    parser.add_argument("--wrong", action="store_true", help="list what was not read right")
    given = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the run\n\n{starting()}")
    with TemporaryDirectory() as made:
        write_bundles(Path(made), given.made, SEED)
        if given.made:
            show("Made-up applications", Path(made), wrong=given.wrong)
    for folder in given.folders:
        show(folder.resolve().name, folder, wrong=given.wrong)
    return 0


def starting() -> str:
    """What the first file of a process waits for."""
    imported = time.monotonic()
    subprocess.run([sys.executable, "-c", "import chalicelib.documents.worker"], check=True)
    started = time.monotonic()
    confinement = Confinement()
    confinement.warm()
    ready = time.monotonic()
    confinement.close()
    rows = [
        ("imports of the reading child, fresh process", f"{started - imported:.2f} s", ""),
        ("child ready: imports and models", f"{ready - started:.2f} s", "3 s"),
    ]
    return report.table(("start", "measured", "goal"), rows)


def show(name: str, folder: Path, *, wrong: bool) -> None:
    """Reads a folder of applications with their truth, and prints its tables."""
    run = measured(folder)
    files = sum(len(one.results) for one in run.judged)
    print(f"\n## {name}: {len(run.judged)} applications, {files} files\n\n{report.overview(run)}")
    print(
        f"\nBy damage:\n\n{report.by_damage(run)}\n\nFields that are not always right:\n\n{report.by_kind(run)}"
    )
    print(f"\nReliability of the confidence:\n\n{report.reliability(run)}")
    if wrong:
        print(f"\nNot right:\n\n{report.wrong(run)}")


def measured(folder: Path) -> report.Run:
    """Every application of the folder read and marked."""
    folders = bundles_in(folder)
    judged = sorted(
        shown(judge_all(folders), len(folders), lambda one: f"{one.name} {one.seconds:.1f} s"),
        key=lambda one: one.name,
    )
    truths = {
        one.name: msgspec.json.decode((one.folder / "truth.json").read_bytes(), type=Truth) for one in judged
    }
    marks = [mark for one in judged for mark in marks_of(truths[one.name], one)]
    return report.Run(truths, judged, marks)


if __name__ == "__main__":
    sys.exit(main())
