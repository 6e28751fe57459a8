"""A notice of the outbox becomes words for one person."""

from contextlib import suppress
from datetime import datetime

from chalicelib.accounts.people import Officer
from chalicelib.aws import permit_register
from chalicelib.cases.case import NOBODY, Case, Decision, OpenStep
from chalicelib.cases.change import Change, OutboxEntry
from chalicelib.cases.form import masked_text
from chalicelib.cases.reasons import sentence
from chalicelib.cases.validity import last_day
from chalicelib.errors import NotFoundError
from chalicelib.notices.compose import Written, compose, written
from chalicelib.procedures.parts import APPLICANT
from chalicelib.procedures.procedure import Procedure
from chalicelib.steps.assistance import assisted_words
from chalicelib.steps.desk import Desk
from chalicelib.steps.ending import NOTICE
from chalicelib.steps.inbox import inbox_link
from chalicelib.steps.officer_links import officer_token
from chalicelib.steps.review import LINK_FOR, REVIEW
from chalicelib.steps.revocation_letters import OF_REVOCATIONS, revocation_words
from chalicelib.steps.standing_words import acting_words
from chalicelib.steps.upload_links import open_until, upload_token
from chalicelib.texts import counter_words, late_words
from chalicelib.worktime.budget import left
from chalicelib.worktime.ledger import Allowance
from chalicelib.worktime.words import allowance_words, date_words, duration_words, left_words, moment_words

Words = dict[str, str]
OF_STEPS = frozenset(
    {
        "decide",
        "vacant",
        "step_reminder",
        "overdue",
        "overdue_above",
        "deemed_near",
        "deemed_near_above",
        "deemed_reached",
        "deemed_reached_above",
    }
)
"""What is told of an open step, and no more when it was decided; `_above` to those further up the line."""


def letter(desk: Desk, case: Case, entry: OutboxEntry) -> tuple[str, bytes] | None:
    """The recipient's address and the mail of one notice.

    None when there is nothing left to tell: the step was decided or the correction sent in the meantime.

    The same entry always gives the same mail, with the same link.
    """
    words = _words(desk, case, entry)
    if words is None:
        return None
    recipient = _address(desk, case, entry)
    sender = desk.settings.mail_from
    message_id = entry.id.replace("@", ".")
    return recipient, compose(
        entry.notice, words, sender=sender, recipient=recipient, message_id=message_id, at=entry.created_at
    )


def foreseen(desk: Desk, change: Change) -> Written | None:
    """What the applicant would get by mail if that change were made: the very words, without their own link.

    None when the change tells the applicant nothing. Nothing is sent and nothing is kept.
    """
    told = (entry for entry in change.outbox if entry.kind == "notice" and entry.to == APPLICANT)
    entry = next(told, None)
    words = _words(desk, change.case, entry) if entry else None
    if entry is None or words is None:
        return None
    # Whoever holds this link uploads for the applicant: nobody else gets to see it.
    return written(entry.notice, words | {"upload_link": f"{desk.settings.site_url}/u/…"})


def upload_letter(desk: Desk, case: Case, *, to: str, at: datetime, name: str) -> bytes:
    """The mail with the link for uploading without script, the same for the same moment and name."""
    until = open_until(desk, case, at)
    words = {
        "about": case.number or masked_text(case.form.group_name) or "Nomor Induk Kesenian",
        "link": _upload_link(desk, case, at, name),
        **_moments("until", until),
    }
    return compose(
        "upload_link",
        words,
        sender=desk.settings.mail_from,
        recipient=to,
        message_id=f"upload.{name}.{case.case_id[-12:]}",
        at=at,
    )


def _upload_link(desk: Desk, case: Case, at: datetime, name: str) -> str:
    return f"{desk.settings.site_url}/u/{upload_token(desk, case, at=at, name=name)}"


def _address(desk: Desk, case: Case, entry: OutboxEntry) -> str:
    if entry.to == "applicant":
        return desk.people.account(case.applicant_id).email
    return desk.people.officer(entry.to).email


def _words(desk: Desk, case: Case, entry: OutboxEntry) -> Words | None:
    procedure = desk.procedure_of(case)
    words = _case_words(desk, case, procedure)
    if entry.notice == NOTICE and not _ends(case):
        return None
    match entry.notice:
        case notice if notice in OF_STEPS:
            about = _step_words(desk, case, procedure, entry)
            return words | about if about else None
        case "returned" | "refused":
            decision = next(d for d in reversed(case.decisions) if d.verdict in ("return", "refuse"))
            words |= _reason_words(procedure, decision)
        case notice if notice in OF_REVOCATIONS:
            told = revocation_words(desk, case, entry)
            if told is None:
                return None
            words |= told
    if entry.notice in ("returned", "correction_reminder"):
        if case.correction is None:
            return None
        words |= _moments("until", case.correction.until)
        words["upload_link"] = _upload_link(desk, case, entry.created_at, entry.id[:24])
    return words | _permit_words(desk, case, procedure)


def _permit_words(desk: Desk, case: Case, procedure: Procedure) -> Words:
    if case.permit is None:
        return {}
    until = last_day(case.permit, procedure.validity_years)
    return {
        "permit_number": case.permit.permit_number,
        "check_link": f"{desk.settings.site_url}/v/{case.permit.check_code}",
        "valid_until": date_words(until),
        "valid_until_en": date_words(until, "en"),
    }


