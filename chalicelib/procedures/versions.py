"""Which versions of a procedure there are: the newest, and those that running cases still keep."""

import re
from pathlib import Path

from chalicelib.procedures.procedure import NOMOR_INDUK_KESENIAN, Procedure, load


def versions(procedure_id: str = NOMOR_INDUK_KESENIAN) -> tuple[Procedure, ...]:
    """Every version on file, the newest first. Raises ProcedureError for a file that is wrong."""
    older = re.compile(rf"{re.escape(procedure_id)}\.v(\d+)\.toml")
    names = (path.name for path in Path(__file__).parent.glob("*.toml"))
    numbers = {int(found.group(1)) for name in names if (found := older.fullmatch(name))}
    newest = load(procedure_id)
    return (newest, *(load(procedure_id, one) for one in sorted(numbers - {newest.version}, reverse=True)))
