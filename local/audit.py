"""Asks the running stack as an auditor would on AWS: with the same use cases, over its AWS address.

python -m local.audit list [--status S] [--step S] [--officer ID] [--year Y] [--overdue]
python -m local.audit show CASE_ID_OR_NUMBER
python -m local.audit export [--format json|csv] [the filters of list]
python -m local.audit verify
"""

import argparse
import sys
from datetime import datetime

import msgspec

from chalicelib.aws.case_lists import CaseSummary, Filter, of_year
from chalicelib.errors import NotFoundError
from chalicelib.steps.desk import Desk
from chalicelib.steps.trail import timeline, verify_trail
from chalicelib.worktime.calendar import office_zone
from local.reach import NOTHING_RUNS, stack_desk

COLUMNS = (
    "case_id",
    "number",
    "status",
    "step",
    "officer",
    "application_type",
    "submitted_at",
    "deadline",
    "found_late",
)


def main() -> int:
    """The command line; 1 when something is wrong with the trail, 2 when no stack runs."""
    given = _arguments().parse_args()
    desk = stack_desk()
    if desk is None:
        print(NOTHING_RUNS, file=sys.stderr)
        return 2
    if given.command == "verify":
        return verify(desk)
    if given.command == "show":
        return show(desk, given.case)
    cases = listed(desk, given)
    print(_exported(cases, given.format) if given.command == "export" else _table(cases))
    return 0


def verify(desk: Desk) -> int:
    """Checks every chain and seal; names each wrong entry."""
    found = verify_trail(desk)
    for problem in found.problems:
        print(f"{problem.case_id} entry {problem.seq}: {problem.problem}")
    print(
        f"{found.cases} cases, {found.entries} entries, {found.seals} seals: {len(found.problems)} problems"
    )
    return 1 if found.problems else 0


def show(desk: Desk, name: str) -> int:
    """One case as a timeline."""
    try:
        case_id = name if name.startswith("case-") else desk.cases.find(name).case_id
        case, entries, problems = timeline(desk, case_id)
    except NotFoundError:
        print(f"There is no case {name}.", file=sys.stderr)
        return 1
    print(f"{case.case_id} {case.number} {case.status}")
    for entry in entries:
        facts = msgspec.json.encode(entry.facts).decode()
        print(
            f"{entry.seq:4d} {entry.at.isoformat(timespec='seconds')} {entry.actor.role:16} {entry.action:22} {facts}"
        )
    print("chain: whole" if not problems else f"chain: {problems}")
    return 1 if problems else 0


def listed(desk: Desk, given: argparse.Namespace) -> tuple[CaseSummary, ...]:
    """All cases of the year that fit, newest first."""
    now = desk.clock.now()
    wanted = Filter(
        year=given.year or now.year,
        status=given.status,
        step=given.step,
        officer=given.officer,
        overdue_at=now if given.overdue else None,
    )
    cases: list[CaseSummary] = []
    cursor = ""
    while True:
        page = of_year(wanted, 100, cursor)
        cases += page.cases
        cursor = page.cursor
        if not cursor:
            return tuple(cases)


def _table(cases: tuple[CaseSummary, ...]) -> str:
    rows = [[_cell(getattr(case, column)) for column in COLUMNS] for case in cases]
    widths = [max(len(row[n]) for row in [list(COLUMNS), *rows]) for n in range(len(COLUMNS))]
    lines = [list(COLUMNS), *rows]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines
    )


def _cell(value: object) -> str:
    """As the office reads it: moments in its own time, to the minute."""
    if isinstance(value, datetime):
        return f"{value.astimezone(office_zone()):%Y-%m-%d %H:%M}"
    return str(value or "-")


def _exported(cases: tuple[CaseSummary, ...], form: str) -> str:
    from chalicelib.audit.export import as_csv

    rows = [{column: msgspec.to_builtins(getattr(case, column)) for column in COLUMNS} for case in cases]
    return msgspec.json.encode(rows).decode() if form == "json" else as_csv(COLUMNS, rows)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("verify")
    commands.add_parser("show").add_argument("case")
    for name in ("list", "export"):
        command = commands.add_parser(name)
        for option in ("--status", "--step", "--officer"):
            command.add_argument(option, default="")
        command.add_argument("--year", type=int, default=0)
        command.add_argument("--overdue", action="store_true")
        command.add_argument("--format", choices=("json", "csv"), default="csv")
    return parser


if __name__ == "__main__":
    sys.exit(main())
