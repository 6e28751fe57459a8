"""The seven answers to a link that does not open: each leads its reader somewhere else."""

from chalicelib.errors import Fault


class LinkMissingError(Fault):
    """The request carries no link at all."""

    code = "link_missing"


class LinkAlteredError(Fault):
    """The text was changed, cut off, or signed with a key that is unknown or was killed."""

    code = "link_altered"


class LinkExpiredError(Fault):
    """The link was good until `expired_at`."""

    code = "link_expired"


class LinkSpentError(Fault):
    """The step was decided, or moved on, since the link was sent."""

    code = "link_spent"


class LinkMisusedError(Fault):
    """A good link, but for another purpose, case, step or officer than the request."""

    code = "link_misused"


class LinkMovedError(Fault):
    """A good link to a step that lies before somebody else now: a stand-in, who is back, or a colleague."""

    code = "link_moved"


class LinkRevokedError(Fault):
    """The office revoked the link, alone or with all others of its officer."""

    code = "link_revoked"
