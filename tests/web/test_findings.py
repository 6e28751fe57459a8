"""What applicants and officers are told about a finding."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import chalicelib.documents
from chalicelib.documents.types import Finding
from chalicelib.procedures.procedure import load
from chalicelib.web.views.findings import findings_shown, told_codes

RULES = Path(chalicelib.documents.__file__).parent
SLOTS = st.sampled_from(("ktp", "village_letter", "board_roster", "old_certificate"))


def _codes() -> Iterator[str]:
    """Every code that a rule gives, read out of the rules themselves."""
    for path in RULES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from _code_in(node)


def _code_in(call: ast.Call) -> Iterator[str]:
    named = [word.value for word in call.keywords if word.arg in ("code", "varies")]
    first = call.args[:1] if isinstance(call.func, ast.Name) and call.func.id == "note" else []
    yield from (str(node.value) for node in (*named, *first) if isinstance(node, ast.Constant))


def test_every_finding_has_its_own_sentences_and_no_sentence_is_left_over() -> None:
    assert told_codes() == {*_codes(), "wrong_document_elsewhere", "other"}


@pytest.mark.parametrize("code", sorted(told_codes() - {"wrong_document_elsewhere"}))
@pytest.mark.parametrize("reader", ["applicant", "officer"])
def test_a_sentence_is_whole_in_both_languages(code: str, reader: str) -> None:
    finding = Finding(
        code=code,
        slot="ktp",
        expected="2026-11-25",
        found="Nama {against} “3514014101900001”",
        against="board_roster",
        field="leader_name",
        belongs_to="board_roster" if code == "wrong_document" else None,
    )
    (shown,) = findings_shown([finding], load(), reader)  # type: ignore[arg-type]
    for sentence in (shown.sentence.id, shown.sentence.en):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "3514014101900001" not in sentence
        assert "{" not in sentence.replace("{against}", "")
        assert "  " not in sentence
        assert "?" not in sentence
    assert "2026-11-25" not in shown.sentence.id


@given(SLOTS, st.text("0123456789", max_size=20))
def test_an_id_number_is_masked_however_badly_it_was_read(slot: str, figures: str) -> None:
    finding = Finding(code="not_checked", slot=slot, field="national_id", found=figures, expected=figures)
    for reader in ("applicant", "officer"):
        (shown,) = findings_shown([finding], load(), reader)
        told = f"{shown.expected} {shown.found} {shown.sentence.id} {shown.sentence.en}"
        assert not figures or figures not in told.replace("16", "")


def test_applicant_and_officer_are_told_the_same_thing_in_their_own_words() -> None:
    finding = Finding(
        code="name_mismatch",
        slot="ktp",
        expected="Ratih Hermawan",
        found="SITI AMINAH",
        against="form",
        field="leader_name",
    )
    (mine,) = findings_shown([finding], load(), "applicant")
    (theirs,) = findings_shown([finding], load(), "officer")
    assert "Perbaiki isian atau dokumennya" in mine.sentence.id
    assert "“SITI AMINAH”, pada isian “Ratih Hermawan”" in theirs.sentence.id
    assert (mine.against, mine.field, mine.severity) == (theirs.against, theirs.field, theirs.severity)


def test_a_date_is_told_in_words() -> None:
    finding = Finding(code="letter_expired", slot="village_letter", found="2024-12-29")
    (shown,) = findings_shown([finding], load(), "officer")
    assert "Minggu, 29 Desember 2024" in shown.sentence.id
    assert "29 December 2024" in shown.sentence.en
