"""A fact that stands in two places is the same in both."""

import json
import subprocess
import sys
from typing import Any

import msgspec
import pytest
from pynamodb.attributes import Attribute
from pynamodb.indexes import GlobalSecondaryIndex
from pynamodb.models import Model

import app
from chalicelib.aws.tables import CASE_ROWS, PermitRow, PersonRow, RatingRow
from chalicelib.settings import Settings
from infrastructure.contents import SERVICES
from infrastructure.package import LAYERS
from infrastructure.template import ROOT
from infrastructure.template import functions as laid_over
from local.aws import FUNCTIONS
from local.listening import API
from tests.infrastructure.policies import functions, stage

ROWS: dict[str, tuple[type[Model], ...]] = {
    "CasesTable": CASE_ROWS,
    "PeopleTable": (PersonRow,),
    "RegisterTable": (PermitRow,),
    "RatingsTable": (RatingRow,),
}
DECLARED = [function.name for function in app.app.pure_lambda_functions]


@pytest.mark.parametrize("table", ROWS)
def test_the_rows_have_the_keys_of_their_table(table: str) -> None:
    made = stage().of_type("AWS::DynamoDB::Table")[table]
    types = {one["AttributeName"]: one["AttributeType"] for one in made["AttributeDefinitions"]}
    for row in ROWS[table]:
        assert _keys(row.get_attributes(), types) == made["KeySchema"]


@pytest.mark.parametrize("table", ROWS)
def test_the_rows_know_the_indexes_of_their_table(table: str) -> None:
    made = stage().of_type("AWS::DynamoDB::Table")[table]
    types = {one["AttributeName"]: one["AttributeType"] for one in made["AttributeDefinitions"]}
    found = [
        one for row in ROWS[table] for one in vars(row).values() if isinstance(one, GlobalSecondaryIndex)
    ]
    assert [_index(one, types) for one in found] == made.get("GlobalSecondaryIndexes", [])


def test_no_key_is_described_that_nothing_uses() -> None:
    for made in stage().of_type("AWS::DynamoDB::Table").values():
        schemas = [made["KeySchema"], *(one["KeySchema"] for one in made.get("GlobalSecondaryIndexes", []))]
        used = {key["AttributeName"] for schema in schemas for key in schema}
        assert {one["AttributeName"] for one in made["AttributeDefinitions"]} == used


def test_rows_that_must_be_forgotten_carry_the_moment_that_the_table_looks_at() -> None:
    made = stage().of_type("AWS::DynamoDB::Table")["PeopleTable"]
    assert made["TimeToLiveSpecification"]["AttributeName"] in PersonRow.get_attributes()


def test_the_functions_get_every_setting_and_no_other() -> None:
    given = laid_over()["Globals"]["Function"]["Environment"]["Variables"]
    fields = {f"SANGGAR_{field.name.upper()}": field.required for field in msgspec.structs.fields(Settings)}
    assert set(given) <= set(fields)
    assert {name for name, required in fields.items() if required} == set(given)


def test_a_setting_that_aws_does_not_need_stays_away_from_it() -> None:
    """The one-machine stack serves files at an address of its own; recognition abroad is for who asks for it."""
    optional = {field.name for field in msgspec.structs.fields(Settings) if not field.required}
    assert optional == {"public_files_url", "recogniser", "textract_region", "bsre_seconds"}


def test_every_function_of_the_app_is_known_everywhere() -> None:
    made = [one["Properties"] for one in laid_over()["Resources"].values() if "Type" not in one]
    names = [one["FunctionName"]["Fn::Sub"] for one in made if "FunctionName" in one]
    in_template = {name.removeprefix("sanggar-${Stage}-") for name in names}
    assert sorted(FUNCTIONS) == sorted(DECLARED)
    assert sorted(functions()) == sorted([*DECLARED, API])
    assert in_template == set(functions())


def test_every_function_has_a_policy_of_its_own() -> None:
    named = {name: function["iam_policy_file"] for name, function in functions().items()}
    assert named == {name: f"policy-{name}.json" for name in functions()}
    assert {path.name for path in (ROOT / ".chalice").glob("policy-*.json")} == set(named.values())


