"""What an administrator is told instead of a change."""

from chalicelib.errors import Fault


class StaffingError(Fault):
    """The office cannot be changed so: `problem` says why, `allowed` what there is to choose from."""

    code = "staffing_refused"
