"""The seal and the file as the browser reads them: what is genuine is told so, and everything else by its name."""

import base64
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Browser, Page
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from chalicelib.permits.cbor import encoded, tagged
from chalicelib.permits.facts import facts_on_paper, fingerprint
from chalicelib.permits.layout import render
from chalicelib.permits.port import SignedPermit
from chalicelib.permits.qr_seal import key_set, public_jwk
from chalicelib.permits.wording import WIB
from tests.permits.office import PASSPHRASE, PERMIT, RECORD, SIGNED_AT, permit, seal, signed_permit
from tests.permits.seals import ISSUER, of_cbor, public_half, seal_bytes, seal_over

pytestmark = pytest.mark.browser
SITE = Path(__file__).parents[2] / "site"
FACTS = facts_on_paper(PERMIT, RECORD.check_code)
FLIPS = 1000
READ = """async ([texts, keys]) => {
  const { readSeal } = await import("/scripts/seal.js");
  return Promise.all(texts.map((one) => readSeal(one, keys)));
}"""
LOOK = """async ([whole, changes, issued, number]) => {
  const { lookAtFile, fileVerdict } = await import("/static/skrip/baca-pdf.js");
  const bytes = Uint8Array.from(atob(whole), (sign) => sign.charCodeAt(0));
  const told = [];
  for (const flips of changes) {
    for (const [at, bit] of flips) bytes[at] ^= 1 << bit;
    told.push(fileVerdict(await lookAtFile(bytes), issued, number));
    for (const [at, bit] of flips) bytes[at] ^= 1 << bit;
  }
  return told;
}"""

SAID = """async (whole) => {
  const { lookAtFile } = await import("/static/skrip/baca-pdf.js");
  return lookAtFile(Uint8Array.from(atob(whole), (sign) => sign.charCodeAt(0)));
}"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nothing is printed."""


@pytest.fixture(scope="module")
def modules(browser: Browser) -> Iterator[Page]:
    """A page that can import the site's modules as they are written."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.server_address[1]}/README.md")
    yield page
    page.close()
    server.shutdown()
    server.server_close()


@cache
def keys() -> list[dict[str, str]]:
    found: list[dict[str, str]] = key_set({}, public_half(), SIGNED_AT)["keys"]
    return found


def told(page: Page, texts: list[str], known: list[dict[str, str]] | None = None) -> list[str]:
    """What the page says of each seal."""
    return [one["told"] for one in page.evaluate(READ, [texts, keys() if known is None else known])]


def number_of(data: bytes) -> str:
    return str(int.from_bytes(data, "big"))


def test_a_genuine_seal_tells_its_claims_and_the_key_that_made_it(modules: Page) -> None:
    (read,) = modules.evaluate(READ, [[seal_over(FACTS)], keys()])
    end = datetime(2028, 11, 23, 23, 59, 59, tzinfo=WIB)
    assert read == {
        "told": "genuine",
        "kid": public_jwk(public_half())["kid"],
        "since": "2026-11-24",
        "claims": {
            "issuer": ISSUER,
            "number": PERMIT.permit_number,
            "code": RECORD.check_code,
            "group": PERMIT.group_name,
            "genre": PERMIT.art_genre,
            "leader": RECORD.leader_short,
            "issued": int(SIGNED_AT.timestamp()),
            "expires": int(end.timestamp()),
            "hash": fingerprint(FACTS).hex(),
        },
    }


def test_an_old_permit_verifies_with_its_old_key(modules: Page) -> None:
    new = ec.generate_private_key(ec.SECP256R1())
    half = new.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    both = key_set({"keys": keys()}, half, SIGNED_AT.replace(year=2027))["keys"]
    assert told(modules, [seal_over(FACTS), seal_over(FACTS, new)], both) == ["genuine", "genuine"]
    assert told(modules, [seal_over(FACTS), seal_over(FACTS, new)]) == ["genuine", "unknown_key"]


def test_a_forger_who_uses_our_keys_name_is_found(modules: Page) -> None:
    tag, parts = of_cbor(seal_bytes(seal_over(FACTS, ec.generate_private_key(ec.SECP256R1()))))
    ours = encoded({1: -7, 4: base64.urlsafe_b64decode(keys()[0]["kid"] + "=")})
    assert told(modules, [number_of(tagged(tag, [ours, *parts[1:]]))]) == ["altered"]


@pytest.mark.parametrize("label", [1, 2, 4, 6, 7, -65537])
def test_altered_claims_are_found(modules: Page, label: int) -> None:
    tag, (header, open_part, payload, signature) = of_cbor(seal_bytes(seal_over(FACTS)))
    claims = of_cbor(payload)
    others: dict[int, Any] = {7: b"0000000000", -65537: ["Grup Lain", *claims[-65537][1:]]}
    claims[label] = others.get(label, claims[label] + 1 if label in (4, 6) else "lain")
    changed = tagged(tag, [header, open_part, encoded(claims), signature])
    assert told(modules, [number_of(changed)]) == ["altered"]


def test_no_flipped_bit_of_a_seal_leaves_it_genuine(modules: Page) -> None:
    whole = seal_bytes(seal_over(FACTS))
    flipped = []
    for bit in range(len(whole) * 8):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        flipped.append(number_of(bytes(changed)))
    said = told(modules, flipped)
    assert set(said) == {"altered", "unknown_key", "rubbish"}
    assert len(said) == len(whole) * 8


def test_no_flipped_bit_and_no_other_spelling_of_the_same_seal_is_taken(modules: Page) -> None:
    text = seal_over(FACTS)
    tag, parts = of_cbor(seal_bytes(text))
    longer = b"\xd2\x84\x59" + len(parts[0]).to_bytes(2, "big") + encoded(tagged(tag, parts))[3:]
    spelled = [f"0{text}", f"{text} ", f"+{text}", text[:-1], text[: len(text) // 2], text + "0"]
    spelled += [number_of(longer), number_of(tagged(17, parts)), number_of(tagged(tag, [*parts, 1]))]
    spelled += [number_of(tagged(tag, [parts[0], {4: b"x"}, *parts[2:]])), number_of(encoded(parts))]
    assert set(told(modules, spelled)) == {"rubbish"}


def test_whatever_stands_behind_the_sign_gets_an_answer(modules: Page) -> None:
    chance = Random(7)  # noqa: S311 - the same every time
    texts = ["", "#", "halo", "1" * 200, "9" * 2500, "9" * 5000, "<script>", "%00", "1e400", "-5", "٣" * 300]
    texts += [number_of(b"\xd2" + chance.randbytes(chance.randrange(80, 400))) for _ in range(300)]
    texts += [number_of(b"\xd2\x84" + b"\x84" * size + b"\xff" * 80) for size in range(0, 200, 20)]
    texts += [number_of(bytes.fromhex("d2845b7fffffffffffffff") + bytes(100))]
    assert set(told(modules, texts)) == {"rubbish"}


def elsewhere(work: Callable[[], SignedPermit]) -> SignedPermit:
    """The signer runs an event loop of its own, and an open browser has one in this thread."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(work).result()


