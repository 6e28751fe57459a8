"""The public check as a page: made on the server, under 5 KiB, without script, readable on any phone."""

import base64
import hashlib
from html import escape

import msgspec

from chalicelib.permits.check_answer import CheckAnswer, api_answer, check_answer, sentence
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

_STYLE = (
    "body{max-width:44rem;margin:0 auto;padding:0 1rem 2rem;font:1rem/1.5 system-ui,sans-serif;color:#1b1b1f;"
    "background:#fff;overflow-wrap:anywhere}header,footer{display:flex;flex-wrap:wrap;gap:.5rem 1rem;"
    "align-items:center;justify-content:space-between;padding:.75rem 0;border-bottom:2px solid #6b1f2a}"
    "footer{display:block;border:0;border-top:1px solid #767676;margin-top:2rem}"
    "a{color:#003c8f;display:inline-block;min-height:3rem;line-height:3rem}"
    "h1{font-size:1.15rem}.is{font-size:1.4rem;font-weight:700;line-height:1.3;padding:1rem;"
    "border-left:.6rem solid;background:#f4f4f4}.valid{color:#00581f}.expired,.replaced{color:#6b4300}"
    ".revoked,.unknown{color:#8a0f14}dt{color:#505058}dd{margin:0 0 .6rem;font-weight:600}"
    "input,button{font:inherit;min-height:3rem;padding:0 .8rem;border:2px solid #1b1b1f;box-sizing:border-box;"
    "max-width:100%}button{background:#6b1f2a;color:#fff}label{display:block}"
    ":focus-visible{outline:3px solid #1b1b1f;box-shadow:0 0 0 6px #ffd21f}"
    "@media print{form,header a{display:none}}"
)
_OTHER: dict[Language, Language] = {"id": "en", "en": "id"}


class CheckPlaces(msgspec.Struct, frozen=True, kw_only=True):
    """Where the page lives: `prefix` before "/v/…" ("" or an API stage such as "/api"), the real site's name
    as printed, and the address of the page that examines a PDF, if there is one."""

    prefix: str = ""
    site: str = "https://siapmaslahat.pasuruankab.go.id"
    upload: str | None = None

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
        ]
    facts += [("code", answer.code)] if answer.code else []
    return [*facts, ("checked_at", spoken_time(answer.checked_at, lang))]


def _list(answer: CheckAnswer, lang: Language, words: dict[str, str]) -> str:
    rows = (f"<dt>{words[key]}</dt><dd>{escape(told)}</dd>" for key, told in _facts(answer, lang))
    compare = f"<p>{words['compare']}</p>" if answer.permit else ""
    return f"{compare}<dl>{''.join(rows)}</dl>"


def _head(answer: CheckAnswer, lang: Language, places: CheckPlaces, words: dict[str, str]) -> str:
    other = _OTHER[lang]
    to_other = escape(f"{places.check(other)}/{answer.code}" if answer.permit else places.check(other))
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{escape(sentence(answer, lang))} – {words['page_title']}</title><style>{_STYLE}</style></head>"
        f"<body><header><span>{words['service']}</span>"
        f'<a href="{to_other}" lang="{other}" hreflang="{other}">{words["other_language"]}</a></header>'
    )


def _form(lang: Language, places: CheckPlaces, words: dict[str, str]) -> str:
    upload = f'<p><a href="{escape(places.upload)}">{words["upload"]}</a></p>' if places.upload else ""
    return (
        f'<form action="{escape(places.check(lang))}" method="get"><label for="kode">{words["other_code"]}</label>'
        f'<input id="kode" name="kode" size="{LENGTH + 4}" autocomplete="off" autocapitalize="characters" '
        f'spellcheck="false"> <button>{words["submit"]}</button></form>{upload}'
    )


def check_html(answer: CheckAnswer, lang: Language, places: CheckPlaces | None = None) -> str:
    """The whole page (UTF-8). The form sends `?kode=…` to the same path; send no-store and noindex with it."""
    places = places or CheckPlaces()
    words = phrases("check", lang)
    real_site = words["real_site"].format(site=escape(places.site))
    return (
        f"{_head(answer, lang, places, words)}<main><h1>{words['page_title']}</h1>"
        f'<p class="is {answer.status}">{escape(sentence(answer, lang))}</p>'
        f"{_list(answer, lang, words)}{_form(lang, places, words)}</main>"
        f"<footer>{real_site}</footer></body></html>"
    )
