"""Files in S3: offers to upload, inspected copies, pictures, permits, seals and the register's log."""

from typing import Any

from chalicelib.aws.session import client
from chalicelib.errors import NotFoundError

UPLOAD_SECONDS = 300
DOWNLOAD_SECONDS = 300


class Files:
    """The buckets behind the service. `public_url` replaces AWS's address in what browsers are given."""

    def __init__(self, region: str, public_url: str = "") -> None:
        self._region = region
        self._public_url = public_url or None

    @property
    def _s3(self) -> Any:
        return client("s3", self._region)

    @property
    def _public(self) -> Any:
        return client("s3", self._region, endpoint_url=self._public_url)

    def offer(
        self, bucket: str, key: str, content_type: str, max_bytes: int, *, back: str = ""
    ) -> dict[str, Any]:
        """A presigned POST (`url`, `fields`) for exactly this key and type, 1 byte to `max_bytes`, 5 minutes.

        With `back`, S3 leads the browser to exactly that address when it has the file.
        """
        fields = {"Content-Type": content_type} | ({"success_action_redirect": back} if back else {})
        conditions = [
            {"bucket": bucket},
            {"key": key},
            *({name: value} for name, value in fields.items()),
            ["content-length-range", 1, max_bytes],
        ]
        answer: dict[str, Any] = self._public.generate_presigned_post(
            bucket,
            key,
            Fields=fields,
            Conditions=conditions,
            ExpiresIn=UPLOAD_SECONDS,
        )
        return answer

    def download_url(self, bucket: str, key: str, version_id: str, *, name: str, inline: bool) -> str:
        """A presigned address of one object version, good for 5 minutes. `name` is the file's name when saved."""
        disposition = "inline" if inline else f'attachment; filename="{name}"'
        parameters = {
            "Bucket": bucket,
            "Key": key,
            "VersionId": version_id,
            "ResponseContentDisposition": disposition,
        }
        if not version_id:
            del parameters["VersionId"]
        url: str = self._public.generate_presigned_url("get_object", parameters, ExpiresIn=DOWNLOAD_SECONDS)
        return url

    def read(self, bucket: str, key: str, version_id: str = "") -> bytes:
        """The bytes of an object. Raises NotFoundError."""
        return self.stored(bucket, key, version_id)[0]

    def stored(self, bucket: str, key: str, version_id: str = "") -> tuple[bytes, str]:
        """The bytes of an object, and what S3 calls them (its ETag, without quotes). Raises NotFoundError."""
        chosen = {"VersionId": version_id} if version_id else {}
        try:
            answer = self._s3.get_object(Bucket=bucket, Key=key, **chosen)
        except self._s3.exceptions.NoSuchKey as error:
            raise NotFoundError(what="file") from error
        return answer["Body"].read(), answer["ETag"].strip('"')

    def size(self, bucket: str, key: str) -> int | None:
        """The size of an object in bytes, None when it is not there."""
        try:
            return int(self._s3.head_object(Bucket=bucket, Key=key)["ContentLength"])
        except self._s3.exceptions.ClientError as error:
            if error.response["Error"]["Code"] in ("404", "NoSuchKey"):
                return None
            raise

    def write(self, bucket: str, key: str, data: bytes, content_type: str) -> str:
        """Stores an object and answers its version id."""
        answer = self._s3.put_object(Bucket=bucket, Key=key, Body=data, ContentType=content_type)
        return str(answer.get("VersionId", ""))

    def show(
        self, bucket: str, key: str, data: bytes, content_type: str, cache: str, instead_of: str | None = None
    ) -> bool:
        """Stores an object that is shown to everybody, with what may be kept of it (Cache-Control).

        With `instead_of` it is written only in the place of what S3 calls so (its ETag; "" for nothing at all); False
        when something else is there.
        """
        condition: dict[str, str] = {}
        if instead_of is not None:
            condition = {"IfMatch": instead_of} if instead_of else {"IfNoneMatch": "*"}
        try:
            self._s3.put_object(
                Bucket=bucket, Key=key, Body=data, ContentType=content_type, CacheControl=cache, **condition
            )
        except self._s3.exceptions.ClientError as error:
            if error.response["Error"]["Code"] in ("PreconditionFailed", "ConditionalRequestConflict"):
                return False
            raise
        return True

    def write_once(self, bucket: str, key: str, data: bytes, content_type: str) -> str:
        """Stores an object where none is, and answers the version id of the one that is there.

        For keys that say what lies there (a hash): who repeats it after a crash makes no second version.
        """
        try:
            answer = self._s3.put_object(
                Bucket=bucket, Key=key, Body=data, ContentType=content_type, IfNoneMatch="*"
            )
        except self._s3.exceptions.ClientError as error:
            if error.response["Error"]["Code"] != "PreconditionFailed":
                raise
            answer = self._s3.head_object(Bucket=bucket, Key=key)
        return str(answer.get("VersionId", ""))

    def copy(self, source: tuple[str, str, str], bucket: str, key: str, content_type: str) -> None:
        """Copies one object version (bucket, key, version id) inside S3. Raises NotFoundError when it is gone."""
        from_bucket, from_key, version_id = source
        named = {"Bucket": from_bucket, "Key": from_key} | ({"VersionId": version_id} if version_id else {})
        try:
            self._s3.copy_object(
                CopySource=named,
                Bucket=bucket,
                Key=key,
                ContentType=content_type,
                MetadataDirective="REPLACE",
            )
        except self._s3.exceptions.ClientError as error:
            if error.response["Error"]["Code"] in ("404", "NoSuchKey", "NoSuchVersion"):
                raise NotFoundError(what="file") from error
            raise

    def keys(self, bucket: str, prefix: str) -> list[str]:
        """The keys below a prefix, in order."""
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        return [item["Key"] for page in pages for item in page.get("Contents", [])]
