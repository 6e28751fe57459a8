"""PDF/A-2a and PDF/UA-1 before and after signing, judged by veraPDF; and structure, by qpdf."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from chalicelib.permits.layout import render
from tests.permits.conformance import STANDARDS, faults
from tests.permits.office import (
    OFFICIAL,
    PASSPHRASE,
    PERMIT,
    SIGNED_AT,
    authority,
    permit,
    seal,
    signed_permit,
    stamping_authority,
    stamping_seal,
)

_LONG = ("Paguyuban Seni Wayang Krucil Contoh " * 6)[:200].strip()
GOOD = ("layout", "draft", "crowded", "b_b", "b_t", "b_lt")


def _files() -> dict[str, bytes]:
    crowded = permit(
        **dict.fromkeys(("group_name", "art_genre", "leader_name", "address", "village"), _LONG),
        legal_bases=(_LONG,) * 5,
        signer=msgspec.structs.replace(OFFICIAL, name=_LONG),
    )
    with stamping_authority() as opened:
        b_lt = stamping_seal(opened).sign(render(PERMIT), SIGNED_AT, PASSPHRASE)
        both = authority().chain + opened.certificate
        b_t = seal(chain_pem=both, time_stamp_url=opened.time_stamp_url).sign(
            render(PERMIT), SIGNED_AT, PASSPHRASE
        )
    assert (b_t.level, b_lt.level) == ("PAdES-B-T", "PAdES-B-LT")
    laid_out = render(PERMIT)
    return {
        "layout": laid_out,
        "draft": render(permit(permit_number=None)),
        "crowded": render(crowded),
        "b_b": signed_permit().pdf,
        "b_t": b_t.pdf,
        "b_lt": b_lt.pdf,
        "wrong_ua": laid_out.replace(b"<pdfuaid:part>1<", b"<pdfuaid:part>7<"),
        "wrong_a": laid_out.replace(b"<pdfaid:conformance>A<", b"<pdfaid:conformance>X<"),
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("conformance")
    for name, content in _files().items():
        (folder / f"{name}.pdf").write_bytes(content)
    return {path.stem: path for path in folder.iterdir()}


@pytest.fixture(scope="module")
def judged(files: Mapping[str, Path]) -> dict[str, list[str]]:
    """One start of Java for all of them."""
    return faults(list(files.values()))


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("name", GOOD)
def test_every_permit_conforms_before_and_after_signing(
    judged: Mapping[str, list[str]], name: str, standard: str
) -> None:
    assert judged[f"{name}.pdf {standard}"] == []


def test_the_validator_finds_what_is_wrong(judged: Mapping[str, list[str]]) -> None:
    assert judged["wrong_ua.pdf ua1"]
    assert judged["wrong_a.pdf 2a"]


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("program", ["qpdf"], indirect=True)
def test_qpdf_finds_no_fault_in_the_structure(files: Mapping[str, Path], name: str, program: str) -> None:
    result = subprocess.run([program, "--check", files[name]], capture_output=True, text=True, check=False)  # noqa: S603
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_file_that_is_no_pdf_is_a_failure_of_the_check(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"nothing")
    with pytest.raises(AssertionError):
        faults([tmp_path / "x.pdf"])
