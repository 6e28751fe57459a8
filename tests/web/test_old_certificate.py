"""A renewal's old certificate is held against our own register, and never refused because of it."""

from tests.web.office import FORM, Applicant, Office, with_document

REGISTER_CODES = ("certificate_unregistered", "registered_group_differs", "registered_leader_differs")


def _noted(office: Office, person: Applicant, number: str, group: str, leader: str) -> list[str]:
    case_id = str(person.ask("POST", "", {"application_type": "renewal"}).json["case_id"])
    form = {**FORM, "application_type": "renewal", "previous_permit_number": number}
    assert person.ask("PUT", f"/{case_id}/form", form).status == 200
    fields = {"certificate_number": number, "group_name": group, "leader_name": leader}
    with_document(office.desk, case_id, "old_certificate", fields)
    found = person.ask("GET", f"/{case_id}").json["findings"]
    assert all(one["severity"] == "info" for one in found if one["code"] in REGISTER_CODES)
    return [one["code"] for one in found if one["code"] in REGISTER_CODES]


def test_a_certificate_is_compared_with_what_we_issued(office: Office) -> None:
    person = office.applicant()
    permit = office.issue(person.sent()).permit
    assert permit is not None
    own, group, leader = permit.permit_number, FORM["group_name"], FORM["leader_name"]
    assert _noted(office, person, own, group, leader) == []
    assert _noted(office, person, own, "Sanggar Lain", "Budi Lain") == [
        "registered_group_differs",
        "registered_leader_differs",
    ]
    serial = int(own.split("/")[1])
    assert _noted(office, person, own.replace(f"{serial:04d}", "9999"), group, leader) == [
        "certificate_unregistered"
    ]
    assert _noted(office, person, "556.012/NIK/424.076/2023", group, leader) == []
