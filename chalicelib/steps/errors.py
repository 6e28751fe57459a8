"""What can stand between an officer and a decision, beside the link and the ruling itself."""

from chalicelib.errors import Fault


class ProofFailedError(Fault):
    """The code beside the link is wrong, too old, or was never sent: one answer for all three."""

    code = "proof_failed"


class OwnContactError(Fault):
    """The address given as the applicant's is the officer's own."""

    code = "own_contact"


class ReportUnavailableError(Fault):
    """The report could not be laid out now; nothing was kept. `why` names what was met."""

    code = "report_unavailable"


class SigningUnavailableError(Fault):
    """The signing service gave no usable answer; nothing was decided. `why` names what was met."""

    code = "signing_unavailable"


class RegisterUnavailableError(Fault):
    """The function that writes the register gave no usable answer; `why` names what was met."""

    code = "register_unavailable"
