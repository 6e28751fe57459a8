"""The cheap door before any parser: size and first bytes. Loads no parser and looks at no more than the ends."""

from chalicelib.documents.errors import EmptyFileError, HeicPhotoError, TooLargeError, WrongTypeError

MAX_BYTES = 10 * 1024 * 1024
JPEG, PNG, WEBP, PDF = "image/jpeg", "image/png", "image/webp", "application/pdf"
ACCEPTED = (JPEG, PNG, WEBP, PDF)
_ALIASES = {"image/jpg": JPEG, "image/pjpeg": JPEG, "image/x-png": PNG, "application/x-pdf": PDF}
_UNDECLARED = ("", "application/octet-stream", "binary/octet-stream")
_HEIC_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"))
_ANY_HEIF = frozenset((b"mif1", b"msf1"))


def content_type_of(data: bytes) -> str:
    """The media type by the first bytes, `application/octet-stream` for everything that is not accepted.

    A PDF header may stand within the first 1,024 bytes (ISO 32000-1, Annex H.3.4.1), but only after blanks or a byte
    order mark: anything else in front could be another format's header.
    """
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return WEBP
    if data[:1024].lstrip(b"\xef\xbb\xbf\x00\t\n\x0c\r ").startswith(b"%PDF-"):
        return PDF
    return "application/octet-stream"


def is_heic(data: bytes) -> bool:
    """Whether this is a photo as iPhones keep them: a HEIF file (ISO/IEC 23008-12) whose brand says HEVC."""
    if data[4:8] != b"ftyp":
        return False
    end = min(int.from_bytes(data[:4], "big"), 256)
    brands = {data[at : at + 4] for at in range(16, end - 3, 4)}
    main = data[8:12]
    return main in _HEIC_BRANDS or (main in _ANY_HEIF and not _HEIC_BRANDS.isdisjoint(brands))


def check_upload(data: bytes, declared_type: str | None = None) -> str:
    """The content type of an acceptable file. Raises EmptyFileError, TooLargeError, HeicPhotoError, WrongTypeError."""
    if not data:
        raise EmptyFileError
    if len(data) > MAX_BYTES:
        raise TooLargeError(limit=MAX_BYTES, size=len(data))
    found = content_type_of(data)
    if is_heic(data):
        raise HeicPhotoError
    if found not in ACCEPTED:
        raise WrongTypeError(found=found)
    declared = (declared_type or "").split(";")[0].strip().lower()
    if declared not in _UNDECLARED and _ALIASES.get(declared, declared) != found:
        raise WrongTypeError(found=found, declared=declared)
    return found
