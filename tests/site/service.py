"""The real handlers behind a browser: tables in this process, pages as built, and a clock that can be set."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chalice.test import Client
from werkzeug.serving import make_server

import app
from local.aws import function_name, open_aws
from local.clock import Hands
from local.stack import free_port
from local.web import Web
from tests.web.conftest import BEGINNING, IDLE
from tests.web.office import Office

HOST = "127.0.0.1"


@contextmanager
def served(public: Path) -> Iterator[tuple[str, Office]]:
    """The address of the service, and the office behind it; files and mails are not served."""
    hands, port = Hands.at(BEGINNING), free_port()
    functions: Any = {
        function_name("deliver"): lambda *_: None,
        function_name("sign_permit"): app.sign_permit,
        function_name("publish_log"): app.publish_log,
        function_name("issue_permit"): app.issue_permit,
    }
    url = f"http://{HOST}:{port}"
    nothing: Any = None
    with open_aws(hands.clock, site_url=url, functions=functions, config=IDLE) as desk:  # type: ignore[arg-type]
        office = Office(desk, hands, Client(app.app))
        server = make_server(HOST, port, Web(app.app, public, nothing, nothing), threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield url, office
        finally:
            server.shutdown()
            thread.join(timeout=10)
