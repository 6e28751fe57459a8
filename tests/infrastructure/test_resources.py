"""What the template promises of files, queues and records."""

import json
from typing import Any

import pytest

from chalicelib.documents.confined import GRACE_SECONDS, STARTING_SECONDS, Limits
from infrastructure.template import ROOT
from local.template import Stage
from tests.infrastructure.policies import functions, stage

BUCKETS = stage().of_type("AWS::S3::Bucket")
QUEUES = stage().of_type("AWS::SQS::Queue")
TABLES = stage().of_type("AWS::DynamoDB::Table")
KEPT = (
    "CasesTable",
    "PeopleTable",
    "RegisterTable",
    "RatingsTable",
    "DocumentsBucket",
    "PermitsBucket",
    "TrailBucket",
    "LogBucket",
)


@pytest.mark.parametrize("bucket", BUCKETS)
def test_a_bucket_is_private_and_encrypted(bucket: str) -> None:
    made = BUCKETS[bucket]
    assert set(made["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(made["PublicAccessBlockConfiguration"]) == 4
    assert made["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    assert made["BucketEncryption"]["ServerSideEncryptionConfiguration"]


@pytest.mark.parametrize("bucket", BUCKETS)
def test_a_bucket_answers_encrypted_connections_only(bucket: str) -> None:
    name, arn = stage().name(bucket), stage().arn(bucket)
    policies = stage().of_type("AWS::S3::BucketPolicy").values()
    (policy,) = [one for one in policies if one["Bucket"] == name]
    (said,) = policy["PolicyDocument"]["Statement"]
    assert (said["Effect"], said["Principal"], said["Action"]) == ("Deny", "*", "s3:*")
    assert said["Resource"] == [arn, f"{arn}/*"]
    assert said["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


@pytest.mark.parametrize("bucket", ["DocumentsBucket", "PermitsBucket", "TrailBucket", "LogBucket"])
def test_what_a_case_names_by_version_is_versioned(bucket: str) -> None:
    assert BUCKETS[bucket]["VersioningConfiguration"] == {"Status": "Enabled"}


@pytest.mark.parametrize("logical", KEPT)
def test_records_outlive_the_stack(logical: str) -> None:
    made = stage().described[logical]
    assert made["DeletionPolicy"] == made["UpdateReplacePolicy"] == "Retain"


@pytest.mark.parametrize("bucket", ["TrailBucket", "LogBucket"])
@pytest.mark.parametrize(("name", "mode", "days"), [("prod", "COMPLIANCE", 3650), ("dev", "GOVERNANCE", 30)])
def test_the_seals_and_the_log_are_locked(name: str, mode: str, days: int, bucket: str) -> None:
    trail = Stage(name, "https://contoh.id", "a@contoh.id").of_type("AWS::S3::Bucket")[bucket]
    assert trail["ObjectLockEnabled"] is True
    lock = trail["ObjectLockConfiguration"]
    assert lock["ObjectLockEnabled"] == "Enabled"
    assert lock["Rule"]["DefaultRetention"] == {"Mode": mode, "Days": days}


def test_an_upload_that_is_not_taken_is_forgotten() -> None:
    (rule,) = BUCKETS["QuarantineBucket"]["LifecycleConfiguration"]["Rules"]
    assert rule["Status"] == "Enabled"
    assert rule["ExpirationInDays"] == 2


def test_a_form_can_be_sent_from_our_own_pages_alone() -> None:
    (rule,) = BUCKETS["QuarantineBucket"]["CorsConfiguration"]["CorsRules"]
    assert rule["AllowedOrigins"] == ["http://localhost:8000"]
    assert rule["AllowedMethods"] == ["POST"]


def test_an_upload_reaches_the_inspection() -> None:
    (told,) = BUCKETS["QuarantineBucket"]["NotificationConfiguration"]["QueueConfigurations"]
    assert (told["Event"], told["Queue"]) == ("s3:ObjectCreated:*", stage().arn("InspectQueue"))
    (mapping,) = stage().of_type("AWS::Lambda::EventSourceMapping").values()
    assert mapping["EventSourceArn"] == stage().arn("InspectQueue")
    assert mapping["FunctionName"] == stage().name("Inspect")
    assert mapping["BatchSize"] == 1
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_only_our_quarantine_may_speak_to_the_queue() -> None:
    (policy,) = stage().of_type("AWS::SQS::QueuePolicy").values()
    (said,) = policy["PolicyDocument"]["Statement"]
    assert (said["Principal"], said["Action"]) == ({"Service": "s3.amazonaws.com"}, "sqs:SendMessage")
    assert said["Condition"]["ArnEquals"] == {"aws:SourceArn": stage().arn("QuarantineBucket")}


def test_a_message_that_fails_three_times_is_set_aside_for_two_weeks() -> None:
    redrive = QUEUES["InspectQueue"]["RedrivePolicy"]
    assert redrive == {"deadLetterTargetArn": stage().arn("InspectDeadLetters"), "maxReceiveCount": 3}
    assert QUEUES["InspectDeadLetters"]["MessageRetentionPeriod"] == 14 * 24 * 3600
    assert all(queue["SqsManagedSseEnabled"] for queue in QUEUES.values())


def test_a_message_waits_six_times_as_long_as_its_function_may_run() -> None:
    limit = functions()["inspect"]["lambda_timeout"]
    assert QUEUES["InspectQueue"]["VisibilityTimeout"] == 6 * limit


def test_the_function_outlasts_the_limits_of_a_file() -> None:
    longest = STARTING_SECONDS + Limits().wall_seconds + GRACE_SECONDS
    assert longest < functions()["inspect"]["lambda_timeout"]


def test_the_api_answers_before_its_gateway_gives_up() -> None:
    assert functions()["sign_permit"]["lambda_timeout"] < functions()["api_handler"]["lambda_timeout"] <= 29


@pytest.mark.parametrize("table", TABLES)
def test_a_table_can_be_put_back_and_is_not_deleted_by_mistake(table: str) -> None:
    made = TABLES[table]
    assert made["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
    assert made["SSESpecification"]["SSEEnabled"] is True
    assert made["DeletionProtectionEnabled"] is True
    assert made["BillingMode"] == "PAY_PER_REQUEST"


def test_the_keys_can_do_what_the_code_asks() -> None:
    keys = stage().of_type("AWS::KMS::Key")
    assert (keys["SealKey"]["KeySpec"], keys["SealKey"]["KeyUsage"]) == ("ECC_NIST_P256", "SIGN_VERIFY")
    assert (keys["LogKey"]["KeySpec"], keys["LogKey"]["KeyUsage"]) == ("ECC_NIST_P256", "SIGN_VERIFY")
    assert (keys["PermitKey"]["KeySpec"], keys["PermitKey"]["KeyUsage"]) == ("RSA_2048", "SIGN_VERIFY")


def test_the_procedure_is_logged_without_anybodys_data() -> None:
    (machine,) = stage().of_type("AWS::StepFunctions::StateMachine").values()
    assert machine["LoggingConfiguration"]["IncludeExecutionData"] is False
    assert machine["StateMachineType"] == "STANDARD"


def test_the_logs_are_forgotten_one_day() -> None:
    config: dict[str, Any] = json.loads((ROOT / ".chalice" / "config.json").read_text(encoding="utf-8"))
    logs = stage().of_type("AWS::Logs::LogGroup").values()
    assert {one["RetentionInDays"] for one in logs if "RetentionInDays" in one} == {90}
    assert config["log_retention_in_days"] == 90
