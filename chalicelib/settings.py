"""Typed settings: the one place that reads the environment (`infrastructure/` sets it)."""

import os
from collections.abc import Mapping
from typing import Literal

import msgspec


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Names of what the functions use. `site_url` has no slash at its end; empty endpoints mean AWS itself,
    an empty `time_stamp_url` that permits get no time stamp (docs/adr/0011).

    `recogniser`: `local`, or `textract`, which sends pages of personal data to `textract_region`, outside the
    country, because Amazon Textract is not offered inside it (docs/adr/0005).

    `signer`: `seal`, the office's own key, or `bsre`, the officials' certificates through the service at `bsre_url`
    (https), which `bsre_api` says how to speak to and `bsre_secret` under which account (docs/adr/0009).
    `bsre_seconds` are for all its answers to one decision; a person waits 30 at most.
    """

    stage: str
    region: str
    site_url: str
    mail_from: str
    cases_table: str
    people_table: str
    register_table: str
    ratings_table: str
    quarantine_bucket: str
    documents_bucket: str
    permits_bucket: str
    trail_bucket: str
    log_bucket: str
    site_bucket: str
    state_machine_arn: str
    link_keys_secret: str
    seal_key_id: str
    log_key_id: str
    permit_key_id: str
    qr_key_id: str
    permit_chain_secret: str
    time_stamp_url: str
    deliver_function: str
    sign_function: str
    issue_function: str
    task_function: str
    log_function: str
    signer: Literal["seal", "bsre"]
    bsre_api: Literal["v1", "v2"]
    bsre_url: str
    bsre_secret: str
    public_files_url: str = ""
    recogniser: Literal["local", "textract"] = "local"
    textract_region: str = "ap-southeast-1"
    bsre_seconds: int = 20


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process: each comes from `SANGGAR_<NAME>`.

    Raises KeyError naming every variable that is missing, msgspec.ValidationError for a value that none knows.
    """
    # Looked up now: a default would hold on to an object in whose place somebody may have put another.
    environment = os.environ if environment is None else environment
    names = {field.name: field for field in msgspec.structs.fields(Settings)}
    given = {name: environment.get(f"SANGGAR_{name.upper()}") for name in names}
    lacking = [
        f"SANGGAR_{name.upper()}" for name, field in names.items() if given[name] is None and field.required
    ]
    if lacking:
        raise KeyError(", ".join(lacking))
    return msgspec.convert(
        {name: value for name, value in given.items() if value is not None}, Settings, strict=False
    )
