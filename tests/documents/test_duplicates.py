"""The same paper in two slots, by its number, its words or its looks; and papers that are only drawn alike."""

import io
import json
import random
from itertools import combinations
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from chalicelib.documents.checks.duplicates import _COPY, _apart, duplicates
from chalicelib.documents.files.fingerprint import fingerprint
from chalicelib.documents.inspection import inspect
from chalicelib.documents.sight.recognition import LocalRecogniser
from chalicelib.documents.types import Inspection, Kind, Officer, Value
from tests.documents.damage import damaged
from tests.documents.generator import LAYOUTS, as_picture, write_bundle
from tests.documents.people import story
from tests.documents.readings import read

_TEXT = (
    *("menerangkan", "bahwa", "kelompok", "kesenian", "tersebut", "benar", "berada", "dalam", "wilayah"),
    *("desa", "kami", "sejak", "lama", "serta", "aktif", "melatih", "anak", "muda"),
)
_LOOK = fingerprint(as_picture(LAYOUTS["ktp"](story(1), random.Random(1))))
_OTHER_LOOK = fingerprint(as_picture(LAYOUTS["board_roster"](story(1), random.Random(1))))


def _duplicate(one: Inspection, other: Inspection) -> bool:
    return bool(list(duplicates({"ktp": one, "village_letter": other})))


def _board(*names: str) -> Inspection:
    positions = ("Ketua", "Sekretaris", "Bendahara", "Anggota")
    officers = tuple(
        Officer(position=Value(text=position, confidence=0.95), name=Value(text=name, confidence=0.95))
        for position, name in zip(positions, names, strict=False)
    )
    return msgspec.structs.replace(read(Kind.BOARD_ROSTER), officers=officers, text=_TEXT)


def _letter(number: str | None, confidence: float = 0.99, text: tuple[str, ...] = _TEXT) -> Inspection:
    letter = read(Kind.VILLAGE_LETTER, confidence=confidence, letter_number=number)
    return msgspec.structs.replace(letter, text=text, fingerprint=_LOOK)


def _seen(kind: Kind, look: str, text: tuple[str, ...] = ()) -> Inspection:
    return msgspec.structs.replace(read(kind), fingerprint=look, text=text)


def test_a_board_read_with_a_letter_lost_is_the_same_board() -> None:
    assert _duplicate(
        _board("Supri Asmoro", "Bagas Wicaksono", "Paijo Sasmito"),
        _board("Supri Asmoro", "Bagas Wicaksono", "Pajo Sasmito"),
    )


@pytest.mark.parametrize(
    "names",
    [
        ("Supri Asmoro", "Bagas Wicaksono", "Fitri Sasmito"),
        ("Bagas Wicaksono", "Supri Asmoro", "Paijo Sasmito"),
    ],
)
def test_a_board_in_which_people_changed_is_another_board(names: tuple[str, ...]) -> None:
    assert not _duplicate(_board("Supri Asmoro", "Bagas Wicaksono", "Paijo Sasmito"), _board(*names))


def test_a_board_of_which_a_line_was_lost_is_known_by_its_words() -> None:
    assert _duplicate(_board("Supri Asmoro", "Bagas Wicaksono"), _board("Supri Asmoro"))


def test_a_letter_of_another_number_is_another_letter_though_all_else_is_the_same() -> None:
    assert not _duplicate(_letter("470/101/2025"), _letter("470/102/2025"))


def test_papers_of_one_number_about_two_people_are_no_duplicate() -> None:
    about = [
        msgspec.structs.replace(
            read(Kind.VILLAGE_LETTER, letter_number="470/101/2025", leader_name=name),
            text=_TEXT,
            fingerprint=_LOOK,
        )
        for name in ("Ratih Hermawan", "Siti Aminah", "Hj. Ratih Hernawan")
    ]
    assert not _duplicate(about[0], about[1])
    assert _duplicate(about[0], about[2])


