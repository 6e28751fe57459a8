"""Pages read by a service: the child asks, the parent has them read, the same comes out."""

import io
import random
import time

import numpy as np
import pytest
from PIL import Image

from chalicelib.documents.confined import Confinement, Limits
from chalicelib.documents.errors import RecognitionUnavailableError
from chalicelib.documents.sight.recognition import LocalRecogniser
from chalicelib.documents.sight.seen import Point, SeenLine
from chalicelib.documents.sight.service import ServiceRecogniser, as_jpeg
from chalicelib.documents.types import Kind
from tests.documents.generator import make
from tests.documents.people import story


def _line(text: str, *corners: Point) -> SeenLine:
    places = tuple((at + 0.5) / len(text) for at in range(len(text)))
    first, second, third, fourth = corners
    return SeenLine(corners=(first, second, third, fourth), text=text, score=0.99, places=places)


UPRIGHT = _line("NIK 3514O1 0203", (0.1, 0.2), (0.5, 0.2), (0.5, 0.25), (0.1, 0.25))
PAGE = Image.effect_noise((300, 200), 60).convert("RGB")


class Service:
    """A stand-in for a service abroad: a given answer, or our own engine; it counts what it is asked."""

    def __init__(self, *lines: SeenLine, engine: LocalRecogniser | None = None) -> None:
        self.lines, self.engine, self.pages = lines, engine, list[bytes]()

    def __call__(self, page: bytes) -> tuple[SeenLine, ...]:
        self.pages.append(page)
        if self.engine is None:
            return self.lines
        # As a service does, it reads a page however it is turned, and tells its places as the page was sent.
        sent = Image.open(io.BytesIO(page))
        turns, _ = self.engine.quarter_turns(sent)
        picture = sent.rotate(90 * turns, expand=True)
        readings = self.engine.read(picture)
        again = self.engine.read_again(picture, [reading.corners for reading in readings])
        return tuple(
            SeenLine(
                corners=_turned_back(reading.corners / picture.size, turns),
                text=reading.text,
                score=reading.score,
                places=reading.places,
            )
            for reading in again
        )


def _turned_back(corners: np.ndarray, turns: int) -> tuple[Point, Point, Point, Point]:
    for _ in range(turns):
        corners = np.stack([1 - corners[:, 1], corners[:, 0]], axis=1)
    first, second, third, fourth = ((float(x), float(y)) for x, y in corners)
    return first, second, third, fourth


def _recogniser(*lines: SeenLine) -> tuple[ServiceRecogniser, Service]:
    service = Service(*lines)
    return ServiceRecogniser(service, _a_line), service


def _a_line(picture: Image.Image, *, careful: bool = True) -> str:
    return "a line"


def test_a_line_comes_in_pixels_with_its_letters_places_and_figures() -> None:
    (reading,) = _recogniser(UPRIGHT)[0].read(PAGE)
    assert reading.corners.tolist() == [[30, 40], [150, 40], [150, 50], [30, 50]]
    assert (reading.text, reading.digits, reading.certain) == ("NIK 3514O1 0203", "3514010203", ())
    assert len(reading.places) == len(reading.text)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_turned_page_is_known_by_its_lines_and_not_asked_for_twice(turns: int) -> None:
    ways = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}
    found = {
        0: UPRIGHT.corners,
        1: ((0.8, 0.1), (0.8, 0.5), (0.75, 0.5), (0.75, 0.1)),
        2: ((0.9, 0.8), (0.5, 0.8), (0.5, 0.75), (0.9, 0.75)),
        3: ((0.2, 0.9), (0.2, 0.5), (0.25, 0.5), (0.25, 0.9)),
    }
    photo = PAGE.transpose(ways[turns]) if turns else PAGE
    recogniser, service = _recogniser(_line("NIK 3514O1 0203", *found[turns]))
    assert recogniser.quarter_turns(photo) == (turns, 1.0)
    (reading,) = recogniser.read(PAGE)
    assert np.allclose(reading.corners, np.array(UPRIGHT.corners) * PAGE.size)
    assert len(service.pages) == 1


