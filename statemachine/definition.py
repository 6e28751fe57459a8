"""The procedure as a state machine: one execution a case, six SOP steps, every TIDAK arrow."""

from typing import Any

from chalicelib.procedures.parts import APPLICANT, Step
from chalicelib.procedures.procedure import ISSUED, REFUSED, Procedure
from statemachine.states import ISSUE_PERMIT, RUN_TASK, State, choice, end, flag, opening, request, task, wait


def definition(procedure: Procedure) -> dict[str, Any]:
    """The machine of `procedure` in Amazon States Language.

    Its input is `{"case_id": ...}`; its functions are the placeholders of `with_functions`. It holds no
    duration: each wait takes its timeout from the answer of the state before it.
    """
    states: dict[str, State] = {}
    for step in procedure.steps:
        states |= _decided(procedure, step) if step.decisions else _automatic(procedure, step)
    states |= _ends(procedure)
    return {
        "Comment": f"{procedure.name.en}: {procedure.sop.number}, version {procedure.version}. "
        "Built by python -m statemachine.build; do not edit.",
        "QueryLanguage": "JSONPath",
        "StartAt": entry(procedure.steps[0]),
        "States": states,
    }


def with_functions(text: str, *, run_task: str, issue_permit: str) -> str:
    """A committed machine's text with the two functions' ARNs in it, as the deployment puts them.

    Not `string.Template`: it would read `$.case_id` and `$$.Task.Token` as placeholders of its own.
    """
    return text.replace(RUN_TASK, run_task).replace(ISSUE_PERMIT, issue_permit)


def entry(step: Step) -> str:
    """The name of the state through which a case comes into `step`."""
    return f"{step.number} Open {step.name.en.lower()}" if step.decisions else f"{step.number} {step.name.en}"


def clause(procedure: Procedure, step: Step) -> str:
    """Where the SOP says it: the row of the flow chart in part A, number 2."""
    return f"{procedure.sop.number}, A.2 no. {step.number}"


def _automatic(procedure: Procedure, step: Step) -> dict[str, State]:
    said = f"{clause(procedure, step)}: {step.sop_words}."
    then = _place(procedure, step, procedure.step_after(step.key, "approve"))
    if then == ISSUED.capitalize():
        comment = f"{said} The signed permit enters the registry and is published."
        return {entry(step): task(comment, {"case_id.$": "$.case_id"}, then=then, function=ISSUE_PERMIT)}
    comment = f"{said} Recorded, and the applicant gets a receipt."
    return {entry(step): task(comment, request("register_application", step=step.key), then=then)}


def _decided(procedure: Procedure, step: Step) -> dict[str, State]:
    waiting, late = f"{step.number} {step.name.en}", f"{step.number} Record overdue {step.name.en.lower()}"
    asked = f"{step.number} {step.question.en if step.question else ''}"
    said, arrows = clause(procedure, step), _arrows(procedure, step)
    states = {
        entry(step): opening(
            f"{said}: the step's clock runs from here, and its officer is told.",
            request("open_step", step=step.key),
            then=waiting,
        ),
        waiting: wait(
            f"{said}: {step.sop_words}. Waits for the decision that comes by the officer's signed link.",
            request("await_decision", step=step.key, again=True),
            late=late,
            then=asked,
        ),
        late: opening(
            f"{said}: the standard time is over. Recorded and told up the line; the step goes on.",
            request("record_timeout", step=step.key, again=True),
            then=waiting,
        ),
        asked: choice(f"{said}: {_says(arrows)}.", arrows),
    }
    return states | (_correction(procedure, step) if step.returns_to == APPLICANT else {})


def _correction(procedure: Procedure, step: Step) -> dict[str, State]:
    number, said = step.number, clause(procedure, step)
    waiting, late = f"{number} Correction by applicant", f"{number} Remind or lapse"
    resumed = entry(procedure.step(step.after_correction))
    arrows = {"resubmit": resumed, "withdraw": "Withdrawn"}
    return {
        f"{number} Open correction": opening(
            f"{said}, TIDAK: the office's clock stops, and the applicant reads what to correct.",
            request("open_correction", step=step.key),
            then=waiting,
        ),
        waiting: wait(
            f"{said}, TIDAK: the applicant corrects and sends again.",
            request("await_correction", step=step.key, again=True),
            late=late,
            then=f"{number} Corrected?",
        ),
        late: opening(
            f"{said}, TIDAK: a reminder to the applicant, or the end of the time for correcting.",
            request("record_correction_timeout", step=step.key, again=True),
            then=f"{number} Lapsed?",
            more=("lapsed",),
        ),
        f"{number} Lapsed?": flag(
            f"{said}, TIDAK: after the last day the application lapses; before it, the wait goes on.",
            "$.step.lapsed",
            yes="Lapsed",
            no=waiting,
        ),
        f"{number} Corrected?": choice(f"{said}, TIDAK: {_says(arrows)}.", arrows),
    }


def _arrows(procedure: Procedure, step: Step) -> dict[str, str]:
    arrows: dict[str, str] = {}
    for word in step.decisions:
        arrows[word] = _place(procedure, step, procedure.step_after(step.key, word))
    # Any wait can end by a withdrawal, also one that was made while the case stood before this step.
    return arrows | {"withdraw": "Withdrawn"}


def _place(procedure: Procedure, step: Step, place: str) -> str:
    if place == APPLICANT:
        return f"{step.number} Open correction"
    return place.capitalize() if place in (ISSUED, REFUSED) else entry(procedure.step(place))


def _says(arrows: dict[str, str]) -> str:
    return ", ".join(f"{word} goes to {state}" for word, state in arrows.items())


def _ends(procedure: Procedure) -> dict[str, State]:
    number = procedure.sop.number
    refusing = " and ".join(str(step.number) for step in procedure.steps if "refuse" in step.decisions)
    returning = " and ".join(str(step.number) for step in procedure.steps if step.returns_to == APPLICANT)
    return {
        "Issued": end(f"{number}, A.5 and A.2 no. 6: the permit is the product of the service."),
        "Refused": end(f"{number}, A.2 no. {refusing}: refused with a reason and a way to object."),
        "Withdrawn": end(f"{number}, A.2 no. 1: the applicant took the application back."),
        "Lapsed": end(f"{number}, A.2 no. {returning}: not corrected in the time given; nothing is deleted."),
    }
