"""The check finds what is wrong with a procedure: each test spoils the good one in one place."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.errors import ProcedureError
from chalicelib.procedures.check import checked, problems
from chalicelib.procedures.parts import Words
from chalicelib.procedures.procedure import Procedure, load

GOOD = load()
OFFICERS = GOOD.escalation
STEPS = [step.key for step in GOOD.steps]


def _with_step(key: str, **changes: Any) -> Procedure:
    return replace(
        GOOD, steps=tuple(replace(step, **changes) if step.key == key else step for step in GOOD.steps)
    )


def _with_reason(code: str, **changes: Any) -> Procedure:
    changed = (replace(item, **changes) if item.code == code else item for item in GOOD.reasons)
    return replace(GOOD, reasons=tuple(changed))


def test_the_shipped_procedure_has_no_problem() -> None:
    assert problems(GOOD, OFFICERS) == ()
    assert checked(GOOD, OFFICERS) is GOOD


def test_a_role_without_an_officer_is_found() -> None:
    for role in OFFICERS:
        found = problems(GOOD, [other for other in OFFICERS if other != role])
        assert found == (f"nobody of the office stands in the role {role!r}",)


@given(step=st.sampled_from(STEPS), days=st.integers(0, 5), minutes=st.integers(0, 120))
def test_any_other_standard_time_than_the_sops_is_found(step: str, days: int, minutes: int) -> None:
    changed = _with_step(step, days=days, minutes=minutes)
    assert (changed.standard() != (3, 90)) == bool(problems(changed, OFFICERS))


@given(st.permutations(GOOD.steps))
def test_any_other_order_of_the_steps_is_found(steps: list[Any]) -> None:
    changed = replace(GOOD, steps=tuple(steps))
    assert (changed != GOOD) == bool(problems(changed, OFFICERS))


@given(st.sampled_from(["roles", "steps", "documents", "records", "reasons", "genres"]), st.data())
def test_anything_that_appears_twice_is_found(field: str, data: st.DataObject) -> None:
    values = getattr(GOOD, field)
    doubled = (*values, data.draw(st.sampled_from(values)))
    assert any(
        "appears twice" in problem for problem in problems(replace(GOOD, **{field: doubled}), OFFICERS)
    )


@given(st.sampled_from(["roles", "documents", "records", "steps"]), st.data())
def test_anything_that_is_taken_away_is_missed(field: str, data: st.DataObject) -> None:
    values = getattr(GOOD, field)
    gone = data.draw(st.sampled_from([value for value in values if getattr(value, "key", "") != "system"]))
    left = replace(GOOD, **{field: tuple(value for value in values if value is not gone)})
    assert problems(left, OFFICERS)


@pytest.mark.parametrize(
    "changes",
    [
        {"returns_to": ""},
        {"returns_to": "nowhere"},
        {"returns_to": "signing", "after_correction": ""},
        {"after_correction": ""},
        {"after_correction": "signing"},
        {"decisions": ("approve",)},
        {"decisions": ("return", "refuse")},
        {"requires_on_approve": ("something",)},
        {"proof": "none"},
        {"question": None},
        {"role": "applicant"},
        {"role": "nobody"},
        {"name": Words("Verifikasi", " ")},
        {"done": Words("", "Verified")},
    ],
)
def test_a_step_that_contradicts_itself_is_found(changes: dict[str, Any]) -> None:
    assert problems(_with_step("verification", **changes), OFFICERS)


@pytest.mark.parametrize(
    "changes",
    [
        {"slots": ("ktp", "passport")},
        {"slots": ()},
        {"steps": ()},
        {"steps": ("signing", "nowhere")},
        {"decision": "approve"},
        {"decision": "refuse"},
        {"name": Words("Tidak terbaca", "")},
        {"message": Words("Foto ulang.", "Photograph {document} again.")},
        {"message": Words("{document} {other}", "{document}")},
        {"message": Words("{document", "{document}")},
    ],
)
def test_a_reason_that_fits_no_document_or_step_is_found(changes: dict[str, Any]) -> None:
    assert problems(_with_reason("unreadable_document", **changes), OFFICERS)


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 0},
        {"validity_years": 0},
        {"correction_days": 7},
        {"correction_reminder_days": (1, 3, 7)},
        {"correction_reminder_days": (7, 7)},
        {"withdraw_until": "archive"},
        {"escalation": ("customer_service", "head")},
        {"permit_number": "{type}/{serial:04d}"},
        {"permit_number": "{type}/{serial}/{year}/{village}"},
        {"permit_number": "{type}/{serial:x}/{year}"},
        {"permit_type": "4 30"},
        {"application_number": "NKS-{year}-{serial"},
        {"application_number": "NKS-{year}-{serial}-{year}"},
        {"reasons": tuple(reason for reason in GOOD.reasons if reason.decision == "return")},
        {"genres": ()},
        {"name": Words("", "")},
    ],
)
def test_a_rule_that_cannot_be_kept_is_found(changes: dict[str, Any]) -> None:
    assert problems(replace(GOOD, **changes), OFFICERS)


@pytest.mark.parametrize(
    "changes",
    [
        {"answer_working_days": 0},
        {"most_an_hour": 0},
        {"role": "applicant"},
        {"number": "ADU-{year}"},
        {"number": GOOD.application_number},
        {"kinds": ()},
        {"kinds": (*GOOD.complaints.kinds, GOOD.complaints.kinds[0])},
        {"kinds": (replace(GOOD.complaints.kinds[0], role="system"),)},
        {"kinds": (replace(GOOD.complaints.kinds[0], name=Words("Terlambat", "")),)},
    ],
)
def test_complaints_that_nobody_could_answer_are_found(changes: dict[str, Any]) -> None:
    assert problems(replace(GOOD, complaints=replace(GOOD.complaints, **changes)), OFFICERS)


def test_all_problems_are_named_at_once() -> None:
    spoilt = replace(_with_step("signing", minutes=31), genres=(), withdraw_until="archive")
    with pytest.raises(ProcedureError) as refused:
        checked(spoilt, ())
    assert len(refused.value.facts["problems"]) == 3 + len(OFFICERS)


def test_a_revocation_by_one_role_alone_or_by_no_officer_is_found() -> None:
    rules = GOOD.revocation
    assert rules is not None
    alone = replace(GOOD, revocation=replace(rules, proposing=(rules.deciding,)))
    assert problems(alone, OFFICERS) == ("revocations are proposed and decided by one role alone",)
    stranger = replace(GOOD, revocation=replace(rules, deciding="applicant"))
    found = "revocations are proposed or decided by 'applicant', who is no officer"
    assert problems(stranger, OFFICERS) == (found,)


def test_the_reasons_of_a_revocation_are_there_once_and_in_both_languages() -> None:
    rules = GOOD.revocation
    assert rules is not None
    first = rules.reasons[0]
    doubled = replace(GOOD, revocation=replace(rules, reasons=(first, first)))
    assert problems(doubled, OFFICERS) == (f"reason for a revocation {first.code!r} appears twice",)
    none = replace(GOOD, revocation=replace(rules, reasons=()))
    assert problems(none, OFFICERS) == ("there is no reason for a revocation",)
    dumb = replace(GOOD, revocation=replace(rules, reasons=(replace(first, name=Words(id="", en="x")),)))
    assert "lacks its name" in problems(dumb, OFFICERS)[0]


def test_a_version_from_before_revocations_is_still_good() -> None:
    assert problems(replace(GOOD, revocation=None), OFFICERS) == ()
