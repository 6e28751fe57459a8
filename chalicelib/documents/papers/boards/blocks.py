"""The officers in blocks of labels: `Nama : X` and below it `Jabatan : Y`, once for each person."""

from collections.abc import Sequence

from chalicelib.documents.papers.boards.officer_names import is_name, name_in
from chalicelib.documents.papers.labels import Labelled, labelled
from chalicelib.documents.papers.reading import retold
from chalicelib.documents.sight.sheet import Sheet
from chalicelib.documents.types import Officer, Value
from chalicelib.documents.words.lexicon import Lexicon
from chalicelib.documents.words.positions import spelled
from chalicelib.documents.words.vocabulary import vocabulary

_BOTH = ("position", "name")


def in_blocks(sheets: Sequence[Sheet]) -> tuple[list[Officer], int, int] | None:
    """The officers, the row of the first label and past the last; None unless two people are named so."""
    columns = vocabulary().board_roster.columns
    found = [
        label
        for label in labelled(sheets, Lexicon({kind: columns[kind] for kind in _BOTH}))
        if label.value.text
    ]
    pairs = [_pair(found[at : at + 2]) for at in range(0, len(found) - 1, 2)]
    officers = [officer for officer in pairs if officer]
    if len(officers) < 2 or len(officers) < len(pairs):
        return None
    rows = [sum(len(sheet.rows) for sheet in sheets[: label.sheet]) + label.row for label in found]
    return officers, rows[0], rows[-1] + 1


def _pair(labels: Sequence[Labelled]) -> Officer | None:
    """One block; None when it does not say both."""
    said: dict[str, Value] = {label.field: label.value for label in labels}
    if set(said) != set(_BOTH) or not is_name(said["name"].text):
        return None
    position, name = said["position"], said["name"]
    return Officer(
        position=retold(position, spelled(position.text, position.confidence)),
        name=retold(name, name_in(name.text)),
    )
