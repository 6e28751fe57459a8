"""The built files: complete in both languages, small, and without anything that a strict policy would refuse."""

import gzip
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from chalicelib.documents.errors import UploadFault
from chalicelib.web.pages.frames import FRAMES
from tests.conftest import BUILDER

SITE: Any = BUILDER["read_site"]()
FROM_PROCEDURE = ("step.", "role.", "document.", "genre.")
LANGUAGES = ("id", "en")
# The pages where people work are counted as they travel, compressed; the others as they are.
WORKPLACES = {"case", "review", "audit", "components"}
BUDGET = 30 * 1024


def own_keys(language: str) -> set[str]:
    """The keys of a language's text file."""
    return {key for key in SITE.texts[language] if not key.startswith(FROM_PROCEDURE)}


def pages() -> list[tuple[str, str, str]]:
    """Key, language and file of every page."""
    return [(page.key, language, page.file(language)) for page in SITE.pages for language in LANGUAGES]


def script_of(html: str) -> str | None:
    """The address of a page's script."""
    found = re.findall(r'<script type="module" src="/([^"]+)"></script>', html)
    assert len(found) <= 1
    return found[0] if found else None


def test_every_text_is_there_in_both_languages() -> None:
    assert own_keys("id") == own_keys("en")


def test_every_reason_to_refuse_a_file_has_its_own_sentence() -> None:
    told = {fault.code for fault in UploadFault.__subclasses__()}
    assert {f"fault_file.{code}" for code in told} <= own_keys("id")


def test_every_text_is_used_and_none_is_missing(tmp_path: Path) -> None:
    built = BUILDER["build"](tmp_path)
    assert own_keys("id") - built.used == set()
    assert built.used - set(SITE.texts["id"]) == set()


def test_texts_of_both_languages_have_the_same_places() -> None:
    def places(language: str) -> dict[str, set[str]]:
        return {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in SITE.texts[language].items()}

    assert places("id") == places("en")


def test_the_id_number_is_never_just_called_nik() -> None:
    for key in own_keys("id"):
        assert "NIK" not in SITE.texts["id"][key].replace("NIK (16 angka di KTP)", ""), key


def test_sentences_stay_under_twenty_words() -> None:
    for key in own_keys("id"):
        for sentence in re.split(r"[.!?:;] ", SITE.texts["id"][key]):
            assert len(sentence.split()) < 20, key


@pytest.mark.parametrize(("key", "language", "file"), pages())
def test_a_page_stays_within_its_budget(public: Path, key: str, language: str, file: str) -> None:
    html = (public / file).read_bytes()
    script = script_of(html.decode())
    parts = [html] + ([(public / script).read_bytes()] if script else [])
    size = sum(len(gzip.compress(part)) if key in WORKPLACES else len(part) for part in parts)
    others = re.findall(rb'<(?:img|link rel="stylesheet|iframe|video|audio)', html)
    assert size <= BUDGET, f"{key} {language}: {size}"
    assert len(parts) + len(others) <= 4


@pytest.mark.parametrize(("key", "language", "file"), pages())
def test_a_page_has_no_inline_script_handler_or_style_attribute(
    public: Path, key: str, language: str, file: str
) -> None:
    html = (public / file).read_text()
    assert not re.search(r"<[^>]+\s(on\w+|style)=", html)
    assert re.sub(r'<script type="module" src="[^"]+"></script>', "", html).count("<script") == 0
    assert "javascript:" not in html
    assert "script-src 'self';" in unescape(html)
    assert "unsafe" not in html


@pytest.mark.parametrize(("key", "language", "file"), pages())
def test_a_page_has_one_heading_a_language_a_skip_link_and_no_double_ids(
    public: Path, key: str, language: str, file: str
) -> None:
    html = (public / file).read_text()
    assert f'<html lang="{language}">' in html
    assert 'class="skip" href="#main"' in html
    assert len(re.findall(r"<h1[ >]", html)) == (3 if key == "review" else 1)  # of three, one shows
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'\sfor="([^"]+)"', html)) <= set(ids)
    describing = re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', html)
    described = {name for names in describing for name in names.split()}
    assert described <= set(ids)


