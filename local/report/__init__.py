"""What was read, as pages for people: each application's pictures with their values marked, and an index."""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from local.judging import Judged
from local.report.view import Application, shown

FOLDER = Path(__file__).parent
INDEX = "index.html"


def write_report(judged: Judged, folder: Path) -> Application:
    """One page that needs nothing beside it: pictures and style are inside, and no script."""
    application = shown(judged)
    _write(folder / f"{application.name}.html", "application.html", application=application)
    return application


def write_index(applications: Sequence[Application], folder: Path) -> None:
    """The page that leads to the others."""
    _write(folder / INDEX, "index.html", applications=sorted(applications, key=lambda one: one.name))


def _write(path: Path, template: str, **values: object) -> None:
    pages = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(pages.get_template(template).render(values), encoding="utf-8")
