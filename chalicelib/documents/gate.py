"""The cheap door before any parser: size and first bytes. Loads no parser and looks at no more than the ends."""

from chalicelib.documents.errors import EmptyFileError, TooLargeError, WrongTypeError

MAX_BYTES = 10 * 1024 * 1024
JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
ACCEPTED = (JPEG, PNG, PDF)
_ALIASES = {"image/jpg": JPEG, "image/pjpeg": JPEG, "image/x-png": PNG, "application/x-pdf": PDF}
_UNDECLARED = ("", "application/octet-stream", "binary/octet-stream")


def content_type_of(data: bytes) -> str:
    """The media type by the first bytes, `application/octet-stream` for everything that is not accepted.

    A PDF header may stand within the first 1,024 bytes (ISO 32000-1, Annex H.3.4.1), but only after blanks or a byte
    order mark: anything else in front could be another format's header.
    """
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data[:1024].lstrip(b"\xef\xbb\xbf\x00\t\n\x0c\r ").startswith(b"%PDF-"):
        return PDF
    return "application/octet-stream"


def check_upload(data: bytes, declared_type: str | None = None) -> str:
    """The content type of an acceptable file. Raises EmptyFileError, TooLargeError or WrongTypeError."""
    if not data:
        raise EmptyFileError
    if len(data) > MAX_BYTES:
        raise TooLargeError(limit=MAX_BYTES, size=len(data))
    found = content_type_of(data)
    if found not in ACCEPTED:
        raise WrongTypeError(found=found)
    declared = (declared_type or "").split(";")[0].strip().lower()
    if declared not in _UNDECLARED and _ALIASES.get(declared, declared) != found:
        raise WrongTypeError(found=found, declared=declared)
    return found
