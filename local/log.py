"""Checks the log of the register that the running stack shows, as somebody from outside would: over its address.

python -m local.log [--key] [what tools/verify_log takes: --permit FILE, --before "SIZE ROOT", --old DIR, --save DIR]

With `--key` it prints the verifier key instead: what the office has to hand out on paper. The key is asked of KMS
itself, so what is checked does not vouch for itself.
"""

import runpy
import sys
from collections.abc import Sequence

from chalicelib.permits.log.checkpoint import verifier_key
from chalicelib.steps.desk import Desk
from chalicelib.steps.permit_log import FOLDER, shown
from infrastructure.template import ROOT
from local.reach import NOTHING_RUNS, stack_desk

CHECKER = ROOT / "tools" / "verify_log"


def main(arguments: Sequence[str]) -> int:
    """The command line; 1 when something is wrong with the log, 2 when no stack runs or nothing is there."""
    desk = stack_desk()
    if desk is None:
        print(NOTHING_RUNS, file=sys.stderr)
        return 2
    if list(arguments) == ["--key"]:
        print(key_of(desk))
        return 0
    check = runpy.run_path(str(CHECKER))["main"]
    address = f"{desk.settings.site_url}/{FOLDER}".rstrip("/")
    return int(check([address, "--key", key_of(desk), *arguments]))


def key_of(desk: Desk) -> str:
    """The verifier key of the log: its name, the key's id and the public key."""
    return verifier_key(shown(desk).checkpoint.origin, desk.keys.public_key(desk.settings.log_key_id))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
