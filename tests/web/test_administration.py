"""The office administered from the command line: what each command does, and what it leaves on record."""

import msgspec
import pytest

from chalicelib.audit.chain import Head, append, breaks
from chalicelib.aws.tables import AuditRow, OfficeRow
from chalicelib.errors import StaleVersionError
from chalicelib.kept import Kept
from chalicelib.staffing import officers
from chalicelib.staffing.book import ADMINISTRATOR, OFFICE
from chalicelib.steps import progress, trail
from local import admin, admin_verbs
from tests.web.office import APPROVE, Office
from tests.web.staff import ORDER, told

SIGNED = ("--by", "Admin Contoh", "--why", "uji coba")


@pytest.fixture
def office(_office: Office) -> Office:
    """Here time runs forward only, as it does for a chain."""
    return _office


class Shell:
    """Types commands, and reads what is printed."""

    def __init__(self, office: Office, capsys: pytest.CaptureFixture[str]) -> None:
        self._office = office
        self._capsys = capsys

    def __call__(self, *words: str) -> str:
        """What a command that is done prints; those that change something are signed."""
        changes = words[-1] not in ("list", "log", "check") and words[:2] != ("link", "list")
        assert self.type(*words, *(SIGNED if changes else ())) == 0
        return self._capsys.readouterr().out

    def refused(self, *words: str) -> str:
        """What a command that is refused says."""
        assert self.type(*words, *SIGNED) == 1
        return self._capsys.readouterr().err

    def type(self, *words: str) -> int:
        """The exit status of a command."""
        return admin.run(self._office.desk, admin.parsed(words))


