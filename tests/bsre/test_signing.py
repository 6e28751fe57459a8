"""The contract with the service, case by case, against one that answers over TLS and really signs."""

import traceback

import msgspec
import pytest

from chalicelib.bsre import wire
from chalicelib.bsre.signer import BsreSigner, client_of, kept_access
from chalicelib.errors import Fault
from chalicelib.permits import errors
from chalicelib.permits.layout import render
from chalicelib.permits.port import PermitSigner
from chalicelib.permits.verification import examine
from chalicelib.sealed import Sealed
from local.esign.moods import GARBLED, REFUSALS
from local.esign.pki import Pki
from local.esign.service import EsignService
from tests.bsre.conftest import AT, FORMS, HEAD, sign, signer_at, unsigned
from tests.permits.office import PERMIT


@FORMS
def test_a_permit_comes_back_signed_at_the_level_that_the_service_gives(
    service: EsignService, form: str
) -> None:
    signer: PermitSigner = signer_at(service, form)
    signer.check(AT)
    signed = signer.sign(unsigned(), AT, HEAD.passphrase)
    assert signed.pdf.startswith(unsigned())
    assert (signed.level, signed.signed_with) == ("PAdES-B-LT", "trial")
    assert signed.certificate_subject == HEAD.name
    assert service.made == 1


def test_version_one_can_answer_in_base_64_as_well(service: EsignService) -> None:
    service.mood = "base64"
    assert sign(signer_at(service, "v1")).level == "PAdES-B-LT"


def test_version_two_knows_a_signer_by_mail_address_too(service: EsignService) -> None:
    signer = signer_at(service, "v2", signer_id=HEAD.email)
    signer.check(AT)
    assert sign(signer).signed_with == "trial"


@pytest.mark.parametrize(("form", "who"), [("v1", HEAD.email), ("v1", ""), ("v2", "kepala"), ("v2", "")])
def test_a_signer_without_a_usable_id_is_refused_before_anything_is_sent(
    service: EsignService, form: str, who: str
) -> None:
    signer = signer_at(service, form, signer_id=who)
    with pytest.raises(errors.SignerIdMissingError):
        signer.check(AT)
    with pytest.raises(errors.SignerIdMissingError):
        sign(signer)
    assert service.heard == []


@FORMS
@pytest.mark.parametrize("status", sorted(wire.NOT_ACTIVE))
def test_every_status_that_cannot_sign_has_an_error_of_its_own(
    service: EsignService, form: str, status: str
) -> None:
    service.status = status
    with pytest.raises(errors.SignerNotActiveError) as caught:
        signer_at(service, form).check(AT)
    assert type(caught.value) is wire.NOT_ACTIVE[status]
    assert len({one.code for one in wire.NOT_ACTIVE.values()}) == len(wire.NOT_ACTIVE) == 8


@FORMS
def test_a_status_that_nobody_has_heard_of_leaves_it_to_the_signing(service: EsignService, form: str) -> None:
    service.status = "BLESSED"
    signer_at(service, form).check(AT)


REFUSED_AS: dict[str, type[Fault]] = {
    "wrong_passphrase": errors.PassphraseError,
    "wrong_passphrase_as_message": errors.PassphraseError,
    "wrong_passphrase_in_text_alone": errors.PassphraseError,
    "wrong_passphrase_at_200": errors.PassphraseError,
    "not_registered": errors.SignerNotRegisteredError,
    "not_registered_in_the_older_shape": errors.SignerNotRegisteredError,
    "not_registered_at_200": errors.SignerNotRegisteredError,
    "certificate_expired": errors.SignerExpiredError,
    "number_without_a_name": errors.SigningRefusedError,
    "number_without_a_name_at_200": errors.SigningRefusedError,
    "account_refused": errors.SigningAccountError,
    "account_without_right": errors.SigningAccountError,
    "moved": errors.SigningServiceError,
    "no_such_place": errors.SigningServiceError,
    "too_busy": errors.SigningServiceError,
}


def test_every_refusal_of_the_service_is_tried_here() -> None:
    assert set(REFUSED_AS) == set(REFUSALS)


@FORMS
@pytest.mark.parametrize("mood", sorted(REFUSED_AS))
def test_a_refusal_is_called_by_its_name_and_nothing_is_repeated(
    service: EsignService, form: str, mood: str
) -> None:
    service.mood = mood
    with pytest.raises(Fault) as caught:
        sign(signer_at(service, form))
    assert type(caught.value) is REFUSED_AS[mood]
    assert len(service.heard) == 1


@FORMS
def test_a_number_that_we_have_no_name_for_is_told(service: EsignService, form: str) -> None:
    service.mood = "number_without_a_name"
    with pytest.raises(errors.SigningRefusedError) as caught:
        sign(signer_at(service, form))
    assert caught.value.facts == {"number": 2021}


@FORMS
def test_the_service_itself_refuses_a_wrong_passphrase(service: EsignService, form: str) -> None:
    with pytest.raises(errors.PassphraseError):
        sign(signer_at(service, form), "bukan ini")
    assert service.made == 0


@FORMS
def test_who_is_not_in_the_services_book_is_not_registered(service: EsignService, form: str) -> None:
    with pytest.raises(errors.SignerNotRegisteredError):
        sign(signer_at(service, form, signer_id="3514990101700002"))


