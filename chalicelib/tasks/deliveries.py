"""Mail and workflow: what a change left in the outbox is delivered, and swept up when a crash left it behind.

The sweep also has open steps follow who acts for the office, and the register's log shown.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chalicelib.steps.desk import Desk

Event = Mapping[str, Any]


def deliver(event: Event, desk: "Desk") -> dict[str, int]:
    """Delivers what is pending for a case (`case_id`), or mails a one-time code (`challenge_id`, `to`) or the links
    for uploading without script (`applicant_id`, `name`, `at`) or to the counter (`counter_for`, …).
    """
    from chalicelib.steps import delivering

    if "challenge_id" in event:
        by = str(event.get("officer", ""))
        delivering.deliver_code(desk, str(event["challenge_id"]), str(event["to"]), by)
        return {"delivered": 1}
    if "counter_for" in event:
        told = {name: str(event[name]) for name in ("counter_for", "name", "at")}
        return {"delivered": delivering.deliver_counter_link(desk, **told)}
    if "applicant_id" in event:
        told = {name: str(event[name]) for name in ("applicant_id", "name", "at")}
        return {"delivered": delivering.deliver_upload_links(desk, **told)}
    return {"delivered": delivering.deliver_case(desk, str(event["case_id"]))}


def sweep(_event: Event, desk: "Desk") -> dict[str, int]:
    """Has delivered what a crash left behind, the clocks looked at that are due, open steps laid before who acts
    now, and the log shown; answers how many cases each concerns.
    """
    from chalicelib.steps import delivering, handing_over, permit_log

    return {
        "cases": len(delivering.sweep(desk)),
        "due": len(delivering.wake(desk)),
        "handed_over": len(handing_over.settle(desk)),
        "unshown": permit_log.catch_up(desk),
    }


def morning(_event: Event, desk: "Desk") -> dict[str, int]:
    """Has mailed: officers for whom something waits, groups whose permits end, auditors the log's newest checkpoint.

    Answers how many of each.
    """
    from chalicelib.steps import ending, inbox, log_letters

    return {
        "officers": inbox.tell_in_the_morning(desk),
        "groups": ending.remind_of_ends(desk),
        "auditors": log_letters.tell_auditors(desk),
    }
