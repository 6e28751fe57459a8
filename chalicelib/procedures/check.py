"""What a procedure must agree on with itself, its SOP and the office before a case may run on it."""

import string
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from chalicelib.errors import ProcedureError
from chalicelib.procedures.errors import NumberTemplateError, PermitNumberError
from chalicelib.procedures.number import PermitNumber, format_number, parse_number
from chalicelib.procedures.parts import APPLICANT, Reason, Step, Words
from chalicelib.procedures.procedure import Procedure


def checked(procedure: Procedure, officer_roles: Collection[str]) -> Procedure:
    """`procedure` itself when nothing is wrong with it; raises ProcedureError with all its `problems`."""
    found = problems(procedure, officer_roles)
    if found:
        raise ProcedureError(problems=found)
    return procedure


def problems(procedure: Procedure, officer_roles: Collection[str]) -> tuple[str, ...]:
    """Every contradiction in `procedure`, one sentence each; none for a good one.

    `officer_roles` are the roles in which somebody of the office stands today.
    """
    return (
        *_doubled(procedure),
        *_standards(procedure),
        *_roles(procedure, officer_roles),
        *(problem for step in procedure.steps for problem in _step(procedure, step)),
        *_endless(procedure),
        *(problem for reason in procedure.reasons for problem in _reason(procedure, reason)),
        *_unexplained(procedure),
        *_untranslated(procedure),
        *_periods(procedure),
        *_numbers(procedure),
        *_complaints(procedure),
        *_revocation(procedure),
    )


def _doubled(procedure: Procedure) -> Iterator[str]:
    lists = {
        "role": [role.key for role in procedure.roles],
        "step": [step.key for step in procedure.steps],
        "document slot": [document.slot for document in procedure.documents],
        "field": [field.key for field in procedure.fields],
        "record": [record.key for record in procedure.records],
        "reason": [reason.code for reason in procedure.reasons],
        "art genre": [genre.slug for genre in procedure.genres],
        "kind of complaint": [kind.key for kind in procedure.complaints.kinds],
    }
    if procedure.revocation:
        lists["reason for a revocation"] = [reason.code for reason in procedure.revocation.reasons]
    for what, keys in lists.items():
        yield from (f"{what} {key!r} appears twice" for key, count in Counter(keys).items() if count > 1)
        if not keys:
            yield f"there is no {what}"


def _standards(procedure: Procedure) -> Iterator[str]:
    days, minutes = procedure.standard()
    sop = procedure.sop
    if (days, minutes) != (sop.days, sop.minutes):
        said = f"{sop.days} days {sop.minutes} minutes"
        yield f"the steps take {days} days {minutes} minutes, the SOP says {said}"
    if [step.number for step in procedure.steps] != list(range(1, len(procedure.steps) + 1)):
        yield "the steps are not in the SOP's order, counted from 1"


def _roles(procedure: Procedure, officer_roles: Collection[str]) -> Iterator[str]:
    known = {role.key: role.officer for role in procedure.roles}
    used = [step.role for step in procedure.steps] + list(procedure.escalation)
    yield from (f"there is no role {role!r}" for role in sorted(set(used) - known.keys()))
    for role in sorted(set(used) & {key for key, officer in known.items() if officer}):
        if role not in officer_roles:
            yield f"nobody of the office stands in the role {role!r}"
    for step in procedure.steps:
        if step.decisions and not known.get(step.role, False):
            yield f"step {step.key!r} is decided by {step.role!r}, who is no officer"
        if step.decisions and step.role not in procedure.escalation:
            yield f"step {step.key!r} has no line of escalation"


