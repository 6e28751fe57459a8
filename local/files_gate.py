"""What S3 does at its door and moto does not: presigned addresses and POST policies are really checked."""

import base64
import binascii
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import boto3
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from werkzeug.wrappers import Request, Response

PREFIX = "/_s3"


class FilesGate:
    """Answers `PREFIX/<bucket>[/<key>]`: a form POST into a bucket, a presigned GET of an object."""

    def __init__(self, region: str, credentials: Credentials) -> None:
        self._region = region
        self._credentials = credentials

    def answer(self, request: Request) -> Response:
        """The answer of S3 to this request, as far as the service uses S3 from outside."""
        bucket, _, key = request.path.removeprefix(f"{PREFIX}/").partition("/")
        if request.method == "POST" and not key:
            return self._post(request, bucket)
        if request.method == "GET" and key:
            return self._get(request, bucket, key)
        return Response("MethodNotAllowed", 405)

    def _post(self, request: Request, bucket: str) -> Response:
        file = request.files.get("file")
        form = {name: request.form[name] for name in request.form}
        if file is None:
            return Response("InvalidArgument: POST requires exactly one file", 400)
        data = file.read()
        problem = self._policy_problem(form, bucket, len(data))
        if problem:
            return Response(f"AccessDenied: {problem}", 400 if problem.startswith("Entity") else 403)
        s3 = boto3.client("s3", region_name=self._region)
        stored = s3.put_object(
            Bucket=bucket, Key=form["key"], Body=data, ContentType=form.get("Content-Type", "")
        )
        back = form.get("success_action_redirect")
        if not back:
            return Response("", 204)
        named = urlencode({"bucket": bucket, "key": form["key"], "etag": stored["ETag"]})
        return Response("", 303, {"Location": f"{back}{'&' if '?' in back else '?'}{named}"})

    def _policy_problem(self, form: dict[str, str], bucket: str, size: int) -> str | None:
        """What S3 would refuse this form for; the rules are those of POST policies in the S3 manual."""
        try:
            policy = json.loads(base64.b64decode(form["policy"], validate=True))
            expires = datetime.fromisoformat(policy["expiration"])
        except (KeyError, ValueError, binascii.Error):
            return "Invalid Policy"
        if not hmac.compare_digest(self._form_signature(form), form.get("x-amz-signature", "")):
            return "SignatureDoesNotMatch"
        if datetime.now(UTC) > expires:
            return "Invalid according to Policy: Policy expired"
        given = {name.lower(): value for name, value in form.items()} | {"bucket": bucket}
        named: set[str] = {"policy", "x-amz-signature", "file", "bucket"}
        for condition in policy["conditions"]:
            problem = _condition_problem(condition, given, size, named)
            if problem:
                return problem
        extra = set(given) - named
        return f"Extra input fields: {', '.join(sorted(extra))}" if extra else None

    def _form_signature(self, form: dict[str, str]) -> str:
        key = b"AWS4" + self._credentials.secret_key.encode()
        parts = form.get("x-amz-credential", "").split("/")[1:]
        for part in parts:
            key = hmac.digest(key, part.encode(), hashlib.sha256)
        return hmac.new(key, form.get("policy", "").encode(), hashlib.sha256).hexdigest()

    def _get(self, request: Request, bucket: str, key: str) -> Response:
        problem = self._address_problem(request)
        if problem:
            return Response(f"AccessDenied: {problem}", 403)
        s3: Any = boto3.client("s3", region_name=self._region)
        version = {"VersionId": request.args["versionId"]} if "versionId" in request.args else {}
        try:
            found = s3.get_object(Bucket=bucket, Key=key, **version)
        except s3.exceptions.ClientError as error:
            return Response(error.response["Error"]["Code"], 404)
        headers = {"Content-Disposition": request.args.get("response-content-disposition", "inline")}
        return Response(found["Body"].read(), 200, headers, content_type=found["ContentType"])

    def _address_problem(self, request: Request) -> str | None:
        """SigV4 over the query (AWS Signature Version 4), checked by signing the same address again."""
        query = request.args.to_dict()
        signature = query.pop("X-Amz-Signature", "")
        try:
            signed_at = datetime.strptime(query["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            lifetime = timedelta(seconds=int(query["X-Amz-Expires"]))
        except (KeyError, ValueError):
            return "a presigned address is needed"
        if datetime.now(UTC) > signed_at + lifetime:
            return "Request has expired"
        signer: Any = S3SigV4QueryAuth(self._credentials, "s3", self._region)
        address = f"{request.base_url}?{urlencode(query, quote_via=quote, safe='-_.~')}"
        again = AWSRequest("GET", address, headers={"host": request.host})
        again.context["timestamp"] = query["X-Amz-Date"]
        canonical = signer.string_to_sign(again, signer.canonical_request(again))
        fits = hmac.compare_digest(signer.signature(canonical, again), signature)
        return None if fits else "SignatureDoesNotMatch"


def _condition_problem(condition: Any, given: dict[str, str], size: int, named: set[str]) -> str | None:
    if isinstance(condition, dict):
        (name, value), *_ = condition.items()
        named.add(name.lower())
        return None if given.get(name.lower()) == value else f"Policy Condition failed: {name}"
    operator, name, value = condition
    if operator == "content-length-range":
        return None if int(name) <= size <= int(value) else "EntityTooLarge or EntityTooSmall"
    field = str(name).removeprefix("$").lower()
    named.add(field)
    sent = given.get(field, "")
    fits = sent == value if operator == "eq" else sent.startswith(str(value))
    return None if fits else f"Policy Condition failed: {name}"
