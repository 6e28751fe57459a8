"""What can stand in the way of a change, named for the person who asked for it."""

from chalicelib.errors import Fault, NotAllowedError, StateConflictError


class FormIncompleteError(Fault):
    """The form cannot be sent: `missing` names the empty fields."""

    code = "form_incomplete"


class DocumentsMissingError(Fault):
    """Needed documents were not uploaded: `slots` names them."""

    code = "documents_missing"


class DocumentsUnfinishedError(Fault):
    """Uploads are still under way or being read: `slots` names them."""

    code = "documents_unfinished"


class ReasonMissingError(Fault):
    """A return or a refusal needs at least one reason."""

    code = "reason_missing"


class UnknownReasonError(Fault):
    """The reason does not exist for this decision at this step: `reason` names it."""

    code = "reason_unknown"


class MarksUnexplainedError(Fault):
    """An approval passes over rows that the officer marked as not right, and does not say why."""

    code = "marks_unexplained"


class RecommendationMissingError(Fault):
    """SOP step 3 cannot be approved without the Rekomendasi Teknis."""

    code = "recommendation_missing"


class ReportMissingError(Fault):
    """The step is approved on a Berita Acara / Rekomendasi Teknis, and the officer has laid none down."""

    code = "report_missing"


class ReportChangedError(StateConflictError):
    """The report is another one than the officer has seen: it was made again meanwhile."""

    code = "report_changed"


class ReportUnexplainedError(Fault):
    """The report says of `items` that they do not fit or were not checked, and does not say why."""

    code = "report_unexplained"


class TwoStepsError(NotAllowedError):
    """Nobody decides two steps of one case."""

    code = "two_steps"


class AssistedError(NotAllowedError):
    """Who filled in an application for its applicant decides nothing about it."""

    code = "assisted_by_you"


class AlreadyDecidedError(StateConflictError):
    """This attempt of the step was decided: `decided_at` and `decision` say when and how."""

    code = "already_decided"


class SigningInProgressError(Fault):
    """A signature was asked for a moment ago, and its answer may still come. `retry_at` says until when."""

    code = "signing_in_progress"


class PermitNotStandingError(StateConflictError):
    """There is no standing permit to revoke: `status` says what it is, `permit_number` which."""

    code = "permit_not_standing"


class ProposalOpenError(StateConflictError):
    """A proposal to revoke this permit waits already, since `proposed_at`."""

    code = "revocation_proposed"


class OwnProposalError(NotAllowedError):
    """Who proposed a revocation, in whatever place, does not decide on it."""

    code = "own_proposal"


class NobodyDecidesError(StateConflictError):
    """At the moment nobody but the proposer acts in the `role` that decides."""

    code = "nobody_decides"


class UnexplainedRevocationError(Fault):
    """A proposal to revoke a permit, or a turned down one, needs words."""

    code = "revocation_unexplained"
