"""The way in and out of every route: parse, one handler, answer; every failure becomes a problem document."""

import secrets
from collections.abc import Callable
from importlib import import_module
from typing import Any

import msgspec
from chalice.app import Chalice, Response

from chalicelib.errors import Fault, InvalidInputError
from chalicelib.steps.incidents import failed
from chalicelib.web.calls import Call, checked_path, decoded_body, decoded_form, decoded_query
from chalicelib.web.problems import (
    MEDIA_TYPE,
    MediaTypeError,
    MethodNotAllowedError,
    Problem,
    ServerFaultError,
    code_of,
    problem,
)
from chalicelib.web.routes import HTML, JSON, Route

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
CLOSED_POLICY = "default-src 'none'; frame-ancestors 'none'"
"""For answers that are no pages: whatever a browser takes them for, nothing in them runs."""


class File(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that is not JSON, or JSON to be saved: its text and what the headers say of it.

    `status` is the route's own unless a page says something else by it.
    """

    text: str
    content_type: str
    status: int | None = None
    headers: dict[str, str] = {}


def answering(app: Chalice, route: Route) -> Callable[..., Response]:
    """The function that Chalice calls for that route."""

    def answer(**path: str) -> Response:
        try:
            return _answered(app.current_request, route, path)
        except Exception as error:  # the last place where a failure can still be told
            return refused_page(error, route) if route.is_page else refused(error, route.name)

    answer.__name__ = route.name.replace(".", "_")
    return answer


def guarded(event: Any, get_response: Callable[[Any], Response]) -> Response:
    """Chalice's own refusals (405, 415, …) as problem documents. A middleware."""
    response = get_response(event)
    if response.status_code < 400 or response.headers.get("Content-Type") in (MEDIA_TYPE, HTML):
        return response
    own: dict[int, type[Fault]] = {405: MethodNotAllowedError, 415: MediaTypeError, 400: InvalidInputError}
    allowed = {name: str(value) for name, value in response.headers.items() if name == "Allow"}
    return refused(own.get(response.status_code, ServerFaultError)(), "chalice", allowed)


def refused(error: Exception, route: str, headers: dict[str, str] | None = None) -> Response:
    """The problem document of an error. What is our own fault gets a number, and that number is in the log."""
    document = _problem(error, route)
    return _response(msgspec.json.encode(document).decode(), MEDIA_TYPE, document.status, headers or {})


def refused_page(error: Exception, route: Route) -> Response:
    """The same for a person who opened a page."""
    from chalicelib.web.pages.forms import fault_page, incident_page
    from chalicelib.web.pages.frames import policy

    document = _problem(error, route.name)
    told = document.detail_en if route.language == "en" else document.detail
    if document.instance:
        text = incident_page(route.language, document.instance, route.path)
    else:
        text = fault_page(route.language, told, route.path)
    headers = {"Content-Security-Policy": policy(text), "X-Robots-Tag": "noindex, nofollow"}
    return _response(text, HTML, document.status, headers)


def _problem(error: Exception, route: str) -> Problem:
    fault = error if isinstance(error, Fault) else ServerFaultError()
    document = problem(fault)
    if document.status < 500:
        return document
    incident = secrets.token_hex(5)
    failed("request failed", error, route=route, code=code_of(fault), incident=incident)
    return problem(fault, incident)


def _answered(request: Any, route: Route, path: dict[str, str]) -> Response:
    told = _handler(route)(_call(request, route, path))
    if isinstance(told, File):
        return _response(told.text, told.content_type, told.status or route.status, told.headers)
    text = told if isinstance(told, bytes) else msgspec.json.encode(told)
    return _response(text.decode(), JSON, route.status, {})


def _call(request: Any, route: Route, path: dict[str, str]) -> Call:
    from chalicelib.office import OFFICE

    raw = request.raw_body or b""
    return Call(
        desk=OFFICE.desk(),
        route=route,
        path=checked_path(path),
        headers=request.headers,
        query=decoded_query(dict(request.query_params or {}), route.query),
        body=decoded_body(raw, request.headers.get("content-type") or "", route.body),
        form=decoded_form(raw, route.form),
        raw=raw,
        caller=str(((request.context or {}).get("identity") or {}).get("sourceIp") or ""),
    )


def _handler(route: Route) -> Callable[[Call], Any]:
    module, _, name = route.name.partition(".")
    handler: Callable[[Call], Any] = getattr(import_module(f"chalicelib.web.handlers.{module}"), name)
    return handler


def _response(text: str, content_type: str, status: int, headers: dict[str, str]) -> Response:
    said = HEADERS | {"Content-Security-Policy": CLOSED_POLICY, "Content-Type": content_type} | headers
    return Response(body=text, status_code=status, headers={**said})