@pytest.mark.parametrize(
    "script", [path.name for path in (Path(__file__).parents[2] / "site/scripts").glob("*.js")]
)
def test_a_script_puts_values_in_as_text_only(script: str) -> None:
    code = (Path(__file__).parents[2] / "site/scripts" / script).read_text()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", code)


@pytest.mark.parametrize("entry", sorted({page.script for page in SITE.pages + SITE.frames if page.script}))
def test_no_name_is_given_twice_in_a_bundle(entry: str) -> None:
    """The modules of a page become one, where a second name stops all; what comes later sees them too."""
    first = BUILDER["modules"](entry, [])
    later = [
        name for late in BUILDER["late_entries"](first) for name in BUILDER["modules"](late, list(first))
    ]
    code = "\n".join(BUILDER["script_source"](name) for name in dict.fromkeys([*first, *later]))
    names = re.findall(
        r"^(?:export )?(?:const|let|class|(?:async )?function) (\w+)", code, flags=re.MULTILINE
    )
    assert sorted(names) == sorted(set(names))


def test_the_frames_in_the_service_are_those_of_the_templates(public: Path, tmp_path: Path) -> None:
    """`site/build.py` writes them; whoever changed a template, a text or a style runs it once more."""
    built = BUILDER["build"](tmp_path)
    assert FRAMES.read_text() == BUILDER["frames_text"](built)
    scripts = re.findall(r'src=\\"/(skrip/[^"\\]+)', FRAMES.read_text())
    assert len(scripts) == 2 * sum(bool(frame.script) for frame in SITE.frames)
    assert all((public / name).is_file() for name in scripts)


@pytest.mark.parametrize(
    ("code", "lean"),
    [
        ("const total = 1;\nshow( total );", "const aa=1;\nshow(aa);"),
        ('const total = "total";\nshow(total);', 'const total="total";\nshow(total);'),
        ("const total = `a ${ total } ${ `b  ${ total }` } c`;", "const aa=`a ${ aa } ${ `b  ${ aa }` } c`;"),
        ("const total = /a  b[/`]{2}/.test(x) ? 1 : 4 / 2;", "const aa=/a  b[/`]{2}/.test(x)?1:4 / 2;"),
        ("const total = 1;\nsum.total({ other, total });", "const total=1;\nsum.total({other,total});"),
        ("const total = 1;\nconst { total = 2 } = x;", "const total=1;\nconst{total=2}=x;"),
        ("const total = [];\nshow(...total);", "const total=[];\nshow(...total);"),
        ("const aa = 1;\nconst total = aa;", "const aa=1;\nconst ab=aa;"),
        ("const document = 1;", "const document=1;"),
        ('const total = "a \\" ` // {";\nshow(total + + 1);', 'const aa="a \\" ` // {";\nshow(aa + + 1);'),
    ],
)
def test_a_script_is_made_small_without_a_change_of_what_it_does(code: str, lean: str) -> None:
    assert BUILDER["LEAN"](code) == lean


def test_building_twice_gives_the_same_files(public: Path, tmp_path: Path) -> None:
    built = BUILDER["build"](tmp_path)
    assert all((public / name).read_bytes() == (tmp_path / name).read_bytes() for name in built.files)


def test_a_page_sends_files_only_where_the_deployment_says(tmp_path: Path) -> None:
    BUILDER["build"](tmp_path, ("https://berkas.contoh.id",))
    policy = re.findall(r'Policy" content="([^"]+)"', (tmp_path / "permohonan/isi/index.html").read_text())[0]
    assert "connect-src &#39;self&#39; https://berkas.contoh.id;" in policy
    assert "localhost" not in policy