REFUSED_FILES = {
    "unsigned": "not_our_file",
    "another_file": "not_our_file",
    "signed_twice": "several_signatures",
    "annotated_after": "changed_after",
    "by_a_stranger": "untrusted_time_stamp",
    "not_pades": "not_pades",
    "one_bit_altered": "altered",
    "cut_short": "unreadable",
    "something_after": "changed_after",
}


@FORMS
@pytest.mark.parametrize("mood", sorted(REFUSED_FILES))
def test_a_file_that_is_not_ours_with_one_good_signature_is_refused_by_name(
    service: EsignService, form: str, mood: str
) -> None:
    service.mood = mood
    with pytest.raises(errors.SignedFileError) as caught:
        sign(signer_at(service, form))
    assert caught.value.facts == {"why": REFUSED_FILES[mood]}


def test_one_signer_signs_one_file_and_gives_it_again(service: EsignService) -> None:
    signer = signer_at(service, "v2")
    first = sign(signer)
    assert sign(signer) is first
    other = render(msgspec.structs.replace(PERMIT, permit_number="NIK/0013/424.086/2026"))
    with pytest.raises(errors.SigningOvertakenError):
        signer.sign(other, AT, HEAD.passphrase)
    assert service.made == 1


@FORMS
def test_a_service_that_nobody_vouches_for_hears_neither_account_nor_passphrase(
    service: EsignService, form: str
) -> None:
    kept = msgspec.structs.replace(
        kept_access(service.secret()), service_ca=Pki("Orang lain").root_pem.decode()
    )
    signer = BsreSigner(
        client=client_of(form, service.url, kept),
        signer_id=Sealed(HEAD.national_id.encode()),
        trust_roots=kept.trust_roots.encode(),
        seconds=5,
    )
    for ask in (lambda: signer.check(AT), lambda: sign(signer)):
        with pytest.raises(errors.SigningServiceError) as caught:
            ask()
        assert caught.value.facts == {"why": "untrusted_service"}
    assert service.heard == []


@FORMS
def test_a_service_that_is_not_there_has_signed_nothing_for_sure(service: EsignService, form: str) -> None:
    for ask in (BsreSigner.check, lambda signer, _: sign(signer)):
        with pytest.raises(errors.SigningServiceError):
            ask(signer_at(service, form, url="https://127.0.0.1:9"), AT)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8080", "https://", "ftp://contoh.id", "https://a:b@contoh.id"]
)
def test_only_a_plain_https_address_is_spoken_to(service: EsignService, url: str) -> None:
    with pytest.raises(errors.SigningServiceError):
        client_of("v2", url, kept_access(service.secret()))


@pytest.mark.parametrize("text", ["", "{}", '{"username": "a", "password": "b", "trust_roots": "bukan PEM"}'])
def test_a_secret_that_was_not_filled_in_is_named(text: str) -> None:
    with pytest.raises(errors.SigningServiceError) as caught:
        kept_access(text)
    assert caught.value.facts == {"why": "not_set_up"}


def test_the_footer_names_bsre_only_where_all_trust_is_in_the_national_root(service: EsignService) -> None:
    assert "BSrE" not in signer_at(service, "v2").note
    assert "tidak tersertifikasi" in signer_at(service, "v2").note
    national, other = Pki("Root CA Indonesia DS G1").root_pem, service.pki.root_pem
    for roots, named in ((national, True), (national + other, False), (other, False)):
        signer = BsreSigner(
            client=client_of("v2", service.url, kept_access(service.secret())),
            signer_id=Sealed(b"x@contoh.id"),
            trust_roots=roots,
            seconds=5,
        )
        assert ("diterbitkan oleh Balai Besar Sertifikasi Elektronik" in signer.note) is named


def test_under_the_national_root_a_certificate_of_another_authority_is_refused() -> None:
    """Who is named on the paper must be who certified: BSrE's name there, another's in the file."""
    service = EsignService([HEAD], Pki("Root CA Indonesia DS G1"))
    with service.running(), pytest.raises(errors.SignedFileError) as caught:
        sign(signer_at(service, "v2"))
    assert caught.value.facts == {"why": "other_authority"}
    certified = EsignService([HEAD], Pki("BSRE CA DS G1"))
    with certified.running():
        signed = sign(signer_at(certified, "v2"))
    assert signed.signed_with == "bsre"


@FORMS
@pytest.mark.parametrize("mood", sorted({**REFUSALS, **GARBLED}))
def test_no_error_names_the_signer_or_the_passphrase(service: EsignService, form: str, mood: str) -> None:
    service.mood = mood
    with pytest.raises(Fault) as caught:
        sign(signer_at(service, form))
    told = "".join(traceback.format_exception(caught.value))
    assert HEAD.national_id not in told
    assert HEAD.passphrase not in told


def test_a_signed_file_passes_our_own_check_up_to_its_signature(service: EsignService) -> None:
    service.mood = "well"
    signed = sign(signer_at(service, "v2"))
    end = signed.pdf.rindex(b"%%EOF", 0, signed.pdf.rindex(b"%%EOF")) + 6
    assert examine(signed.pdf[:end], service.pki.root_pem).problem is None
