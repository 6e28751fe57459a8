"""What can be wrong with a calendar, an allowance or the order of a ledger's events."""

from chalicelib.errors import Fault


class NaiveMomentError(Fault):
    """A moment came without a time zone, so nobody can say which minute it was. `moment` is its text."""

    code = "moment_without_zone"


class CalendarError(Fault):
    """Hours or corrections contradict themselves. `problems` lists every contradiction."""

    code = "calendar_invalid"


class OutsideCalendarError(Fault):
    """A question about a day beyond the calendar. `day` (None: past its end), `first`, `last`."""

    code = "calendar_not_known"


class AllowanceError(Fault):
    """An allowance or a number of minutes that cannot be counted. `days`, `minutes`."""

    code = "allowance_invalid"


class LedgerError(Fault):
    """The events of a ledger are in an impossible order."""

    code = "ledger_invalid"


class NotOpenedError(LedgerError):
    """A ledger must begin with its opening."""

    code = "ledger_not_opened"


class AlreadyOpenedError(LedgerError):
    """A ledger opens once. `at` is the second opening."""

    code = "ledger_already_opened"


class LedgerClosedError(LedgerError):
    """Nothing is written after the closing. `at` is the refused event, `closed_at` the closing."""

    code = "ledger_closed"


class ClockStoppedError(LedgerError):
    """The clock is stopped already: it cannot stop again or run over. `at`, `stopped_at`."""

    code = "clock_stopped"


class ClockRunningError(LedgerError):
    """The clock runs already: it cannot start again. `at`, `running_since`."""

    code = "clock_running"


class EventOutOfOrderError(LedgerError):
    """An event came that is older than the last one written. `at`, `last`."""

    code = "ledger_event_out_of_order"


class NotOverdueError(LedgerError):
    """The deadline is not reached yet. `at`, `left` (working minutes)."""

    code = "not_overdue"


class LevelNotRaisedError(LedgerError):
    """An escalation only goes up the line. `level` is the refused one, `reached` the one already told."""

    code = "escalation_not_raised"


class UsedRewrittenError(LedgerError):
    """Minutes once used were changed. `at`, `used` (as claimed), `before` (as written)."""

    code = "used_minutes_rewritten"
