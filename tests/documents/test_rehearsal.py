"""What the warm child reads before the first file really takes the way that files of native text take."""

import pytest

from chalicelib.documents.inspection import inspect
from chalicelib.documents.rehearsal import PAPERS, as_pdf
from chalicelib.documents.sight.recognition import LocalRecogniser
from chalicelib.documents.types import Kind


@pytest.mark.parametrize("kind", PAPERS)
def test_each_paper_of_the_rehearsal_is_read_as_native_text(kind: Kind, recogniser: LocalRecogniser) -> None:
    read = inspect(as_pdf(PAPERS[kind]), recogniser, wanted=kind)
    assert (read.kind, read.fault, read.recognised) == (kind, None, False)
    assert len(read.fields) >= 5


def test_the_rehearsed_letter_is_signed_and_the_rehearsed_board_has_its_officers(
    recogniser: LocalRecogniser,
) -> None:
    letter = inspect(as_pdf(PAPERS[Kind.VILLAGE_LETTER]), recogniser)
    assert letter.fields["signed"].text == "true"
    assert len(inspect(as_pdf(PAPERS[Kind.BOARD_ROSTER]), recogniser).officers) == 3
