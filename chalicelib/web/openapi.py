"""The API described by itself (OpenAPI 3.1), made of the route table and the types of bodies and answers."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from chalicelib.texts import told_fault
from chalicelib.web.calls import (
    FORM_HEADER,
    FORM_PATTERN,
    KEY_HEADER,
    KEY_PATTERN,
    LINK_HEADER,
    PATH_PATTERNS,
)
from chalicelib.web.problems import MEDIA_TYPE, Problem
from chalicelib.web.routes import FORM, JSON, ROUTES, Caller, Route

_REF = "#/components/schemas/{name}"
_SECURITY: dict[Caller, list[dict[str, list[str]]]] = {
    "public": [],
    "applicant": [{"session": []}],
    "auditor": [{"session": []}],
    "officer": [{"link": []}],
}


@cache
def document() -> dict[str, Any]:
    """The whole document."""
    texts = _texts()
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, texts)
    return {
        "openapi": "3.1.0",
        "info": texts["info"] | {"version": "1"},
        "paths": paths,
        "components": {"schemas": _schemas()[1], "securitySchemes": _schemes(texts["security"])},
    }


def _operation(route: Route, texts: Mapping[str, Any]) -> dict[str, Any]:
    module, _, name = route.name.partition(".")
    said = texts[module][name]
    told: dict[str, Any] = {
        "operationId": f"{module}_{name}" + ("_of" if route.path.endswith("{check_code}") else ""),
        "tags": [module],
        "summary": said["en"],
        "description": said["id"],
        "parameters": [*_path_parameters(route), *_query_parameters(route), *_headers(route)],
        "responses": {str(route.status): _answer(route), **_problems(route)},
        "security": _SECURITY[route.caller],
    }
    if route.form:
        told["requestBody"] = {"required": True, "content": {FORM: {"schema": _schema(route.form)}}}
    if route.body:
        told["requestBody"] = {"required": True, "content": {JSON: {"schema": _schema(route.body)}}}
    return told


def _answer(route: Route) -> dict[str, Any]:
    content = {JSON: {"schema": _schema(route.answer)}} if route.answer else {}
    content |= {media.partition(";")[0]: {"schema": {"type": "string"}} for media in route.media}
    return {"description": "OK", "content": content}


def _problems(route: Route) -> dict[str, Any]:
    """One response a status: its description names the codes that `code` can hold."""
    by_status: dict[int, list[str]] = {}
    for code in route.faults:
        by_status.setdefault(told_fault(code).text.status, []).append(code)
    return {str(status): _problem(codes, route) for status, codes in sorted(by_status.items())}


def _problem(codes: Iterable[str], route: Route) -> dict[str, Any]:
    lines = "; ".join(f"`{code}`: {told_fault(code).text.en}" for code in codes)
    content = {MEDIA_TYPE: {"schema": _schema(Problem)}}
    content |= {"text/html": {"schema": {"type": "string"}}} if route.is_page else {}
    return {"description": lines, "content": content}


def _path_parameters(route: Route) -> list[dict[str, Any]]:
    return [
        _parameter(name, "path", {"type": "string", "pattern": PATH_PATTERNS[name]})
        for name in re.findall(r"{(\w+)}", route.path)
    ]


def _query_parameters(route: Route) -> list[dict[str, Any]]:
    if route.query is None:
        return []
    shape = msgspec.json.schema_components([route.query], ref_template=_REF)[1][route.query.__name__]
    needed = shape.get("required", [])
    return [
        _parameter(name, "query", schema, required=name in needed)
        for name, schema in shape["properties"].items()
    ]


def _headers(route: Route) -> list[dict[str, Any]]:
    taken = {KEY_HEADER: (route.keyed, KEY_PATTERN), FORM_HEADER: (route.matched, FORM_PATTERN)}
    return [
        _parameter(name, "header", {"type": "string", "pattern": pattern}, required=False)
        for name, (given, pattern) in taken.items()
        if given
    ]


def _parameter(name: str, place: str, schema: Mapping[str, Any], *, required: bool = True) -> dict[str, Any]:
    return {"name": name, "in": place, "required": required, "schema": schema}


def _schema(kind: Any) -> Any:
    kinds, _ = _schemas()
    return kinds[kind]


@cache
def _schemas() -> tuple[dict[Any, Any], dict[str, Any]]:
    kinds = {
        kind for route in ROUTES for kind in (route.body, route.form, route.answer) if kind is not None
    } | {Problem}
    ordered = sorted(kinds, key=str)
    shapes, components = msgspec.json.schema_components(ordered, ref_template=_REF)
    return dict(zip(ordered, shapes, strict=True)), _plain(components)


def _plain(value: Any) -> Any:
    """The schemas with patterns as ECMA-262 reads them: there, `$` needs no help against a last line break."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.replace(r"$(?!\n)", "$") if isinstance(value, str) else value


def _schemes(said: Mapping[str, str]) -> dict[str, Any]:
    return {
        "session": {"type": "http", "scheme": "bearer", "description": said["session"]},
        "link": {"type": "apiKey", "in": "header", "name": LINK_HEADER, "description": said["link"]},
    }


def _texts() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("routes.toml").read_text(encoding="utf-8"))
