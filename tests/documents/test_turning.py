import pytest
from PIL import Image

from chalicelib.documents.files.pages import recognised
from chalicelib.documents.sight.recognition import LocalRecogniser
from tests.documents.generator import as_picture

_PAPER = "#set page(width: 90mm, height: 60mm)\nSURAT KETERANGAN\n\nKepala Desa Watulumbung menerangkan bahwa"


class _Unsure(LocalRecogniser):
    """Takes every page for one that stands on its head, and is not sure of it."""

    def quarter_turns(self, page: Image.Image) -> tuple[int, float]:  # noqa: ARG002 - says the same of every page
        return 2, 0.6


@pytest.fixture(scope="module")
def unsure() -> LocalRecogniser:
    return _Unsure(threads=1)


@pytest.mark.parametrize("angle", [0, 180])
def test_a_page_that_may_be_upside_down_is_read_as_it_can_be_read(
    angle: int, unsure: LocalRecogniser
) -> None:
    page = recognised(as_picture(_PAPER).rotate(angle), 0, unsure)
    assert page.sheet
    assert page.sheet.lines[0] == "SURAT KETERANGAN"
    assert page.picture.tobytes() == page.shown.tobytes()
