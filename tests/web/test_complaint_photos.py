"""A photo with a complaint: one exact place in quarantine, and our own picture of it for the officer."""

import io
import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image

from chalicelib.complaints.photo import MOST_TRIES
from chalicelib.steps import complaining
from chalicelib.tasks import inspecting
from tests.documents.hostile import huge_png
from tests.infrastructure.calls import policy_of
from tests.site.photos import page
from tests.web.office import Office, Told
from tests.web.test_complaints import KEY, complain, follow, link, proof

PLACE = "Jalan Rahasia 7"


def photo(kind: str = "JPEG") -> bytes:
    """A photo that tells where it was taken, in every way in which a file can."""
    exif = Image.Exif()
    exif[0x010E] = PLACE
    how = {"exif": exif, "comment": PLACE.encode()} if kind == "JPEG" else {"exif": exif}
    out = io.BytesIO()
    page(2400, 1800).save(out, kind, **how)
    assert PLACE.encode() in out.getvalue()
    return out.getvalue()


def offer(office: Office, number: str, contact: str, kind: str = "image/jpeg", size: int = 5000) -> Told:
    """A place for a photo, as the page asks for it."""
    body = {"number": number, "contact": contact, "content_type": kind, "size": size}
    return office.ask("POST", "/api/complaints/photos", body)


def arrive(office: Office, key: str, data: bytes) -> None:
    """The file comes into quarantine, and the queue tells it."""
    office.desk.files.write(office.desk.settings.quarantine_bucket, key, data, "image/jpeg")
    told = json.dumps({"Records": [{"s3": {"object": {"key": key}}}]})
    event = {"Records": [{"messageId": "one", "body": told}]}
    assert inspecting.inspect(event, office.desk) == {"batchItemFailures": []}


def sent(office: Office, contact: str, data: bytes, kind: str = "image/jpeg") -> tuple[str, str]:
    """A complaint with that photo; its number, and the key in quarantine."""
    number = str(complain(office, contact).json["number"])
    key = str(offer(office, number, contact, kind).json["fields"]["key"])
    arrive(office, key, data)
    return number, key


def opened(office: Office, number: str) -> dict[str, Any]:
    """The complaint as the officer gets it."""
    told = office.ask("GET", "/api/complaints/answering", **link(office, office.desk.complaints.find(number)))
    return dict(told.json)


def shown(office: Office, number: str) -> dict[str, str | None]:
    """The photo as the officer gets it."""
    return dict(opened(office, number)["photo"])


def test_the_place_takes_exactly_that_file(office: Office) -> None:
    number = complain(office, "tempat@contoh.id").json["number"]
    told = offer(office, number, "tempat@contoh.id", "image/png")
    assert told.status == 201
    conditions = policy_of(told.json["fields"])["conditions"]
    complaint = office.desk.complaints.find(number)
    assert complaint.photo is not None
    key = f"{complaint.complaint_id}/{complaint.photo.upload_id}/photo"
    for exact in (
        {"bucket": office.desk.settings.quarantine_bucket},
        {"key": key},
        {"Content-Type": "image/png"},
        ["content-length-range", 1, 10 * 1024 * 1024],
    ):
        assert exact in conditions
    assert len(key.split("/")[1]) == 32


@pytest.mark.parametrize(
    ("kind", "size", "where"),
    [
        ("application/pdf", 5, "content_type"),
        ("image/svg+xml", 5, "content_type"),
        ("image/jpeg", 0, "size"),
        ("image/jpeg", 10 * 1024 * 1024 + 1, "size"),
    ],
)
def test_what_is_no_photo_gets_no_place(office: Office, kind: str, size: int, where: str) -> None:
    number = complain(office, f"bukan{where}{size}@contoh.id").json["number"]
    told = offer(office, number, f"bukan{where}{size}@contoh.id", kind, size)
    assert (told.code, told.json["facts"]["where"]) == ("invalid_input", where)
    assert office.desk.complaints.find(number).photo is None


