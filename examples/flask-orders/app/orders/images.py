"""The orders' images in S3."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

CONTENT_TYPES = ("image/gif", "image/jpeg", "image/png", "image/webp")


@dataclass(frozen=True)
class Image:
    content: bytes
    content_type: str
    etag: str


class ImageStore:
    """Reads and writes one image per order; `s3` is a boto3 S3 client."""

    def __init__(self, s3: Any, bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket

    def put(self, order_id: str, content: bytes, content_type: str) -> dict[str, Any]:
        """Stores an image and describes it as it is recorded with the order."""
        key = _key(order_id)
        result = self._s3.put_object(
            Bucket=self._bucket,
            Key=key,
            Body=content,
            ContentType=content_type,
            Metadata={"order-id": order_id},
        )
        return {
            "key": key,
            "contentType": content_type,
            "bytes": len(content),
            "etag": result["ETag"].strip('"'),
        }

    def get(self, order_id: str) -> Image | None:
        try:
            result = self._s3.get_object(Bucket=self._bucket, Key=_key(order_id))
        except ClientError as error:
            if error.response["Error"]["Code"] == "NoSuchKey":
                return None
            raise
        with result["Body"] as body:
            return Image(body.read(), result["ContentType"], result["ETag"].strip('"'))


def _key(order_id: str) -> str:
    return f"orders/{order_id}/image"
