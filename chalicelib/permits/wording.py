"""The sentences of `texts.toml` and `report_texts.toml`, and dates as people say them."""

import tomllib
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any, Literal

Language = Literal["id", "en"]
WIB = timezone(timedelta(hours=7), "WIB")  # Asia/Jakarta has had no other offset since 1964


@cache
def _texts() -> dict[str, Any]:
    texts: dict[str, Any] = {}
    for name in ("texts.toml", "report_texts.toml"):
        texts |= tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return texts


def phrases(section: str, lang: Language = "id") -> dict[str, str]:
    """Every sentence of one section, key to text. Raises KeyError for a section that does not exist."""
    return {key: text[lang] for key, text in _texts()[section].items()}


def spoken_date(day: date, lang: Language = "id") -> str:
    """ "24 November 2026" with the month's name in that language."""
    return f"{day.day} {_texts()['calendar']['months'][lang][day.month - 1]} {day.year}"


def spoken_time(moment: datetime, lang: Language = "id") -> str:
    """ "Selasa, 24 November 2026, pukul 10.30 WIB" of a timezone-aware moment."""
    local = moment.astimezone(WIB)
    weekday = _texts()["calendar"]["days"][lang][local.weekday()]
    clock = f"pukul {local:%H.%M} WIB" if lang == "id" else f"{local:%H:%M} WIB"
    return f"{weekday}, {spoken_date(local, lang)}, {clock}"
