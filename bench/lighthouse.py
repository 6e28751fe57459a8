"""Lighthouse's marks for a phone, when Node is there to run it."""

import json
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

VERSION = "12.8.2"
"""The newest that runs on Debian's Node."""
KINDS = ("accessibility", "best-practices", "performance")
GOALS = {"accessibility": 100, "best-practices": 100, "performance": 98}


class NotMeasuredError(Exception):
    """Lighthouse did not say anything about the page; the reason is for people."""


class Marks(msgspec.Struct, frozen=True):
    """0 to 100 by kind, and the audits of accessibility and best practices that did not pass."""

    scores: dict[str, int]
    missed: list[str]


class Lighthouse:
    """Runs it in a browser that is open already, and so as whoever is signed in there. Raises NotMeasuredError."""

    def __init__(self, debugging_port: int) -> None:
        self._port = debugging_port
        if not shutil.which("npx"):
            raise NotMeasuredError("Node is not installed")
        self._run("--version")

    def marks(self, url: str) -> Marks:
        """Of one page, with Lighthouse's own phone and line. Raises NotMeasuredError."""
        with TemporaryDirectory() as name:
            out = Path(name) / "report.json"
            kinds = f"--only-categories={','.join(KINDS)}"
            kept = "--disable-storage-reset"
            port = f"--port={self._port}"
            self._run(url, kinds, kept, port, "--output=json", f"--output-path={out}", "--quiet")
            told = json.loads(out.read_text())
        if fault := told.get("runtimeError"):
            raise NotMeasuredError(str(fault["message"]))
        return Marks(
            {kind: round(100 * (told["categories"][kind]["score"] or 0)) for kind in KINDS},
            sorted(
                told["audits"][one["id"]]["title"]
                for kind in KINDS[:2]
                for one in told["categories"][kind]["auditRefs"]
                if one["weight"] and (told["audits"][one["id"]]["score"] or 0) < 1
                if told["audits"][one["id"]]["scoreDisplayMode"] in ("binary", "numeric")
            ),
        )

    def _run(self, *arguments: str) -> None:
        command = ["npx", "--yes", f"lighthouse@{VERSION}", *arguments]
        try:
            subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
        except subprocess.CalledProcessError as error:
            last = (error.stderr or error.stdout).strip().splitlines()[-1:]
            raise NotMeasuredError(f"lighthouse {VERSION} did not run: {' '.join(last)}") from error
        except subprocess.TimeoutExpired as error:
            raise NotMeasuredError(f"lighthouse {VERSION} did not end") from error
