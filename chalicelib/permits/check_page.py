"""The public check as a page: made on the server, under 5 KiB, without script, readable on any phone."""

import base64
import hashlib
from html import escape

import msgspec

from chalicelib.permits.check_answer import CheckAnswer, api_answer, check_answer, file_sentence, sentence
from chalicelib.permits.check_code import LENGTH, check_code, typed_code
from chalicelib.permits.wording import Language, phrases, spoken_date, spoken_time

__all__ = [
    "CheckAnswer",
    "CheckPlaces",
    "api_answer",
    "check_answer",
    "check_code",
    "check_html",
    "sentence",
    "style_source",
    "typed_code",
]

# The site's own look (site/styles/base.css) in as few bytes as a page from a QR code may have.
_STYLE = (
    "*{box-sizing:border-box}body{margin:0;font:1.0625rem/1.5 system-ui,sans-serif;color:#1c2a28;"
    "background:#faf7f1;overflow-wrap:anywhere}header,main,footer{padding:.5rem max(1rem,50% - 21rem)}"
    "header{display:flex;flex-wrap:wrap;gap:0 1rem;justify-content:space-between;background:#083f36;"
    "border-bottom:4px solid #d9a441}a{color:#0e5a4c;display:inline-block;line-height:3rem;min-height:3rem}"
    "header a{color:#fff;text-decoration:none}header a:first-child{font-weight:650}"
    ".note{padding:.75rem 1rem;margin:0 0 1rem;border-left:5px solid #6d7874;background:#fff}.lines{list-style:none;"
    "padding:0}.good{border-color:#0e5a4c;background:#ecf6f0}.warn{border-color:#d9a441;background:#fff6df}"
    ".bad{border-color:#a1261d;background:#fdf0ee}[hidden]{display:none}#live{position:absolute;clip-path:inset(50%)}"
    "footer{background:#f2ede2;border-top:1px solid #ddd6c8}h1{font-size:1.2rem}"
    ".is{font-size:1.4rem;font-weight:700;line-height:1.3;padding:1rem;margin:0 0 1rem;border-left:.6rem solid;"
    "border-radius:0 8px 8px 0}.valid,.same{color:#0e5a4c;background:#ecf6f0}"
    ".expired,.replaced{color:#7a5200;background:#fff6df}"
    ".revoked,.unknown,.altered{color:#a1261d;background:#fdf0ee}"
    "dt{color:#4d5a57}dd{margin:0 0 .5rem;font-weight:600}"
    "input,button{font:inherit;min-height:3rem;padding:0 .8rem;border:2px solid #6d7874;border-radius:6px;"
    "max-width:100%}button{background:#0e5a4c;border-color:#0e5a4c;color:#fff;font-weight:600}"
    "label{display:block}:focus-visible{outline:3px solid #1c2a28;box-shadow:0 0 0 6px #ffd84d}"
    "@media print{form,header,footer a{display:none}}"
)
_OTHER: dict[Language, Language] = {"id": "en", "en": "id"}


class CheckPlaces(msgspec.Struct, frozen=True, kw_only=True):
    """Where the page lives: `prefix` before "/v/…" ("" or an API stage such as "/api"), the real site's name
    as printed, the address of the page that examines a PDF, if there is one, and the element that loads the script
    which reads the seal in the address, as the site's build wrote it."""

    prefix: str = ""
    site: str = "https://siapmaslahat.pasuruankab.go.id"
    upload: str | None = None
    script: str = ""

    def home(self, lang: Language) -> str:
        """The path of the site in that language."""
        return "/en/" if lang == "en" else "/"

    def check(self, lang: Language) -> str:
        """The path of the check in that language, without a code."""
        return f"{self.prefix}{'/en' if lang == 'en' else ''}/v"


def style_source() -> str:
    """The page's style as a source for the Content-Security-Policy: 'sha256-…', quoted."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"


def _facts(answer: CheckAnswer, lang: Language) -> list[tuple[str, str]]:
    facts = [("reason", answer.reason)] if answer.reason else []
    if (permit := answer.permit) is not None:
        facts += [
            ("permit_number", permit.permit_number),
            ("group_name", permit.group_name),
            ("leader", permit.leader),
            ("sub_district", permit.sub_district),
            ("issued_on", spoken_date(permit.issued_on, lang)),
            ("valid_until", spoken_date(permit.valid_until, lang)),
            ("signer", permit.signer),
            ("office", permit.office),
            ("certificate", phrases("check", lang)[f"by_{permit.signed_with}"]),
        ]
    facts += [("code", answer.code)] if answer.code else []
    return [*facts, ("checked_at", spoken_time(answer.checked_at, lang))]


def _list(answer: CheckAnswer, lang: Language, words: dict[str, str]) -> str:
    rows = (f"<dt>{words[key]}</dt><dd>{escape(told)}</dd>" for key, told in _facts(answer, lang))
    compare = f"<p>{words['compare']}</p>" if answer.permit else ""
    return f"{compare}<dl>{''.join(rows)}</dl>"


def _head(answer: CheckAnswer, lang: Language, places: CheckPlaces, words: dict[str, str]) -> str:
    other = _OTHER[lang]
    proof = f"?sha256={answer.sha256}" if answer.sha256 else ""
    to_other = escape(f"{places.check(other)}/{answer.code}{proof}" if answer.permit else places.check(other))
    first = file_sentence(answer, lang) or sentence(answer, lang)
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{escape(first)} – {words['page_title']}</title><style>{_STYLE}</style>{places.script}</head>"
        f'<body><header><a href="{places.home(lang)}">{words["service"]}</a>'
        f'<a id="language" href="{to_other}" lang="{other}" hreflang="{other}">{words["other_language"]}</a></header>'
    )


def _form(lang: Language, places: CheckPlaces, words: dict[str, str]) -> str:
    upload = f'<p><a href="{escape(places.upload)}">{words["upload"]}</a></p>' if places.upload else ""
    return (
        f'<form action="{escape(places.check(lang))}" method="get"><label for="kode">{words["other_code"]}</label>'
        f'<input id="kode" name="kode" size="{LENGTH + 4}" autocomplete="off" autocapitalize="characters" '
        f'spellcheck="false"> <button>{words["submit"]}</button></form>{upload}'
    )


def _verdicts(answer: CheckAnswer, lang: Language, words: dict[str, str]) -> str:
    """Of an altered file nothing is called genuine in large letters: its number's worth is a note."""
    known, told = escape(sentence(answer, lang)), escape(file_sentence(answer, lang) or "")
    if answer.file == "altered":
        return f'<p class="is altered">{told}</p><p>{words["recorded"]} {known}</p>'
    same = f'<p class="is same">{told}</p>' if told else ""
    return f'<p class="is {answer.status}">{known}</p>{same}'


def check_html(answer: CheckAnswer, lang: Language, places: CheckPlaces | None = None) -> str:
    """The whole page (UTF-8). The form sends `?kode=…` to the same path; send no-store and noindex with it."""
    places = places or CheckPlaces()
    words = phrases("check", lang)
    real_site = words["real_site"].format(site=escape(places.site))
    return (
        f"{_head(answer, lang, places, words)}<main id=main><h1>{words['page_title']}</h1>"
        f'<p id=offline role=status class="note warn" hidden>{words["offline"]}</p><section id=found hidden></section>'
        f"<div id=answer>{_verdicts(answer, lang, words)}"
        f"{_list(answer, lang, words)}</div>{_form(lang, places, words)}<p id=live role=status></p></main>"
        f'<footer>{real_site}<br><a href="{places.home(lang)}">{words["home"]}</a></footer></body></html>'
    )
