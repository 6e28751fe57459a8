"""Writes what is built from the procedure: python -m statemachine.build

The machine, its drawing and the tables of its page are committed, so that a change of the procedure shows as a
change of what runs. A test fails when one of them is stale.
"""

import json
from pathlib import Path

from chalicelib.procedures.check import checked
from chalicelib.procedures.procedure import NOMOR_INDUK_KESENIAN, load
from statemachine.definition import definition
from statemachine.drawing import draw
from statemachine.pages import filled

ROOT = Path(__file__).resolve().parent.parent
PAGE = Path("docs/procedure.md")


def built(procedure_id: str = NOMOR_INDUK_KESENIAN) -> dict[Path, str]:
    """What each built file must hold, by its path in the repository.

    Raises ProcedureError when the procedure contradicts itself; that each role has an officer is the office's
    own matter and is checked where the officers are known.
    """
    procedure = load(procedure_id)
    checked(procedure, [role.key for role in procedure.roles])
    machine = definition(procedure)
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    return {
        Path(f"statemachine/{procedure_id}.asl.json"): json.dumps(machine, indent=2, ensure_ascii=False)
        + "\n",
        Path("docs/procedure.id.svg"): draw(procedure, "id"),
        Path("docs/procedure.en.svg"): draw(procedure, "en"),
        PAGE: filled(page, procedure, machine),
    }


def main() -> None:
    """Write every built file."""
    for path, text in built().items():
        (ROOT / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
