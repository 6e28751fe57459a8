"""The office is wired here, once a process and not before somebody needs it."""

import secrets

from chalicelib.aws import tables
from chalicelib.aws.case_store import CaseStore
from chalicelib.aws.complaint_store import ComplaintStore
from chalicelib.aws.files import Files
from chalicelib.aws.office_store import OfficeStore
from chalicelib.aws.people_store import PeopleStore
from chalicelib.aws.permit_log import PermitLog
from chalicelib.aws.rating_store import RatingStore
from chalicelib.aws.services import Functions, Keys, Mail, Workflow
from chalicelib.documents.confined import Confinement, shared_confinement
from chalicelib.kept import Kept
from chalicelib.links.signing import KEPT_FOR
from chalicelib.settings import Settings, read_settings
from chalicelib.steps.desk import Desk
from chalicelib.worktime.now import Clock, system_clock


class Office:
    """Holds the desk of this process. The one-machine stack puts its own in, with a clock that it can set."""

    def __init__(self) -> None:
        self._desk: Desk | None = None

    def desk(self) -> Desk:
        """The desk, wired from the environment at the first call. Raises KeyError for missing settings."""
        if self._desk is None:
            self._desk = wire(read_settings(), system_clock())
        return self._desk

    def open_with(self, desk: Desk | None) -> None:
        """Puts another desk in; None lets the next call wire a new one."""
        self._desk = desk


OFFICE = Office()


def wire(settings: Settings, clock: Clock) -> Desk:
    """A desk with everything that the settings name. No call to AWS is made yet."""
    tables.bind(
        region=settings.region,
        cases=settings.cases_table,
        people=settings.people_table,
        register=settings.register_table,
        ratings=settings.ratings_table,
    )
    keys, book = Keys(settings.region), OfficeStore(settings.region)
    return Desk(
        settings=settings,
        clock=clock,
        random=secrets.token_bytes,
        keyring=Kept(lambda: keys.keyring(settings.link_keys_secret), KEPT_FOR),
        cases=CaseStore(settings.region),
        complaints=ComplaintStore(settings.region),
        ratings=RatingStore(settings.region),
        people=PeopleStore(),
        office=book,
        revisions=Kept(lambda: book.load().calendars, KEPT_FOR),
        log=PermitLog(settings.region),
        files=Files(settings.region, settings.public_files_url),
        mail=Mail(settings.region),
        workflow=Workflow(settings.region, settings.state_machine_arn),
        functions=Functions(settings.region),
        keys=keys,
        confinement=confinement(settings),
    )


def confinement(settings: Settings) -> Confinement:
    """Where files are read: in this process's child, which asks for pages abroad only if the settings say so."""
    if settings.recogniser == "local":
        return shared_confinement()
    from chalicelib.aws.textract import Textract

    return Confinement(page_reader=Textract(settings.textract_region).lines)
