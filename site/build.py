"""Builds the static site: templates, texts and scripts in; plain HTML with one script file a page out.

Run `.venv/bin/python site/build.py`; the pages land in `site/public/`, Indonesian at `/` and English at `/en/`.
Facts of the procedure (documents, steps, standards, phones) are read from its TOML file, so each lives once.
"""

import argparse
import base64
import hashlib
import json
import re
import runpy
import shutil
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

SITE = Path(__file__).resolve().parent
BUNDLER = runpy.run_path(str(SITE / "bundle.py"))
LEAN, modules, script_source = BUNDLER["LEAN"], BUNDLER["modules"], BUNDLER["script_source"]
late_entries = BUNDLER["late_entries"]
PROCEDURE = SITE.parent / "chalicelib" / "procedures" / "nomor-induk-kesenian.toml"
FRAMES = SITE.parent / "chalicelib" / "web" / "pages" / "frames.json"
"""What the service needs for the pages that it makes itself: their frames and their words, by language."""
LANGUAGES = ("id", "en")
# Where pages may send uploads to and show pictures from, unless the deployment names its own bucket.
LOCAL_ORIGINS = ("https:", "http://127.0.0.1:*", "http://localhost:*")


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page: `key` is its template and its section of the texts, `path` its place below the language root."""

    key: str
    path: str
    script: str = ""
    styles: tuple[str, ...] = ()
    listed: bool = True

    def file(self, language: str) -> str:
        """The file that is served for it, below the folder of the site."""
        name = self.path if self.path.endswith(".html") else f"{self.path}index.html"
        return f"{prefix(language)}{name}".lstrip("/")


class Framed(Page, frozen=True, kw_only=True):
    """A page that the service fills in at every request; `words` are the sections of the texts it says."""

    words: tuple[str, ...]


class Site(msgspec.Struct, frozen=True):
    """All that the build reads: `pages`, `frames`, `texts` by language and key, and the `procedure` as written."""

    pages: list[Page]
    frames: list[Framed]
    texts: dict[str, dict[str, str]]
    procedure: dict[str, Any]


class Frames(msgspec.Struct, frozen=True):
    """The frames of one language by key, and the `words` that the service says in them."""

    pages: dict[str, str]
    words: dict[str, str]


class Built(msgspec.Struct, frozen=True):
    """What was made: `files` below the folder, the text keys that some page or script `used`, the `frames`."""

    files: tuple[str, ...]
    used: frozenset[str]
    frames: dict[str, Frames]


class Texts:
    """The texts of one language for one page; it remembers which were asked for."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self.used: set[str] = set()

    def __call__(self, key: str, **facts: object) -> str:
        """The text under `key` with its places filled. Raises KeyError when a text is missing."""
        self.used.add(key)
        return self._texts[key].format(**facts) if facts else self._texts[key]

    def of(self, sections: Sequence[str], keys: Sequence[str] = ()) -> dict[str, str]:
        """The texts of whole `sections`, and of `keys` beside them."""
        starts = tuple(f"{name}." for name in sections)
        wanted = set(keys) | {key for key in self._texts if key.startswith(starts)}
        self.used |= wanted
        return {key: self._texts[key] for key in sorted(wanted)}


def prefix(language: str) -> str:
    """The root of a language's pages."""
    return "/" if language == "id" else f"/{language}/"


