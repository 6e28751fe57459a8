"""The seal in a permit's QR code: made with a key of its own, whose public half is published for everybody's check."""

import json
from datetime import datetime
from typing import Any

import msgspec

from chalicelib.errors import NotFoundError
from chalicelib.permits.errors import SigningServiceError
from chalicelib.permits.facts import facts_on_paper
from chalicelib.permits.qr_seal import Unsealed, key_set, public_jwk, sealed, signs, unsealed
from chalicelib.permits.types import PermitContent
from chalicelib.permits.wording import phrases
from chalicelib.staffing.book import Book, OfficeChange, Order, record
from chalicelib.steps.administration import change_office
from chalicelib.steps.desk import Desk

KEYS_PATH = "kunci/qr.json"
"""Where the site has the published keys."""


def with_seal(desk: Desk, content: PermitContent, code: str, at: datetime) -> PermitContent:
    """The content whose check address carries the seal. Raises SigningServiceError when the key gives none."""
    key_id = desk.settings.qr_key_id
    issuer = phrases("seal")["issuer"]
    try:
        public = desk.keys.public_key(key_id)
        seal = unsealed(facts_on_paper(content, code), issuer, at, public_jwk(public)["kid"])
        signature = desk.keys.sign_ecdsa(key_id, seal.signed)
    except Exception as error:  # whatever KMS's client raises: nothing is decided, and the signer tries again
        raise SigningServiceError(why=type(error).__name__) from error
    return msgspec.structs.replace(
        content, check_url=f"{content.check_url}#{_checked(public, seal, signature)}"
    )


def _checked(public: bytes, seal: Unsealed, signature: bytes) -> str:
    if not signs(public, seal, signature):
        raise SigningServiceError(why="seal_of_another_key")
    return sealed(seal, signature)


def publish_key(desk: Desk, key_id: str = "") -> dict[str, Any]:
    """The published keys with one more among them; safe to repeat. The older ones stay for old paper.

    `key_id` is the key that will seal next, published before it does; without one, the key that seals now. Raises
    ValueError when it is no P-256 key.
    """
    bucket = desk.settings.site_bucket
    try:
        before: dict[str, Any] = json.loads(desk.files.read(bucket, KEYS_PATH))
    except NotFoundError:
        before = {}
    keys = key_set(before, desk.keys.public_key(key_id or desk.settings.qr_key_id), desk.clock.now())
    if keys != before:
        desk.files.write(bucket, KEYS_PATH, json.dumps(keys, indent=1).encode(), "application/json")
    return keys


def publish_key_by_order(desk: Desk, order: Order, key_id: str = "") -> dict[str, Any]:
    """The same on somebody's order, which the office's own chain keeps."""

    def rule(book: Book, at: datetime) -> OfficeChange:
        kid = public_jwk(desk.keys.public_key(key_id or desk.settings.qr_key_id))["kid"]
        return record(book, order, at, "keys.seal_published", {"key": kid})

    change_office(desk, rule)
    return publish_key(desk, key_id)
