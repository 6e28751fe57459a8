"""The fields of an ID card (KTP)."""

import re
from collections.abc import Sequence

from chalicelib.documents.papers.labels import Labelled, labelled
from chalicelib.documents.papers.reading import Extract, all_rows, first, retold, row_text, value_of
from chalicelib.documents.sight.sheet import Row, Sheet
from chalicelib.documents.types import Kind, Value
from chalicelib.documents.words.alike import distance, plain
from chalicelib.documents.words.dates import first_date
from chalicelib.documents.words.lexicon import cleaned, lexicon_of
from chalicelib.documents.words.national_id import find_number, fits_birth, is_woman, well_formed
from chalicelib.documents.words.vocabulary import nearest, places, vocabulary

LIFELONG = "SEUMUR HIDUP"
"""What stands on most cards in the place of a day until which they hold."""
_LONG = frozenset({"address", "full_name", "occupation"})
_PLAIN = ("full_name", "address", "village", "district")
_CHOSEN = {"gender": 0.4, "religion": 0.35, "marital_status": 0.3, "nationality": 0.5, "occupation": 0.2}
_BLOOD = re.compile(r"^\W*(AB|A|B|O)\s*([+-]?)(?![A-Z])")
_BLOOD_TWINS = str.maketrans("E8R30QDC4", "BBBBOOOOA")
_BLOOD_ON_ROW = re.compile(r"\bG[o0][l1I|]?\W*[D0O]ara[hn]\s*[:;.]?\s*(\S{1,3})(?!\S)", re.IGNORECASE)
_FIGURES = str.maketrans("OoQDlI|iSBZ", "00001111582")
_GUESSED = 0.5  # certainty up to which a word that is none of a fixed set is a speck or a colon
_LIKE_FIGURES = re.compile(r"(?=.*[0-9])[\s0-9OoQDlI|iSBZ/\\.-]+(?![A-Za-z])")
_REGENCY = re.compile(r"^\s*(?:KABUPATEN|KAB\.?|KOTA)\s*[.:]?\s*(.+)$", re.IGNORECASE)
_PROVINCE = re.compile(r"^\s*PROV[I1l]NS[I1l]\s*(.+)$", re.IGNORECASE)


def read_card(sheets: Sequence[Sheet]) -> Extract:
    """The seventeen fields of the card; a field that cannot be read is absent."""
    found = labelled(sheets, lexicon_of(Kind.KTP), _LONG, weak=frozenset())
    rows = all_rows(sheets)
    fields = _head(rows)
    for field in _PLAIN:
        label = first(found, field)
        if label:
            fields[field] = _tidied(field, label.value)
    fields |= _birth(first(found, "birth")) | _chosen(found) | _numbers(found)
    fields["blood_type"] = _blood(found, rows)
    number = _number(found, rows, fields.get("birth_date"), fields.get("gender"))
    return Extract(fields | ({"national_id": number} if number else {}))


def _head(rows: Sequence[Row]) -> dict[str, Value]:
    """Province and regency in the first lines."""
    fields: dict[str, Value] = {}
    for row in rows[:6]:
        text = row_text(row)
        for field, pattern, known in (
            ("province", _PROVINCE, places().province),
            ("regency", _REGENCY, places().regency),
        ):
            match = pattern.match(text)
            if match and field not in fields:
                name = cleaned(match[1])
                snapped = nearest(name, [known], 0.25)
                fields[field] = value_of(row, snapped or name)
    return fields


def _tidied(field: str, value: Value) -> Value:
    text = value.text.replace(";", ",").strip(" .,-_|:") if field != "address" else value.text.strip(" ,-_|:")
    if field == "district":
        known = nearest(text, places().districts, 0.2)
        return retold(value, known.upper() if known else text)
    return retold(value, text)


def _birth(label: Labelled | None) -> dict[str, Value]:
    if label is None:
        return {}
    place, comma, rest = label.value.text.partition(",")
    date = first_date(rest if comma else label.value.text)
    if not comma:
        place = re.split(r"\s*[0-9]", label.value.text)[0]
    fields = {"birth_place": retold(label.value, place.strip(" .,-:"))} if plain(place) else {}
    if date:
        fields["birth_date"] = retold(label.value, date.isoformat())
    return fields


