"""The two template files as data, with CloudFormation's short tags (`!Ref`, `!Sub`, ...) read as the long ones."""

from pathlib import Path
from typing import Any, TypeAlias

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent

Template: TypeAlias = dict[str, Any]


def resources() -> Template:
    """Everything but the functions: a whole template, with its state machines' committed definitions in it."""
    whole = load(HERE / "resources.yaml")
    for made in whole["Resources"].values():
        if "Definition" in made.get("Metadata", {}):
            path = ROOT / made.pop("Metadata")["Definition"]
            made["Properties"]["DefinitionString"] = path.read_text(encoding="utf-8")
    return whole


def functions() -> Template:
    """What is laid over Chalice's template; its functions and roles have no `Type` of their own here."""
    return load(HERE / "functions.yaml")


def load(path: Path) -> Template:
    """A template file with every short tag as its long form: `!Ref A` is `{"Ref": "A"}`."""
    read: Template = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506  # a SafeLoader
    return read


class _Loader(yaml.SafeLoader):
    """A safe loader of its own, for constructors are kept on the class."""


def _short_tag(loader: _Loader, tag: str, node: yaml.Node) -> dict[str, Any]:
    name = tag if tag in ("Ref", "Condition") else f"Fn::{tag}"
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    if isinstance(node, yaml.MappingNode):
        return {name: loader.construct_mapping(node, deep=True)}
    said = str(node.value)
    return {name: said.split(".", 1) if tag == "GetAtt" else said}


_Loader.add_multi_constructor("!", _short_tag)
