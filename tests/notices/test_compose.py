"""Notices as mails: complete, in two languages, the same at every repetition, and for one reader alone."""

import email.errors

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chalicelib.errors import InvalidInputError
from chalicelib.notices.compose import compose, notice_names
from tests.notices.letters import AT, RECIPIENT, SENDER, body, letter, needed, opened, spoken, texts

HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Type",
    "MIME-Version",
]
BREAKS = [
    "\n",
    "\r",
    "\r\n",
    "\0",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x1e",
    "\x7f",
    "\x85",
    "\u2028",
    "\u2029",
    "\ud800",
]


def test_there_are_words_for_everything_that_people_are_told() -> None:
    assert set(notice_names()) == {
        "code",
        "upload_link",
        "counter_code",
        "counter_link",
        "counter_closed",
        "received",
        "decide",
        "overdue",
        "overdue_above",
        "step_reminder",
        "inbox",
        "inbox_link",
        "log_checkpoint",
        "deemed_near",
        "deemed_near_above",
        "deemed_reached",
        "deemed_reached_above",
        "vacant",
        "returned",
        "correction_reminder",
        "refused",
        "lapsed",
        "issued",
        "renewal_due",
        "complaint_received",
        "complaint_to_answer",
        "complaint_answered",
        "revocation_to_decide",
        "permit_revoked",
        "revocation_declined",
    }


@pytest.mark.parametrize("notice", notice_names())
def test_every_notice_makes_a_letter(notice: str) -> None:
    read = opened(letter(notice))
    assert read["To"] == RECIPIENT
    assert read["From"] == SENDER
    assert read["Message-ID"] == "<m.1@kantor.contoh.id>"
    assert read["Date"].datetime == AT
    assert read["Auto-Submitted"] == "auto-generated"
    assert not read.defects
    assert sorted(read.keys()) == sorted(HEADERS)


@pytest.mark.parametrize("notice", notice_names())
def test_indonesian_stands_before_english(notice: str) -> None:
    said = texts()[notice]
    words = spoken(needed(notice))
    indonesian, dash, english = body(letter(notice)).partition("\n\n-- \n")
    assert dash
    assert indonesian.strip() == said["id"].format_map(words).strip()
    assert english.strip() == said["en"].format_map(words).strip()


@pytest.mark.parametrize("notice", notice_names())
def test_no_letter_goes_out_with_a_word_missing(notice: str) -> None:
    for name in needed(notice):
        words = spoken(needed(notice) - {name})
        with pytest.raises(KeyError, match=name):
            compose(notice, words, sender=SENDER, recipient=RECIPIENT, message_id="m", at=AT)


@pytest.mark.parametrize("notice", notice_names())
def test_a_repeated_letter_is_the_same_to_the_byte(notice: str) -> None:
    assert letter(notice) == letter(notice)


def test_words_are_put_in_as_they_are() -> None:
    message = "Tolong foto ulang {document}; 100% jelas. ꦱꦁꦒꦂ Nyi Sekar’s"
    assert message in body(letter("returned", {"message": message}))


@pytest.mark.parametrize("broken", BREAKS)
@pytest.mark.parametrize("where", ["recipient", "sender", "message_id", "subject"])
def test_a_line_break_in_a_header_is_refused(where: str, broken: str) -> None:
    injected = f"x@contoh.id{broken}Bcc: all@contoh.id"
    with pytest.raises(InvalidInputError):
        if where == "subject":
            letter("code", {"code": injected})
        elif where == "recipient":
            letter(recipient=injected)
        elif where == "sender":
            letter(sender=injected)
        else:
            letter(message_id=injected)


@pytest.mark.parametrize(
    "recipient",
    [
        "",
        "@",
        "sekar",
        "sekar@",
        "@contoh.id",
        "a@contoh.id, b@contoh.id",
        "a@contoh.id;b@contoh.id",
        "a@contoh.id b@contoh.id",
        "group: a@contoh.id;",
        "a@[127.0.0.1",
        "Sekar <a@contoh.id>",
        "=?utf-8?q?=0d=0aBcc:b@contoh.id?=@contoh.id",
        "(a)@contoh.id",
        "sékar@contoh.id",
        f"{'a' * 300}@contoh.id",
    ],
)
def test_a_letter_goes_to_exactly_one_plain_address(recipient: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        letter(recipient=recipient)
    assert caught.value.facts["where"] == "recipient"
    assert recipient not in str(caught.value) or not recipient


def test_the_sender_may_have_a_name() -> None:
    read = opened(letter(sender="DPMPTSP Kabupaten Pasuruan <sanggar@kantor.contoh.id>"))
    assert read["From"].addresses[0].display_name == "DPMPTSP Kabupaten Pasuruan"
    assert read["Message-ID"] == "<m.1@kantor.contoh.id>"


def test_a_subject_that_hides_a_line_break_in_an_encoded_word_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        letter("code", {"code": "=?utf-8?q?=0d=0aBcc:_all@contoh.id?="})


@given(text=st.one_of(st.text(st.characters(exclude_categories=())), st.emails()))
@example(text="a@[b")
@settings(max_examples=200, deadline=None)
def test_any_address_makes_a_sound_letter_or_is_refused(text: str) -> None:
    for where in ("recipient", "sender"):
        try:
            made = letter(**{where: text})  # type: ignore[arg-type]
        except InvalidInputError:
            continue
        read = opened(made)
        assert not read.defects
        assert sorted(read.keys()) == sorted(HEADERS)
        assert len(read["To"].addresses) == len(read["From"].addresses) == 1


@given(text=st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_subject_comes_back_on_one_line_or_is_refused(text: str) -> None:
    try:
        made = letter("code", {"code": text})
    except InvalidInputError:
        assert "=?" in text
        return
    read = opened(made)
    assert sorted(read.keys()) == sorted(HEADERS)
    assert not read["Subject"].defects or isinstance(read["Subject"].defects[0], email.errors.HeaderDefect)
    assert "".join(str(read["Subject"]).split()) == "".join(f"Kode masuk: {text}".split())


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=3000))
@example(text="x" * 8000)
@example(text="ꦱ" * 2000)
@settings(max_examples=50, deadline=None)
def test_any_message_arrives_whole_in_lines_that_mail_servers_take(text: str) -> None:
    """RFC 5322 2.1.1: at most 998 octets a line."""
    made = letter("returned", {"message": text})
    assert max(len(line) for line in made.split(b"\r\n")) <= 998
    assert b"\n" not in made.replace(b"\r\n", b"")
    assert text in body(made)
