"""The route table: every address of the API once. `app.py` registers it, the OpenAPI document is made of it."""

from typing import Any, Literal

import msgspec

from chalicelib.permits.wording import Language
from chalicelib.web import bodies, queries
from chalicelib.web.answers import application, audit, people, review, revocations, service, voices
from chalicelib.web.problems import (
    MediaTypeError,
    ServerFaultError,
    SessionExpiredError,
    SessionInvalidError,
    SessionMissingError,
)

Caller = Literal["public", "applicant", "auditor", "officer"]
Method = Literal["GET", "POST", "PUT", "DELETE"]

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
HTML = "text/html; charset=utf-8"
CSV = "text/csv; charset=utf-8"
CALENDAR = "text/calendar; charset=utf-8"
_SESSION = (SessionMissingError.code, SessionExpiredError.code, SessionInvalidError.code, "not_allowed")
_LINK = (
    "link_missing",
    "link_altered",
    "link_expired",
    "link_spent",
    "link_misused",
    "link_moved",
    "link_revoked",
)
_FAULTS_OF: dict[Caller, tuple[str, ...]] = {
    "public": (),
    "applicant": _SESSION,
    "auditor": _SESSION,
    "officer": _LINK,
}


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One address. `name` is the handler's `module.function` below `chalicelib.web.handlers`.

    `answer` is the shape of the JSON, or None where `media` says what else is answered. `form` is the shape of
    what a page's own form sends. `keyed` routes take an Idempotency-Key, `matched` ones an If-Match. `own_faults`
    are the codes beside those that the caller's way in and the input bring. `assisted` routes also take the session
    in which an officer acts for an applicant who is present.
    """

    method: Method
    path: str
    name: str
    caller: Caller = "public"
    body: Any = None
    form: Any = None
    query: Any = None
    answer: Any = None
    media: tuple[str, ...] = ()
    status: int = 200
    keyed: bool = False
    assisted: bool = False
    matched: bool = False
    own_faults: tuple[str, ...] = ()

    @property
    def takes(self) -> str:
        """The media type of what is sent to it."""
        return FORM if self.form else JSON

    @property
    def is_page(self) -> bool:
        """Whether people open it: then they are told of faults by a page, too."""
        return HTML in self.media

    @property
    def language(self) -> Language:
        """The language of a page."""
        return "en" if self.path.startswith("/en/") else "id"

    @property
    def faults(self) -> tuple[str, ...]:
        """Every code that this route can refuse with."""
        read = (MediaTypeError.code,) if self.body or self.form else ()
        taken = ("invalid_input",) if self.body or self.form or self.query else ()
        found = ("not_found",) if "{" in self.path else ()
        kept = ("request_key_reused", "stale_version") if self.keyed else ()
        every = (*taken, *read, *_FAULTS_OF[self.caller], *found, *kept, *self.own_faults)
        return (*dict.fromkeys(every), ServerFaultError.code)


def _public(method: Method, path: str, name: str, **more: Any) -> Route:
    return Route(method=method, path=path, name=name, **more)


def _applicant(method: Method, path: str, name: str, **more: Any) -> Route:
    more.setdefault("answer", application.ApplicationShown)
    path, module = f"/api/applications{path}", more.pop("module", "applications")
    return Route(method=method, path=path, name=f"{module}.{name}", caller="applicant", **more)


def _answering(method: Method, path: str, name: str, **more: Any) -> Route:
    more["own_faults"] = ("complaint_answered", *more.get("own_faults", ()))
    path = f"/api/complaints/answering{path}"
    return Route(method=method, path=path, name=f"complaints.{name}", caller="officer", **more)


def _officer(method: Method, path: str, name: str, **more: Any) -> Route:
    path, module = f"/api/review{path}", more.pop("module", "reviews")
    return Route(method=method, path=path, name=f"{module}.{name}", caller="officer", **more)


def _revoking(method: Method, path: str, name: str, **more: Any) -> Route:
    path = f"/api/revocations{path}"
    return Route(method=method, path=path, name=f"revocations.{name}", caller="officer", **more)


def _inbox(method: Method, path: str, name: str, **more: Any) -> Route:
    return Route(method=method, path=f"/api/inbox{path}", name=f"inboxes.{name}", caller="officer", **more)


def _counter(method: Method, path: str, name: str, **more: Any) -> Route:
    return Route(method=method, path=f"/api/counter{path}", name=f"counter.{name}", caller="officer", **more)


def _auditor(path: str, name: str, **more: Any) -> Route:
    path = f"/api/audit{path}"
    return Route(method="GET", path=path, name=f"audits.{name}", caller="auditor", **more)


def _in_both(method: Method, path: str, name: str, **more: Any) -> tuple[Route, Route]:
    """A page in Indonesian, and in English."""
    return (
        _public(method, path, name, **more),
        _public(method, f"/en{path}", f"{name}_en", **more),
    )


_COUNTED = ("too_many", "stale_version")
_PAGE: dict[str, Any] = {"media": (HTML,), "query": queries.CheckQuery, "own_faults": _COUNTED}
_TRACKER = "/l/{tracking_code}"
_UPLOADS = "/u/{upload_link}"
_CASE = "/{case_id}"
_PROPOSAL = ("not_found", "permit_not_standing", "revocation_proposed", "nobody_decides")
_RATING: dict[str, Any] = {"body": bodies.RatingSent, "own_faults": ("state_conflict", "already_rated")}
_SENDING = ("state_conflict", "form_incomplete", "documents_missing", "documents_unfinished")
_CHANGE = ("state_conflict", "stale_version")
_CHOICE = (
    "already_decided",
    "not_allowed",
    "two_steps",
    "assisted_by_you",
    "reason_missing",
    "reason_unknown",
)
_RULING = (
    *_CHOICE,
    *("recommendation_missing", "marks_unexplained", "report_missing", "report_changed"),
    *("proof_failed", "too_many", "passphrase_wrong", "signer_not_active"),
    *("signing_unavailable", "unprintable_text"),
    *(
        "signer_not_registered",
        "signer_new",
        "signer_waiting",
        "signer_without_certificate",
        "signer_expired",
    ),
    *("signer_renewing", "signer_suspended", "signer_revoked", "signer_id_missing"),
    *("signing_account_refused", "signing_refused", "signing_in_progress", "signing_outcome_unknown"),
    *("signed_file_refused", "signing_overtaken"),
)
_REPORT = ("already_decided", "not_allowed", "two_steps", "assisted_by_you", "too_many", "stale_version")

ROUTES: tuple[Route, ...] = (
    _public("GET", "/api/openapi.json", "service.openapi", answer=dict[str, Any]),
    _public("GET", "/api/procedure", "service.procedure", answer=service.ProcedureShown),
    _public(
        "POST",
        "/api/sign-in",
        "accounts.ask_for_code",
        body=bodies.SignIn,
        answer=people.CodeSent,
        status=202,
        own_faults=("too_many",),
    ),
    _public(
        "POST",
        "/api/sign-in/verify",
        "accounts.verify",
        body=bodies.Verification,
        answer=people.SessionShown,
        own_faults=("sign_in_failed", "too_many"),
    ),
    Route(
        method="POST",
        path="/api/session",
        name="accounts.prolong_session",
        caller="applicant",
        body=bodies.Nothing,
        answer=people.SessionShown,
        own_faults=("session_full",),
    ),
    _applicant(
        "POST",
        "",
        "start",
        body=bodies.NewApplication,
        status=201,
        keyed=True,
        own_faults=("too_many", "not_found", "state_conflict"),
    ),
    _applicant("GET", "", "mine", answer=application.ApplicationList),
    _applicant("GET", _CASE, "one", assisted=True),
    _applicant(
        "PUT",
        f"{_CASE}/form",
        "save_form",
        body=bodies.Form,
        assisted=True,
        matched=True,
        own_faults=_CHANGE,
    ),
    _applicant(
        "POST",
        f"{_CASE}/uploads",
        "offer_upload",
        body=bodies.Upload,
        answer=application.UploadOffered,
        status=201,
        assisted=True,
        own_faults=(*_CHANGE, "too_many"),
    ),
    _applicant("DELETE", f"{_CASE}/documents/{{slot}}", "remove_document", assisted=True, own_faults=_CHANGE),
    _applicant(
        "POST",
        f"{_CASE}/documents/{{slot}}/move",
        "move_document",
        body=bodies.Move,
        keyed=True,
        assisted=True,
        own_faults=("state_conflict", "documents_unfinished"),
    ),
    _applicant(
        "GET",
        f"{_CASE}/documents/{{slot}}/pictures",
        "pictures",
        module="papers",
        answer=application.Pictures,
        assisted=True,
    ),
    _applicant(
        "GET",
        f"{_CASE}/earlier",
        "earlier",
        module="papers",
        answer=application.EarlierDocuments,
        assisted=True,
    ),
    _applicant(
        "POST",
        f"{_CASE}/documents/{{slot}}/reuse",
        "reuse",
        module="papers",
        body=bodies.Reuse,
        own_faults=(*_CHANGE, "too_many"),
    ),
    _applicant(
        "POST",
        f"{_CASE}/submission",
        "submit",
        body=bodies.Submission,
        keyed=True,
        assisted=True,
        own_faults=_SENDING,
    ),
    _applicant(
        "POST", f"{_CASE}/correction", "correct", body=bodies.CorrectionSent, keyed=True, own_faults=_SENDING
    ),
    _applicant(
        "POST",
        f"{_CASE}/withdrawal",
        "withdraw",
        body=bodies.Withdrawal,
        keyed=True,
        own_faults=("state_conflict",),
    ),
    _applicant(
        "GET",
        f"{_CASE}/permit",
        "permit",
        answer=application.PermitAddress,
        own_faults=("state_conflict",),
    ),
    _public(
        "POST",
        "/api/tracking",
        "service.track_by_phone",
        body=bodies.Tracking,
        answer=application.TrackingShown,
        own_faults=("not_found", "too_many", "stale_version"),
    ),
    _public("GET", "/api/tracking/{tracking_code}", "service.track", answer=application.TrackingShown),
    *_in_both("GET", "/l", "tracking.form", media=(HTML,)),
    *_in_both(
        "POST",
        "/l",
        "tracking.find",
        media=(HTML,),
        form=bodies.TrackingForm,
        status=303,
        own_faults=("not_found", "too_many", "stale_version"),
    ),
    *_in_both("GET", _TRACKER, "tracking.look", media=(HTML,)),
    *_in_both("GET", f"{_TRACKER}/kalender.ics", "tracking.calendar", media=(CALENDAR,)),
    *_in_both("GET", "/u", "uploads.form", media=(HTML,)),
    *_in_both(
        "POST",
        "/u",
        "uploads.ask",
        media=(HTML,),
        form=bodies.AddressForm,
        own_faults=("too_many", "stale_version"),
    ),
    *_in_both("GET", _UPLOADS, "uploads.look", media=(HTML,), own_faults=_LINK),
    *_in_both(
        "GET",
        f"{_UPLOADS}/{{slot}}",
        "uploads.one",
        media=(HTML,),
        query=queries.StoredQuery,
        own_faults=_LINK,
    ),
    *_in_both(
        "POST",
        f"{_UPLOADS}/{{slot}}",
        "uploads.begin",
        media=(HTML,),
        form=bodies.NoFields,
        status=303,
        own_faults=(*_LINK, *_CHANGE, "too_many"),
    ),
    _applicant("GET", f"{_CASE}/rating", "own", module="ratings", answer=voices.RatingAsked),
    _applicant("POST", f"{_CASE}/rating", "rate_own", module="ratings", answer=voices.RatingAsked, **_RATING),
    _public("GET", "/api/tracking/{tracking_code}/rating", "ratings.tracked", answer=voices.RatingAsked),
    _public(
        "POST",
        "/api/tracking/{tracking_code}/rating",
        "ratings.rate_tracked",
        answer=voices.RatingAsked,
        **_RATING,
    ),
    _public(
        "POST",
        "/api/complaints",
        "complaints.complain",
        body=bodies.ComplaintSent,
        answer=voices.ComplaintTaken,
        status=201,
        keyed=True,
        own_faults=("too_many",),
    ),
    _public(
        "POST",
        "/api/complaints/tracking",
        "complaints.follow",
        body=bodies.ComplaintAsked,
        answer=voices.ComplaintFollowed,
        own_faults=("not_found",),
    ),
    _inbox("GET", "", "one", answer=review.InboxShown),
    _inbox(
        "POST",
        "/link",
        "fresh_link",
        body=bodies.Nothing,
        answer=people.Sent,
        status=202,
        own_faults=("too_many", "stale_version"),
    ),
    _public(
        "POST",
        "/api/complaints/photos",
        "complaints.offer_photo",
        body=bodies.ComplaintPhoto,
        answer=voices.PhotoOffered,
        status=201,
        own_faults=("not_found", "complaint_answered", *_CHANGE, "too_many"),
    ),
    _answering("GET", "", "one", answer=voices.ComplaintOpened),
    _answering(
        "POST",
        "/code",
        "send_code",
        body=bodies.Nothing,
        answer=people.ProofSent,
        status=202,
        own_faults=("too_many",),
    ),
    _answering(
        "POST",
        "",
        "answer",
        body=bodies.ComplaintAnswer,
        answer=voices.ComplaintReplied,
        keyed=True,
        own_faults=("proof_failed", "too_many"),
    ),
    _revoking("GET", "", "form", answer=revocations.ProposingShown),
    _revoking(
        "POST",
        "/code",
        "send_code",
        body=bodies.RevocationAsked,
        answer=people.ProofSent,
        status=202,
        own_faults=(*_PROPOSAL, "too_many"),
    ),
    _revoking(
        "POST",
        "",
        "propose",
        body=bodies.RevocationProposed,
        answer=revocations.ProposalTaken,
        status=201,
        keyed=True,
        own_faults=(*_PROPOSAL, "reason_unknown", "revocation_unexplained", "proof_failed", "too_many"),
    ),
    _revoking("GET", "/decision", "one", answer=revocations.ProposalShown, own_faults=("own_proposal",)),
    _revoking(
        "POST",
        "/decision/code",
        "send_deciding_code",
        body=bodies.Nothing,
        answer=people.ProofSent,
        status=202,
        own_faults=("own_proposal", "too_many"),
    ),
    _revoking(
        "POST",
        "/decision",
        "decide",
        body=bodies.RevocationDecided,
        answer=revocations.RevocationRuled,
        keyed=True,
        own_faults=(
            "own_proposal",
            "permit_not_standing",
            "revocation_unexplained",
            "passphrase_wrong",
            "proof_failed",
            "signer_not_active",
            "register_unavailable",
        ),
    ),
    _public(
        "POST",
        "/api/counter/link",
        "counter.ask_for_link",
        body=bodies.Address,
        answer=people.Sent,
        status=202,
        own_faults=("too_many", "stale_version"),
    ),
    _counter("GET", "", "one", answer=people.CounterShown),
    _counter(
        "POST",
        "/consent",
        "ask_for_consent",
        body=bodies.Address,
        answer=people.ProofSent,
        status=202,
        own_faults=("own_contact", "too_many"),
    ),
    _counter(
        "POST",
        "/applications",
        "begin",
        body=bodies.Presented,
        answer=people.AssistedSession,
        status=201,
        own_faults=("own_contact", "sign_in_failed", "too_many"),
    ),
    _officer("GET", "", "one", answer=review.ReviewShown),
    _officer(
        "POST",
        "/code",
        "send_code",
        body=bodies.Nothing,
        answer=people.ProofSent,
        status=202,
        own_faults=("too_many",),
    ),
    _officer(
        "POST",
        "/decision",
        "decide",
        body=bodies.DecisionSent,
        answer=review.Decided,
        keyed=True,
        own_faults=_RULING,
    ),
    _officer(
        "POST",
        "/preview",
        "preview",
        body=bodies.DecisionForeseen,
        answer=review.MailForeseen,
        own_faults=_CHOICE,
    ),
    _officer(
        "GET", "/report", "one", module="reports", answer=review.ReportAsked, own_faults=("not_allowed",)
    ),
    _officer(
        "POST",
        "/report",
        "make",
        module="reports",
        body=bodies.ReportTold,
        answer=review.ReportAsked,
        own_faults=(*_REPORT, "report_unexplained", "report_unprintable", "report_unavailable"),
    ),
    _officer(
        "POST",
        "/report/upload",
        "offer",
        module="reports",
        body=bodies.ReportBrought,
        answer=review.ReportPlace,
        status=201,
        own_faults=_REPORT,
    ),
    _officer("POST", "/link", "fresh_link", body=bodies.Nothing, answer=people.Sent, status=202),
    _public("GET", "/v", "service.check_page", **_PAGE),
    _public("GET", "/v/{check_code}", "service.check_page", **_PAGE),
    _public("GET", "/en/v", "service.check_page_en", **_PAGE),
    _public("GET", "/en/v/{check_code}", "service.check_page_en", **_PAGE),
    _public(
        "GET",
        "/api/permits",
        "service.check_number",
        query=queries.NumberQuery,
        answer=service.PermitChecked,
        own_faults=_COUNTED,
    ),
    _public(
        "GET",
        "/api/permits/{check_code}",
        "service.check",
        answer=service.PermitChecked,
        own_faults=_COUNTED,
    ),
    _auditor("/cases", "cases", query=queries.CaseQuery, answer=audit.AuditPage),
    _auditor("/cases/{case_id}", "one", answer=audit.Audited),
    Route(
        method="GET",
        path="/api/audit/ratings",
        name="ratings.evaluation",
        caller="auditor",
        query=queries.RatingQuery,
        answer=voices.Evaluated,
        media=(CSV,),
    ),
    _auditor(
        "/cases/{case_id}/export",
        "export_one",
        query=queries.FormatQuery,
        answer=audit.Audited,
        media=(CSV,),
    ),
    _auditor(
        "/export",
        "export",
        query=queries.CaseExportQuery,
        answer=audit.AuditedList,
        media=(CSV,),
        own_faults=("too_many",),
    ),
)