def _step(procedure: Procedure, step: Step) -> Iterator[str]:
    keys = {other.key: other.number for other in procedure.steps}
    if step.days < 0 or step.minutes < 0 or step.days + step.minutes == 0:
        yield f"step {step.key!r} has no standard time"
    if ("return" in step.decisions) != bool(step.returns_to):
        yield f"step {step.key!r} has a TIDAK arrow without an end, or an end without an arrow"
    if step.returns_to not in ("", APPLICANT) and keys.get(step.returns_to, step.number) >= step.number:
        yield f"step {step.key!r} returns to {step.returns_to!r}, which is no earlier step"
    resumed = keys.get(step.after_correction, len(keys) + 1)  # later than itself would skip a check
    if resumed > step.number if step.returns_to == APPLICANT else step.after_correction:
        yield f"step {step.key!r} cannot go on at {step.after_correction!r} after a correction"
    asked = {*step.requires_on_approve, *filter(None, [step.report_on_approve])}
    for record in sorted(asked - {record.key for record in procedure.records}):
        yield f"step {step.key!r} requires {record!r}, which is no record"
    yield from _decision(step)


def _decision(step: Step) -> Iterator[str]:
    if step.report_on_approve and (not step.decisions or step.proof == "passphrase"):
        yield f"step {step.key!r} cannot write a report: it is nobody's decision, or it is the signature"
    if step.report_on_approve in step.requires_on_approve:
        yield f"step {step.key!r} asks for {step.report_on_approve!r} both in words and as a file"
    if step.decisions and "approve" not in step.decisions:
        yield f"step {step.key!r} can never be approved"
    if bool(step.decisions) != (step.proof != "none"):
        yield f"step {step.key!r} is decided without a second proof, or asks for a proof without a decision"
    if bool(step.decisions) != (step.question is not None):
        yield f"step {step.key!r} has decisions without a question, or a question without decisions"


def _endless(procedure: Procedure) -> Iterator[str]:
    numbers = {step.key: step.number for step in procedure.steps}
    if procedure.withdraw_until not in numbers:
        yield f"a withdrawal is possible until {procedure.withdraw_until!r}, which is no step"
    if procedure.steps and (procedure.steps[0].decisions or procedure.steps[-1].decisions):
        yield "the first and the last step are nobody's decision, but decisions are given"


def _reason(procedure: Procedure, reason: Reason) -> Iterator[str]:
    slots = {document.slot for document in procedure.documents}
    steps = {step.key: step for step in procedure.steps}
    yield from (
        f"reason {reason.code!r} names {slot!r}, which is no slot"
        for slot in reason.slots
        if slot not in slots
    )
    for key in reason.steps:
        if key not in steps or reason.decision not in steps[key].decisions:
            yield f"reason {reason.code!r} is for {reason.decision!r} at {key!r}, which is not decided there"
    if not reason.steps:
        yield f"reason {reason.code!r} can be given at no step"
    if reason.decision == "approve":
        yield f"reason {reason.code!r} is for an approval, which needs none"
    yield from _about(procedure, reason)


def _about(procedure: Procedure, reason: Reason) -> Iterator[str]:
    known = {field.key for field in procedure.fields}
    for field in sorted({*reason.fields, *reason.opens} - known):
        yield f"reason {reason.code!r} names {field!r}, which is no field of the form"
    if reason.slots and reason.fields:
        yield f"reason {reason.code!r} is about documents and about fields"
    if reason.opens and not reason.slots:
        yield f"reason {reason.code!r} opens fields together with no document"
    wanted = {"document"} if reason.slots else {"field"} if reason.fields else set()
    for text in (reason.message.id, reason.message.en):
        if set(_fields(text)) != wanted:
            yield f"reason {reason.code!r} has a message that does not fit what it is about: {text!r}"


def _unexplained(procedure: Procedure) -> Iterator[str]:
    for step in procedure.steps:
        for decision in step.decisions:
            if decision != "approve" and not procedure.reasons_at(step.key, decision):
                yield f"there is no reason for {decision!r} at step {step.key!r}"


def _untranslated(procedure: Procedure) -> Iterator[str]:
    for where, words in _texts(procedure):
        if not (words.id.strip() and words.en.strip()):
            yield f"{where} lacks its name in Indonesian or English"


