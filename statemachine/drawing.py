"""The flow chart of a procedure as an SVG picture, laid out like the chart in the SOP.

One row a step, one column a role, at the right the standard time and the output. Every figure is taken from the
procedure, so the picture cannot say anything else than the machine does.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import msgspec

from chalicelib.procedures.parts import APPLICANT, Step, Words
from chalicelib.procedures.procedure import Procedure
from statemachine.svg import INK, LINE, NO, PALE, arrow_head, block, box, clock, path, text

TOP, ROW = 84, 118
STEP_WIDTH, ROLE_WIDTH, END_WIDTH, TIME_WIDTH, OUTPUT_WIDTH = 240, 134, 132, 156, 152
HALF_WIDTH, HALF_HEIGHT = 62, 37


class Chart(msgspec.Struct, frozen=True):
    """What the parts of the picture share: the procedure, its language and the picture's own words."""

    procedure: Procedure
    language: str
    words: dict[str, Words]

    def say(self, key: str, **facts: object) -> str:
        """One of the picture's own words, in its language."""
        return self.words[key].in_language(self.language).format(**facts)

    def tell(self, words: Words) -> str:
        """One of the procedure's texts, in the picture's language."""
        return words.in_language(self.language)

    def column(self, role: str) -> float:
        """The middle of a role's column, in pixels."""
        return STEP_WIDTH + ROLE_WIDTH * ([item.key for item in self.procedure.roles].index(role) + 0.5)

    @property
    def ends(self) -> float:
        """The left side of the column of ends."""
        return STEP_WIDTH + ROLE_WIDTH * len(self.procedure.roles)

    @property
    def width(self) -> float:
        """The picture's width."""
        return self.ends + END_WIDTH + TIME_WIDTH + OUTPUT_WIDTH

    @property
    def bottom(self) -> float:
        """Where the last row ends and the sum stands."""
        return TOP + ROW * len(self.procedure.steps)


def draw(procedure: Procedure, language: str) -> str:
    """The flow chart as one SVG document in `language` ("id" or "en"), the same for the same procedure."""
    texts = tomllib.loads(Path(__file__).with_name("drawing.toml").read_text(encoding="utf-8"))
    chart = Chart(procedure, language, msgspec.convert(texts, dict[str, Words]))
    title = chart.say("caption", name=chart.tell(procedure.name), sop=procedure.sop.number)
    height = chart.bottom + 66
    parts = [
        f"<title>{escape(title)}</title>",
        *(arrow_head(colour) for colour in (INK, NO)),
        f'<rect width="{chart.width:g}" height="{height:g}" fill="#fff"/>',
        text(12, 24, title, size=16, bold=True),
        *_table(chart),
        *(part for step in procedure.steps for part in _row(chart, step)),
        *(part for step in procedure.steps for part in _arrows(chart, step)),
        *_foot(chart),
    ]
    frame = f'viewBox="0 0 {chart.width:g} {height:g}" font-family="system-ui, sans-serif" font-size="12"'
    opened = f'<svg xmlns="http://www.w3.org/2000/svg" {frame} fill="{INK}" role="img" lang="{language}">'
    return "\n".join([opened, *parts, "</svg>\n"])


def _middle(step: Step) -> float:
    return TOP + ROW * (step.number - 0.5)


def _table(chart: Chart) -> Iterator[str]:
    yield f'<rect x="0" y="40" width="{chart.width:g}" height="{TOP - 40}" fill="{PALE}"/>'
    heads = [(0.0, STEP_WIDTH, chart.say("step_heading"))]
    heads += [
        (chart.column(r.key) - ROLE_WIDTH / 2, ROLE_WIDTH, chart.tell(r.name)) for r in chart.procedure.roles
    ]
    heads += [(chart.ends, END_WIDTH, chart.say("end_heading"))]
    heads += [(chart.ends + END_WIDTH, TIME_WIDTH, chart.say("time_heading"))]
    heads += [(chart.ends + END_WIDTH + TIME_WIDTH, OUTPUT_WIDTH, chart.say("output_heading"))]
    for left, width, title in heads:
        yield path(f"M{left:g} 40V{chart.bottom:g}", LINE)
        yield block(left + width / 2, 62, title, width=width - 12, bold=True)
    for number in range(len(chart.procedure.steps) + 1):
        yield path(f"M0 {TOP + ROW * number:g}H{chart.width:g}", LINE)


def _row(chart: Chart, step: Step) -> Iterator[str]:
    y, at_time = _middle(step), chart.ends + END_WIDTH + TIME_WIDTH / 2
    yield block(
        STEP_WIDTH / 2, y - 26, f"{step.number}. {chart.tell(step.name)}", width=STEP_WIDTH, bold=True
    )
    yield block(STEP_WIDTH / 2, y + 14, step.sop_words.split(" (http")[0], width=STEP_WIDTH - 36, size=11)
    yield from _shape(chart, step)
    if step.decisions:
        yield clock(at_time, y - 36)
        yield block(at_time, y + 24, chart.say("overdue"), width=TIME_WIDTH - 16, size=10)
    yield block(at_time, y - 8 if step.decisions else y, _standard(chart, step), width=TIME_WIDTH, bold=True)
    yield block(chart.width - OUTPUT_WIDTH / 2, y, chart.tell(step.output), width=OUTPUT_WIDTH - 12, size=11)


