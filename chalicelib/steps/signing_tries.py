"""Around a signature that an outside service makes: on record before it is asked for, and how it ended."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from chalicelib.cases.case import Case
from chalicelib.cases.change import Change
from chalicelib.cases.signing_tries import ask_signing, signing_failed, signing_lost
from chalicelib.errors import Fault
from chalicelib.permits.errors import SigningOutcomeUnknownError
from chalicelib.steps.desk import Desk, Rule, change_case
from chalicelib.steps.incidents import failed
from chalicelib.steps.review import Review, still_open


@contextmanager
def on_record(desk: Desk, review: Review) -> Iterator[None]:
    """Inside, the one signature for this step may be asked for; a decision that is made inside ends the try.

    What ends otherwise without a name leaves the try as it was asked: it counts as lost when no function that
    could bring its answer lives any more. Raises what `cases.signing_tries.ask_signing` raises.
    """

    def ask(case: Case, at: datetime) -> Change:
        return ask_signing(still_open(case, review), at)

    change_case(desk, review.case.case_id, ask)
    try:
        yield
    except SigningOutcomeUnknownError as unknown:
        why, document = str(unknown.facts.get("why", "")), str(unknown.facts.get("document", ""))
        _note(desk, review, lambda case, at: signing_lost(case, at, why, document))
        raise
    except Fault as fault:
        code = fault.code
        _note(desk, review, lambda case, at: signing_failed(case, at, code))
        raise


def _note(desk: Desk, review: Review, rule: Rule) -> None:
    """What ended the try is told to the officer, whether or not it could be written down."""
    try:
        change_case(desk, review.case.case_id, rule)
    except Exception as error:  # the case then says that it was asked for
        failed("signing try not noted", error, case=review.case.case_id)
