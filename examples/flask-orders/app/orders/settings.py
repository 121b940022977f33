"""What the deployment decides, read from the environment in one place."""

from __future__ import annotations

import os
from dataclasses import dataclass

# A response leaves Lambda as base64 inside JSON, 6 MB at most: 4.5 MB of image become 6.0 MB.
DEFAULT_MAX_IMAGE_BYTES = 4_500_000


@dataclass(frozen=True)
class Settings:
    orders_table: str
    images_bucket: str
    receipt_function: str
    max_image_bytes: int = DEFAULT_MAX_IMAGE_BYTES

    @classmethod
    def from_environment(cls) -> Settings:
        return cls(
            orders_table=os.environ["ORDERS_TABLE"],
            images_bucket=os.environ["IMAGES_BUCKET"],
            receipt_function=os.environ["RECEIPT_FUNCTION"],
            max_image_bytes=int(os.environ.get("MAX_IMAGE_BYTES", DEFAULT_MAX_IMAGE_BYTES)),
        )
