"""The register's log under /log/, as CloudFront shows its bucket: files, with what S3 says may be kept of them."""

import re
from functools import cache

from werkzeug.wrappers import Response

from chalicelib.aws.session import client
from local.aws import STAGE
from local.resources import MAIL_FROM, SITE_URL
from local.template import REGION, Stage

PREFIX = "/log"
_FILE = re.compile(r"/log/(checkpoint|checkpoints/\d+|tile/(\d{1,2}|entries)/(x\d{3}/)*\d{3}(\.p/\d{1,3})?)")


def answer_from_log(path: str) -> Response:
    """The file of the log at that path; 404 for what is none, or not there."""
    if not _FILE.fullmatch(path):
        return Response("not found", 404)
    s3 = client("s3", REGION)
    try:
        stored = s3.get_object(Bucket=_bucket(), Key=path.removeprefix("/"))
    except s3.exceptions.NoSuchKey:
        return Response("not found", 404)
    headers = {"Cache-Control": stored["CacheControl"], "X-Content-Type-Options": "nosniff"}
    return Response(stored["Body"].read(), 200, headers, content_type=stored["ContentType"])


@cache
def _bucket() -> str:
    return Stage(STAGE, SITE_URL, MAIL_FROM).name("LogBucket")