def test_only_who_complained_can_send_a_photo_with_it(office: Office) -> None:
    number = complain(office, "punya@contoh.id").json["number"]
    strange = offer(office, number, "lain@contoh.id"), offer(office, "ADU-2026-99999", "punya@contoh.id")
    assert strange[0].text == strange[1].text
    assert strange[0].code == "not_found"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_the_officer_sees_a_picture_of_ours_that_tells_no_place(office: Office, kind: str) -> None:
    contact = f"foto{kind.lower()}@contoh.id"
    number = str(complain(office, contact).json["number"])
    assert follow(office, number, contact).json["photo"] is None
    assert opened(office, number)["photo"] is None
    key = str(offer(office, number, contact, f"image/{kind.lower()}").json["fields"]["key"])
    assert follow(office, number, contact).json["photo"] == {"state": "awaiting", "fault": None}
    assert shown(office, number) == {"state": "awaiting", "url": None}
    arrive(office, key, photo(kind))
    assert follow(office, number, contact).json["photo"] == {"state": "kept", "fault": None}
    seen = office.desk.complaints.find(number).photo
    assert seen is not None
    data = office.desk.files.read(office.desk.settings.documents_bucket, seen.object_key, seen.version_id)
    picture = Image.open(io.BytesIO(data))
    assert (picture.format, picture.width) == ("JPEG", 1600)
    assert PLACE.encode() not in data
    assert "exif" not in picture.info
    url = urlsplit(str(shown(office, number)["url"]))
    assert url.path.endswith(seen.object_key)
    assert parse_qs(url.query)["versionId"] == [seen.version_id]
    documents = office.desk.files.keys(office.desk.settings.documents_bucket, key.split("/", maxsplit=1)[0])
    assert documents == [seen.object_key]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"%PDF-1.4\n%%EOF", "wrong_type"),
        (b"<svg onload='alert(1)'/>", "wrong_type"),
        (b"\x89PNG\r\n\x1a\n and then nothing", "damaged"),
        (huge_png(), "too_large"),
        (b"\xff\xd8\xff\xe0 called a PNG", "wrong_type"),
    ],
)
def test_a_hostile_file_is_named_and_never_shown(office: Office, data: bytes, fault: str) -> None:
    contact = f"jahat{len(data)}@contoh.id"
    number, key = sent(office, contact, data, "image/png")
    assert follow(office, number, contact).json["photo"] == {"state": "refused", "fault": fault}
    assert shown(office, number) == {"state": "refused", "url": None}
    assert office.desk.files.keys(office.desk.settings.documents_bucket, key.split("/", maxsplit=1)[0]) == []


def test_a_file_that_comes_again_to_the_same_place_changes_nothing(office: Office) -> None:
    number, key = sent(office, "lagi@contoh.id", photo())
    before = office.desk.complaints.find(number)
    arrive(office, key, b"%PDF-1.4 something else")
    assert office.desk.complaints.find(number) == before
    assert offer(office, number, "lagi@contoh.id").code == "state_conflict"


def test_a_key_that_nobody_offered_is_left(office: Office) -> None:
    number = complain(office, "kunci@contoh.id").json["number"]
    key = offer(office, number, "kunci@contoh.id").json["fields"]["key"]
    before = office.desk.complaints.find(number)
    for other in (f"{key}/more", key.replace("/photo", "/ktp"), f"complaint-{'0' * 32}/x/photo"):
        arrive(office, other, photo())
    assert office.desk.complaints.find(number) == before


def test_places_for_one_complaint_have_an_end(office: Office) -> None:
    number = complain(office, "batas@contoh.id").json["number"]
    codes = [offer(office, number, "batas@contoh.id").status for _ in range(MOST_TRIES + 1)]
    assert codes == [201] * MOST_TRIES + [429]


def test_the_answer_waits_for_no_photo_and_is_the_end_of_it(office: Office) -> None:
    number = complain(office, "tanpa@contoh.id").json["number"]
    key = offer(office, number, "tanpa@contoh.id").json["fields"]["key"]
    complaint = office.desk.complaints.find(number)
    body = {"answer": "Sudah selesai.", "code": proof(office, complaint)}
    told = office.ask("POST", "/api/complaints/answering", body, **link(office, complaint), **KEY)
    assert told.status == 200
    assert offer(office, number, "tanpa@contoh.id").code == "complaint_answered"
    arrive(office, key, photo())
    assert follow(office, number, "tanpa@contoh.id").json["state"] == "answered"


def test_a_photo_that_comes_while_the_officer_answers_stops_no_answer(office: Office) -> None:
    number = complain(office, "bersamaan@contoh.id").json["number"]
    key = offer(office, number, "bersamaan@contoh.id").json["fields"]["key"]
    complaint = office.desk.complaints.find(number)
    code, token = proof(office, complaint), link(office, complaint)["X_Sanggar_Link"]
    came: list[str] = []

    def view(_complaint: object) -> object:
        """Between what is read and what is written, once."""
        if not came:
            came.append(key)
            arrive(office, key, photo())
        return {"told": True}

    complaining.answer_complaint(office.desk, token, "Selesai.", code, "", view)
    after = office.desk.complaints.find(number)
    assert after.reply is not None
    assert after.photo is not None
    assert after.photo.state == "kept"
