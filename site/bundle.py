"""Joins the modules of a page into one script, and those that it asks for later into a second.

A module asked for by `import("./name.js")` comes with all that only it imports, in a file of its own. It is one
function, to which the page's script hands what the two share: so each name lives once, and both can be shortened.
"""

import hashlib
import json
import re
import runpy
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

SITE = Path(__file__).resolve().parent
LEAN: Callable[[str], str] = runpy.run_path(str(SITE / "lean.py"))["lean"]
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([a-z_]+)\.js";\n', re.MULTILINE)
LATE = re.compile(r'\bimport\("\./([a-z_]+)\.js"\)')
DOCUMENTING = re.compile(r"/\*\*.*?\*/ ?", re.DOTALL)
EXPORTED = re.compile(r"^export (?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
ONE_TEXT = re.compile(r'\bt\(\s*"([a-z0-9_.]+)"')
WHOLE_SECTION = re.compile(r'\bwords\(\s*"([a-z0-9_]+)"')

TextsOf = Callable[[list[str], list[str]], Mapping[str, str]]
"""The texts of whole sections, and of single keys beside them."""
Placed = Callable[[str, str], str]
"""Writes a script of that name; its address on the site."""


def script_source(name: str) -> str:
    """The script as written."""
    return (SITE / "scripts" / f"{name}.js").read_text()


def modules(name: str, seen: list[str]) -> list[str]:
    """`name` and all that it imports, each once, the imported ones first."""
    if name not in seen:
        for _, other in IMPORT.findall(script_source(name)):
            modules(other, seen)
        seen.append(name)
    return seen


def late_entries(names: list[str]) -> list[str]:
    """What these modules ask for later."""
    return list(dict.fromkeys(LATE.findall(_joined(names))))


def placed_bundle(entry: str, texts_of: TextsOf, placed: Placed) -> str:
    """Writes the script of a page, and what it asks for later; the address of the first."""
    first = modules(entry, [])
    code = _joined(first)
    words = _words(code, texts_of)
    for late in late_entries(first):
        later = modules(late, list(first))[len(first) :]
        shared = sorted({"WORDS", *_imported(later, first)})
        address = placed(late, _late_script(later, shared, words, texts_of))
        # A failed import is remembered by its address: the next try needs another one.
        asked = (
            f'import("{address}"+(TRIED++?"?"+TRIED:"")).then((part)=>part.default({{{",".join(shared)}}}))'
        )
        code = "let TRIED=0;\n" + code.replace(f'import("./{late}.js")', asked)
    return placed(entry, LEAN(code).replace("const WORDS={};", f"const WORDS={_json(words)};", 1) + "\n")


def _late_script(later: list[str], shared: list[str], known: Mapping[str, str], texts_of: TextsOf) -> str:
    """One function of what is `shared`, which answers what the last module exports."""
    code = _joined(later)
    words = {key: text for key, text in _words(code, texts_of).items() if key not in known}
    answered = ",".join(EXPORTED.findall(script_source(later[-1])))
    lean = LEAN(f"export default({{{','.join(shared)}}})=>{{\n{code}\nreturn{{{answered}}};\n}};")
    return lean.replace("{\n", f"{{\nObject.assign(WORDS,{_json(words)});\n", 1) + "\n"


def _joined(names: list[str]) -> str:
    code = "".join(IMPORT.sub("", script_source(name)) for name in names)
    code = DOCUMENTING.sub("", code)
    lines = (line.strip().removeprefix("export ") for line in code.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _imported(names: list[str], of: list[str]) -> Iterator[str]:
    """The names that some modules import of others."""
    for name in names:
        for given, module in IMPORT.findall(script_source(name)):
            if module in of:
                yield from (one.strip() for one in given.split(","))


def _words(code: str, texts_of: TextsOf) -> Mapping[str, str]:
    return texts_of(WHOLE_SECTION.findall(code), ONE_TEXT.findall(code))


def _json(words: Mapping[str, str]) -> str:
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))


def script_name(name: str, language: str, code: str) -> str:
    """Its file below the folder of the site: another content has another name."""
    return f"skrip/{name}.{language}.{hashlib.sha256(code.encode()).hexdigest()[:10]}.js"
