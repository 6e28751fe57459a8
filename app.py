"""Sanggar: every route and every function of the service, a line each.

Importing this imports no AWS client, no table and no document library: each function imports what it needs when
it is first called. Chalice finds its functions only here, so those that answer no web request stand here too.
"""

from typing import Any

from chalice.app import Chalice

from chalicelib.steps.incidents import nameless
from chalicelib.tasks import deliveries, inspecting, permits, sealing, steering
from chalicelib.web.door import answering, guarded
from chalicelib.web.routes import ROUTES

app = Chalice("sanggar")
app.register_middleware(guarded, "http")

for route in ROUTES:
    app.route(route.path, methods=[route.method], content_types=[route.takes])(answering(app, route))


def _desk() -> Any:
    """The desk of this process, wired at the first call."""
    from chalicelib.office import OFFICE

    return OFFICE.desk()


@app.lambda_function(name="inspect")
def inspect(event: Any, _context: Any) -> Any:
    """The inspection of uploads: the event of a queue that S3 fills."""
    with nameless("inspect"):
        return inspecting.inspect(event, _desk())


@app.lambda_function(name="run_task")
def run_task(event: Any, _context: Any) -> Any:
    """What the state machine asks for: `{"action", "case_id", "step", "attempt"?, "token"?}`."""
    with nameless("run_task"):
        return steering.run_task(event, _desk())


@app.lambda_function(name="sign_permit")
def sign_permit(event: Any, _context: Any) -> Any:
    """SOP step 5: `{"action": "sign", "token", "ruling", "passphrase", "key"}`; "draft", "check" with a token.

    Step 3: `{"action": "report", "token", "report"}`, because pages are laid out here alone.
    """
    with nameless("sign_permit"):
        return permits.sign_permit(event, _desk())


@app.lambda_function(name="issue_permit")
def issue_permit(event: Any, _context: Any) -> Any:
    """SOP step 6: `{"case_id"}`; or a decision on a revocation: `{"action", "token", "outcome", "passphrase", …}`."""
    with nameless("issue_permit"):
        return permits.issue_permit(event, _desk())


@app.lambda_function(name="publish_log")
def publish_log(event: Any, _context: Any) -> Any:
    """The register's log: what was entered becomes tiles and a signed checkpoint."""
    with nameless("publish_log"):
        return permits.publish_log(event, _desk())


@app.lambda_function(name="deliver")
def deliver(event: Any, _context: Any) -> Any:
    """Mail and workflow: `{"case_id"}`, or `{"challenge_id", "to"}` for a one-time code."""
    with nameless("deliver"):
        return deliveries.deliver(event, _desk())


@app.lambda_function(name="sweep")
def sweep(event: Any, _context: Any) -> Any:
    """Every minute: what a crash left undelivered."""
    with nameless("sweep"):
        return deliveries.sweep(event, _desk())


@app.lambda_function(name="seal")
def seal(event: Any, _context: Any) -> Any:
    """Every day: the seal over the audit trail."""
    with nameless("seal"):
        return sealing.seal(event, _desk())


@app.lambda_function(name="morning")
def morning(event: Any, _context: Any) -> Any:
    """Every working day at the opening: each officer is told of all that waits for them."""
    with nameless("morning"):
        return deliveries.morning(event, _desk())
