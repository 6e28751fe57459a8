"""Typed settings: the one place that reads the environment (`infrastructure/` sets it)."""

import os
from collections.abc import Mapping

import msgspec


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Names of what the functions use. `site_url` has no slash at its end; empty endpoints mean AWS itself."""

    stage: str
    region: str
    site_url: str
    mail_from: str
    cases_table: str
    people_table: str
    register_table: str
    quarantine_bucket: str
    documents_bucket: str
    permits_bucket: str
    trail_bucket: str
    state_machine_arn: str
    link_keys_secret: str
    seal_key_id: str
    permit_key_id: str
    permit_chain_secret: str
    deliver_function: str
    sign_function: str
    public_files_url: str = ""


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process: each comes from `SANGGAR_<NAME>`.

    Raises KeyError naming every variable that is missing.
    """
    names = {field.name: field for field in msgspec.structs.fields(Settings)}
    given = {name: environment.get(f"SANGGAR_{name.upper()}") for name in names}
    lacking = [
        f"SANGGAR_{name.upper()}" for name, field in names.items() if given[name] is None and field.required
    ]
    if lacking:
        raise KeyError(", ".join(lacking))
    return Settings(**{name: value for name, value in given.items() if value is not None})
