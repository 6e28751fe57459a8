"""The page of a mail says what its plain text says, has one button, and takes no person's words for markup."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chalicelib.errors import InvalidInputError
from chalicelib.notices.compose import notice_names
from tests.notices.letters import LINK, body, letter, needed, shown

LINKED = [name for name in notice_names() if any(word.endswith("link") for word in needed(name))]


class _Read(HTMLParser):
    """The words, the addresses of the links, and every tag of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _letters_of(text: str) -> str:
    """The letters and figures of a text, without the addresses in it."""
    return "".join(re.findall(r"\w", re.sub(r"https?://\S+", "", text)))


@pytest.mark.parametrize("notice", notice_names())
def test_the_page_says_what_the_plain_text_says(notice: str) -> None:
    said = _letters_of(" ".join(_Read(shown(letter(notice))).words))
    for line in body(letter(notice)).splitlines():
        assert _letters_of(line) in said, line


@pytest.mark.parametrize("notice", LINKED)
def test_a_page_has_one_button_and_it_leads_where_the_text_leads(notice: str) -> None:
    page = shown(letter(notice))
    assert page.count("display:inline-block") <= 1
    assert set(_Read(page).links) == {LINK}


def test_the_first_action_is_the_button() -> None:
    page = shown(letter("decide"))
    assert re.search(r'<a style="display:inline-block[^>]*>Tinjau permohonan</a>', page)
    assert ">Semua yang menunggu Anda</a>" in page


def test_a_list_is_a_list() -> None:
    page = shown(letter("returned", {"reasons": "- KTP tidak terbaca.\n- Surat belum bercap."}))
    assert "<li>KTP tidak terbaca.</li><li>Surat belum bercap.</li>" in page


def test_a_secret_in_an_address_is_in_the_link_and_not_on_the_page() -> None:
    page = _Read(shown(letter("inbox_link", {"link": f"{LINK}/#geheim"})))
    assert f"{LINK}/#geheim" in page.links
    assert "geheim" not in " ".join(page.words)


def test_a_link_that_is_no_web_address_goes_out_to_nobody() -> None:
    with pytest.raises(InvalidInputError):
        letter("decide", {"link": "javascript:alert(1)"})


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80))
@example(text='<a href="https://jahat.contoh">Tinjau permohonan</a>')
@example(text="Tinjau permohonan: https://jahat.contoh/")
@example(text="{link} {number} &lt; \" ' &")
@settings(deadline=None)
def test_no_word_of_a_persons_becomes_a_link_or_markup(text: str) -> None:
    plain, given = _Read(shown(letter("returned"))), _Read(shown(letter("returned", {"message": text})))
    assert given.links == plain.links
    assert given.tags == plain.tags
    assert text.strip() in unescape(shown(letter("returned", {"message": text})))