def _shape(chart: Chart, step: Step) -> Iterator[str]:
    y = _middle(step)
    if step.question:
        x = chart.column(step.role)
        corners = f"M{x:g} {y - HALF_HEIGHT}l{HALF_WIDTH} {HALF_HEIGHT}l-{HALF_WIDTH} {HALF_HEIGHT}"
        yield path(f"{corners}l-{HALF_WIDTH}-{HALF_HEIGHT}z", INK, fill=PALE)
        yield block(x, y, chart.tell(step.question), width=HALF_WIDTH * 1.5, size=10)
        return
    left, right = chart.column("applicant") - 48, chart.column("system") + 48
    yield box(left, y - 22, right - left, 44, f"{step.number}. {chart.tell(step.name)}")


def _arrows(chart: Chart, step: Step) -> Iterator[str]:
    following = chart.procedure.next_step(step.key)
    if following:
        yield from _onward(chart, step, following)
    if step.returns_to == APPLICANT:
        yield from _to_applicant(chart, step)
    elif step.returns_to:
        yield from _one_step_back(chart, step, chart.procedure.step(step.returns_to))
    if "refuse" in step.decisions:
        yield from _ending(chart, step, chart.column(step.role) + HALF_WIDTH, "refuse", "refused", NO)
    if not following:
        yield from _ending(chart, step, chart.column("system") + 48, "", "issued", INK)


def _onward(chart: Chart, step: Step, following: Step) -> Iterator[str]:
    x = chart.column(step.role if step.question else "system")
    to = chart.column(following.role if following.question else "system")
    from_y = _middle(step) + (HALF_HEIGHT if step.question else 22)
    to_y = _middle(following) - (HALF_HEIGHT if following.question else 22)
    yield path(f"M{x:g} {from_y:g}V{(from_y + to_y) / 2:g}H{to:g}V{to_y:g}", INK, arrow=True)
    if step.question:
        yield text(x + 6, from_y + 12, chart.say("yes"), size=10, bold=True)


def _to_applicant(chart: Chart, step: Step) -> Iterator[str]:
    y, x, left = _middle(step), chart.column(step.role), chart.column("applicant") - 56
    yield box(
        left,
        y - 30,
        112,
        60,
        chart.say("correction"),
        chart.say("correction_time", days=chart.procedure.correction_days),
    )
    yield path(f"M{x - HALF_WIDTH:g} {y:g}H{left + 112:g}", NO, arrow=True)
    yield text(x - HALF_WIDTH - 46, y - 5, chart.say("no"), size=10, bold=True, colour=NO)
    meets = x - HALF_WIDTH * (1 - 14 / HALF_HEIGHT)
    yield path(f"M{left + 112:g} {y + 14:g}H{meets:g}", INK, arrow=True, dashed=True)
    yield text(left + 120, y + 27, chart.say("resumed"), size=10)


def _one_step_back(chart: Chart, step: Step, target: Step) -> Iterator[str]:
    x, to = chart.column(step.role) - HALF_WIDTH, chart.column(target.role) - 22
    meets = _middle(target) + HALF_HEIGHT * (1 - 22 / HALF_WIDTH)
    yield path(f"M{x:g} {_middle(step):g}H{to:g}V{meets:g}", NO, arrow=True)
    yield text(x - 46, _middle(step) - 5, chart.say("no"), size=10, bold=True, colour=NO)


def _ending(chart: Chart, step: Step, start: float, label: str, end: str, colour: str) -> Iterator[str]:
    y = _middle(step)
    yield path(f"M{start:g} {y:g}H{chart.ends + 48:g}", colour, arrow=True)
    yield box(chart.ends + 48, y - 15, END_WIDTH - 56, 30, chart.say(end), radius=15, colour=colour)
    if label:
        yield text(start + 6, y - 5, chart.say(label), size=10, bold=True, colour=colour)


def _standard(chart: Chart, step: Step) -> str:
    days = chart.say("one_day") if step.days == 1 else chart.say("day", days=step.days)
    minutes = chart.say("minutes", minutes=step.minutes)
    return " ".join([days] * bool(step.days) + [minutes] * bool(step.minutes))


def _foot(chart: Chart) -> Iterator[str]:
    days, minutes = chart.procedure.standard()
    total = f"{chart.say('day', days=days)} {chart.say('minutes', minutes=minutes)}"
    last = chart.procedure.step(chart.procedure.withdraw_until).number
    yield text(12, chart.bottom + 26, chart.say("sum"), bold=True)
    at_time = chart.ends + END_WIDTH + TIME_WIDTH / 2
    yield block(at_time, chart.bottom + 22, total, width=TIME_WIDTH, bold=True)
    yield text(12, chart.bottom + 50, chart.say("withdrawal", step=last), size=11)
