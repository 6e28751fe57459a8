"""axe-core's judgement of a page, as Deque publishes it and `axe-playwright-python` carries it."""

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

_CODE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """What axe finds against it, a line each; its rules of WCAG 2.2 A and AA and its best practices."""
    # By the debugger: the page's own content policy lets no other script in.
    page.evaluate(_CODE)
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{one['id']}: {node['html']}" for one in found["violations"] for node in one["nodes"]]
