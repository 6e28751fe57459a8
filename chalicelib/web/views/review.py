"""A case as the officer sees it who must decide: ID numbers masked, pictures instead of files."""

from collections.abc import Iterable, Mapping

import msgspec

from chalicelib.accounts.people import Officer
from chalicelib.cases.case import Case, Decision, Document
from chalicelib.cases.form import masked, masked_text
from chalicelib.documents.types import Box, Finding
from chalicelib.procedures.parts import APPLICANT, Proof, Step, Words
from chalicelib.procedures.parts import Decision as Choice
from chalicelib.procedures.procedure import Procedure
from chalicelib.steps.review import Review
from chalicelib.web.answers.review import (
    CaseReviewed,
    DecisionShown,
    DocumentReviewed,
    OfficerShown,
    Recounted,
    ReportAsked,
    ReportShown,
    ReviewShown,
    SignerShown,
    StepReviewed,
)
from chalicelib.web.views.application import Around
from chalicelib.web.views.findings import findings_shown
from chalicelib.web.views.offering import changes_shown, reasons_now
from chalicelib.web.views.parts import (
    assisted_shown,
    documents_shown,
    in_office,
    reasons_shown,
)
from chalicelib.worktime.budget import left
from chalicelib.worktime.ledger import Recalendared


class Addresses(msgspec.Struct, frozen=True, kw_only=True):
    """Short-lived addresses of one document: one a page, and the original."""

    previews: tuple[str, ...]
    original: str


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What belongs to a review beside the case: findings, addresses by slot, officers by id, the draft.

    `standing` says who stood in for whom: in each decision, by its place, and last in the open step.
    `old_pictures` are the addresses of what has been replaced since this step last decided, by slot. `proofs` and
    `signer` are those of the answer. `report` is what the open step asks for, `reports` are those of the decisions,
    by step and attempt.
    """

    findings: tuple[Finding, ...]
    addresses: Mapping[str, Addresses | None]
    officers: Mapping[str, Officer]
    draft_permit_url: str | None
    inbox_token: str
    standing: tuple[Words | None, ...]
    old_pictures: Mapping[str, tuple[str, ...]]
    proofs: dict[Choice, Proof]
    signer: SignerShown | None
    report: ReportAsked | None = None
    reports: Mapping[tuple[str, int], ReportShown] = {}


def review_shown(review: Review, around: Around, seen: Seen) -> ReviewShown:
    """REVIEW: everything the officer decides on."""
    procedure = around.procedure
    step = procedure.step(review.current.key)
    return ReviewShown(
        case=_case_reviewed(review.case, procedure, seen),
        step=_step_reviewed(review, step, around),
        officer=OfficerShown(
            id=review.officer.id,
            name=review.officer.name,
            role_name=procedure.role(review.current.role).name.id,
            standing=seen.standing[-1],
        ),
        allowed=step.decisions,
        requires={"approve": step.requires_on_approve},
        proof=step.proof,
        proofs=seen.proofs,
        signer=seen.signer,
        reasons=reasons_now(review.case, procedure, step),
        changes=changes_shown(review.case, step.key, seen.old_pictures),
        link_expires_at=in_office(review.expires_at),
        draft_permit_url=seen.draft_permit_url,
        report=seen.report,
        inbox_token=seen.inbox_token,
    )


def _step_reviewed(review: Review, step: Step, around: Around) -> StepReviewed:
    current = review.current
    ledger = review.case.ledgers[current.key]
    return StepReviewed(
        key=step.key,
        number=step.number,
        name=step.name,
        attempt=current.attempt,
        deadline=in_office(current.deadline),
        minutes_left=left(ledger, around.now, around.calendar),
        level=current.level,
        recounted=tuple(
            Recounted(at=in_office(entry.at), why=entry.reason)
            for entry in ledger.entries
            if isinstance(entry, Recalendared)
        ),
    )


def _case_reviewed(case: Case, procedure: Procedure, seen: Seen) -> CaseReviewed:
    return CaseReviewed(
        case_id=case.case_id,
        number=case.number,
        status=case.status,
        application_type=case.form.application_type,
        form=msgspec.to_builtins(masked(case.form)),
        documents=_documents_reviewed(case, seen),
        findings=findings_shown(seen.findings, procedure, "officer"),
        decisions=tuple(_decisions_shown(case.decisions, procedure, seen)),
        assisted=assisted_shown(case),
    )


def _documents_reviewed(case: Case, seen: Seen) -> dict[str, DocumentReviewed]:
    reviewed = {}
    for slot, shown in documents_shown(case.documents.values()).items():
        found = seen.addresses.get(slot)
        reviewed[slot] = DocumentReviewed(
            **msgspec.structs.asdict(shown),
            boxes=_boxes(case.documents[slot]),
            previews=found.previews if found else (),
            original_url=found.original if found else None,
        )
    return reviewed


def _boxes(document: Document) -> dict[str, Box]:
    fields = document.inspection.fields if document.inspection else {}
    return {name: value.box for name, value in fields.items() if value.box}


def _decisions_shown(
    decisions: Iterable[Decision], procedure: Procedure, seen: Seen
) -> Iterable[DecisionShown]:
    for decision, standing in zip(decisions, seen.standing, strict=False):
        officer = seen.officers.get(decision.officer_id)
        yield DecisionShown(
            step=decision.step,
            attempt=decision.attempt,
            officer=officer.name if officer else decision.officer_id,
            role=procedure.role(decision.role or APPLICANT).name.id,
            decision=decision.verdict,
            reasons=reasons_shown(decision.reasons, procedure, decision.late),
            message=masked_text(decision.message),
            at=in_office(decision.at),
            recommendation=masked_text(decision.technical_recommendation) or None,
            standing=standing,
            open_marks=decision.open_marks,
            report=seen.reports.get((decision.step, decision.attempt)),
        )
