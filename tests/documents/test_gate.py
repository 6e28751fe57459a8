import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.documents.errors import (
    EmptyFileError,
    HeicPhotoError,
    TooLargeError,
    UploadFault,
    WrongTypeError,
)
from chalicelib.documents.files.gate import (
    ACCEPTED,
    JPEG,
    MAX_BYTES,
    PDF,
    PNG,
    WEBP,
    check_upload,
    content_type_of,
)

_JPEG, _PNG, _PDF = b"\xff\xd8\xff\xe0....", b"\x89PNG\r\n\x1a\n....", b"%PDF-1.7\n...."
_WEBP = b"RIFF\x24\0\0\0WEBPVP8 ...."


@pytest.mark.parametrize(
    ("data", "kind"),
    [(_JPEG, JPEG), (_PNG, PNG), (_WEBP, WEBP), (_PDF, PDF), (b"\xef\xbb\xbf\n" + _PDF, PDF)],
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


def _heif(main: bytes, *others: bytes) -> bytes:
    brands = main + b"\0\0\0\0" + b"".join(others)
    return (8 + len(brands)).to_bytes(4, "big") + b"ftyp" + brands + b"\0\0\1\0meta" + b"\0" * 300


@pytest.mark.parametrize("declared", ["image/heic", "image/jpeg", "", None])
@pytest.mark.parametrize(
    "photo", [_heif(b"heic", b"mif1", b"heic"), _heif(b"mif1", b"heic"), _heif(b"heix"), _heif(b"heic")[:12]]
)
def test_a_photo_as_iphones_keep_them_is_told_apart_from_unknown_files(
    photo: bytes, declared: str | None
) -> None:
    with pytest.raises(HeicPhotoError):
        check_upload(photo, declared)


@pytest.mark.parametrize(
    "film_or_sound",
    [
        _heif(b"avif", b"mif1"),
        _heif(b"mif1", b"avif"),
        _heif(b"isom", b"mp42"),
        b"RIFF....WAVEfmt ",
        b"....ftyp",
    ],
)
def test_what_only_looks_like_a_photo_in_its_container_is_of_the_wrong_type(film_or_sound: bytes) -> None:
    with pytest.raises(WrongTypeError):
        check_upload(film_or_sound)


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


_STARTS = st.sampled_from([b"", _JPEG, _PNG, _WEBP, _PDF, b"\0\0\0\x18ftypmif1", b"RIFF"])


@given(st.builds(bytes.__add__, _STARTS, st.binary(max_size=200)), st.one_of(st.none(), st.text(max_size=20)))
def test_any_bytes_get_an_accepted_type_or_a_named_fault(data: bytes, declared: str | None) -> None:
    try:
        told = check_upload(data, declared)
    except UploadFault as fault:
        told = fault.code
    assert told in {*ACCEPTED, "empty", "too_large", "wrong_type", "heic_photo"}
