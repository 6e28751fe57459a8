"""What an inbox and the look at what is due cost with few and with many open cases, side by side."""

import statistics
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec

from chalicelib.aws import case_lists
from chalicelib.aws.case_store import case_row
from chalicelib.aws.tables import CaseRow
from chalicelib.cases import applying
from chalicelib.cases.case import Acting, Case
from chalicelib.cases.deciding import open_step
from chalicelib.cases.form import ApplicationForm
from chalicelib.procedures.procedure import load
from chalicelib.steps import inbox
from chalicelib.steps.desk import Desk
from chalicelib.worktime.now import system_clock
from local.aws import open_aws
from local.listening import listening

FEW, MANY = 100, 1000
TIMES = 5
OFFICER = "cs-1"


def waiting_rows() -> list[tuple[str, str]]:
    """The inbox and the sweep's question at `MANY` open cases against `FEW`: seconds, and which calls they make."""
    asked: Counter[str] = Counter()

    def note(model: Any, **_: Any) -> None:
        asked[model.name] += 1

    with listening(before_call=note), open_aws(system_clock()) as desk:
        _open(desk, 0, FEW)
        few = _measured(desk, asked)
        _open(desk, FEW, MANY)
        many = _measured(desk, asked)
    rows = []
    for name, (seconds, _) in few.items():
        later, calls = many[name]
        made = ", ".join(f"{times} {call}" for call, times in sorted(calls.items()))
        figure = f"{later * 1000:.0f} ms, {later / seconds:.1f} of {FEW} (linear: {MANY / FEW:.0f}); {made}"
        rows.append((f"{name}, {MANY} open cases", figure))
    return rows


def _measured(desk: Desk, asked: Counter[str]) -> dict[str, tuple[float, Counter[str]]]:
    now = desk.clock.now()
    officer, later = desk.people.officer(OFFICER), now + timedelta(days=30)
    works: dict[str, Callable[[], object]] = {
        "inbox": lambda: inbox.waiting_for(desk, officer, now),
        "what is due, all of it": lambda: case_lists.due(later, MANY),
    }
    return {name: _timed(work, asked) for name, work in works.items()}


def _timed(work: Callable[[], object], asked: Counter[str]) -> tuple[float, Counter[str]]:
    """The median of its seconds, and the calls that it makes once."""
    asked.clear()
    work()
    calls = Counter(asked)
    spent = []
    for _ in range(TIMES):
        started = time.perf_counter()
        work()
        spent.append(time.perf_counter() - started)
    return statistics.median(spent), calls


def _open(desk: Desk, first: int, end: int) -> None:
    """Cases whose first desk has them; written as rows, for the way there is not what is measured."""
    now = desk.clock.now()
    with CaseRow.batch_write() as batch:
        for at in range(first, end):
            batch.save(case_row(_waiting(at, now, desk)))


def _waiting(at: int, now: Any, desk: Desk) -> Case:
    procedure = load()
    drafted = applying.start_draft(f"case-{at}", f"code-{at}", "applicant-1", "new", procedure, now).case
    form = ApplicationForm(group_name=f"Sanggar {at}", leader_name="Sari Contoh")
    sent = msgspec.structs.replace(
        drafted, form=form, status="in_progress", number=f"NKS-2026-{at:05d}", submitted_at=now
    )
    step = procedure.steps[1]
    opened = open_step(sent, procedure, step, Acting(officer_id=OFFICER), now, desk.calendar(now.date()))
    if opened is None:
        raise RuntimeError("the step was not awaited")
    return opened.case
