"""The shipping template's resources on moto, each through its service's own API (why: local/template.py)."""

import json
import secrets
import string
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import boto3
import msgspec
from botocore.config import Config

from infrastructure.template import Template
from local.template import REGION, Stage
from statemachine.definition import with_functions

SITE_URL = "http://localhost:8000"
MAIL_FROM = "sanggar@kantor.contoh.id"


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """When a function runs by itself: `rate(n unit)`, or `cron(minute hour * * ? *)` in the zone's time."""

    function: str
    expression: str
    zone: str

    def next_after(self, moment: datetime) -> datetime:
        """The first run after that moment. Raises ValueError for another kind of expression."""
        kind, _, said = self.expression.rstrip(")").partition("(")
        words = said.split()
        if kind == "rate":
            return moment + timedelta(**{words[1].rstrip("s") + "s": int(words[0])})
        if kind != "cron" or words[2:] != ["*", "*", "?", "*"]:
            raise ValueError(self.expression)
        local = moment.astimezone(ZoneInfo(self.zone))
        at = local.replace(hour=int(words[1]), minute=int(words[0]), second=0, microsecond=0)
        return at if at > local else at + timedelta(days=1)


def environment(
    stage: str = "dev", *, site_url: str = SITE_URL, mail_from: str = MAIL_FROM
) -> dict[str, str]:
    """The variables `SANGGAR_*` of a stage: names are computed, so another process can know them as well."""
    return Stage(stage, site_url, mail_from).environment()


def sources(stage: str = "dev") -> dict[str, str]:
    """Which function reads which queue: queue name to function name."""
    template = Stage(stage, SITE_URL, MAIL_FROM)
    mappings = template.of_type("AWS::Lambda::EventSourceMapping").values()
    return {m["EventSourceArn"].rpartition(":")[2]: m["FunctionName"] for m in mappings}


def schedules(stage: str = "dev") -> tuple[Schedule, ...]:
    """What runs by the clock."""
    template = Stage(stage, SITE_URL, MAIL_FROM)
    return tuple(
        Schedule(
            function=schedule["Target"]["Arn"].rpartition(":")[2],
            expression=schedule["ScheduleExpression"],
            zone=schedule.get("ScheduleExpressionTimezone", "UTC"),
        )
        for schedule in template.of_type("AWS::Scheduler::Schedule").values()
    )


def create(
    endpoint: str | None = None,
    stage: str = "dev",
    *,
    site_url: str = SITE_URL,
    mail_from: str = MAIL_FROM,
    tables_endpoint: str | None = None,
) -> dict[str, str]:
    """Creates everything of the template that moto knows, and answers `environment`.

    `endpoint` is a moto server's address; None means the AWS of this process (`mock_aws`). `tables_endpoint`
    puts the tables elsewhere (DynamoDB Local). Raises botocore's ClientError when something exists already.
    """
    template = Stage(stage, site_url, mail_from)
    for kind, make in _Making(endpoint, tables_endpoint or endpoint).by_type().items():
        for logical, properties in template.of_type(kind).items():
            make(logical, properties)
    return template.environment()


