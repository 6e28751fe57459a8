import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.documents.errors import EmptyFileError, TooLargeError, UploadFault, WrongTypeError
from chalicelib.documents.gate import ACCEPTED, JPEG, MAX_BYTES, PDF, PNG, check_upload, content_type_of

_JPEG, _PNG, _PDF = b"\xff\xd8\xff\xe0....", b"\x89PNG\r\n\x1a\n....", b"%PDF-1.7\n...."


@pytest.mark.parametrize(
    ("data", "kind"), [(_JPEG, JPEG), (_PNG, PNG), (_PDF, PDF), (b"\xef\xbb\xbf\n" + _PDF, PDF)]
)
def test_the_first_bytes_tell_the_type(data: bytes, kind: str) -> None:
    assert content_type_of(data) == kind
    assert check_upload(data, kind) == kind


def test_a_name_or_a_declared_type_does_not_make_a_type() -> None:
    with pytest.raises(WrongTypeError):
        check_upload(b"GIF89a......", JPEG)
    with pytest.raises(WrongTypeError):
        check_upload(_PNG, JPEG)
    with pytest.raises(WrongTypeError):
        check_upload(b"<html>" + _PDF, PDF)


def test_the_spellings_that_browsers_use_are_taken() -> None:
    assert check_upload(_JPEG, "image/jpg") == JPEG
    assert check_upload(_PDF, "application/octet-stream") == PDF
    assert check_upload(_PNG) == PNG


def test_an_empty_and_an_oversized_file_are_named() -> None:
    with pytest.raises(EmptyFileError):
        check_upload(b"")
    with pytest.raises(TooLargeError) as caught:
        check_upload(_JPEG + b"\0" * MAX_BYTES)
    assert caught.value.facts["limit"] == MAX_BYTES


@given(st.binary(max_size=200), st.one_of(st.none(), st.text(max_size=20)))
def test_any_bytes_get_an_accepted_type_or_a_named_fault(data: bytes, declared: str | None) -> None:
    try:
        told = check_upload(data, declared)
    except UploadFault as fault:
        told = fault.code
    assert told in {*ACCEPTED, "empty", "too_large", "wrong_type"}
