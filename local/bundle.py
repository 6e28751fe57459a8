"""A bundle on disk, in the form of the samples: `form.json` and the uploads it names."""

import json
import mimetypes
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from chalicelib.documents.words.alike import plain
from chalicelib.procedures.procedure import load


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """An application to be driven: the form as the API takes it, and the file of each filled slot."""

    submitted_on: date
    form: dict[str, Any]
    uploads: dict[str, Path]


def read_bundle(folder: Path) -> Bundle:
    """The bundle of a folder. Raises FileNotFoundError and KeyError when it is not one."""
    typed = json.loads((folder / "form.json").read_text(encoding="utf-8"))
    form = {
        "application_type": typed["application_type"],
        "group_name": typed["group_name"],
        "art_genre": genre_of(typed["art_type"]),
        "group_address": typed["group_address"],
        "village": typed["village"],
        "sub_district": typed["district"],
        "member_count": typed["member_count"],
        "leader_name": typed["leader_name"],
        "national_id": typed["leader_nik"],
        "previous_permit_number": typed["old_certificate_number"] or "",
    }
    uploads = {slot: folder / name for slot, name in typed["uploads"].items() if name}
    return Bundle(submitted_on=date.fromisoformat(typed["submitted_on"]), form=form, uploads=uploads)


def own_bundle(folder: Path, *, quick: bool = False) -> Bundle:
    """A complete application of the project's own, made up and drawn afresh.

    With `quick` only the card is a photograph: papers that were made as PDFs are read in a moment.
    """
    from tests.documents.generator import write_bundle

    write_bundle(folder, damages=("photo_mild", "native", "native", "native") if quick else None)
    return read_bundle(folder)


def genre_of(words: str) -> str:
    """The genre whose name shares a word with what was typed; "lainnya" for anything else."""
    typed = set(plain(words).split())
    for genre in load().genres:
        if typed & set(plain(genre.name.id).split()):
            return genre.slug
    return "lainnya"


def content_type(file: Path) -> str:
    """The type that a browser would send for a file of that name."""
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"
