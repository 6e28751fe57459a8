"""What an officer sees again: what has changed, and which defects could have been found before."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.cases.case import Case, Decision, Document, Look
from chalicelib.cases.deciding import Ruling
from chalicelib.cases.form import ApplicationForm
from chalicelib.cases.looking import changed, found_late, look_at
from chalicelib.cases.reasons import FIELDS, about, givings, opened_fields, opened_slots, places
from tests.cases.walker import OFFICERS, PROCEDURE, STEPS, WHOLE, Walker
from tests.worktime.offices import at

STEP = "completeness_check"
REASONS = tuple(given for reason in PROCEDURE.reasons_at(STEP, "return") for given in givings(reason))
SLOTS = PROCEDURE.slots_needed("new")
texts = st.sampled_from(["", "Satu", "Dua"])
forms = st.builds(ApplicationForm, group_name=texts, leader_name=texts, village=texts)
papers = st.dictionaries(st.sampled_from(SLOTS), st.sampled_from(["aa", "bb"]))
given_reasons = st.sets(st.sampled_from(REASONS), min_size=1, max_size=5).map(sorted).map(tuple)


def _document(slot: str, sha256: str) -> Document:
    return Document(
        slot=slot,
        upload_id=f"upload-{sha256}",
        state="inspected",
        content_type="image/png",
        size=1,
        offered_at=at("2026-11-24 09:00"),
        quarantine_key="q",
        sha256=sha256,
    )


def _case(form: ApplicationForm, sheets: dict[str, str], *past: tuple[Decision, Look]) -> Case:
    documents = {slot: _document(slot, sha256) for slot, sha256 in sheets.items()}
    case = msgspec.structs.replace(Walker().case, form=form, documents=documents)
    return _seen(case, *past)


def _seen(case: Case, *past: tuple[Decision, Look]) -> Case:
    """The case with these decisions behind it, each made on its look."""
    decisions = tuple(msgspec.structs.replace(one, look=at) for at, (one, _) in enumerate(past))
    return msgspec.structs.replace(case, decisions=decisions, looks=tuple(look for _, look in past))


def _returned(look: Look, reasons: tuple[str, ...], step: str = STEP) -> tuple[Decision, Look]:
    moment = at("2026-11-24 10:00")
    return Decision(step=step, attempt=1, verdict="return", at=moment, reasons=reasons), look


@given(form=forms, sheets=papers, told=given_reasons, now=given_reasons)
def test_on_unchanged_data_exactly_what_was_not_told_is_late(
    form: ApplicationForm, sheets: dict[str, str], told: tuple[str, ...], now: tuple[str, ...]
) -> None:
    case = _case(form, sheets)
    seen = _seen(case, _returned(look_at(case), told))
    assert set(found_late(seen, STEP, now, PROCEDURE)) == set(now) - set(told)


@given(form=forms, sheets=papers, now=given_reasons, other=forms, others=papers)
def test_what_is_about_changed_data_is_never_late(
    form: ApplicationForm,
    sheets: dict[str, str],
    now: tuple[str, ...],
    other: ApplicationForm,
    others: dict[str, str],
) -> None:
    before = look_at(_case(form, sheets))
    case = _case(other, others, _returned(before, ()))
    differs = changed(before, look_at(case))
    for late in found_late(case, STEP, now, PROCEDURE):
        where = places(late, PROCEDURE)
        assert where
        assert where[0].isdisjoint(differs.slots)
        assert where[1].isdisjoint(differs.fields)


@given(form=forms, sheets=papers, told=given_reasons, now=given_reasons)
def test_nothing_is_late_at_a_first_look_or_for_what_another_step_saw(
    form: ApplicationForm, sheets: dict[str, str], told: tuple[str, ...], now: tuple[str, ...]
) -> None:
    case = _case(form, sheets)
    assert found_late(case, STEP, now, PROCEDURE) == ()
    elsewhere = _returned(look_at(case), told, step="verification")
    assert found_late(_seen(case, elsewhere), STEP, now, PROCEDURE) == ()


@given(form=forms, sheets=papers, reasons=given_reasons)
def test_the_same_bytes_sent_again_are_no_change(
    form: ApplicationForm, sheets: dict[str, str], reasons: tuple[str, ...]
) -> None:
    case = _case(form, sheets)
    again = {slot: msgspec.structs.replace(item, upload_id="again") for slot, item in case.documents.items()}
    after = _seen(msgspec.structs.replace(case, documents=again), _returned(look_at(case), ()))
    assert changed(look_at(case), look_at(after)).slots == ()
    assert set(found_late(after, STEP, reasons, PROCEDURE)) == set(reasons)


@given(reasons=given_reasons)
def test_a_return_opens_what_its_reasons_are_about_and_nothing_else(reasons: tuple[str, ...]) -> None:
    named = [about(one) for one in reasons]
    together = {field for one in named for field in PROCEDURE.reason(one.code).opens}
    assert set(opened_slots(reasons, PROCEDURE) or ()) == {one.slot for one in named if one.slot}
    assert opened_fields(reasons, PROCEDURE) == {one.field for one in named if one.field} | together


def test_a_reason_about_the_whole_opens_everything() -> None:
    reasons = ("recommendation_incomplete", "unreadable_document:ktp")
    assert opened_slots(reasons, PROCEDURE) is None
    assert opened_fields(reasons, PROCEDURE) == set(FIELDS)


def _walked_to_a_return(*reasons: str) -> Walker:
    walker = Walker()
    walker.save(WHOLE)
    walker.submit(send_anyway=True)
    walker.open(STEP, "cs-1")
    walker.decide(Ruling(choice="return", reasons=reasons), "cs-1")
    return walker


def test_a_field_that_was_not_returned_stays_as_it_was_judged() -> None:
    walker = _walked_to_a_return("form_incorrect:field:village")
    before = walker.case.form
    walker.save(msgspec.structs.replace(before, leader_name="Orang Lain", village="Lain"))
    assert walker.case.form == before
    walker.save(msgspec.structs.replace(before, village="Sukorejo"))
    assert walker.case.form.village == "Sukorejo"


@pytest.mark.parametrize("given_then", ["missing_document:ktp", "form_incorrect:field:phone"])
def test_a_second_return_keeps_what_was_found_late_in_the_decision_and_the_trail(given_then: str) -> None:
    walker = _walked_to_a_return("form_incorrect:field:village")
    walker.save(msgspec.structs.replace(walker.case.form, village="Sukorejo"))
    walker.correct(send_anyway=True)
    walker.now += timedelta(hours=1)
    walker.open(STEP, "cs-1")
    walker.decide(Ruling(choice="return", reasons=(given_then, "form_incorrect:field:village")), "cs-1")
    assert walker.case.decisions[-1].late == (given_then,)
    assert walker.entries[-1].facts["found_late"] == [given_then]
    assert walker.case.found_late == 1


def test_what_was_the_same_at_every_step_is_kept_once() -> None:
    walker = Walker()
    walker.save(WHOLE)
    walker.submit(send_anyway=True)
    for step, officer in zip(STEPS[:3], OFFICERS, strict=False):
        walker.open(step.key, officer)
        walker.decide(Ruling(choice="approve", technical_recommendation="Layak."), officer)
    assert [past.look for past in walker.case.decisions] == [0, 0, 0]
    assert len(walker.case.looks) == 1
