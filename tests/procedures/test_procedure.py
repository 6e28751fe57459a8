"""The procedure of the Nomor Induk Kesenian says what its SOP says, and answers what the service asks."""

from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.errors import NotAllowedError, NotFoundError, ProcedureError
from chalicelib.procedures.parts import APPLICANT
from chalicelib.procedures.procedure import ISSUED, REFUSED, load, parse

PERMIT = load()


def test_the_six_steps_take_three_days_and_ninety_minutes() -> None:
    assert [step.number for step in PERMIT.steps] == [1, 2, 3, 4, 5, 6]
    assert PERMIT.standard() == (3, 90)
    assert PERMIT.sop.standard_words == "3 Hari 90 menit"
    assert [(step.days, step.minutes) for step in PERMIT.steps] == [
        (0, 30),
        (1, 0),
        (1, 0),
        (1, 0),
        (0, 30),
        (0, 30),
    ]


def test_the_sop_is_named_and_dated_as_it_is_printed() -> None:
    assert PERMIT.sop.number == "SOP / 33 / SM / 424.086 / 2022"
    assert PERMIT.sop.created == PERMIT.sop.effective == date(2022, 3, 10)
    assert PERMIT.fee.amount == 0
    assert PERMIT.legal_bases[0].endswith("tentang Standart Pelayanan Minimal Bidang Kesenian")
    assert len(PERMIT.legal_bases) == 3


@pytest.mark.parametrize(
    ("step", "decision", "place"),
    [
        ("application", "approve", "completeness_check"),
        ("completeness_check", "approve", "verification"),
        ("completeness_check", "return", APPLICANT),
        ("verification", "approve", "recommendation_review"),
        ("verification", "return", APPLICANT),
        ("verification", "refuse", REFUSED),
        ("recommendation_review", "approve", "signing"),
        ("recommendation_review", "return", "verification"),
        ("signing", "approve", "issuance"),
        ("signing", "return", "recommendation_review"),
        ("signing", "refuse", REFUSED),
        ("issuance", "approve", ISSUED),
    ],
)
def test_every_arrow_of_the_flow_chart_has_its_end(step: str, decision: str, place: str) -> None:
    assert PERMIT.step_after(step, decision) == place  # type: ignore[arg-type]


def test_only_verification_and_signing_can_refuse() -> None:
    for step in ("completeness_check", "recommendation_review", "application", "issuance"):
        with pytest.raises(NotAllowedError) as refused:
            PERMIT.step_after(step, "refuse")
        assert refused.value.facts["step"] == step


def test_the_technical_recommendation_is_asked_for_at_verification() -> None:
    asking = {step.key: step.report_on_approve for step in PERMIT.steps if step.report_on_approve}
    assert asking == {"verification": "technical_recommendation"}
    assert not any(step.requires_on_approve for step in PERMIT.steps)
    assert PERMIT.record("technical_recommendation").sop_words == "Berita Acara/Rekomendasi Teknis"


def test_the_first_version_goes_on_asking_for_words() -> None:
    older = load(version=1)
    assert (older.version, older.step("verification").report_on_approve) == (1, "")
    assert older.step("verification").requires_on_approve == ("technical_recommendation",)


def test_a_signature_asks_for_the_passphrase_and_the_other_decisions_for_a_mailed_code() -> None:
    proofs = {step.key: step.proof for step in PERMIT.steps if step.proof != "none"}
    assert proofs.pop("signing") == "passphrase"
    assert set(proofs.values()) == {"code"}


def test_a_renewal_needs_the_old_certificate_and_a_new_application_does_not() -> None:
    assert PERMIT.slots_needed("new") == ("ktp", "village_letter", "board_roster")
    assert PERMIT.slots_needed("renewal") == ("ktp", "village_letter", "board_roster", "old_certificate")


