"""What a Berita Acara can say and what it cannot."""

from collections.abc import Mapping
from typing import Any

import pytest

from chalicelib.cases.case import Case
from tests.permits.office import squeezed, text_of
from tests.web.office import Office, Told
from tests.web.reporting import at_step_3, bytes_of, kept


@pytest.fixture
def case(office: Office) -> Case:
    """A case before the officer of step 3."""
    return at_step_3(office)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"recommendation": "ꦲꦤ layak"}, "report_unprintable"),
        ({"recommendation": "مرحبا"}, "report_unprintable"),
        ({"recommendation": "abc\u202edef"}, "invalid_input"),
        ({"recommendation": " "}, "invalid_input"),
        ({"recommendation": "x" * 2001}, "invalid_input"),
        ({"place": ""}, "invalid_input"),
        ({"place": "Pasu\nruan"}, "invalid_input"),
        ({"held_on": "2026-11-23"}, "invalid_input"),
        ({"held_on": "2026-11-25"}, "invalid_input"),
        ({"held_on": "kemarin"}, "invalid_input"),
        ({"items": []}, "invalid_input"),
        ({"result": "not_recommended"}, "invalid_input"),
        ({"extra": "x"}, "invalid_input"),
    ],
)
def test_what_a_report_cannot_say_is_refused(
    office: Office, case: Case, told: dict[str, Any], code: str
) -> None:
    assert office.report(case, **told).code == code
    assert office.case(case.case_id).report is None


def test_items_are_judged_once_and_explained(office: Office, case: Case) -> None:
    fit = [{"about": about, "outcome": "fits"} for about in ("ktp", "village_letter")]
    unfit = {"about": "field:village", "outcome": "unfit"}

    def told(*items: Mapping[str, Any], result: str = "with_notes") -> Told:
        return office.report(case, items=[*fit, *items], result=result)

    assert told(fit[0]).code == "invalid_input"
    assert told({"about": "passport", "outcome": "fits"}).code == "invalid_input"
    assert told({"about": "field:phone", "outcome": "fits"}).code == "invalid_input"
    assert told(unfit).code == "report_unexplained"
    assert told({**unfit, "note": "x" * 301}).code == "invalid_input"
    assert told({**unfit, "note": "Dusun lain."}, result="recommended").code == "invalid_input"
    assert told({**unfit, "note": "x" * 300}).status == 200
    assert "x" * 300 in text_of(bytes_of(office, kept(office, case)))


def test_markup_in_the_words_is_printed_as_it_was_typed(office: Office, case: Case) -> None:
    words = '#set page(width: 1cm) "kutip" *tebal* $x$ <b>&amp;</b> \\ // {day}'
    assert office.report(case, recommendation=words, note=words, place="#pagebreak() {day}").status == 200
    text = text_of(bytes_of(office, kept(office, case)))
    assert text.count(squeezed(words)) == 2
    assert squeezed("#pagebreak() {day}, 24 November 2026") in text
