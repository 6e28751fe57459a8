"""What a cold start pays before its first answer, in fresh processes."""

import statistics
import subprocess
import sys
import time

SLOW = ("pdfplumber", "pypdfium2", "onnxruntime", "numpy", "PIL", "typst", "pyhanko", "cryptography", "boto3")
CALENDAR = "from chalicelib.worktime import holidays_id as h; "


def import_rows() -> list[tuple[str, str]]:
    """Import of `app.py` beside bare Chalice; what it must not import; the first calendar of a process."""
    ours, chalice = _median("import app"), _median("import chalice.app")
    script = f"import app, sys; print([n for n in {SLOW!r} if n in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    on_file = _median(f"{CALENDAR}h.office_calendar(2025, 2028)", CALENDAR)
    computed = _median(f"{CALENDAR}h.computed_year(2026)", CALENDAR)
    return [
        (
            "import of app.py, fresh process",
            f"{ours:.2f} s (goal under 0.6 s), {ours / chalice:.1f} bare Chalice",
        ),
        ("slow libraries it imports", loaded.strip()),
        ("first calendar of a process", f"{on_file * 1000:.0f} ms; {computed * 1000:.0f} ms by the package"),
    ]


def _median(code: str, beside: str = "pass", times: int = 7) -> float:
    """Seconds that `code` takes in a fresh process, above those of another program; the median of differences."""
    return statistics.median(_seconds(code) - _seconds(beside) for _ in range(times))


def _seconds(code: str) -> float:
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.monotonic() - started
