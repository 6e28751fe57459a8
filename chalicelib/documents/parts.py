"""Several documents in one file: which pages are the one that belongs here, and what else the file holds."""

from collections.abc import Iterator, Sequence

from chalicelib.documents.files.pages import Page
from chalicelib.documents.kinds import is_strange, kind_of
from chalicelib.documents.types import Kind, Part


def parted(pages: Sequence[Page], wanted: str | None) -> tuple[tuple[Page, ...], tuple[Part, ...]]:
    """The pages of the `wanted` kind (of the first kind where it is not there), and where other kinds begin.

    A page that says no kind of its own goes on with the one before it, a paper of no kind among them: a letter of
    application in front of a roster is no part of the roster. A file with one document stays whole.
    """
    kinds = list(_kinds(pages))
    found = [kind for kind in dict.fromkeys(kinds) if kind not in (None, Kind.OTHER)]
    if not found:
        return tuple(pages), ()
    own = next((kind for kind in found if kind == wanted), found[0])
    others = tuple(Part(kind=kind, page=kinds.index(kind)) for kind in found if kind and kind is not own)
    return tuple(page for page, kind in zip(pages, kinds, strict=True) if kind is own), others


def _kinds(pages: Sequence[Page]) -> Iterator[Kind | None]:
    """The kind of each page; leading pages without one belong to the first that has one."""
    told = [_kind(page) for page in pages]
    last = next((kind for kind in told if kind), None)
    for kind in told:
        last = kind or last
        yield last


def _kind(page: Page) -> Kind | None:
    """The page's own kind; `other` only when its title says so, None when nothing does."""
    lines = page.sheet.lines if page.sheet else ()
    kind, _ = kind_of(lines)
    return kind if kind is not Kind.OTHER or is_strange(lines) else None
