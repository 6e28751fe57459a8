"""Signing: the file claims our time, our key and nothing more, and says who cannot sign."""

import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from moto import mock_aws

from chalicelib.permits.errors import (
    PassphraseError,
    SignerNotActiveError,
    SigningServiceError,
    UnsignableFileError,
)
from chalicelib.permits.layout import render
from chalicelib.permits.port import PermitSigner
from chalicelib.permits.verification import examine
from local.authority import ROOT_NAME, create_authority, open_authority
from tests.permits.office import (
    OFFICIAL,
    PASSPHRASE,
    PERMIT,
    SIGNED_AT,
    authority,
    private_key,
    seal,
    sign_bytes,
    signed_permit,
    stamping_seal,
    text_of,
)


def test_a_signed_permit_verifies_and_names_its_signer() -> None:
    report = examine(signed_permit().pdf, authority().certificate)
    assert report.problem is None
    assert (report.intact, report.trusted, report.covers_whole_file) == (True, True, True)
    assert (report.signer, report.issuer) == (OFFICIAL.name, ROOT_NAME)
    assert report.signed_at == SIGNED_AT
    assert signed_permit().level == "PAdES-B-B"
    assert OFFICIAL.name.split(",", maxsplit=1)[0] in signed_permit().certificate_subject


@pytest.mark.parametrize("year", [2001, 2020, 2099])
def test_the_file_claims_the_time_of_our_own_clock(year: int) -> None:
    moment = SIGNED_AT.replace(year=year, microsecond=999)
    pdf = seal().sign(render(PERMIT), moment, PASSPHRASE).pdf
    assert f"/M (D\\072{year}1124103015\\05307\\04700\\047)".encode() in pdf
    assert examine(pdf, authority().certificate).signed_at == moment.replace(microsecond=0)
    years = set(re.findall(rb"(?:D:|D\\072|ModifyDate>)(\d{4})", pdf))
    assert years == {b"2026", str(year).encode()}  # the day of issue and the signing, nothing of today


def test_signing_again_gives_the_same_file() -> None:
    again = seal().sign(render(PERMIT), SIGNED_AT, PASSPHRASE)
    assert again == signed_permit()
    later = seal().sign(render(PERMIT), SIGNED_AT + timedelta(seconds=1), PASSPHRASE)
    assert later.sha256 != again.sha256


def test_the_laid_out_page_is_still_the_first_part_of_the_signed_file() -> None:
    unsigned = render(PERMIT)
    assert signed_permit().pdf.startswith(unsigned)
    assert text_of(signed_permit().pdf) == text_of(unsigned)


def test_the_signature_is_pades_without_a_certification() -> None:
    pdf = signed_permit().pdf
    assert b"/SubFilter /ETSI.CAdES.detached" in pdf
    assert b"/DocMDP" not in pdf


def test_the_seal_satisfies_the_port_and_never_claims_bsre() -> None:
    signer: PermitSigner = seal()
    assert ROOT_NAME in signer.note
    assert "bukan tanda tangan elektronik tersertifikasi" in signer.note
    assert "BSrE" not in signer.note
    assert "not certified" in ROOT_NAME


def test_a_wrong_passphrase_signs_nothing_and_is_not_repeated_in_the_error() -> None:
    asked: list[bytes] = []

    def noted(data: bytes) -> bytes:
        asked.append(data)
        return sign_bytes(data)

    with pytest.raises(PassphraseError) as caught:
        seal(sign_bytes=noted).sign(render(PERMIT), SIGNED_AT, "salah sekali")
    assert asked == []
    assert "salah sekali" not in repr(caught.value)
    seal(sign_bytes=noted).sign(render(PERMIT), SIGNED_AT, PASSPHRASE)
    assert len(asked) == 1


def test_a_signer_who_is_not_active_is_refused_by_name() -> None:
    for signer, moment, why in (
        (seal(active=False), SIGNED_AT, "inactive"),
        (seal(), datetime(1999, 12, 31, tzinfo=UTC), "certificate_not_yet_valid"),
        (seal(), datetime(2101, 1, 1, tzinfo=UTC), "certificate_expired"),
    ):
        with pytest.raises(SignerNotActiveError) as caught:
            signer.sign(render(PERMIT), moment, PASSPHRASE)
        assert caught.value.facts == {"why": why}


