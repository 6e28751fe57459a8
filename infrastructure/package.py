"""The deployable service: python -m infrastructure.package --stage dev --out DIR

Writes sam.json (functions, roles, resources, the state machine's definition), deployment.zip (every function's
code), documents.zip and permits.zip (the layers). `aws cloudformation package` uploads them from there. Ends with
status 1 when a package is too large, does not import, or cfn-lint has anything to say.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from infrastructure import contents
from infrastructure.contents import LIMIT, RUNTIME
from infrastructure.template import ROOT, Template, functions, resources

PERMIT_TRIAL = ROOT / "infrastructure" / "permit_trial.py"
REGION = "ap-southeast-3"
LAYERS = {
    "documents": "import chalicelib.documents.inspection, chalicelib.documents.sight.models as m; m.model_files()",
    "permits": f"import runpy; runpy.run_path({str(PERMIT_TRIAL)!r}, run_name='__main__')",
}
"""The layers, each with a program that needs all of it."""


def main() -> int:
    """Packages and reports; the exit status."""
    parser = argparse.ArgumentParser(description="Package the service for CloudFormation.")
    parser.add_argument("--stage", default="dev", help="a stage of .chalice/config.json")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    parser.add_argument("--project", type=Path, default=ROOT, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    out = asked.out.resolve()
    python = contents.interpreter()
    with tempfile.TemporaryDirectory() as scratch:
        package(asked.project, asked.stage, out, python, Path(scratch))
        good = imports(python, Path(scratch)) if python else _nothing_compiled()
    return 0 if all([good, fits(out), lints(out)]) else 1


def package(project: Path, stage: str, out: Path, python: Path | None, scratch: Path) -> None:
    """Writes the template, the package and the layers of a Chalice project into `out`."""
    base = contents.locked(ROOT / "requirements.in")
    staged = _staged(project, scratch / "project")
    contents.install(base, staged / "vendor")
    (scratch / "merge.json").write_text(json.dumps(merged()), encoding="utf-8")
    merge = ("--merge-template", scratch / "merge.json")
    subprocess.run(
        [_tool("chalice"), "package", "--stage", stage, *merge, out],
        cwd=staged,
        env={**os.environ, "AWS_DEFAULT_REGION": REGION},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    with zipfile.ZipFile(out / "deployment.zip") as archive:
        archive.extractall(scratch / "deployment")
    _finish(scratch / "deployment", out / "deployment.zip", python)
    for layer in LAYERS:
        listed = ROOT / "requirements" / f"{layer}.in"
        contents.install(
            contents.locked(listed, leave_out=base) + contents.files_only(listed), scratch / layer / "python"
        )
        _finish(scratch / layer, out / f"{layer}.zip", python)


def merged() -> Template:
    """The template to lay over Chalice's: all resources, and what the functions need beside them."""
    whole, laid_over = resources(), functions()
    for made in laid_over["Resources"].values():
        if "FunctionName" in made["Properties"] and "Type" not in made:
            made["Properties"]["Runtime"] = RUNTIME  # Chalice would say that of the Python which packages
        elif made.get("Type") == "AWS::Serverless::LayerVersion":
            made["Properties"]["CompatibleRuntimes"] = [RUNTIME]
    whole["Resources"] |= laid_over["Resources"]
    return whole | {"Globals": laid_over["Globals"]}


def imports(python: Path, scratch: Path) -> bool:
    """Whether the app, and what needs a layer with it, imports from the packages alone."""
    code = scratch / "deployment"
    tries = [
        ("import app", [code]),
        *((LAYERS[layer], [code, scratch / layer / "python"]) for layer in LAYERS),
    ]
    failed = [program for program, places in tries if not _runs(python, program, places)]
    return not failed


def fits(out: Path) -> bool:
    """Prints the sizes; whether the code fits Lambda's limit with each layer."""
    unpacked = {path.stem: contents.unpacked_bytes(path) for path in sorted(out.glob("*.zip"))}
    print(f"{'package':<12} {'zipped MB':>10} {'unzipped MB':>12}   with the code, of {_mb(LIMIT):.0f} MB")
    for name, size in unpacked.items():
        together = size if name == "deployment" else size + unpacked["deployment"]
        zipped = _mb((out / f"{name}.zip").stat().st_size)
        print(f"{name:<12} {zipped:>10.1f} {_mb(size):>12.1f}   {_mb(together):>8.1f}")
    return all(unpacked["deployment"] + unpacked[layer] <= LIMIT for layer in LAYERS)


def lints(out: Path) -> bool:
    """Whether cfn-lint finds nothing in the template; prints what it finds."""
    found = subprocess.run(
        [_tool("cfn-lint"), "--regions", REGION, "--", out / "sam.json"], check=False
    ).returncode
    print(f"cfn-lint: {'nothing found' if found == 0 else 'see above'} ({out / 'sam.json'})")
    return found == 0


def _staged(project: Path, staged: Path) -> Path:
    # What Chalice ships comes from a copy: its requirements are installed for Lambda, not for this machine.
    staged.mkdir()
    shutil.copy(project / "app.py", staged)
    for folder in ("chalicelib", ".chalice"):
        if (project / folder).is_dir():
            left_out = shutil.ignore_patterns("__pycache__", "deployments", "deployed")
            shutil.copytree(project / folder, staged / folder, ignore=left_out)
    (staged / "requirements.txt").touch()
    return staged


def _finish(folder: Path, target: Path, python: Path | None) -> None:
    if python:
        contents.compile_modules(python, folder)
    contents.pack(folder, target)


def _runs(python: Path, program: str, places: list[Path]) -> bool:
    # Isolated and without this machine's packages: nothing else can be found.
    paths = f"import sys; sys.path[:0] = {[str(place) for place in places]!r}; "
    tried = subprocess.run(
        [python, "-I", "-S", "-c", paths + program], capture_output=True, text=True, check=False
    )
    if tried.returncode:
        print(f"From the packages, {program!r} fails: {tried.stderr.strip().splitlines()[-1]}")
    return tried.returncode == 0


def _tool(name: str) -> Path:
    return Path(sys.executable).parent / name


def _nothing_compiled() -> bool:
    print(f"No {RUNTIME} was found here: the packages are for {RUNTIME}, but neither compiled nor tried.")
    return True


def _mb(size: int) -> float:
    return size / 1024 / 1024


if __name__ == "__main__":
    sys.exit(main())
