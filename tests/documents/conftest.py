"""One warm child and one recogniser for all tests of this package: models load once."""

from collections.abc import Iterator

import pytest

from chalicelib.documents.confined import Confinement
from chalicelib.documents.sight.recognition import LocalRecogniser


@pytest.fixture(scope="session")
def confinement() -> Iterator[Confinement]:
    warm = Confinement()
    yield warm
    warm.close()


@pytest.fixture(scope="session")
def recogniser() -> LocalRecogniser:
    return LocalRecogniser()