def test_a_number_that_may_be_misread_leaves_it_to_the_words() -> None:
    assert _duplicate(_letter("470/101/2025"), _letter("470/107/2025", confidence=0.6))
    assert not _duplicate(_letter("470/101/2025"), _letter("511/88/2023", confidence=0.6))
    assert _duplicate(_letter("470/101/2025"), _letter(None))


def test_a_copy_may_be_read_less_well_than_another_scan() -> None:
    worse = _letter(None, text=(*_TEXT[:-2], "onak", "mudo"))
    assert _duplicate(_letter("470/101/2025"), worse)
    assert not _duplicate(_letter("470/101/2025"), msgspec.structs.replace(worse, fingerprint=_OTHER_LOOK))


def test_cards_of_two_people_that_look_the_same_are_no_duplicate() -> None:
    cards = [
        msgspec.structs.replace(read(Kind.KTP, national_id=number), fingerprint=_LOOK, text=_TEXT)
        for number in ("3514064507850012", "3514064507850021")
    ]
    assert not _duplicate(*cards)


def test_photos_that_nobody_can_read_are_known_by_their_looks() -> None:
    assert _duplicate(_seen(Kind.UNREADABLE, _LOOK), _seen(Kind.UNREADABLE, _LOOK))
    assert not _duplicate(_seen(Kind.UNREADABLE, _LOOK), _seen(Kind.UNREADABLE, _OTHER_LOOK))


def test_looks_alone_make_no_duplicate_of_what_can_be_read() -> None:
    other = tuple(word[::-1] for word in _TEXT)
    assert not _duplicate(_seen(Kind.OTHER, _LOOK, _TEXT), _seen(Kind.OTHER, _LOOK, other))


@pytest.mark.parametrize("look", ["", "d225a55a5b4b5aa5"])
def test_looks_that_were_kept_in_another_way_are_not_compared(look: str) -> None:
    assert not _duplicate(_seen(Kind.UNREADABLE, look), _seen(Kind.UNREADABLE, _LOOK))
    assert not _duplicate(_seen(Kind.UNREADABLE, ""), _seen(Kind.UNREADABLE, ""))


def _encoded(page: Image.Image, kind: str, **options: object) -> Image.Image:
    out = io.BytesIO()
    page.save(out, kind, **options)
    return Image.open(out).convert("RGB")


@pytest.mark.parametrize("damage", ["clean", "scan", "photo_mid", "unreadable"])
@pytest.mark.parametrize("kind", LAYOUTS)
def test_a_page_looks_the_same_however_it_is_encoded(kind: str, damage: str) -> None:
    rng = random.Random(5)
    page, _ = damaged(as_picture(LAYOUTS[kind](story(5), rng)), damage, rng)
    half = page.resize((page.width // 2, page.height // 2), Image.Resampling.LANCZOS)
    copies = [_encoded(page, "JPEG", quality=40), _encoded(page, "WEBP", quality=50), _encoded(half, "PNG")]
    assert all(_apart(fingerprint(page), fingerprint(copy)) <= _COPY for copy in copies)


@pytest.mark.parametrize("kind", ["village_letter", "board_roster"])
def test_papers_of_one_template_for_other_people_look_different(kind: str) -> None:
    looks = [fingerprint(as_picture(LAYOUTS[kind](story(seed), random.Random(8)))) for seed in (21, 22, 23)]
    assert all(_apart(one, other) > _COPY for one, other in combinations(looks, 2))


@pytest.mark.slow
def test_a_board_scanned_a_second_time_is_found_in_the_place_of_the_certificate(
    tmp_path: Path, recogniser: LocalRecogniser
) -> None:
    write_bundle(tmp_path, 7106, "duplicate")
    uploads = json.loads((tmp_path / "form.json").read_text())["uploads"]
    slots = ("board_roster", "old_certificate")
    inspections = {slot: inspect((tmp_path / uploads[slot]).read_bytes(), recogniser, slot) for slot in slots}
    assert [(one.slot, one.against) for one in duplicates(inspections)] == [
        ("old_certificate", "board_roster")
    ]