def flatten(tree: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """The texts of a TOML file as dotted keys."""
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from flatten(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


def procedure_texts(procedure: Mapping[str, Any], language: str) -> dict[str, str]:
    """The names that the procedure itself gives to its steps, roles, documents, fields and genres."""
    tables = (
        ("step", "steps", "key"),
        ("role", "roles", "key"),
        ("document", "documents", "slot"),
        ("field", "fields", "key"),
        ("genre", "genres", "slug"),
    )
    return {
        f"{section}.{row[key]}": row["name"][language]
        for section, table, key in tables
        for row in procedure[table]
    }


def read_site() -> Site:
    """Everything the build reads, from the folders beside this file."""
    procedure = tomllib.loads(PROCEDURE.read_text())
    texts = {
        language: dict(flatten(tomllib.loads((SITE / "texts" / f"{language}.toml").read_text())))
        | procedure_texts(procedure, language)
        for language in LANGUAGES
    }
    listed = tomllib.loads((SITE / "pages.toml").read_text())
    pages = msgspec.convert(listed["pages"], list[Page])
    return Site(pages, msgspec.convert(listed["frames"], list[Framed]), texts, procedure)


def stylesheet(names: Sequence[str]) -> str:
    """The style of a page without comments and spare spaces."""
    css = "".join((SITE / "styles" / f"{name}.css").read_text() for name in ("base", *names))
    css = re.sub(r"/\*.*?\*/|\s*\n\s*", "", css, flags=re.DOTALL)
    return re.sub(r"\s*([{};,])\s*|:\s+", lambda found: found[1] or ":", css).replace(";}", "}")


def content_policy(style: str, origins: Sequence[str]) -> str:
    """What a page may load: its own script and this very style, and files at the given origins."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    connect, pictures = " ".join(("'self'", *origins)), " ".join(("'self' blob: data:", *origins))
    return (
        f"default-src 'none'; script-src 'self'; style-src 'sha256-{digest}'; connect-src {connect}; "
        f"img-src {pictures}; form-action 'self'; base-uri 'none'"
    )


def environment() -> Environment:
    """Templates that escape every value and stop at a name that is not there."""
    loader = FileSystemLoader(SITE / "templates")
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


class Builder:
    """Writes the pages of a site into a folder."""

    def __init__(self, site: Site, out: Path, origins: Sequence[str]) -> None:
        self._site, self._out, self._origins = site, out, origins
        self._templates = environment()
        self._files: list[str] = []
        self._used: set[str] = set()

    def build(self) -> Built:
        """All pages in all languages."""
        for language in LANGUAGES:
            for page in self._site.pages:
                self._write(page.file(language), self._page(page, language, self._origins))
        for path in sorted((SITE / "static").rglob("*.js")):
            self._write(str(path.relative_to(SITE / "static")), path.read_text())
        frames = {language: self._frames(language) for language in LANGUAGES}
        return Built(tuple(dict.fromkeys(self._files)), frozenset(self._used), frames)

    def _frames(self, language: str) -> Frames:
        """They load nothing but what is the site's own, so they are the same for every deployment."""
        texts = Texts(self._site.texts[language])
        words = texts.of([section for frame in self._site.frames for section in frame.words])
        self._used |= texts.used
        return Frames({frame.key: self._page(frame, language, ()) for frame in self._site.frames}, words)

    def _page(self, page: Page, language: str, origins: Sequence[str]) -> str:
        texts = Texts(self._site.texts[language])
        style = stylesheet(page.styles)
        other = next(code for code in LANGUAGES if code != language)
        html = self._templates.get_template(f"{page.key}.html").render(
            t=texts,
            lang=language,
            root=prefix(language),
            page=page,
            other_lang=other,
            other_path=f"{prefix(other)}{page.path}",
            procedure=self._site.procedure,
            style=Markup(style),  # noqa: S704 - our own file, checked by the hash beside it
            policy=content_policy(style, origins),
            script=self._script(page, language, texts),
        )
        self._used |= texts.used
        return "\n".join(line for raw in html.splitlines() if (line := raw.strip()))

    def _script(self, page: Page, language: str, texts: Texts) -> str:
        if not page.script:
            return ""

        def placed(script: str, code: str) -> str:
            name = BUNDLER["script_name"](script, language, code)
            self._write(name, code)
            return f"/{name}"

        return str(BUNDLER["placed_bundle"](page.script, texts.of, placed))

    def _write(self, name: str, text: str) -> None:
        target = self._out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
        self._files.append(name)


def build(out: Path, origins: Sequence[str] = LOCAL_ORIGINS) -> Built:
    """Write the whole site to `out`, which is emptied first; `origins` serve and take the documents.

    Raises KeyError for a missing text and jinja2.UndefinedError for a missing value.
    """
    shutil.rmtree(out, ignore_errors=True)
    return Builder(read_site(), out, origins).build()


def frames_text(built: Built) -> str:
    """The file of frames as it is kept in the service's own tree; a test compares it with the templates."""
    return json.dumps(msgspec.to_builtins(built.frames), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> None:
    """The command: `build.py [--out FOLDER] [--files-origin URL ...]`."""
    arguments = argparse.ArgumentParser(description="Build the static site.")
    arguments.add_argument("--out", type=Path, default=SITE / "public")
    arguments.add_argument("--files-origin", action="append", help="origin of the documents' bucket")
    given = arguments.parse_args()
    built = build(given.out, tuple(given.files_origin or LOCAL_ORIGINS))
    FRAMES.write_text(frames_text(built))
    print(f"{len(built.files)} files in {given.out}")  # noqa: T201 - a command speaks to a person


if __name__ == "__main__":
    main()
