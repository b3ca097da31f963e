"""Photos in S3: presigned forms for phones, short-lived links for eyes, versions for the reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from chalicelib.aws.failpoints import around
from chalicelib.errors import NotFound
from chalicelib.usulan.documents import FOLDERS, ORIGINALS

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ObjectIdentifierTypeDef


@dataclass(frozen=True)
class PresignedForm:
    url: str
    fields: dict[str, str]


class S3Photos:
    """Implements `ports.Photos`. `public` signs for the address at which browsers reach the store."""

    def __init__(self, client: S3Client, public: S3Client, bucket: str) -> None:
        self._client = client
        self._public = public
        self._bucket = bucket

    def upload_form(
        self, key: str, content_type: str, max_bytes: int, seconds: int, back: str = ""
    ) -> PresignedForm:
        fields = {"Content-Type": content_type} | ({"success_action_redirect": back} if back else {})
        form = self._public.generate_presigned_post(
            self._bucket,
            key,
            Fields=dict(fields),
            Conditions=[
                *({name: value} for name, value in fields.items()),
                ["content-length-range", 1, max_bytes],
            ],
            ExpiresIn=seconds,
        )
        return PresignedForm(form["url"], form["fields"])

    def view_url(self, key: str, seconds: int) -> str:
        """Signed with how it is to be answered: as a picture whatever lies there, kept by no cache, under a name that
        tells nothing should somebody save it."""
        wanted = {
            "Bucket": self._bucket,
            "Key": key,
            "ResponseContentType": "image/jpeg",
            "ResponseContentDisposition": 'inline; filename="foto.jpg"',
            "ResponseCacheControl": "private, no-store",
        }
        return self._public.generate_presigned_url("get_object", Params=wanted, ExpiresIn=seconds)

    def get(self, key: str, version: str) -> bytes:
        try:
            found = self._client.get_object(Bucket=self._bucket, Key=key, VersionId=version)
        except ClientError as problem:
            if problem.response["Error"]["Code"] in ("NoSuchKey", "NoSuchVersion", "404"):
                raise NotFound("TIDAK_DITEMUKAN") from problem
            raise
        return found["Body"].read()

    def put(self, key: str, data: bytes, content_type: str) -> None:
        with around("s3.put"):
            self._client.put_object(Bucket=self._bucket, Key=key, Body=data, ContentType=content_type)

    def forget(self, case_number: str) -> None:
        for folder in FOLDERS:
            self._remove(f"{folder}/{case_number}/")

    def forget_originals(self, case_number: str) -> None:
        self._remove(f"{ORIGINALS}/{case_number}/")

    def _remove(self, prefix: str) -> None:
        pages = self._client.get_paginator("list_object_versions").paginate(
            Bucket=self._bucket, Prefix=prefix
        )
        for page in pages:
            gone: list[ObjectIdentifierTypeDef] = [
                {"Key": one["Key"], "VersionId": one["VersionId"]}
                for one in (*page.get("Versions", []), *page.get("DeleteMarkers", []))
            ]
            if not gone:
                continue
            with around("s3.delete"):
                answer = self._client.delete_objects(
                    Bucket=self._bucket, Delete={"Objects": gone, "Quiet": True}
                )
            if answer.get("Errors"):
                raise RuntimeError(f"{len(answer['Errors'])} versions could not be removed")

    def version_of(self, key: str) -> str | None:
        """Asked of the list, so that whoever asks need not be allowed to read originals."""
        found = self._client.list_object_versions(Bucket=self._bucket, Prefix=key)
        versions = [version["VersionId"] for version in found.get("Versions", []) if version["Key"] == key]
        return versions[-1] if versions else None