def test_a_service_that_is_down_is_named() -> None:
    def down(data: bytes) -> bytes:
        raise ConnectionError("no route")

    with pytest.raises(SigningServiceError) as caught:
        seal(sign_bytes=down).sign(render(PERMIT), SIGNED_AT, PASSPHRASE)
    assert caught.value.facts == {"why": "ConnectionError"}


def test_a_signature_of_another_key_never_reaches_a_file() -> None:
    with pytest.raises(SigningServiceError) as caught:
        seal(sign_bytes=lambda _: bytes(256)).sign(render(PERMIT), SIGNED_AT, PASSPHRASE)
    assert caught.value.facts == {"why": "signature_of_another_key"}


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7\n", b"not a pdf", bytes(5000)])
def test_what_is_not_a_pdf_is_not_signed(pdf: bytes) -> None:
    with pytest.raises(UnsignableFileError):
        seal().sign(pdf, SIGNED_AT, PASSPHRASE)


def test_a_signed_permit_is_not_signed_twice() -> None:
    with pytest.raises(UnsignableFileError):
        seal().sign(signed_permit().pdf, SIGNED_AT, PASSPHRASE)


def test_a_kms_key_signs_a_permit_that_verifies() -> None:
    with mock_aws():
        kms = boto3.client("kms", region_name="ap-southeast-3")
        key_id = kms.create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
        public_key = kms.get_public_key(KeyId=key_id)["PublicKey"]

        def kms_signature(data: bytes) -> bytes:
            return kms.sign(
                KeyId=key_id, Message=data, MessageType="RAW", SigningAlgorithm="RSASSA_PKCS1_V1_5_SHA_256"
            )["Signature"]

        with open_authority(public_key, OFFICIAL.name, "Kepala Dinas", now=lambda: SIGNED_AT) as opened:
            signer = stamping_seal(opened, sign_bytes=kms_signature)
            signed = signer.sign(render(PERMIT), SIGNED_AT, PASSPHRASE)
    report = examine(signed.pdf, opened.certificate)
    assert (report.problem, report.level) == (None, "PAdES-B-LT")


@pytest.mark.parametrize("program", ["pdfsig"], indirect=True)
def test_pdfsig_calls_the_signature_valid_and_total(program: str, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed_permit().pdf)
    told = subprocess.run([program, path], capture_output=True, text=True, check=False).stdout  # noqa: S603
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told
    assert f"Common Name: {OFFICIAL.name}" in told


@pytest.mark.parametrize("program", ["qpdf"], indirect=True)
def test_qpdf_finds_no_fault_in_the_signed_file(program: str, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed_permit().pdf)
    result = subprocess.run([program, "--check", path], capture_output=True, text=True, check=False)  # noqa: S603
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_authority_certifies_signers_only_and_for_a_simulated_clock() -> None:
    leaf, root = x509.load_pem_x509_certificates(authority().chain)
    leaf.verify_directly_issued_by(root)
    assert root.not_valid_before_utc.year == 2000
    assert leaf.not_valid_after_utc.year == 2100
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == 0
    with pytest.raises(x509.ExtensionNotFound):
        leaf.extensions.get_extension_for_class(x509.BasicConstraints)
    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.content_commitment, usage.key_cert_sign) == (True, False)
    key = leaf.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    assert key.public_numbers() == private_key().public_key().public_numbers()


def test_a_key_that_cannot_sign_permits_is_refused() -> None:
    der, public = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    curve = ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(der, public)
    of_curve = create_authority(curve, "Contoh", "Kepala", now=lambda: SIGNED_AT)
    with pytest.raises(SignerNotActiveError):
        seal(chain_pem=of_curve.chain).sign(render(PERMIT), SIGNED_AT, PASSPHRASE)
    with pytest.raises(ValueError, match="deserialize"):
        create_authority(b"no key", "Contoh", "Kepala", now=lambda: SIGNED_AT)
    assert of_curve.certificate != authority().certificate
