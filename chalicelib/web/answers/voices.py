"""Complaints and ratings."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from chalicelib.procedures.parts import Words
from chalicelib.survey.index import Grade
from chalicelib.survey.rating import Element, Score
from chalicelib.web.answers.parts import Answer


class ComplaintTaken(Answer, frozen=True, kw_only=True):
    """A complaint that was received. `mail_to` is masked, and None where the contact is a phone number."""

    number: str
    who: Words
    deadline: datetime
    mail_to: str | None


PhotoState = Literal["awaiting", "kept", "refused"]


class PhotoOffered(Answer, frozen=True, kw_only=True):
    """A form for the photo: POST `fields`, then the file as `file`, to `url`."""

    url: str
    fields: dict[str, str]
    expires_at: datetime


class PhotoFollowed(Answer, frozen=True, kw_only=True):
    """What became of a photo; `fault` is why it was refused."""

    state: PhotoState
    fault: str | None


class PhotoOpened(Answer, frozen=True, kw_only=True):
    """The photo for the officer: `url` is the short-lived address of a picture made by us, of a kept one alone."""

    state: PhotoState
    url: str | None


class ComplaintFollowed(Answer, frozen=True, kw_only=True):
    """Where a complaint stands, for who knows its contact."""

    number: str
    kind: Words
    who: Words
    state: Literal["waiting", "late", "answered"]
    received_at: datetime
    deadline: datetime
    answered_at: datetime | None
    answer: str | None
    photo: PhotoFollowed | None


class ComplaintOpened(Answer, frozen=True, kw_only=True):
    """A complaint as the officer who answers it sees it; `mailed` says whether the answer goes out by mail."""

    number: str
    kind: Words
    role: Words
    text: str
    application_number: str | None
    contact: str
    mailed: bool
    received_at: datetime
    deadline: datetime
    photo: PhotoOpened | None


class ComplaintReplied(Answer, frozen=True, kw_only=True):
    """An answer that was sent."""

    number: str
    answered_at: datetime
    mailed: bool


class RatingAsked(Answer, frozen=True, kw_only=True):
    """Whether the service can be rated now, and whether it was."""

    can_rate: bool
    rated: bool


class RatingShown(Answer, frozen=True, kw_only=True):
    """One rating without a name; `month` is None where too few were given in it."""

    month: str | None
    procedure: str
    method: str
    overall: Score
    answers: dict[Element, Score]
    text: str


class IndexShown(Answer, frozen=True, kw_only=True):
    """The satisfaction index (PermenPANRB 14/2017); averages (NRR) are from 1 to 4."""

    respondents: int
    averages: dict[Element, Decimal]
    value: Decimal
    grade: Grade
    performance: str


class Evaluated(Answer, frozen=True, kw_only=True):
    """The ratings of a year. `withheld`: those of the running month, and of a group that is too small."""

    year: int
    withheld: int
    index: IndexShown | None
    ratings: tuple[RatingShown, ...]