@pytest.fixture
def shell(office: Office, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A command line on the office."""
    return Shell(office, capsys)


def _add(shell: Shell, officer_id: str, role: str) -> None:
    shell(
        "officers", "add", officer_id, "--role", role, "--name", "Danu Contoh", "--email",
        f"{officer_id}@kantor.contoh.id",
    )  # fmt: skip


def _lies_before(office: Office, case_id: str) -> str:
    current = office.case(case_id).current
    assert current is not None
    return current.officer_id


def test_an_officer_comes_changes_and_is_on_record(office: Office, shell: Shell) -> None:
    _add(shell, "sub-2", "sub_coordinator")
    assert "sub-2" in shell("officers", "list")
    shell(
        "officers", "change", "sub-2", "--email", "danu.baru@kantor.contoh.id", "--title", "Sub Koordinator"
    )
    known = office.desk.people.officer("sub-2")
    assert (known.email, known.title, known.name) == (
        "danu.baru@kantor.contoh.id",
        "Sub Koordinator",
        "Danu Contoh",
    )
    last = office.desk.office.entries()[-1]
    assert last.action == "officer.changed"
    assert last.facts == {
        "officer": "sub-2",
        "changed": ["email", "title"],
        "by": "Admin Contoh",
        "why": "uji coba",
    }
    assert "danu" not in shell("log").lower()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("officers", "add", "nobody", "--role", "head", "--name", "N", "--email", "n@contoh.id"),
            "an id has",
        ),
        (("officers", "add", "X Y", "--role", "head", "--name", "N", "--email", "n@contoh.id"), "an id has"),
        (
            ("officers", "add", "cs-1", "--role", "head", "--name", "N", "--email", "n@contoh.id"),
            "of that id",
        ),
        (
            ("officers", "add", "cs-7", "--role", "king", "--name", "N", "--email", "n@contoh.id"),
            "no such role",
        ),
        (("officers", "add", "cs-7", "--role", "head", "--name", "N", "--email", "n"), "no mail address"),
        (
            (
                "officers",
                "add",
                "cs-7",
                "--role",
                "head",
                "--name",
                "N",
                "--email",
                "LARAS.kinanti@kantor.contoh.id",
            ),
            "has that address",
        ),
        (
            ("officers", "add", "cs-7", "--role", "head", "--name", "A\nB", "--email", "n@contoh.id"),
            "plain lines",
        ),
        (("officers", "change", "cs-9", "--name", "N"), "no such officer"),
        (("officers", "deactivate", "cs-9"), "no such officer"),
        (("stand-in", "end", "si-0"), "no such stand-in"),
        (("link", "send", "NKS-2000-1"), "no such case"),
        (("link", "revoke", "--officer", "cs-9"), "no such officer"),
        (("keys", "kill", "k1"), "rotate first"),
        (("keys", "kill", "k99"), "no such key"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    office: Office, shell: Shell, words: tuple[str, ...], said: str
) -> None:
    before = office.desk.office.load(), office.desk.people.officers()
    assert said in shell.refused(*words)
    assert (office.desk.office.load(), office.desk.people.officers()) == before


@pytest.mark.parametrize("missing", ["--by", "--why"])
def test_nothing_changes_without_who_asks_and_why(shell: Shell, missing: str) -> None:
    kept = [word for pair in (SIGNED[:2], SIGNED[2:]) if pair[0] != missing for word in pair]
    with pytest.raises(SystemExit):
        shell.type("officers", "deactivate", "cs-1", *kept)
    assert shell.type("officers", "deactivate", "cs-1", *kept, missing, "  ") == 1


def test_an_id_number_in_the_reason_is_masked(office: Office, shell: Shell) -> None:
    assert shell.type("officers", "deactivate", "cs-2", "--by", "A", "--why", "NIK 3514014101900001") == 0
    assert shell.type("officers", "reactivate", "cs-2", *SIGNED) == 0
    assert "3514014101900001" not in str([entry.facts for entry in office.desk.office.entries()])


def test_an_officer_who_leaves_loses_every_link_and_a_colleague_gets_the_step(
    office: Office, shell: Shell
) -> None:
    case_id = office.applicant().sent()
    case = office.open(case_id, "completeness_check")
    link = office.link(case)
    assert _lies_before(office, case_id) == "cs-1"
    assert case_id in shell("officers", "deactivate", "cs-1")
    assert _lies_before(office, case_id) == "cs-2"
    assert ("decide", "cs-2") in told(case_id)
    refused = office.ask("GET", "/api/review", X_Sanggar_Link=link)
    assert (refused.status, refused.code) == (403, "link_revoked")
    shell("officers", "reactivate", "cs-1")
    assert office.ask("GET", "/api/review", X_Sanggar_Link=link).code == "link_revoked"
    assert _lies_before(office, case_id) == "cs-2"  # who has it keeps it
    assert office.decide(case_id, {"decision": "approve"}).status == 200


def test_a_step_that_nobody_may_decide_waits_and_the_superior_is_told(office: Office, shell: Shell) -> None:
    case_id = office.applicant().sent()
    case = office.open(case_id, "recommendation_review")
    shell("officers", "deactivate", "koor-1")
    assert _lies_before(office, case_id) == "nobody"
    assert ("vacant", "kepala-1") in told(case_id)
    assert (
        office.ask("GET", "/api/review", X_Sanggar_Link=office.link(case, subject="nobody")).code
        == "link_misused"
    )
    assert "no step of this case" in shell.refused("link", "send", case_id)
    other = office.applicant().sent()
    opened = office.open(other, "recommendation_review")  # opens all the same, for nobody
    assert opened.current is not None
    assert opened.current.officer_id == "nobody"
    office.hands.move(days=3)
    overdue = progress.record_timeout(office.desk, other, "recommendation_review")
    assert overdue.timeout_seconds > 0
    assert ("overdue_above", "kepala-1") in told(other)
    shell("officers", "reactivate", "koor-1")
    assert {_lies_before(office, one) for one in (case_id, other)} == {"koor-1"}
    assert office.decide(other, APPROVE).status == 200


def test_a_new_officer_gets_what_waited_for_nobody(office: Office, shell: Shell) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, "recommendation_review")
    shell("officers", "deactivate", "koor-1")
    _add(shell, "koor-9", "coordinator")
    assert _lies_before(office, case_id) == "koor-9"
    shell("officers", "reactivate", "koor-1")
    shell("officers", "deactivate", "koor-9")
    assert _lies_before(office, case_id) == "koor-1"


def test_one_link_dies_by_its_id_and_a_fresh_one_opens(office: Office, shell: Shell) -> None:
    case_id = office.applicant().sent()
    case = office.open(case_id, "completeness_check")
    (listed,) = shell("link", "list", case.number).splitlines()
    link = listed.split()[0]
    token = office.link(case, id=link)
    assert office.ask("GET", "/api/review", X_Sanggar_Link=token).status == 200
    shell("link", "revoke", link)
    for method, path in (("GET", ""), ("POST", "/code"), ("POST", "/link"), ("POST", "/decision")):
        body = {"decision": "approve", "code": "000000"} if path == "/decision" else {} if path else None
        assert office.ask(method, f"/api/review{path}", body, X_Sanggar_Link=token).code == "link_revoked"
    assert shell("link", "send", case.number) == f"sent to {_lies_before(office, case_id)}\n"
    first, second = shell("link", "list", case.number).splitlines()
    assert first.endswith("revoked")
    fresh = office.link(office.case(case_id), id=second.split()[0])
    assert office.ask("GET", "/api/review", X_Sanggar_Link=fresh).status == 200


def test_all_links_of_an_officer_die_together_and_later_ones_open(office: Office, shell: Shell) -> None:
    case_id = office.applicant().sent()
    case = office.open(case_id, "completeness_check")
    holder = _lies_before(office, case_id)
    old = office.desk.office.load().epoch(holder)
    shell("link", "revoke", "--officer", holder)
    assert (
        office.ask("GET", "/api/review", X_Sanggar_Link=office.link(case, epoch=old)).code == "link_revoked"
    )
    fresh = office.link(case, epoch=old + 1)
    assert office.ask("GET", "/api/review", X_Sanggar_Link=fresh).status == 200


def test_a_stand_in_is_added_listed_and_ended(office: Office, shell: Shell) -> None:
    made = shell(
        "stand-in", "add", "cs-2", "--for", "sub-1", "--kind", "plh", "--from", "2027-01-04", "--until", "2027-01-08"
    )  # fmt: skip
    name = made.partition(":")[0]
    assert "until 2027-01-09 00:00" in made
    assert f"{name}  to come  plh  cs-2 for sub-1  2027-01-04 00:00 to 2027-01-09 00:00" in shell(
        "stand-in", "list"
    )
    shell("stand-in", "end", name)
    assert f"{name}  over" in shell("stand-in", "list")


def test_a_key_is_rotated_and_the_old_one_killed(office: Office, shell: Shell) -> None:
    case_id = office.applicant().sent()
    case = office.open(case_id, "completeness_check")
    old, ring = office.link(case), office.desk.keyring
    waited: list[float] = []
    parsed = admin.parsed(("keys", "rotate", *SIGNED))
    lines = admin_verbs.rotate(office.desk, parsed, waited.append)
    name = lines[0].split()[0]
    assert waited == [60.0]
    assert shell("keys", "list").splitlines()[0] == f"{name}  signs"
    assert isinstance(ring, Kept)
    ring.forget()
    assert office.ask("GET", "/api/review", X_Sanggar_Link=old).status == 200
    fresh = office.link(case)
    assert office.desk.keyring().newest().id == name
    killed = shell("keys", "list").splitlines()[1].split()[0]
    shell("keys", "kill", killed)
    ring.forget()
    assert office.ask("GET", "/api/review", X_Sanggar_Link=old).code == "link_altered"
    assert office.ask("GET", "/api/review", X_Sanggar_Link=fresh).status == 200
    again = admin_verbs.rotate(office.desk, parsed, waited.append)[0].split()[0]
    assert again not in (name, killed)
    ring.forget()


def test_the_keyring_is_read_again_when_it_is_old() -> None:
    now, read = [0.0], iter("abc")
    kept = Kept(lambda: next(read), 30.0, lambda: now[0])
    assert (kept(), kept()) == ("a", "a")
    now[0] = 29.9
    assert kept() == "a"
    now[0] = 30.0
    assert kept() == "b"


def test_versions_of_the_procedure_are_listed_and_checked(shell: Shell) -> None:
    assert shell("procedure", "list").startswith("nomor-induk-kesenian version ")
    assert ": 0 problems" in shell("procedure", "check")


def test_a_signer_types_a_passphrase_that_no_record_holds(
    office: Office, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.StringIO("kalimat rahasia sendiri\n"))
    shell("officers", "passphrase", "koor-1")
    assert office.desk.people.officer("koor-1").passphrase_hash.startswith("scrypt$")
    assert "rahasia" not in str([entry.facts for entry in office.desk.office.entries()])
    monkeypatch.setattr(sys, "stdin", io.StringIO("pendek\n"))
    assert "at least 12" in shell.refused("officers", "passphrase", "koor-1")


def test_by_what_bsre_knows_a_signer_is_typed_unseen_and_in_no_record(
    office: Office, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io
    import sys

    number = "3514990101700009"
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{number}\n"))
    said = shell("officers", "signer-id", "koor-1")
    known = office.desk.people.officer("koor-1")
    assert known.signer_id == number
    everything = f"{said}{known!r}{[entry.facts for entry in office.desk.office.entries()]}"
    assert number not in everything + shell("officers", "list") + shell("log")
    monkeypatch.setattr(sys, "stdin", io.StringIO("35149901017\n"))
    refused = shell.refused("officers", "signer-id", "koor-1")
    assert "16 digits" in refused
    assert "35149901017" not in refused


def test_the_offices_chain_is_verified_and_sealed_with_all_others(office: Office, shell: Shell) -> None:
    shell("officers", "change", "cs-2", "--title", "Customer Service (loket)")
    desk = office.desk
    trail.seal_today(desk)
    assert trail.verify_trail(desk).problems == ()
    entries, book = desk.office.entries(), desk.office.load()
    assert breaks(OFFICE, entries, book.head) == []
    row = AuditRow.get(OFFICE, f"AUDIT#{len(entries):06d}")
    altered = msgspec.structs.replace(entries[-1], facts={**entries[-1].facts, "by": "Orang Lain"})
    kept = row.body
    row.body = msgspec.json.encode(altered).decode()
    row.save()
    assert [it.case_id for it in trail.verify_trail(desk).problems][:1] == [OFFICE]
    row.body = kept
    row.save()
    assert trail.verify_trail(desk).problems == ()


def test_a_rewritten_chain_of_the_office_no_longer_fits_its_seal(office: Office, shell: Shell) -> None:
    shell("officers", "change", "cs-2", "--title", "Customer Service")
    desk = office.desk
    trail.seal_today(desk)
    entries, book = desk.office.entries(), desk.office.load()
    state, rows = (
        OfficeRow.get(OFFICE, "OFFICE"),
        list(AuditRow.query(OFFICE, AuditRow.sk.startswith("AUDIT#"))),
    )
    head = Head()
    for (
        entry
    ) in entries:  # somebody with every right makes a whole chain of it, without the last entry's reason
        facts = entry.facts if entry.seq < len(entries) else {**entry.facts, "why": "lain"}
        new = append(OFFICE, head, at=entry.at, actor=ADMINISTRATOR, action=entry.action, facts=facts)
        AuditRow(OFFICE, f"AUDIT#{new.seq:06d}", body=msgspec.json.encode(new).decode()).save()
        head = Head(seq=new.seq, hash=new.hash)
    body = msgspec.json.encode(msgspec.structs.replace(book, head=head)).decode()
    OfficeRow(OFFICE, "OFFICE", body=body, version=book.version).save()
    found = trail.verify_trail(desk).problems
    assert {it.case_id for it in found} == {OFFICE}
    assert all("sealed on" in it.problem for it in found)
    for row in (state, *rows):
        row.save()
    assert trail.verify_trail(desk).problems == ()


def test_two_administrators_at_once_lose_nothing(office: Office, shell: Shell) -> None:
    desk = office.desk
    before = desk.office.load()
    shell("officers", "change", "cs-2", "--rank", "Penata")
    late = officers.alter(
        before,
        desk.people.officers(),
        msgspec.structs.replace(desk.people.officer("cs-2"), rank="Pembina"),
        ORDER,
        desk.clock.now(),
    )
    assert late is not None
    with pytest.raises(StaleVersionError):
        desk.office.commit(late)
    assert desk.people.officer("cs-2").rank == "Penata"
