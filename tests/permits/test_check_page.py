"""The public check: one answer in words, the fewest facts, a page that nothing typed can break."""

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.permits.check_page import (
    CheckAnswer,
    CheckPlaces,
    api_answer,
    check_answer,
    check_html,
    sentence,
    style_source,
)
from chalicelib.permits.wording import WIB, Language, spoken_time
from tests.permits.office import PERMIT, RECORD

NOW = datetime(2026, 11, 26, 10, 30, tzinfo=WIB)
REVOKED = msgspec.structs.replace(
    RECORD, status="revoked", status_reason="Atas permintaan kelompok", status_at=NOW
)
REPLACED = msgspec.structs.replace(RECORD, status="replaced", status_reason="Perpanjangan", status_at=NOW)
LANGUAGES: tuple[Language, ...] = ("id", "en")


class _Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.lang: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "html":
            self.lang = dict(attrs)["lang"]

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (check_answer(RECORD, NOW), "✓ Tercatat di buku register kami dan masih berlaku"),
        (
            check_answer(RECORD, NOW.replace(year=2029)),
            "! Sertifikat ini sudah habis masa berlakunya pada 23 November 2028",
        ),
        (check_answer(REVOKED, NOW), "✕ Sertifikat ini dicabut pada 26 November 2026"),
        (
            check_answer(REPLACED, NOW),
            "! Sertifikat ini sudah diganti pada 26 November 2026. Minta sertifikat yang baru.",
        ),
        (
            check_answer(None, NOW, "7K3MQ9ZT4B"),
            "? Kode tidak ditemukan. Jangan percaya dokumen ini sebelum menelepon (0343) 4505657.",
        ),
    ],
)
def test_each_status_is_one_sentence(answer: CheckAnswer, told: str) -> None:
    assert sentence(answer) == told
    assert told in _Page(check_html(answer, "id")).words


def test_the_page_shows_what_a_person_compares_with_the_paper() -> None:
    words = _Page(check_html(check_answer(REVOKED, NOW), "id")).words
    for told in (
        RECORD.permit_number,
        RECORD.group_name,
        RECORD.sub_district,
        RECORD.leader_short,
        RECORD.signer_name,
        RECORD.signer_title,
        "24 November 2026",
        "23 November 2028",
        "Atas permintaan kelompok",
        "Kamis, 26 November 2026, pukul 10.30 WIB",
        "Cocokkan dengan kertas Anda: nama kelompok, nomor, tanggal.",
        "pasuruankab.go.id",
    ):
        assert told in words


def test_the_answer_holds_the_fewest_facts() -> None:
    told = api_answer(check_answer(RECORD, NOW))
    assert set(told) == {"status", "code", "checked_at", "since", "reason", "permit", "sentence"}
    assert set(told["permit"]) == {
        "permit_number",
        "group_name",
        "leader",
        "sub_district",
        "issued_on",
        "valid_until",
        "signer",
        "office",
        "signed_with",
    }
    everything = msgspec.json.encode(told).decode() + check_html(check_answer(RECORD, NOW), "id")
    for private in (
        PERMIT.leader_name,
        PERMIT.address,
        RECORD.case_id,
        RECORD.object_key,
        RECORD.signed_sha256,
    ):
        assert private not in everything


def test_an_unknown_code_tells_nothing_but_that() -> None:
    told = api_answer(check_answer(None, NOW, "<b>7K3MQ9ZT4B" + "x" * 100))
    assert (told["status"], told["permit"], len(told["code"])) == ("unknown", None, 40)


def test_the_day_of_the_check_is_the_day_in_indonesia() -> None:
    last = datetime(2028, 11, 23, 16, 59, tzinfo=UTC)
    assert check_answer(RECORD, last).status == "valid"
    assert check_answer(RECORD, last.replace(hour=17)).status == "expired"
    assert spoken_time(last, "en") == "Thursday, 23 November 2028, 23:59 WIB"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_small_without_script_and_in_the_right_language(lang: Language) -> None:
    long = msgspec.structs.replace(REVOKED, group_name="Sanggar " * 25, status_reason="Alasan " * 28)
    for record in (RECORD, REVOKED, long, None):
        html = check_html(
            check_answer(record, NOW, "7K3MQ9ZT4B"), lang, CheckPlaces(upload="/periksa-berkas")
        )
        page = _Page(html)
        assert len(html.encode()) < 5 * 1024
        assert page.lang == lang
        assert "script" not in page.tags
        assert page.tags.count("h1") == 1
        assert ("/en/v" in html) == ("English" in page.words or lang == "en")


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_nothing_typed_becomes_part_of_the_page(text: str, lang: Language) -> None:
    hostile = text + "\"'><script>alert(1)</script>&lt;"
    record = msgspec.structs.replace(
        REVOKED,
        **dict.fromkeys(
            ("permit_number", "group_name", "leader_short", "sub_district", "signer_name", "status_reason"),
            hostile,
        ),
    )
    harmless = _Page(check_html(check_answer(REVOKED, NOW), lang)).tags
    assert _Page(check_html(check_answer(record, NOW), lang)).tags == harmless
    unknown = check_html(check_answer(None, NOW, hostile), lang)
    assert _Page(unknown).tags == _Page(check_html(check_answer(None, NOW, "x"), lang)).tags


def test_the_style_is_the_one_that_the_policy_allows() -> None:
    assert style_source().startswith("'sha256-")
    assert style_source() == style_source()


def test_an_entry_without_a_time_of_revocation_is_still_answered() -> None:
    vague = msgspec.structs.replace(REVOKED, status_at=None, status_reason=None)
    assert sentence(check_answer(vague, NOW)) == "✕ Sertifikat ini dicabut pada …"
    assert date(2026, 11, 26) == check_answer(REVOKED, NOW).since


def test_the_light_modules_bring_nothing_slow() -> None:
    code = (
        "import sys; import chalicelib.permits.types, chalicelib.permits.names,"
        "chalicelib.permits.check_page, chalicelib.permits.port, chalicelib.permits.passphrase,"
        "chalicelib.permits.lettering, chalicelib.permits.errors;"
        "print(*{'typst','pyhanko','segno','cryptography','asn1crypto','PIL','boto3'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert found.stdout.split() == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_altered_file_is_said_before_that_its_number_is_right(lang: Language) -> None:
    told = check_answer(RECORD, NOW, sha256="ff" * 32)
    altered = check_html(told, lang)
    assert told.status == "valid"
    assert 'class="is altered"' in altered
    assert 'class="is valid"' not in altered
    assert sentence(told, lang) in altered.partition('class="is altered"')[2]
    assert "✕" in altered.partition("</title>")[0]
    same = check_html(check_answer(RECORD, NOW, sha256=RECORD.signed_sha256.upper()), lang)
    assert same.index('class="is valid"') < same.index('class="is same"')


def test_a_file_is_judged_only_beside_a_permit() -> None:
    assert check_answer(None, NOW, "7K3MQ9ZT4B", "00" * 32).file is None
    assert check_answer(RECORD, NOW).file is None


def test_the_page_wears_the_colours_of_the_site() -> None:
    site = (Path(__file__).parents[2] / "site/styles/base.css").read_text().lower()
    style = check_html(check_answer(RECORD, NOW), "id").partition("<style>")[2].partition("</style>")[0]
    assert {colour for colour in re.findall(r"#[0-9a-f]{3,6}", style) if colour not in site} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_leads_home_in_its_language(lang: Language) -> None:
    html = check_html(check_answer(None, NOW, "x"), lang)
    assert html.count(f'href="{"/en/" if lang == "en" else "/"}"') == 2
