"""Lists for auditors as CSV, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""As OWASP lists them for CSV injection; the wide forms count as the narrow ones in some spreadsheets."""


def as_csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows under a heading (RFC 4180). A cell that a spreadsheet would calculate is quoted with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
