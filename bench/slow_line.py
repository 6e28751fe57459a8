"""A cheap phone on a bad line, as DevTools plays it: what a first visit to a page costs there."""

from typing import Any

import msgspec
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from tests.site.axe import violations

BYTES_A_SECOND = 400_000 // 8
LATENCY_MS = 2000
"""Of every request."""
CPU_SLOWER = 4
LINE = {
    "offline": False,
    "latency": LATENCY_MS,
    "downloadThroughput": BYTES_A_SECOND,
    "uploadThroughput": BYTES_A_SECOND,
}
UNHURRIED = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "locale": "id-ID"}
WATCH = """
window.seen = { shift: 0, busy: 0 };
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) seen.shift += one.value;
}).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) seen.busy = Math.max(seen.busy, one.startTime + one.duration);
}).observe({ type: "longtask", buffered: true });
"""
READ = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const files = performance.getEntriesByType("resource").map((one) => one.responseEnd);
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return {
    painted: paint.startTime / 1000,
    interactive: Math.max(page.domContentLoadedEventEnd, seen.busy, paint.startTime) / 1000,
    complete: Math.max(page.loadEventEnd, ...files) / 1000,
    shift: seen.shift,
  };
}"""


class Visit(msgspec.Struct, frozen=True):
    """A first visit: bytes on the line, requests, seconds from the click, what moved, what axe finds.

    `interactive` is when the script has run and the last task of more than 50 ms has ended; `complete` when the last
    answer had come, the service's own included.
    """

    size: int
    requests: int
    painted: float
    interactive: float
    complete: float
    shift: float
    violations: list[str]


def visit(browser: Browser, url: str, session: str = "") -> Visit:
    """Opens the address with nothing cached, as the applicant of `session` (what the browser keeps of it) if any."""
    context = browser.new_context(**PHONE)
    try:
        page = phone_page(context, session)
        page.add_init_script(WATCH)
        line = slow(page)
        traffic = _Traffic(line)
        page.goto(url, wait_until="load", timeout=120_000)
        page.wait_for_load_state("networkidle", timeout=120_000)
        times = page.evaluate(READ)
        hurry(line)
        return Visit(traffic.size, traffic.requests, **times, violations=violations(page))
    finally:
        context.close()


def phone_page(context: BrowserContext, session: str = "") -> Page:
    """A page of the phone, signed in when a session is given."""
    page = context.new_page()
    if session:
        page.add_init_script(f"localStorage.setItem('sanggar.session.applicant', {session!r})")
    return page


def slow(page: Page) -> CDPSession:
    """Puts the page on the bad line and the slow processor."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWER})
    return line


def hurry(line: CDPSession) -> None:
    """Gives the page the whole machine again."""
    line.send("Network.emulateNetworkConditions", UNHURRIED)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 1})


class _Traffic:
    """Counts what crosses the line; a picture within the page does not."""

    def __init__(self, line: CDPSession) -> None:
        self.size = self.requests = 0
        self._within: set[str] = set()
        line.on("Network.requestWillBeSent", self._sent)
        line.on("Network.loadingFinished", self._came)

    def _sent(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith(("data:", "blob:")):
            self._within.add(event["requestId"])
        else:
            self.requests += 1

    def _came(self, event: dict[str, Any]) -> None:
        if event["requestId"] not in self._within:
            self.size += int(event["encodedDataLength"])
