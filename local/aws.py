"""An office on moto, in this process: every resource of the template, the real functions, made-up people."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

import boto3
from moto import mock_aws
from moto.core.config import DefaultConfig

from chalicelib.office import OFFICE, wire
from chalicelib.settings import read_settings
from chalicelib.steps.desk import Desk
from chalicelib.steps.qr_sealing import publish_key
from chalicelib.worktime.now import Clock
from local import resources
from local.authority import open_authority
from local.lambdas import MOTO_CONFIG, Function, dispatch
from local.one_at_a_time import tables_in_turn
from local.people import enrol, office
from local.template import REGION

STAGE = "local"
SITE_URL = "http://127.0.0.1:8000"
FUNCTIONS = (
    "inspect",
    "run_task",
    "sign_permit",
    "issue_permit",
    "publish_log",
    "deliver",
    "sweep",
    "morning",
    "seal",
)


@contextmanager
def open_aws(
    clock: Clock,
    *,
    site_url: str = SITE_URL,
    settings: Mapping[str, str] | None = None,
    functions: Mapping[str, Function] | None = None,
    config: DefaultConfig = MOTO_CONFIG,
) -> Iterator[Desk]:
    """moto with the stage's resources, and the desk that works on them.

    Behind its Lambda stand the functions of `app.py`, unless others are given.
    """
    with ExitStack() as open_things:
        open_things.enter_context(environment(_credentials()))
        open_things.enter_context(mock_aws(config=config))
        open_things.enter_context(tables_in_turn())
        created = resources.create(stage=STAGE, site_url=site_url)
        open_things.enter_context(environment(created | dict(settings or {})))
        stamping = open_things.enter_context(_certified_permit_key(clock))
        open_things.enter_context(environment(stamping))
        desk = wire(read_settings(), clock)
        OFFICE.open_with(desk)
        open_things.callback(OFFICE.open_with, None)
        enrol(desk)
        publish_key(desk)
        open_things.enter_context(dispatch(handlers() if functions is None else functions))
        yield desk


def handlers() -> dict[str, Function]:
    """The Lambda handlers of `app.py`, by the names that the template gives the functions."""
    import app

    return {function_name(name): getattr(app, name) for name in FUNCTIONS}


def function_name(name: str) -> str:
    """A function's name on this stage."""
    return f"sanggar-{STAGE}-{name}"


@contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    """Environment variables, put back as they were afterwards."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def fill_bsre_access(desk: Desk, secret: str) -> None:
    """What an administrator does once: the office's account at the service, and who vouches there."""
    secrets = boto3.client("secretsmanager", region_name=REGION)
    secrets.put_secret_value(SecretId=desk.settings.bsre_secret, SecretString=secret)


def _credentials() -> dict[str, str]:
    return {
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


@contextmanager
def _certified_permit_key(clock: Clock) -> Iterator[dict[str, str]]:
    """A test authority of this stack certifies the key that signs; the permit says that it is not certified.

    It stamps and answers by the stack's clock while open; what it yields are the settings that lead to it.
    """
    head = next(officer for officer in office()["officers"] if officer["role"] == "head")
    kms = boto3.client("kms", region_name=REGION)
    secrets = boto3.client("secretsmanager", region_name=REGION)
    public_key = kms.get_public_key(KeyId=os.environ["SANGGAR_PERMIT_KEY_ID"])["PublicKey"]
    with open_authority(public_key, head["name"], head["title"], now=clock.now) as authority:
        secret = os.environ["SANGGAR_PERMIT_CHAIN_SECRET"]
        secrets.put_secret_value(SecretId=secret, SecretString=authority.chain.decode())
        yield {"SANGGAR_TIME_STAMP_URL": authority.time_stamp_url}