def test_a_page_without_text_stands_upright_as_far_as_anyone_can_tell() -> None:
    assert _recogniser()[0].quarter_turns(PAGE) == (0, 0.0)


def test_another_page_is_another_question() -> None:
    recogniser, service = _recogniser(UPRIGHT)
    recogniser.read(PAGE)
    recogniser.read(Image.effect_noise((300, 200), 60).convert("RGB"))
    assert len(service.pages) == 2


def test_reading_again_finds_what_was_said_of_a_place_and_nothing_elsewhere() -> None:
    recogniser, service = _recogniser(UPRIGHT)
    (known,) = recogniser.read(PAGE)
    here, elsewhere = recogniser.read_again(PAGE, [known.corners, known.corners + np.array([0, 60])])
    assert (here.text, elsewhere.text) == (known.text, "")
    assert recogniser.read_again(Image.new("RGB", (9, 9)), []) == ()
    assert len(service.pages) == 1


def test_a_single_line_is_read_on_this_machine() -> None:
    recogniser, service = _recogniser(UPRIGHT)
    assert recogniser.read_line(PAGE) == "a line"
    assert service.pages == []


def test_a_page_is_sent_as_a_jpeg_below_the_limit() -> None:
    noise = Image.effect_noise((800, 800), 90).convert("RGB")
    assert as_jpeg(noise).startswith(b"\xff\xd8\xff")
    assert len(as_jpeg(noise, 60_000)) <= 60_000


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "damage"), [("ktp", "rotated"), ("village_letter", "scan")])
def test_a_confined_child_asks_for_its_pages_and_reads_the_paper(
    kind: str, damage: str, recogniser: LocalRecogniser
) -> None:
    made, service = make(kind, story(23), random.Random(23), damage), Service(engine=recogniser)
    asking = Confinement(page_reader=service)
    try:
        read = asking.inspect(made.data).inspection
    finally:
        asking.close()
    assert (read.kind, read.fault) == (kind, None)
    number = read.fields["national_id" if kind == "ktp" else "leader_national_id"]
    assert number.text == story(23).leader.national_id
    assert 1 <= len(service.pages) <= 3


def test_a_pdf_that_shows_what_it_says_is_sent_to_nobody() -> None:
    service = Service()
    asking = Confinement(page_reader=service)
    try:
        letter = asking.inspect(make("village_letter", story(11), random.Random(1)).data).inspection
    finally:
        asking.close()
    assert letter.kind is Kind.VILLAGE_LETTER
    assert service.pages == []


def test_a_service_that_fails_is_a_named_fault_and_no_fault_of_the_file_and_the_next_file_is_read() -> None:
    answers: list[RecognitionUnavailableError | None] = [
        RecognitionUnavailableError(reason="Throttled"),
        None,
    ]

    def service(page: bytes) -> tuple[SeenLine, ...]:
        fault = answers.pop(0)
        if fault:
            raise fault
        return ()

    photo, asking = (
        make("ktp", story(12), random.Random(2), "photo_mild").data,
        Confinement(page_reader=service),
    )
    try:
        with pytest.raises(RecognitionUnavailableError, match="Throttled"):
            asking.inspect(photo)
        assert asking.inspect(photo).inspection.fault is None
    finally:
        asking.close()


def test_lines_that_come_too_late_are_no_fault_of_the_file_and_spoil_no_other() -> None:
    delays = [1.5, 0.0]

    def service(page: bytes) -> tuple[SeenLine, ...]:
        time.sleep(delays.pop(0))
        return ()

    photo = make("ktp", story(12), random.Random(2), "photo_mild").data
    asking = Confinement(Limits(wall_seconds=1.2), page_reader=service)
    try:
        with pytest.raises(RecognitionUnavailableError, match="TooSlow"):
            asking.inspect(photo)
        asking.limits = Limits()
        assert asking.inspect(photo).inspection.fault is None
    finally:
        asking.close()