def _chosen(found: Sequence[Labelled]) -> dict[str, Value]:
    """Fields with a fixed set of values: the nearest one of the set, or what is printed when none is near."""
    fields: dict[str, Value] = {}
    for field, tolerance in _CHOSEN.items():
        label = first(found, field)
        if label is None:
            continue
        choice = nearest(label.value.text, vocabulary().ktp.choices[field], tolerance)
        if choice is None and field == "gender":
            choice = next(
                (c for c in vocabulary().ktp.choices[field] if plain(c) in plain(label.value.text)), None
            )
        if choice or label.value.confidence > _GUESSED:
            fields[field] = retold(label.value, choice or label.value.text, 1.0 if choice else 0.8)
    return fields


def _blood(found: Sequence[Labelled], rows: Sequence[Row]) -> Value:
    """The blood type, also where its label was read together with what stands before it; `-` where none is printed."""
    label = first(found, "blood_type")
    told = [(label.value, label.value.text)] if label else []
    told += [(value_of(row), match[1]) for row in rows if (match := _BLOOD_ON_ROW.search(row_text(row)))]
    for value, text in told:
        group = _BLOOD.match(text.upper().translate(_BLOOD_TWINS))
        if group:
            return retold(value, group[1] + group[2])
    return Value(text="-", confidence=0.85)


def _numbers(found: Sequence[Labelled]) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    label = first(found, "rt_rw")
    neighbourhood = _rt_rw(label.value.text) if label else None
    if label and neighbourhood:
        fields["rt_rw"] = retold(label.value, neighbourhood, 1.0 if len(neighbourhood) == 7 else 0.9)
    until = first(found, "valid_until")
    if until:
        date = first_date(until.value.text)
        lifelong = distance(plain(until.value.text)[:12], plain(LIFELONG), 4) <= 4
        fields["valid_until"] = retold(
            until.value, LIFELONG if lifelong else date.isoformat() if date else until.value.text
        )
    return fields


def _rt_rw(text: str) -> str | None:
    """`002/001` as printed, figures taken for the letters that they look like; a stroke may have been read as one."""
    begin = _LIKE_FIGURES.match(re.sub(r"R[TW]\b\.?", " ", text))
    parts = re.findall(r"[0-9]+", begin[0].translate(_FIGURES)) if begin else []
    digits = "".join(parts)
    if len(digits) == 6:
        return f"{digits[:3]}/{digits[3:]}"
    if len(parts) == 2 and max(map(len, parts)) <= 3:
        return "/".join(parts)
    half = len(digits) // 2
    stroke = len(parts) == 1 and len(digits) in (5, 7) and digits[half] == "1"
    return f"{digits[:half]}/{digits[half + 1 :]}" if stroke else None


def _number(
    found: Sequence[Labelled], rows: Sequence[Row], birth: Value | None, gender: Value | None
) -> Value | None:
    """The ID number beside its label or, when the label was lost, the number on the card with its structure."""
    label = first(found, "national_id")
    candidates: list[tuple[str, Value]] = []
    if label:
        number = find_number(label.value.text, label.digits)
        candidates += [(number, label.value)] if number else []
    for row in rows:
        for piece in row:
            number = find_number(cleaned(piece.text), piece.digits)
            candidates += [(number, value_of((piece,)))] if number else []
    if not candidates:
        return None
    number, value = max(candidates, key=lambda pair: _trust(pair[0], birth, gender))
    return retold(value, number, _trust(number, birth, gender))


def _trust(number: str, birth: Value | None, gender: Value | None) -> float:
    """How well the number's own parts agree with each other and with the rest of the card."""
    if not well_formed(number):
        return 0.5
    date = first_date(birth.text) if birth else None
    agrees = date is None or fits_birth(number, date)
    fits_gender = gender is None or is_woman(number) == gender.text.startswith("P")
    return 1.0 if agrees and fits_gender else 0.85