class _Making:
    """CloudFormation's properties as API calls; what moto would not act on is left out.

    The buckets' policies are left out as well: moto 5.2.5 does not look at a Deny's condition, and would
    refuse everything instead of unencrypted connections.
    """

    def __init__(self, endpoint: str | None, tables_endpoint: str | None) -> None:
        self._endpoint = endpoint
        self._tables_endpoint = tables_endpoint
        self._key_ids: dict[str, str] = {}

    def by_type(self) -> dict[str, Callable[[str, Template], None]]:
        """What makes which type, each after those that it needs."""
        return {
            "AWS::DynamoDB::Table": self._table,
            "AWS::SQS::Queue": self._queue,
            "AWS::SQS::QueuePolicy": self._queue_policy,
            "AWS::S3::Bucket": self._bucket,
            "AWS::KMS::Key": self._key,
            "AWS::KMS::Alias": self._alias,
            "AWS::SecretsManager::Secret": self._secret,
            "AWS::SES::EmailIdentity": self._identity,
            "AWS::StepFunctions::StateMachine": self._machine,
        }

    def _client(self, service: Any) -> Any:
        # Path style: a bucket's name before "localhost" resolves nowhere.
        config = Config(s3={"addressing_style": "path"}) if self._endpoint else None
        return boto3.client(service, region_name=REGION, endpoint_url=self._endpoint, config=config)

    def _table(self, _: str, table: Template) -> None:
        dynamodb = boto3.client("dynamodb", region_name=REGION, endpoint_url=self._tables_endpoint)
        asked = ("TableName", "BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
        dynamodb.create_table(**{key: table[key] for key in asked if key in table})
        if "TimeToLiveSpecification" in table:
            dynamodb.update_time_to_live(
                TableName=table["TableName"], TimeToLiveSpecification=table["TimeToLiveSpecification"]
            )

    def _queue(self, _: str, queue: Template) -> None:
        attributes = {
            key: json.dumps(value) if isinstance(value, dict) else str(value)
            for key, value in queue.items()
            if key != "QueueName"
        }
        self._client("sqs").create_queue(QueueName=queue["QueueName"], Attributes=attributes)

    def _queue_policy(self, _: str, policy: Template) -> None:
        sqs = self._client("sqs")
        for name in policy["Queues"]:
            url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
            sqs.set_queue_attributes(
                QueueUrl=url, Attributes={"Policy": json.dumps(policy["PolicyDocument"])}
            )

    def _bucket(self, _: str, bucket: Template) -> None:
        s3, name = self._client("s3"), bucket["BucketName"]
        s3.create_bucket(
            Bucket=name,
            CreateBucketConfiguration={"LocationConstraint": REGION},
            ObjectLockEnabledForBucket=bucket.get("ObjectLockEnabled", False),
        )
        if "VersioningConfiguration" in bucket:
            s3.put_bucket_versioning(Bucket=name, VersioningConfiguration=bucket["VersioningConfiguration"])
        if "ObjectLockConfiguration" in bucket:
            s3.put_object_lock_configuration(
                Bucket=name, ObjectLockConfiguration=bucket["ObjectLockConfiguration"]
            )
        if "CorsConfiguration" in bucket:
            rules = bucket["CorsConfiguration"]["CorsRules"]
            s3.put_bucket_cors(Bucket=name, CORSConfiguration={"CORSRules": [_cors(rule) for rule in rules]})
        if "NotificationConfiguration" in bucket:
            told = bucket["NotificationConfiguration"]["QueueConfigurations"]
            queues = [{"QueueArn": one["Queue"], "Events": [one["Event"]]} for one in told]
            s3.put_bucket_notification_configuration(
                Bucket=name, NotificationConfiguration={"QueueConfigurations": queues}
            )

    def _key(self, logical: str, key: Template) -> None:
        made = self._client("kms").create_key(
            KeySpec=key["KeySpec"],
            KeyUsage=key["KeyUsage"],
            Description=key["Description"],
            Policy=json.dumps(key["KeyPolicy"]),
        )
        self._key_ids[logical] = made["KeyMetadata"]["KeyId"]

    def _alias(self, _: str, alias: Template) -> None:
        self._client("kms").create_alias(
            AliasName=alias["AliasName"], TargetKeyId=self._key_ids[alias["TargetKeyId"]]
        )

    def _secret(self, _: str, secret: Template) -> None:
        given = {}
        if wanted := secret.get("GenerateSecretString"):
            letters = string.ascii_letters + string.digits
            made = "".join(secrets.choice(letters) for _ in range(wanted["PasswordLength"]))
            content = json.loads(wanted["SecretStringTemplate"]) | {wanted["GenerateStringKey"]: made}
            given["SecretString"] = json.dumps(content)
        self._client("secretsmanager").create_secret(Name=secret["Name"], **given)

    def _identity(self, _: str, identity: Template) -> None:
        self._client("sesv2").create_email_identity(EmailIdentity=identity["EmailIdentity"])

    def _machine(self, _: str, machine: Template) -> None:
        functions = machine["DefinitionSubstitutions"]
        self._client("stepfunctions").create_state_machine(
            name=machine["StateMachineName"],
            definition=with_functions(
                machine["DefinitionString"],
                run_task=functions["RunTaskArn"],
                issue_permit=functions["IssuePermitArn"],
            ),
            roleArn=machine["RoleArn"],
            type=machine["StateMachineType"],
        )


def _cors(rule: Template) -> Template:
    # CloudFormation and the API name one field differently.
    return {("MaxAgeSeconds" if key == "MaxAge" else key): value for key, value in rule.items()}
