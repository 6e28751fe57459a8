"""The policies of our functions as they are on the stage of the tests."""

import json
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import msgspec

from infrastructure.template import ROOT
from local.aws import STAGE
from local.resources import MAIL_FROM, SITE_URL
from local.template import Stage
from tests.infrastructure.calls import Asked


class Allowed(msgspec.Struct, frozen=True, order=True):
    """One action that a function may do, on resources of one pattern."""

    function: str
    action: str
    resource: str

    def covers(self, asked: Asked) -> bool:
        """Whether this allows that."""
        same = (self.function, self.action) == (asked.function, asked.action)
        return same and fnmatchcase(asked.resource, self.resource)


@cache
def stage() -> Stage:
    """The template on the stage of the tests."""
    return Stage(STAGE, SITE_URL, MAIL_FROM)


def functions() -> dict[str, dict[str, Any]]:
    """Every function of the deployment with its settings there."""
    config = json.loads((ROOT / ".chalice" / "config.json").read_text(encoding="utf-8"))
    found: dict[str, dict[str, Any]] = config["lambda_functions"]
    return found


def statements(function: str) -> list[dict[str, Any]]:
    """The statements of a function's policy, as they are written."""
    path = ROOT / ".chalice" / functions()[function]["iam_policy_file"]
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["Statement"]
    return found


def allowed() -> list[Allowed]:
    """Everything that all functions may do."""
    return sorted(
        Allowed(function, action, resource)
        for function in functions()
        for statement in statements(function)
        for action in statement["Action"]
        for resource in _resources(statement)
    )


def holders(action: str, resource: str) -> set[str]:
    """The functions that may do this."""
    return {one.function for one in allowed() if one.covers(Asked(one.function, action, resource))}


def _resources(statement: dict[str, Any]) -> Iterator[str]:
    said = statement["Resource"]
    for resource in said if isinstance(said, list) else [said]:
        yield _key(resource) or str(stage().resolve(resource))


def _key(resource: Any) -> str | None:
    """A key has no name of its own, but the alias by which the functions call it."""
    named = resource.get("Fn::GetAtt") if isinstance(resource, dict) else None
    aliases = stage().of_type("AWS::KMS::Alias").values()
    return next((alias["AliasName"] for alias in aliases if named == [alias["TargetKeyId"], "Arn"]), None)
