"""How it is told that an officer filled in for an applicant."""

from chalicelib.cases.case import Assistance
from chalicelib.texts import counter_words
from chalicelib.worktime.words import moment_words


def assisted_words(helped: Assistance) -> dict[str, str]:
    """Who filled it in, and since when with the applicant's consent, by language."""
    return {
        "id": counter_words("told", officer=helped.officer_name, at=moment_words(helped.consented_at))["id"],
        "en": counter_words("told", officer=helped.officer_name, at=moment_words(helped.consented_at, "en"))[
            "en"
        ],
    }
