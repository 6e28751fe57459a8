"""Administers the office: the running stack of this machine, or AWS, with the same use cases.

Every change asks for --by (who asks) and --why, which the office's own audit chain keeps.

python -m local.admin officers list
python -m local.admin officers add ID --role R --name N --email E [--title T --rank R --nip N] --by B --why W
python -m local.admin officers change ID [the facts of add] --by B --why W
python -m local.admin officers deactivate|reactivate|passphrase|signer-id ID --by B --why W
python -m local.admin stand-in list
python -m local.admin stand-in add OFFICER --for OTHER --kind plh|plt --from DAY --until DAY --by B --why W
python -m local.admin stand-in end STAND_IN --by B --why W
python -m local.admin link list CASE
python -m local.admin link send CASE --by B --why W
python -m local.admin link revoke (LINK | --officer ID) --by B --why W
python -m local.admin keys list
python -m local.admin keys rotate --by B --why W
python -m local.admin keys kill KEY --by B --why W
python -m local.admin keys publish-seal [--key KMS_KEY] --by B --why W
python -m local.admin calendar list
python -m local.admin calendar close DAY --name N [--name-en N] --decree D --by B --why W
python -m local.admin calendar open DAY --decree D --by B --why W
python -m local.admin calendar ramadan FIRST LAST --decree D --by B --why W
python -m local.admin calendar take-back DAY --by B --why W
python -m local.admin procedure list|check
python -m local.admin log

A day is 2026-12-01, or a moment 2026-12-01T13:00, in office time; the day after --until is free again. On AWS the
settings come from this shell: SANGGAR_STAGE and the other variables of a function, and credentials for it.
"""

import argparse
import getpass
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from chalicelib.errors import Fault
from chalicelib.steps.desk import Desk
from chalicelib.texts import told_fault
from local import admin_verbs as verbs
from local.reach import NOTHING_RUNS, stack_desk, stage_desk

Verb = Callable[[Desk, argparse.Namespace], list[str]]
_FACTS = ("role", "name", "email", "title", "rank", "nip")


def main() -> int:
    """The command line; 1 when the office refuses, 2 when nothing runs."""
    given = arguments().parse_args()
    desk = stage_desk() or stack_desk()
    if desk is None:
        print(NOTHING_RUNS, file=sys.stderr)
        return 2
    print(f"stage: {desk.settings.stage}", file=sys.stderr)
    return run(desk, given)


def run(desk: Desk, given: argparse.Namespace) -> int:
    """One command, its answer printed a line each; 1 with a sentence when it is refused."""
    try:
        for line in given.verb(desk, given):
            print(line)
    except Fault as fault:
        told = told_fault(fault.code).text
        print(f"{told.id}\n{told.en}\n{fault}", file=sys.stderr)
        return 1
    return 0


def typed_unseen(asked: str) -> str:
    """What its owner alone should see, as it is typed, or from a pipe: never a word of the command."""
    return getpass.getpass(asked) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def arguments() -> argparse.ArgumentParser:
    """Every command, with the verb that does it as `verb`."""
    parser = argparse.ArgumentParser(
        prog="admin", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    nouns = parser.add_subparsers(dest="noun", required=True)
    for add in (_officers, _stand_ins, _links, _keys, _calendar, _procedure):
        add(nouns)
    nouns.add_parser("log").set_defaults(verb=verbs.log)
    return parser


def _officers(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    made = _verbs(nouns, "officers", {"list": verbs.officers})
    for name, verb, needed in (("add", verbs.add_officer, True), ("change", verbs.change_officer, False)):
        command = _changing(made, name, verb)
        command.add_argument("officer")
        for fact in _FACTS:
            command.add_argument(f"--{fact}", required=needed and fact in ("role", "name", "email"))
    for name, verb in (
        ("deactivate", verbs.deactivate),
        ("reactivate", verbs.reactivate),
        ("passphrase", lambda desk, given: verbs.passphrase(desk, given, typed_unseen("Passphrase: "))),
        ("signer-id", lambda desk, given: verbs.signer_id(desk, given, typed_unseen("BSrE id: "))),
    ):
        _changing(made, name, verb).add_argument("officer")


def _stand_ins(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    made = _verbs(nouns, "stand-in", {"list": verbs.stand_ins})
    command = _changing(made, "add", verbs.begin_stand_in)
    command.add_argument("officer")
    command.add_argument("--for", dest="other", required=True)
    command.add_argument("--kind", choices=("plh", "plt"), required=True)
    command.add_argument("--from", dest="since", required=True)
    command.add_argument("--until", required=True)
    _changing(made, "end", verbs.end_stand_in).add_argument("stand_in")


def _links(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    made = _verbs(nouns, "link", {})
    listing = made.add_parser("list")
    listing.add_argument("case")
    listing.set_defaults(verb=verbs.links)
    _changing(made, "send", verbs.send_link).add_argument("case")
    which = _changing(made, "revoke", verbs.revoke).add_mutually_exclusive_group(required=True)
    which.add_argument("link", nargs="?")
    which.add_argument("--officer")


def _keys(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    made = _verbs(nouns, "keys", {"list": verbs.keys})
    _changing(made, "rotate", lambda desk, given: verbs.rotate(desk, given, time.sleep))
    _changing(made, "kill", verbs.kill).add_argument("key")
    seal = _changing(made, "publish-seal", verbs.publish_seal)
    seal.add_argument(
        "--key", default="", help="the key that will seal next; without it, the one that seals now"
    )


def _calendar(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    made = _verbs(nouns, "calendar", {"list": verbs.calendar})
    close = _changing(made, "close", verbs.close_day)
    close.add_argument("day")
    close.add_argument("--name", required=True)
    close.add_argument("--name-en", default="")
    reopen = _changing(made, "open", verbs.open_day)
    reopen.add_argument("day")
    moon = _changing(made, "ramadan", verbs.announce_ramadan)
    moon.add_argument("first")
    moon.add_argument("last")
    for command in (close, reopen, moon):
        command.add_argument("--decree", required=True, help="the decision: kind, number, year, subject")
    _changing(made, "take-back", verbs.take_back_day).add_argument("day")


def _procedure(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    _verbs(nouns, "procedure", {"list": verbs.procedures, "check": verbs.check_procedures})


def _verbs(
    nouns: "argparse._SubParsersAction[argparse.ArgumentParser]", noun: str, reading: Mapping[str, Verb]
) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
    made = nouns.add_parser(noun).add_subparsers(dest="what", required=True)
    for name, verb in reading.items():
        made.add_parser(name).set_defaults(verb=verb)
    return made


def _changing(
    made: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, verb: Verb
) -> argparse.ArgumentParser:
    command = made.add_parser(name)
    command.add_argument("--by", required=True, help="who asks for this")
    command.add_argument("--why", required=True, help="the reason, for the record")
    command.set_defaults(verb=verb)
    return command


def parsed(words: Sequence[str]) -> argparse.Namespace:
    """A command as typed."""
    return arguments().parse_args(words)


if __name__ == "__main__":
    os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")
    sys.exit(main())