def test_an_unanswered_reminder_goes_up_the_line_and_stops_at_the_head() -> None:
    line = ["customer_service"]
    while (superior := PERMIT.superior(line[-1])) is not None:
        line.append(superior)
    assert line == ["customer_service", "sub_coordinator", "coordinator", "head"]
    assert PERMIT.superior("applicant") is None


def test_each_missed_deadline_is_told_one_further_up_the_line() -> None:
    told = [PERMIT.superior("sub_coordinator", missed) for missed in range(3)]
    assert told == ["coordinator", "head", None]


def test_the_applicant_can_withdraw_until_the_signature() -> None:
    assert [step.key for step in PERMIT.steps if not PERMIT.can_withdraw_at(step.key)] == ["issuance"]


def test_the_old_certificate_is_never_called_by_the_short_word_on_screen() -> None:
    shown = [document.name.id for document in PERMIT.documents] + [PERMIT.name.id]
    assert not [name for name in shown if "NIK" in name]


def test_each_finding_that_officers_can_take_over_has_a_sentence_for_its_document() -> None:
    for reason in PERMIT.reasons:
        for slot in reason.slots:
            document = PERMIT.document(slot).name
            assert document.id in reason.message.id.format(document=document.id)


@given(serial=st.integers(1, 99_999), year=st.integers(2022, 2100))
def test_numbers_carry_their_serial_and_year(serial: int, year: int) -> None:
    permit = PERMIT.number_of_permit(serial=serial, year=year).split("/")
    assert (int(permit[1]), int(permit[-1])) == (serial, year)
    prefix, of_year, of_serial = PERMIT.number_of_application(serial=serial, year=year).split("-")
    assert (prefix, int(of_year), int(of_serial)) == ("NKS", year, serial)


def test_the_first_numbers_of_a_year_look_as_the_office_writes_them() -> None:
    assert PERMIT.number_of_permit(serial=7, year=2026) == "430/0007/424.086/2026"
    assert PERMIT.number_of_application(serial=123, year=2026) == "NKS-2026-00123"


@pytest.mark.parametrize("ask", [PERMIT.step, PERMIT.role, PERMIT.document, PERMIT.reason, PERMIT.genre])
def test_what_the_procedure_does_not_know_is_not_found(ask: object) -> None:
    with pytest.raises(NotFoundError):
        ask("nothing")  # type: ignore[operator]


def test_a_case_gets_the_version_that_it_started_with() -> None:
    assert load(version=1) is load(version=1)
    assert load(version=PERMIT.version) == PERMIT
    with pytest.raises(ProcedureError) as missing:
        load(version=PERMIT.version + 1)
    assert f"nomor-induk-kesenian.v{PERMIT.version + 1}.toml" in str(missing.value)


def test_every_version_that_ever_ran_can_still_be_loaded() -> None:
    for version in range(1, PERMIT.version + 1):
        assert load(version=version).version == version


@pytest.mark.parametrize("name", ["izin-keramaian", "../texts/faults", "", "a/b"])
def test_a_procedure_that_does_not_exist_is_a_named_fault(name: str) -> None:
    with pytest.raises(ProcedureError):
        load(name)


@pytest.mark.parametrize("text", ["id = ", 'id = "x"', "version = 'one'"])
def test_a_file_of_another_form_is_a_named_fault(text: str) -> None:
    with pytest.raises(ProcedureError) as wrong:
        parse(text)
    assert wrong.value.facts["problems"]


def test_a_misspelt_field_is_found() -> None:
    source = files("chalicelib.procedures").joinpath("nomor-induk-kesenian.toml")
    text = source.read_text(encoding="utf-8").replace("correction_days", "corection_days")
    with pytest.raises(ProcedureError):
        parse(text)


def test_words_are_indonesian_unless_english_is_asked_for() -> None:
    assert PERMIT.name.in_language("en") == "Register Number of an Art Group"
    assert PERMIT.name.in_language("id") == PERMIT.name.in_language("jv") == "Nomor Induk Kesenian"
