"""The permit number: written from a template of the procedure, and read back from what people type."""

import re
import string

import msgspec

from chalicelib.permits.errors import NumberTemplateError, PermitNumberError

_TYPE = "[A-Z0-9][A-Z0-9-]{0,11}"
_PATTERNS = {"type": f"(?P<type>{_TYPE})", "serial": r"(?P<serial>[0-9]+)", "year": "(?P<year>[0-9]{4})"}
_ZERO_FILLED = re.compile(r"0[1-9]d")


class PermitNumber(msgspec.Struct, frozen=True):
    """The parts of a number: `type` is the permit type in short, `serial` counts from 1 in each `year`."""

    type: str
    serial: int
    year: int


def _parts(template: str) -> list[tuple[str, str | None, str]]:
    try:
        parsed = list(string.Formatter().parse(template))
    except ValueError as error:
        raise NumberTemplateError(template=template, why=str(error)) from None
    fields = [name for _, name, _, _ in parsed if name is not None]
    if sorted(fields) != sorted(_PATTERNS):
        raise NumberTemplateError(template=template, why="needs {type}, {serial} and {year}, each once")
    for _, name, spec, conversion in parsed:
        if conversion or (spec and (name != "serial" or not _ZERO_FILLED.fullmatch(spec))):
            raise NumberTemplateError(template=template, why=f"unknown format of {name}")
    return [(literal, name, spec or "") for literal, name, spec, _ in parsed]


def format_number(template: str, number: PermitNumber) -> str:
    """The number as printed, such as "NIK/0012/424.086/2026" from "{type}/{serial:04d}/424.086/{year}".

    Raises NumberTemplateError for a template without exactly the three fields, and PermitNumberError for
    parts that could not be read back.
    """
    parts = _parts(template)
    fits = re.fullmatch(_TYPE, number.type) and number.serial >= 1 and 1000 <= number.year <= 9999
    if not fits:
        raise PermitNumberError(expected=template)
    values = {"type": number.type, "serial": number.serial, "year": number.year}
    return "".join(literal + (format(values[name], spec) if name else "") for literal, name, spec in parts)


def parse_number(template: str, text: str) -> PermitNumber:
    """The parts of a printed number; spaces around it and small letters are forgiven.

    Raises PermitNumberError for anything that `format_number` would not have written.
    """
    shape = "".join(
        re.escape(literal) + (_PATTERNS[name] if name else "") for literal, name, _ in _parts(template)
    )
    found = re.fullmatch(shape, "".join(text.split()).upper(), re.ASCII | re.IGNORECASE)
    if found is None:
        raise PermitNumberError(expected=template)
    number = PermitNumber(found["type"], int(found["serial"]), int(found["year"]))
    if number.serial < 1 or format_number(template, number).upper() != found[0]:
        raise PermitNumberError(expected=template)
    return number
