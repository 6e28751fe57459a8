"""Decisions and issuing survive the death of the process between any two AWS calls, and a retry of each stage.

Every call of every stage is a point of death, in four ways; the stage is then done again, as Step Functions,
the sweep or the person would. Nothing may be lost and nothing doubled, but the one mail whose sender died after
SES took it and before that was written: and that one carries the same link.
"""

from collections import Counter

import boto3
import pytest

from chalicelib.audit.chain import breaks
from chalicelib.aws import permit_register
from chalicelib.aws.tables import CounterRow, PermitRow
from chalicelib.steps.delivering import deliver_case
from chalicelib.steps.desk import Desk
from local.clock import Hands
from local.template import REGION
from tests.crashes.killer import KINDS, KilledError, Killer
from tests.crashes.walk import DECIDED, Stage, Walk, mails

CALLS_A_STAGE = 40


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_or_doubled_when_the_process_dies_at_any_call(
    kind: str, desk: Desk, hands: Hands, killer: Killer
) -> None:
    """Walks once; at each stage the process dies at its first call, is started again and dies at its second ..."""
    walk = Walk(desk)
    walk.prepare()
    deaths = 0
    for stage in walk.stages():
        deaths += _dies_at_every_call(kind, stage, hands, killer)
    _deliver_the_rest(desk, walk, hands)
    assert deaths > 60
    _everything_is_once(desk, walk)


@pytest.mark.parametrize("kind", ["killed after", "answer lost"])
def test_a_single_death_at_any_call_of_a_decision_or_the_issue_is_repaired(
    kind: str, desk: Desk, hands: Hands, killer: Killer
) -> None:
    """A case for each point of death, on one stack: numbers stay without gap over all of them."""
    deaths = 0
    for at in range(1, CALLS_A_STAGE):
        walk = _another(desk, at)
        struck = _dies_once_at(kind, at, walk, hands, killer)
        _deliver_the_rest(desk, walk, hands)
        case = walk.case()
        assert case.status == "issued"
        assert case.permit is not None
        assert permit_register.by_number(case.permit.permit_number) is not None
        if not struck:
            break
        deaths += struck
    issued = [row for row in PermitRow.scan() if row.pk.startswith("number#")]
    assert deaths >= 7
    assert CounterRow.get("counter#permit-nomor-induk-kesenian-2026", "COUNTER").serial == len(issued)


def _another(desk: Desk, number: int) -> Walk:
    walk = Walk(desk, person=f"applicant-{number}")
    walk.prepare()
    return walk


def _dies_once_at(kind: str, at: int, walk: Walk, hands: Hands, killer: Killer) -> int:
    """Deciding at the signing step and the issue die at their `at`-th call; answers how often that was."""
    deaths = 0
    for stage in walk.stages():
        killer.aim(kind, at if stage[0] in ("decide signing", "issue") else 0)
        deaths += _tried_again(stage, hands)
        killer.aim(kind, 0)
    return deaths


def _dies_at_every_call(kind: str, stage: Stage, hands: Hands, killer: Killer) -> int:
    for at in range(1, CALLS_A_STAGE):
        killer.aim(kind, at)
        died = _died(stage, hands)
        if not killer.struck:
            killer.aim(kind, 0)
            return at - 1
        assert died or kind in ("refused once", "answer lost")
    raise AssertionError(f"{stage[0]} never came to its end")


def _tried_again(stage: Stage, hands: Hands) -> int:
    return 1 if _died(stage, hands) and not _died(stage, hands) else 0


def _died(stage: Stage, hands: Hands) -> bool:
    """Whether the stage ended by the killer's hand. After a delivery time passes: claims of the dead run out."""
    name, work = stage
    try:
        work()
    except (KilledError, Exception) as error:
        if not isinstance(error, KilledError) and not _is_of_aws(error):
            raise
        if name == "deliver":
            hands.move(seconds=61)
        return True
    return False


def _is_of_aws(error: BaseException | None) -> bool:
    while error is not None:
        if type(error).__module__.split(".")[0] in ("botocore", "pynamodb"):
            return True
        error = error.__cause__
    return False


def _deliver_the_rest(desk: Desk, walk: Walk, hands: Hands) -> None:
    hands.move(seconds=90)
    deliver_case(desk, walk.case_id)


def _everything_is_once(desk: Desk, walk: Walk) -> None:
    case = walk.case()
    assert case.status == "issued"
    assert [decision.step for decision in case.decisions] == list(DECIDED)
    assert breaks(case.case_id, desk.cases.entries(case.case_id), case.head) == []
    assert case.permit is not None
    record = permit_register.by_check_code(case.permit.check_code)
    assert record is not None
    assert record.signed_sha256 == case.permit.sha256
    assert CounterRow.get("counter#permit-nomor-induk-kesenian-2026", "COUNTER").serial == 1
    assert CounterRow.get("counter#application-2026", "COUNTER").serial == 1
    _report_is_one_file(desk, walk)
    _mails_are_once_or_the_same()


def _report_is_one_file(desk: Desk, walk: Walk) -> None:
    """One object in one version, whatever died while it was made: the decision's own."""
    report = next(d.report for d in walk.case().decisions if d.step == "verification")
    assert report is not None
    found = boto3.client("s3", region_name=REGION).list_object_versions(
        Bucket=desk.settings.permits_bucket, Prefix=f"reports/{walk.case_id}/"
    )
    assert [(one["Key"], one["VersionId"]) for one in found["Versions"]] == [
        (report.object_key, report.version_id)
    ]


def _mails_are_once_or_the_same() -> None:
    """Every notice went out; one that went out twice is byte for byte the same."""
    sent = [mail for mail in mails() if not str(mail["Message-ID"]).startswith("<code")]
    by_id: dict[str, set[bytes]] = {}
    for mail in sent:
        by_id.setdefault(str(mail["Message-ID"]), set()).add(mail.as_bytes())
    assert all(len(copies) == 1 for copies in by_id.values())
    notices = Counter(name.split(".")[2] for name in by_id)
    assert notices == Counter({"decide": 4, "received": 1, "issued": 1})
