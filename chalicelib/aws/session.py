"""One boto3 session a process: a new one costs more than most requests."""

from functools import cache
from threading import Lock
from typing import Any

_MAKING = Lock()


@cache
def client(
    service: str,
    region: str,
    *,
    one_try: bool = False,
    read_seconds: int = 65,
    endpoint_url: str | None = None,
) -> Any:
    """The client of that service.

    `one_try` takes botocore's own retries out, for calls that the outbox repeats knowingly. `read_seconds` is
    how long one try waits for its answer.
    """
    import boto3
    from botocore.config import Config

    config = Config(
        retries={"total_max_attempts": 1 if one_try else 4, "mode": "standard"},
        connect_timeout=3,
        read_timeout=read_seconds,
        signature_version="s3v4" if service == "s3" else None,
        s3={"addressing_style": "path"} if endpoint_url else None,
    )
    with _MAKING:  # boto3's default session is not made for several threads
        return boto3.client(service, region_name=region, config=config, endpoint_url=endpoint_url)  # type: ignore[call-overload]
