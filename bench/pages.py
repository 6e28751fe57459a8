"""What the pages cost an applicant with a cheap phone on a bad line, on a stack of its own.

python -m bench.pages [--no-lighthouse] [--only PATH ...]
"""

import argparse
import logging
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from bench.lighthouse import GOALS, KINDS, Lighthouse, NotMeasuredError
from bench.photo import PhotoRun, photo_run
from bench.report import table
from bench.slow_line import PHONE, Visit, phone_page, visit
from bench.stage import Stage, open_stage
from local.stack import free_port
from tests.conftest import CHROMIUM

PUBLIC = (
    ("start", ""),
    ("sign in", "masuk/"),
    ("tracking form", "lacak/"),
    ("check form", "periksa/"),
    ("complaint", "pengaduan/"),
    ("complaint, followed", "pengaduan/lacak/"),
    ("help", "bantuan/"),
    ("privacy", "privasi/"),
    ("accessibility", "aksesibilitas/"),
    ("not found", "404.html"),
    ("server fault", "500.html"),
    ("link over", "tautan/"),
)
SIGNED_IN = (("my applications", "permohonan/"),)
OPEN_TO_ALL = ("rating", "tracker", "inbox", "review", "permit checked")
"""Of what the stage has to show."""
LARGEST, MOST_REQUESTS, FIRST_PAINT, INTERACTIVE, SHIFT = 30 * 1024, 4, 2.5, 5.0, 0.02
PHOTO_GOAL = 12.0
Address = tuple[str, str, bool]
"""Name, path below the language root, whether one signs in for it."""


def main() -> int:
    """Prints the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--no-lighthouse", action="store_true", help="leave the longest part out")
    parser.add_argument(
        "--only", nargs="*", metavar="NAME", help="names of pages, for example: start tracker"
    )
    given = parser.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the run")
    with open_stage() as stage:
        chosen = [one for one in addresses(stage) if not given.only or one[0] in given.only]
        with _chromium() as browser:
            print(f"\nA first visit on the bad line\n\n{_visits(browser, stage, chosen)}", flush=True)
            print(f"\nA photo of 12 megapixels\n\n{photo_table(photo_run(browser, stage))}", flush=True)
        if not given.no_lighthouse:
            print(f"\nLighthouse, mobile\n\n{_lighthouse(stage, chosen)}")
    print(f"\nload {os.getloadavg()[0]:.1f} after the run")
    return 0


def addresses(stage: Stage) -> list[Address]:
    """All pages for everybody and for applicants."""
    shown = [(name, path, name not in OPEN_TO_ALL) for name, path in stage.addresses.items()]
    everybody = [(name, path, False) for name, path in PUBLIC]
    return [*everybody, *((name, path, True) for name, path in SIGNED_IN), *shown]


def _visits(browser: Browser, stage: Stage, chosen: Iterable[Address]) -> str:
    rows = []
    for name, path, signed_in in chosen:
        for language, prefix in (("id", "/"), ("en", "/en/")):
            session = stage.session if signed_in else ""
            seen = visit(browser, f"{stage.url}{prefix}{path}", session)
            rows.append((name, language, *visit_cells(seen)))
    head = (
        "page",
        "",
        "KiB",
        "requests",
        "first paint",
        "interactive",
        "all there",
        "shift",
        "axe",
        "misses",
    )
    return table(head, rows)


def visit_cells(seen: Visit) -> tuple[str, ...]:
    """The figures of a visit, and which of them miss their goals."""
    misses = {
        "bytes": seen.size > LARGEST,
        "requests": seen.requests > MOST_REQUESTS,
        "first paint": seen.painted > FIRST_PAINT,
        "interactive": seen.interactive > INTERACTIVE,
        "shift": seen.shift > SHIFT,
        "axe": bool(seen.violations),
    }
    return (
        f"{seen.size / 1024:.1f}",
        str(seen.requests),
        f"{seen.painted:.1f} s",
        f"{seen.interactive:.1f} s",
        f"{seen.complete:.1f} s",
        f"{seen.shift:.3f}",
        str(len(seen.violations)),
        ", ".join(name for name, missed in misses.items() if missed),
    )


def photo_table(run: PhotoRun) -> str:
    """What the card said when, what was asked meanwhile, and whether the whole kept its goal."""
    total = run.told[-1].at
    verdict = "met" if total < PHOTO_GOAL else "missed"
    rows = [(f"{one.at:.1f} s", "", one.words) for one in run.told]
    rows += [(f"{one.start:.1f} s", f"{one.end:.1f} s", one.path) for one in run.asked]
    return (
        f"{run.megabytes:.2f} MB chosen; told after {total:.1f} s (goal under {PHOTO_GOAL:.0f} s, {verdict})\n\n"
        + table(("from", "to", "what"), sorted(rows, key=lambda row: float(row[0].split()[0])))
    )


def _lighthouse(stage: Stage, chosen: Iterable[Address]) -> str:
    """The Indonesian pages; the English ones differ in their words alone."""
    port = free_port()
    head = ("page", *KINDS, "misses")
    with _kept(port, stage) as _:
        try:
            lighthouse = Lighthouse(port)
        except NotMeasuredError as why:
            return f"not measured: {why}"
        return table(head, (_marks(lighthouse, stage, one) for one in chosen))


def _marks(lighthouse: Lighthouse, stage: Stage, address: Address) -> tuple[str, ...]:
    name, path, _ = address
    try:
        marks = lighthouse.marks(f"{stage.url}/{path}")
    except NotMeasuredError as why:
        return (name, *("not measured" for _ in KINDS), str(why))
    low = [kind for kind in KINDS if marks.scores[kind] < GOALS[kind]]
    return (name, *(str(marks.scores[kind]) for kind in KINDS), "; ".join([*low, *marks.missed]))


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield browser
        browser.close()


@contextmanager
def _kept(port: int, stage: Stage) -> Iterator[BrowserContext]:
    """A browser with a profile of its own, where the applicant is signed in, for another program to use."""
    arguments: Any = [*CHROMIUM, f"--remote-debugging-port={port}"]
    with TemporaryDirectory() as profile, sync_playwright() as play:
        context = play.chromium.launch_persistent_context(
            profile, executable_path="/usr/bin/chromium", args=arguments, **PHONE
        )
        phone_page(context, stage.session).goto(f"{stage.url}/bantuan/")
        yield context
        context.close()


if __name__ == "__main__":
    sys.exit(main())
