"""One request as its handler sees it: checked parts, and who is asking."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import msgspec

from chalicelib.accounts.people import Account, AccountRole
from chalicelib.errors import InvalidInputError, NotAllowedError, NotFoundError
from chalicelib.links.errors import (
    LinkAlteredError,
    LinkExpiredError,
    LinkMissingError,
    LinkMisusedError,
)
from chalicelib.web.problems import (
    MediaTypeError,
    SessionExpiredError,
    SessionInvalidError,
    SessionMissingError,
    misfit,
)

if TYPE_CHECKING:
    from chalicelib.steps.desk import Desk, Request
    from chalicelib.web.routes import Route

LARGEST_BODY = 64 * 1024
LINK_HEADER = "X-Sanggar-Link"
FORM_HEADER = "If-Match"
FORM_PATTERN = '^"[0-9a-f]{64}"$'
KEY_HEADER = "Idempotency-Key"
KEY_PATTERN = "^[A-Za-z0-9_-]{16,64}$"
PATH_PATTERNS = {
    "case_id": "^case-[0-9a-f]{32}$",
    "slot": "^[a-z_]{1,40}$",
    "tracking_code": "^[0-9a-f]{32}$",
    "upload_link": "^.{1,1000}$",
    "check_code": "^.{1,40}$",
}


@dataclass(frozen=True, kw_only=True)
class Call:
    """What a handler works with. `body`, `form` and `query` are of the route's types; `raw` is the body as it came.

    `caller` is the network address that the gateway saw the request come from.
    """

    desk: "Desk"
    route: "Route"
    path: Mapping[str, str]
    headers: Mapping[str, str]
    query: Any
    body: Any
    form: Any
    raw: bytes
    caller: str = ""

    @property
    def link(self) -> str:
        """The officer's link, "" without one."""
        return self.headers.get(LINK_HEADER, "")

    @property
    def key(self) -> str:
        """The request key, "" without one. Raises InvalidInputError for one of another form."""
        key = self.headers.get(KEY_HEADER, "")
        if key and not re.fullmatch(KEY_PATTERN[1:-1], key):
            raise InvalidInputError(where=KEY_HEADER)
        return key

    @property
    def form_seen(self) -> str:
        """The SHA-256 of the form that the caller has seen, "" when any will do. Raises InvalidInputError."""
        seen = self.headers.get(FORM_HEADER, "")
        if seen and not re.fullmatch(FORM_PATTERN[1:-1], seen):
            raise InvalidInputError(where=FORM_HEADER)
        return seen.strip('"')

    @property
    def session(self) -> str:
        """The session's token as it came, "" without one."""
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        return token if scheme.lower() == "bearer" else ""

    def account(self, role: AccountRole) -> Account:
        """Who is signed in. Raises SessionMissingError, SessionExpiredError, SessionInvalidError, NotAllowedError."""
        from chalicelib.steps.sign_in import session_account

        if not self.session:
            raise SessionMissingError
        try:
            account = session_account(self.desk, self.session, role)
        except LinkMissingError as error:
            raise SessionMissingError from error
        except LinkExpiredError as error:
            raise SessionExpiredError(**error.facts) from error
        except (LinkAlteredError, LinkMisusedError, NotFoundError) as error:
            raise SessionInvalidError from error
        if account.only_case and not (self.route.assisted and self.path.get("case_id") == account.only_case):
            raise NotAllowedError(problem="an officer acts for the applicant in one case alone")
        return account

    def request(self, account: Account) -> "Request | None":
        """The account's keyed request; None without a key. The key is bound to this address and body."""
        from chalicelib.steps.desk import Request

        if not self.key:
            return None
        address = "/".join([self.route.name, *self.path.values()])
        return Request(actor=account.id, key=self.key, body=address.encode() + b"\0" + self.raw)


def checked_path(given: Mapping[str, str]) -> Mapping[str, str]:
    """The path's parts. Raises NotFoundError for one that cannot be: nothing has such a name."""
    for name, value in given.items():
        if not re.fullmatch(PATH_PATTERNS[name][1:-1], value):
            raise NotFoundError(what=name.removesuffix("_id").removesuffix("_code"))
    return given


def decoded_body(raw: bytes, content_type: str, kind: type[Any] | None) -> Any:
    """The body as `kind`; None where the route takes none. Raises MediaTypeError and InvalidInputError."""
    if kind is None:
        return None
    if len(raw) > LARGEST_BODY:
        raise InvalidInputError(where="$", allowed=LARGEST_BODY)
    if raw and content_type.partition(";")[0].strip().lower() not in ("", "application/json"):
        raise MediaTypeError
    try:
        return msgspec.json.decode(raw or b"{}", type=kind)
    except msgspec.DecodeError as error:
        raise misfit(error, "$") from error
    except UnicodeDecodeError as error:
        raise InvalidInputError(where="$") from error


def decoded_form(raw: bytes, kind: type[Any] | None) -> Any:
    """What a page's own form sent, as `kind`. Raises InvalidInputError."""
    if kind is None:
        return None
    if len(raw) > LARGEST_BODY:
        raise InvalidInputError(where="$", allowed=LARGEST_BODY)
    try:
        given = dict(parse_qsl(raw.decode(), max_num_fields=20))
        return msgspec.convert(given, kind)
    except msgspec.ValidationError as error:
        raise misfit(error, "$") from error
    except ValueError as error:  # not UTF-8, or too many fields
        raise InvalidInputError(where="$") from error


def decoded_query(given: Mapping[str, str], kind: type[Any] | None) -> Any:
    """The query as `kind`; empty parameters count as not given. Raises InvalidInputError."""
    if kind is None:
        return None
    try:
        return msgspec.convert({name: value for name, value in given.items() if value}, kind, strict=False)
    except msgspec.ValidationError as error:
        raise misfit(error, "query") from error