def _texts(procedure: Procedure) -> Iterator[tuple[str, Words]]:
    yield "the procedure", procedure.name
    yield "the fee", procedure.fee.name
    yield "the objection", procedure.objection.words
    yield from ((f"role {role.key!r}", role.name) for role in procedure.roles)
    yield from ((f"field {field.key!r}", field.name) for field in procedure.fields)
    yield from ((f"record {record.key!r}", record.name) for record in procedure.records)
    yield from ((f"art genre {genre.slug!r}", genre.name) for genre in procedure.genres)
    yield from ((f"kind of complaint {kind.key!r}", kind.name) for kind in procedure.complaints.kinds)
    for cause in procedure.revocation.reasons if procedure.revocation else ():
        yield f"reason for a revocation {cause.code!r}", cause.name
    for document in procedure.documents:
        yield from ((f"document {document.slot!r}", words) for words in (document.name, document.hint))
    for step in procedure.steps:
        words_of_step = (step.name, step.done, step.output, step.question)
        yield from ((f"step {step.key!r}", words) for words in words_of_step if words is not None)
    for reason in procedure.reasons:
        yield from ((f"reason {reason.code!r}", words) for words in (reason.name, reason.message))


def _periods(procedure: Procedure) -> Iterator[str]:
    periods = (
        procedure.version,
        procedure.validity_years,
        procedure.renewal_opens_days,
        procedure.correction_days,
        procedure.deemed_approval_working_days,
        procedure.letter_max_age_months,
        *procedure.correction_reminder_days,
        *procedure.renewal_reminder_days,
    )
    if min(periods) < 1:
        yield "a period or the version is less than 1"
    reminders = procedure.correction_reminder_days
    if list(reminders) != sorted(set(reminders), reverse=True):
        yield "the reminders before the end of a correction are not in order"
    if any(days > procedure.renewal_opens_days for days in procedure.renewal_reminder_days):
        yield "a group is reminded of a renewal that is not open yet"
    if reminders and reminders[0] >= procedure.correction_days:
        yield "a reminder comes before there is anything to remind of"


def _numbers(procedure: Procedure) -> Iterator[str]:
    first = PermitNumber(procedure.permit_type, 1, procedure.sop.effective.year)
    try:
        parse_number(procedure.permit_number, format_number(procedure.permit_number, first))
    except (NumberTemplateError, PermitNumberError) as unusable:
        yield f"permits cannot be numbered: {unusable}"
    for template in (procedure.application_number, procedure.complaints.number):
        if sorted(_fields(template)) != ["serial", "year"]:
            yield f"the number {template!r} needs serial and year, and knows nothing else"
    if procedure.application_number == procedure.complaints.number:
        yield "complaints and applications have the same numbers"


def _complaints(procedure: Procedure) -> Iterator[str]:
    rules = procedure.complaints
    officers = {role.key for role in procedure.roles if role.officer}
    for role in {rules.role, *(kind.role for kind in rules.kinds if kind.role)} - officers:
        yield f"complaints are answered by {role!r}, who is no officer"
    if min(rules.answer_working_days, rules.most_a_contact_a_day, rules.most_an_hour) < 1:
        yield "a period or limit of complaints is less than 1"


def _revocation(procedure: Procedure) -> Iterator[str]:
    rules = procedure.revocation
    if rules is None:
        return
    officers = {role.key for role in procedure.roles if role.officer}
    for role in sorted({rules.deciding, *rules.proposing} - officers):
        yield f"revocations are proposed or decided by {role!r}, who is no officer"
    if not set(rules.proposing) - {rules.deciding}:
        yield "revocations are proposed and decided by one role alone"


def _fields(template: str) -> Iterable[str]:
    try:
        return [field for _, field, _, _ in string.Formatter().parse(template) if field is not None]
    except ValueError as broken:
        return [str(broken)]