@cache
def issued_permit() -> SignedPermit:
    return elsewhere(signed_permit)


@cache
def other_permit() -> bytes:
    other = permit(permit_number="NIK/0013/424.086/2026", group_name="Sanggar Lain")
    return elsewhere(lambda: seal().sign(render(other), SIGNED_AT, PASSPHRASE)).pdf


def annotated(pdf: bytes) -> bytes:
    """With a note that somebody added later, as any PDF program adds it."""
    make: Any = generic
    writer: Any = IncrementalPdfFileWriter(BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0]
    note = {
        "/Type": make.NameObject("/Annot"),
        "/Subtype": make.NameObject("/FreeText"),
        "/Rect": make.ArrayObject([make.NumberObject(n) for n in (50, 50, 300, 90)]),
        "/Contents": make.TextStringObject("Berlaku selamanya"),
    }
    added = writer.add_object(make.DictionaryObject(note))
    page[make.NameObject("/Annots")] = make.ArrayObject([added])
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def verdict(page: Page, pdf: bytes, issued: str | None = None) -> str:
    """What the page says of a file when it checks the made-up permit."""
    whole = base64.b64encode(pdf).decode()
    known = issued_permit().sha256 if issued is None else issued
    (said,) = page.evaluate(LOOK, [whole, [[]], known, PERMIT.permit_number])
    return str(said)


def test_each_kind_of_wrong_file_has_its_own_name(modules: Page) -> None:
    issued = issued_permit().pdf
    middle = len(issued) // 2
    changed = issued[:middle] + bytes([issued[middle] ^ 1]) + issued[middle + 1 :]
    said = {
        "same": verdict(modules, issued),
        "added": verdict(modules, annotated(issued)),
        "added twice": verdict(modules, annotated(annotated(issued))),
        "a line more": verdict(modules, issued + b"\n%"),
        "altered": verdict(modules, changed),
        "altered and added": verdict(modules, annotated(issued).replace(b"%%EOF", b"%%EOX", 1)),
        "other": verdict(modules, other_permit()),
        "unsigned": verdict(modules, render(PERMIT)),
        "no_pdf": verdict(modules, b"halo"),
        "empty": verdict(modules, b""),
        "unissued": verdict(modules, issued, ""),
    }
    assert said == {
        "same": "same",
        "added": "added",
        "added twice": "added",
        "a line more": "added",
        "altered": "altered",
        "altered and added": "altered",
        "other": "other",
        "unsigned": "unsigned",
        "no_pdf": "no_pdf",
        "empty": "no_pdf",
        "unissued": "unissued",
    }


def test_of_a_thousand_flipped_bits_of_a_permit_every_one_is_named(modules: Page) -> None:
    issued, chance = issued_permit(), Random(20261124)  # noqa: S311 - the same every time
    flips = [[[chance.randrange(len(issued.pdf)), chance.randrange(8)]] for _ in range(FLIPS)]
    whole = base64.b64encode(issued.pdf).decode()
    said = modules.evaluate(LOOK, [whole, [*flips, []], issued.sha256, PERMIT.permit_number])
    assert said.pop() == "same"
    assert len(said) == FLIPS
    assert set(said) <= {"altered", "unsigned", "no_pdf", "other"}
    assert said.count("altered") > FLIPS * 0.9


def test_the_file_says_who_signed_it_when_and_with_what(modules: Page) -> None:
    found = modules.evaluate(SAID, base64.b64encode(issued_permit().pdf).decode())
    assert found["number"] == PERMIT.permit_number
    assert found["signer"] == PERMIT.signer.name
    assert found["authority"].startswith("Sanggar CA Uji Coba")
    assert datetime.fromisoformat(found["at"]) == SIGNED_AT
