"""Whether an answer is one that the API describes of itself."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from chalicelib.texts import told_fault
from chalicelib.web.openapi import document
from chalicelib.web.problems import MEDIA_TYPE
from chalicelib.web.routes import ROUTES, Route


def described(method: str, path: str) -> Route | None:
    """The route that answers this request; None when there is none, or not for this method."""
    address = path.partition("?")[0]
    return next((one for one in ROUTES if one.method == method and _pattern(one).fullmatch(address)), None)


def misfit(route: Route, status: int, headers: Mapping[str, str], body: Any) -> str | None:
    """How the answer differs from what the document says of the route; None when it fits.

    `body` is the answer's JSON, or None where it is something else.
    """
    operation = document()["paths"][route.path][route.method.lower()]
    if str(status) not in operation["responses"]:
        return f"{route.method} {route.path} answers an undescribed {status}: {body}"
    content = operation["responses"][str(status)].get("content", {})
    media = headers.get("Content-Type", "").partition(";")[0]
    if media not in content:
        return f"{route.method} {route.path} answers an undescribed {media}"
    if media == MEDIA_TYPE and body["code"] not in {told_fault(code).code for code in route.faults}:
        return f"{route.method} {route.path} answers the undescribed problem {body['code']}"
    if body is None:
        return None
    errors = _validator(route.path, route.method.lower(), str(status), media).iter_errors(body)
    return next((f"{route.path}: {error.json_path}: {error.message}" for error in errors), None)


@cache
def _pattern(route: Route) -> re.Pattern[str]:
    return re.compile(re.sub(r"{\w+}", "[^/]+", route.path))


@cache
def _validator(path: str, method: str, status: str, media: str) -> Any:
    whole = document()
    schema = whole["paths"][path][method]["responses"][status]["content"][media]["schema"]
    return Draft202012Validator({**schema, "components": whole["components"]})
