"""Writes chalicelib/worktime/national_days.json: python -m infrastructure.national_days

Run it when the `holidays` package learns of a new decree; the file's difference is what to read before it is kept.
"""

import msgspec

from chalicelib.worktime.holidays_id import NATIONAL_DAYS, NationalYear, computed_year

YEARS = range(2020, 2036)
"""From before the first case of the SOP to well beyond the last deadline that can be asked for today."""


def written(years: range = YEARS) -> str:
    """The file's text: JSON with a line for each day, so that a difference reads like a decree."""
    return "{\n" + ",\n".join(_year(year, computed_year(year)) for year in years) + "\n}\n"


def _year(year: int, days: NationalYear) -> str:
    moons = _json(days.ramadan)
    closed = ",\n".join(
        f"  {_json(day)}: {_json({'name': why.name, 'name_en': why.name_en})}"
        for day, why in days.closed.items()
    )
    return f' "{year}": {{"ramadan": {moons}, "closed": {{\n{closed}}}}}'


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


if __name__ == "__main__":
    NATIONAL_DAYS.write_text(written(), encoding="utf-8")