def _ends(case: Case) -> bool:
    """Whether the permit still ends: one that was revoked or replaced meanwhile needs no renewal."""
    record = permit_register.by_check_code(case.permit.check_code) if case.permit else None
    return record is not None and record.status == "valid"


def _case_words(desk: Desk, case: Case, procedure: Procedure) -> Words:
    site = desk.settings.site_url
    standard = Allowance(*procedure.standard())
    return {
        "number": case.number,
        "group_name": masked_text(case.form.group_name),
        "site_link": f"{site}/",
        "case_link": f"{site}/permohonan/isi/#{case.case_id}",
        "tracking_link": f"{site}/l/{case.tracking_code}",
        "rating_link": f"{site}/penilaian/#{case.tracking_code}",
        "standard": allowance_words(standard),
        "standard_en": allowance_words(standard, "en"),
        "objection": procedure.objection.words.id,
        "objection_en": procedure.objection.words.en,
        **_assisted_words(case, procedure),
    }


def _assisted_words(case: Case, procedure: Procedure) -> Words:
    """Who filled it in, with whose consent, and whom to tell if that is not true; nothing for all others."""
    helped = case.assistance
    if helped is None:
        return {"assisted": "", "assisted_en": ""}
    said = assisted_words(helped)
    not_you = counter_words("not_you", phone=procedure.complaints.phones[0])
    return {
        "assisted": f"\n{said['id']} {not_you['id']}\n",
        "assisted_en": f"\n{said['en']} {not_you['en']}\n",
    }


def _step_words(desk: Desk, case: Case, procedure: Procedure, entry: OutboxEntry) -> Words | None:
    """None when the step was decided in the meantime, or moved: nobody is asked for what is not theirs."""
    current = case.current
    if current is None or (current.key, current.attempt) != (entry.step, entry.attempt):
        return None
    if not _still_asked(current, entry):
        return None
    step, role = procedure.step(current.key), procedure.role(current.role)
    officer = _officer(desk, current.officer_id)
    words = {
        "step_number": str(step.number),
        "step_name": step.name.id,
        "step_name_en": step.name.en,
        "role_name": role.name.id,
        "role_name_en": role.name.en,
        "officer_name": officer.name if officer else "–",
        **_standing_words(desk, current, procedure),
        "level": str(current.level),
        **_moments("deadline", current.deadline),
        **_time_words(desk, case, entry),
    }
    reader = desk.people.officer(entry.to)
    words["inbox_link"] = inbox_link(desk, reader, at=entry.created_at, name=entry.id)
    if reader == officer:
        token = officer_token(desk, officer, entry, purpose=REVIEW, lasting=LINK_FOR, role=current.role)
        words["link"] = f"{desk.settings.site_url}/tinjau/#{token}"
    return words


def _time_words(desk: Desk, case: Case, entry: OutboxEntry) -> Words:
    """The working time left, or overdrawn, when the notice was made: the same at every delivery."""
    at = entry.created_at
    minutes = left(case.ledgers[entry.step], at, desk.calendar(at.date()))
    words = {
        "left": left_words(minutes).lower(),
        "left_en": left_words(minutes, "en"),
        "late": duration_words(minutes),
        "late_en": duration_words(minutes, "en"),
    }
    if case.watch and case.complete_at:
        words |= _moments("watched", case.watch.until) | _moments("complete", case.complete_at)
    return words


def _still_asked(current: OpenStep, entry: OutboxEntry) -> bool:
    if entry.notice == "vacant":
        return current.officer_id == NOBODY
    return entry.notice != "decide" or entry.to == current.officer_id


def _officer(desk: Desk, officer_id: str) -> Officer | None:
    return None if officer_id == NOBODY else desk.people.officer(officer_id)


def _standing_words(desk: Desk, current: OpenStep, procedure: Procedure) -> Words:
    """In whose place the reader acts, as a paragraph of its own; nothing for all others."""
    said = acting_words(desk, current, procedure)
    if said is None:
        return {"standing": "", "standing_en": ""}
    return {"standing": f"\n{said.id}.\n", "standing_en": f"\n{said.en}.\n"}


def _reason_words(procedure: Procedure, decision: Decision) -> Words:
    said = masked_text(decision.message.strip())
    message = f"\n{said}\n" if said else ""
    late = late_words() if decision.late else {"id": "", "en": ""}
    return {
        "late": f"\n{late['id']}\n" if decision.late else "",
        "late_en": f"\n{late['en']}\n" if decision.late else "",
        "reasons": "\n".join(
            f"- {sentence}" for sentence in reason_sentences(procedure, decision.reasons, "id")
        ),
        "reasons_en": "\n".join(
            f"- {sentence}" for sentence in reason_sentences(procedure, decision.reasons, "en")
        ),
        "message": message,
    }


def reason_sentences(procedure: Procedure, reasons: tuple[str, ...], language: str) -> list[str]:
    """Each reason as the sentence that its reader gets."""
    sentences = []
    for given in reasons:
        with suppress(NotFoundError):
            sentences.append(sentence(given, procedure).in_language(language))
    return sentences


def _moments(name: str, moment: datetime) -> Words:
    return {name: moment_words(moment), f"{name}_en": moment_words(moment, "en")}