def test_no_policy_is_written_by_guessing() -> None:
    config = json.loads((ROOT / ".chalice" / "config.json").read_text(encoding="utf-8"))
    assert config["autogen_policy"] is False


@pytest.mark.parametrize("function", functions())
def test_a_functions_role_has_the_name_that_the_keys_know(function: str) -> None:
    names = [
        one["Properties"]["RoleName"] for one in stage().described.values() if "RoleName" in one["Properties"]
    ]
    assert f"sanggar-local-{function}" in [stage().resolve(name) for name in names]


def test_a_layer_of_the_packager_is_a_layer_of_the_template() -> None:
    layers = stage().of_type("AWS::Serverless::LayerVersion").values()
    assert {one["ContentUri"] for one in layers} == {f"./{name}.zip" for name in LAYERS}
    assert {one["LayerName"] for one in layers} == {f"sanggar-local-{name}" for name in LAYERS}


def test_a_function_imports_nothing_of_a_layer_that_it_lacks() -> None:
    """The inspection and the signing alone have layers: what the others import must be in the package."""
    of_layers = (
        "pdfplumber",
        "pypdfium2",
        "PIL",
        "numpy",
        "onnxruntime",
        "typst",
        "segno",
        "pyhanko",
        "cryptography",
    )
    with_layers = {"Inspect": "DocumentsLayer", "SignPermit": "PermitsLayer"}
    made = laid_over()["Resources"]
    layered = {
        name: one["Properties"]["Layers"] for name, one in made.items() if "Layers" in one["Properties"]
    }
    assert layered == {name: [{"Ref": layer}] for name, layer in with_layers.items()}
    program = (
        f"import sys; sys.modules |= dict.fromkeys({of_layers!r});"
        "from importlib import import_module; from pkgutil import iter_modules;"
        "import app, chalicelib.office, chalicelib.web.handlers as handlers;"
        "[import_module(f'{handlers.__name__}.{one.name}') for one in iter_modules(handlers.__path__)];"
        "from chalicelib.steps import delivering, issuing, permit_log, progress, trail"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_the_machine_of_the_template_is_the_committed_one() -> None:
    (made,) = stage().of_type("AWS::StepFunctions::StateMachine").values()
    committed = (ROOT / "statemachine" / "nomor-induk-kesenian.asl.json").read_text(encoding="utf-8")
    assert made["DefinitionString"] == committed
    given = made["DefinitionSubstitutions"]
    assert given == {"RunTaskArn": stage().arn("RunTask"), "IssuePermitArn": stage().arn("IssuePermit")}
    assert all(f"${{{name}}}" in committed for name in given)


def test_the_package_keeps_the_descriptions_of_the_services_that_are_called() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "chalicelib" / "aws").glob("*.py")]
    for service in ("s3", "sesv2", "stepfunctions", "lambda", "kms", "secretsmanager"):
        assert any(f'client("{service}"' in source for source in sources)
        assert service in SERVICES


def _index(index: Any, types: dict[str, str]) -> dict[str, Any]:
    attributes = {name: one for name, one in vars(type(index)).items() if isinstance(one, Attribute)}
    projection = {"ProjectionType": index.Meta.projection.projection_type}
    if index.Meta.projection.non_key_attributes:
        projection["NonKeyAttributes"] = index.Meta.projection.non_key_attributes
    return {
        "IndexName": index.Meta.index_name,
        "KeySchema": _keys(attributes, types),
        "Projection": projection,
    }


def _keys(attributes: dict[str, Any], types: dict[str, str]) -> list[dict[str, str]]:
    """The key schema of these attributes; fails where the template knows another type of one."""
    found = [(one, "HASH" if one.is_hash_key else "RANGE") for one in attributes.values() if _is_key(one)]
    for one, _ in found:
        assert one.attr_type == types[one.attr_name]
    ordered = sorted(found, key=lambda key: key[1])
    return [{"AttributeName": one.attr_name, "KeyType": kind} for one, kind in ordered]


def _is_key(attribute: Any) -> bool:
    return bool(attribute.is_hash_key or attribute.is_range_key)
