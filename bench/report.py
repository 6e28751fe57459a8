"""Marks become tables in Markdown, the goals beside the figures."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from bench.marks import ID_NUMBERS, KIND, OFFICER, OFFICERS, Mark, Truth
from local.judging import Judged

KINDS = ("ktp", "village_letter", "board_roster", "old_certificate")
_BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98)
_SURE = 0.9
MB = 1024 * 1024


class Run(msgspec.Struct, frozen=True):
    """Everything measured over one set of applications."""

    truths: dict[str, Truth]
    judged: list[Judged]
    marks: list[Mark]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown, its columns set even."""
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    said = ["| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in lines]
    return "\n".join([said[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *said[1:]])


def share(marks: Iterable[Mark]) -> str:
    """`96.2 % (50/52)`, or nothing where nothing was marked."""
    right = [mark.right for mark in marks]
    return _part(sum(right), len(right))


def _part(some: int, of_all: int) -> str:
    return f"{100 * some / of_all:.1f} % ({some}/{of_all})" if of_all else ""


def overview(run: Run) -> str:
    """What matters most, each with its goal: the best measured elsewhere (docs/adr/0003), or a promise."""
    return table(("figure", "measured", "goal"), [*_reading(run), *_verdicts(run), *_costs(run)])


def _reading(run: Run) -> list[tuple[str, str, str]]:
    sure = [mark for mark in confident(run.marks) if (mark.confidence or 0) > _SURE]
    return [
        ("kind of document right", share(_of(run, KIND)), "99 %"),
        ("ID number exact", share(_of(run, *ID_NUMBERS)), "99 %"),
        ("fields right", share(fields(run.marks)), "98 %"),
        ("rosters with every officer right", share(_of(run, OFFICERS)), "96 %"),
        (f"values right, of those above {_SURE} confidence", share(sure), "99 %"),
    ]


def _verdicts(run: Run) -> list[tuple[str, str, str]]:
    pairs = [(run.truths[one.name].verdict, one.verdict) for one in run.judged]
    wanted = [{*run.truths[one.name].findings} for one in run.judged]
    said = [{*one.codes} for one in run.judged]
    hits = sum(len(a & b) for a, b in zip(wanted, said, strict=True))
    return [
        ("verdict right", _part(sum(a == b for a, b in pairs), len(pairs)), "98 %"),
        ("incomplete, but called complete", str(pairs.count(("incomplete", "complete"))), "0"),
        ("findings: precision", _part(hits, sum(map(len, said))), "97 %"),
        ("findings: recall", _part(hits, sum(map(len, wanted))), "97 %"),
    ]


def _costs(run: Run) -> list[tuple[str, str, str]]:
    results = [result for one in run.judged for result in one.results.values()]
    read = [result for result in results if result.inspection.fault is None]
    rows = []
    for name, recognised, goal in (("recognised", True, "1.2 s"), ("native", False, "0.1 s")):
        chosen = [one for one in read if one.inspection.recognised is recognised and one.inspection.fields]
        pages = sum(one.inspection.pages for one in chosen)
        seconds = sum(one.processor_seconds for one in chosen)
        said = f"{seconds / pages:.2f} s ({pages} pages)" if pages else ""
        rows.append((f"processor time a {name} page", said, goal))
    worst = max((result.processor_seconds for result in results), default=0.0)
    peak = max((result.peak_bytes for result in results), default=0)
    return [
        *rows,
        ("processor time of the costliest file", f"{worst:.1f} s", "10 s"),
        ("peak memory of a reading child", f"{peak // MB} MiB", "1024 MiB"),
    ]


def by_damage(run: Run) -> str:
    """Each kind of damage: kind, ID number, fields of each kind of paper."""
    return _grouped(run, "damage", lambda mark: mark.damage)


def by_kind(run: Run) -> str:
    """Each field of each kind of paper that is not always right."""
    names = dict.fromkeys((mark.kind, mark.field) for mark in run.marks if mark.field != OFFICER)
    chosen = {key: [mark for mark in run.marks if (mark.kind, mark.field) == key] for key in names}
    rows = [(*key, share(marks)) for key, marks in sorted(chosen.items()) if not all(m.right for m in marks)]
    return table(("paper", "field", "right"), rows) if rows else "None."


def _grouped(run: Run, name: str, key: Callable[[Mark], str]) -> str:
    rows = []
    for group in sorted({key(mark) for mark in run.marks}):
        marks = [mark for mark in run.marks if key(mark) == group]
        cells = [share(mark for mark in marks if mark.field == KIND)]
        cells.append(share(mark for mark in marks if mark.field in ID_NUMBERS))
        cells += [share(mark for mark in fields(marks) if mark.kind == kind) for kind in KINDS]
        rows.append((group, *cells, share(fields(marks))))
    return table((name, "kind right", "ID number exact", *KINDS, "all fields"), rows)


def reliability(run: Run) -> str:
    """Values by the confidence that was claimed for them, and how many of those are right."""
    told = confident(run.marks)
    bounds = [*zip(_BANDS, (*_BANDS[1:], 1.001), strict=True)]
    rows = [
        (
            f"{low:g} to {min(high, 1):g}",
            share(mark for mark in told if low <= (mark.confidence or 0) < high),
        )
        for low, high in bounds
    ]
    return table(("confidence", "right"), rows)


def wrong(run: Run) -> str:
    """What was not right, a line each."""
    lines = [
        f"- {mark.bundle} {mark.kind} ({mark.damage}) {mark.field}: {mark.wanted!r} was read as {mark.said!r}"
        + (f" at {mark.confidence:.2f}" if mark.confidence is not None else "")
        for mark in run.marks
        if not mark.right and mark.field != OFFICER
    ]
    for one in run.judged:
        wanted, said = {*run.truths[one.name].findings}, {*one.codes}
        if wanted != said:
            lines.append(f"- {one.name} missed {sorted(wanted - said)}, too many {sorted(said - wanted)}")
    return "\n".join(lines)


def fields(marks: Iterable[Mark]) -> list[Mark]:
    """The marks of fields; a board counts as one."""
    return [mark for mark in marks if mark.field not in (KIND, OFFICER)]


def confident(marks: Iterable[Mark]) -> list[Mark]:
    """The marks of values for which a confidence was claimed."""
    return [mark for mark in marks if mark.confidence is not None and mark.field != KIND]


def _of(run: Run, *names: str) -> list[Mark]:
    return [mark for mark in run.marks if mark.field in names]
