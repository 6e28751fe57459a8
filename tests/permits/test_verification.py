"""Verification: what was changed, added or invented is found, and no file breaks the examiner."""

import logging
import random
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from chalicelib.permits.layout import render
from chalicelib.permits.verification import SignatureReport, examine
from local.authority import create_authority
from tests.permits.office import (
    PASSPHRASE,
    PERMIT,
    SIGNED_AT,
    authority,
    private_key,
    seal,
    signed_permit,
    spki,
)

_FLIPS = 200


def _examined(pdf: bytes) -> SignatureReport:
    return examine(pdf, authority().certificate)


def _gap(pdf: bytes) -> tuple[int, int]:
    start = pdf.index(b"/Contents <") + len(b"/Contents ")
    return start, pdf.index(b">", start) + 1


def _flipped(pdf: bytes, position: int, bit: int) -> bytes:
    return pdf[:position] + bytes([pdf[position] ^ 1 << bit]) + pdf[position + 1 :]


def test_two_hundred_flipped_bits_are_all_found() -> None:
    pdf = signed_permit().pdf
    start, end = _gap(pdf)
    outside = [position for position in range(len(pdf)) if not start <= position < end]
    chosen = random.Random(20261124)  # noqa: S311 - a repeatable choice of places, no secret
    missed = [
        place
        for place in ((chosen.choice(outside), chosen.randrange(8)) for _ in range(_FLIPS))
        if _examined(_flipped(pdf, *place)).problem is None
    ]
    assert missed == []


def test_flipped_bits_in_the_padding_of_the_signature_are_found_too() -> None:
    pdf = signed_permit().pdf
    _, end = _gap(pdf)
    padding = range(len(pdf[:end].rstrip(b">").rstrip(b"0")) + 2, end - 1)
    assert len(padding) > 500
    for place in list(padding)[::29]:
        assert _examined(_flipped(pdf, place, place % 8)).problem is not None


def _annotated(pdf: bytes) -> bytes:
    make: Any = generic  # the library's object constructors carry no types
    writer: Any = IncrementalPdfFileWriter(BytesIO(pdf))
    note = make.DictionaryObject(
        {
            make.pdf_name("/Type"): make.pdf_name("/Annot"),
            make.pdf_name("/Subtype"): make.pdf_name("/FreeText"),
            make.pdf_name("/Rect"): make.ArrayObject(map(make.NumberObject, (100, 100, 300, 200))),
            make.pdf_name("/Contents"): make.pdf_string("Berlaku selamanya"),
        }
    )
    annotations = writer.root["/Pages"]["/Kids"][0]["/Annots"]
    annotations.append(writer.add_object(note))
    writer.update_container(annotations)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def test_an_annotation_added_afterwards_makes_the_check_fail() -> None:
    report = _examined(_annotated(signed_permit().pdf))
    assert report.problem == "changed_after"
    assert report.changed_after
    assert not report.covers_whole_file


@pytest.mark.parametrize("tail", [b"\n", b" ", b"%", b"%%EOF\n", bytes(1000)])
def test_bytes_appended_afterwards_make_the_check_fail(tail: bytes) -> None:
    report = _examined(signed_permit().pdf + tail)
    assert report.problem is not None
    assert not report.covers_whole_file


def test_a_signature_of_an_unknown_authority_is_not_trusted(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        other = create_authority(spki(private_key()), "Orang Lain", "Kepala", now=lambda: SIGNED_AT)
        stranger = examine(signed_permit().pdf, other.certificate)
        nobody = examine(signed_permit().pdf, b"")
    assert (stranger.intact, stranger.trusted, stranger.problem) == (True, False, "untrusted")
    assert nobody.problem == "untrusted"
    assert "Bambang" not in caplog.text


def test_an_unsigned_permit_is_reported_as_unsigned() -> None:
    assert _examined(render(PERMIT)).problem == "not_signed"


def test_a_signature_moved_onto_another_permit_is_found() -> None:
    other = seal().sign(render(PERMIT), SIGNED_AT.replace(year=2027), PASSPHRASE).pdf
    mine = signed_permit().pdf
    (start, end), (first, last) = _gap(mine), _gap(other)
    assert _examined(other[:first] + mine[start:end] + other[last:]).problem is not None


@pytest.mark.parametrize(
    ("pdf", "problem"),
    [(b"", "unreadable"), (b"%PDF-1.7", "unreadable"), (bytes(11 * 1024 * 1024), "too_large")],
)
def test_what_is_no_permit_gets_a_report(pdf: bytes, problem: str) -> None:
    assert _examined(pdf) == SignatureReport(problem=problem)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=2000))
def test_garbage_gets_a_report(garbage: bytes) -> None:
    assert _examined(garbage).problem is not None
    assert _examined(b"%PDF-1.7\n" + garbage + b"\nstartxref\n9\n%%EOF").problem is not None


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_a_torn_or_overwritten_permit_gets_a_report(data: st.DataObject) -> None:
    pdf = signed_permit().pdf
    cut = data.draw(st.integers(0, len(pdf) - 1))
    blot = data.draw(st.binary(min_size=1, max_size=40))
    assert _examined(pdf[:cut]).problem is not None
    start, _ = _gap(pdf)
    if cut + len(blot) < start and pdf[cut : cut + len(blot)] != blot:
        assert _examined(pdf[:cut] + blot + pdf[cut + len(blot) :]).problem is not None
