"""The answer of the public check: one status in words, and the fewest facts that let a person compare."""

from datetime import date, datetime
from typing import Any, Literal

import msgspec

from chalicelib.permits.lettering import plain
from chalicelib.permits.port import SignedWith
from chalicelib.permits.types import PermitRecord, status_on
from chalicelib.permits.wording import WIB, Language, phrases, spoken_date

CheckStatus = Literal["valid", "expired", "revoked", "replaced", "unknown"]
FileStatus = Literal["same", "altered"]
"""Whether a file is, to the last byte, the one that was issued."""


class ShownPermit(msgspec.Struct, frozen=True, kw_only=True):
    """What anyone may see of a permit: no ID number, no address, no phone, the leader's name shortened."""

    permit_number: str
    group_name: str
    leader: str
    sub_district: str
    issued_on: date
    valid_until: date
    signer: str
    office: str
    signed_with: SignedWith


class CheckAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer for one code. `since` is the day a permit expired, was revoked or replaced.

    `file` answers for a file whose `sha256` (64 hex digits) was sent along; None when none was, or no permit is
    there to compare it with.
    """

    status: CheckStatus
    code: str
    checked_at: datetime
    since: date | None = None
    reason: str | None = None
    permit: ShownPermit | None = None
    file: FileStatus | None = None
    sha256: str = ""


def _shown(record: PermitRecord) -> ShownPermit:
    return ShownPermit(
        permit_number=plain(record.permit_number),
        group_name=plain(record.group_name),
        leader=plain(record.leader_short),
        sub_district=plain(record.sub_district),
        issued_on=record.issued_on,
        valid_until=record.valid_until,
        signer=plain(record.signer_name),
        office=plain(record.signer_title),
        signed_with=record.signed_with,
    )


def _since(record: PermitRecord, status: CheckStatus) -> date | None:
    if status == "expired":
        return record.valid_until
    return record.status_at.astimezone(WIB).date() if record.status_at else None


def check_answer(record: PermitRecord | None, now: datetime, code: str = "", sha256: str = "") -> CheckAnswer:
    """What to say of the registry's entry for a code; None means that there is none.

    `now` is timezone-aware; the day counts in WIB. `code` is what was asked, for an answer without an entry;
    `sha256` is that of a file which claims to be the permit.
    """
    if record is None:
        return CheckAnswer(status="unknown", code=plain(code)[:40], checked_at=now)
    status = status_on(record, now.astimezone(WIB).date())
    return CheckAnswer(
        status=status,
        code=record.check_code,
        checked_at=now,
        since=_since(record, status),
        reason=plain(record.status_reason) if record.status_reason else None,
        permit=_shown(record),
        file=_file(record, sha256),
        sha256=sha256.lower(),
    )


def _file(record: PermitRecord, sha256: str) -> FileStatus | None:
    if not sha256:
        return None
    return "same" if sha256.lower() == record.signed_sha256.lower() else "altered"


def sentence(answer: CheckAnswer, lang: Language = "id") -> str:
    """The one sentence that answers the question, with its sign; the text's key is `check.<status>`."""
    day = spoken_date(answer.since, lang) if answer.since else "…"
    return phrases("check", lang)[answer.status].format(day=day)


def file_sentence(answer: CheckAnswer, lang: Language = "id") -> str | None:
    """The same about the file; None without one."""
    return phrases("check", lang)[f"file_{answer.file}"] if answer.file else None


def api_answer(answer: CheckAnswer) -> dict[str, Any]:
    """The answer as plain JSON values; dates as ISO 8601, the sentence in both languages."""
    told: dict[str, Any] = msgspec.to_builtins(answer)
    told = {name: value for name, value in told.items() if name not in ("file", "sha256")}
    return told | {"sentence": {"id": sentence(answer, "id"), "en": sentence(answer, "en")}}
