"""Opaque page cursors: DynamoDB's LastEvaluatedKey as URL-safe text."""

from __future__ import annotations

import base64
import binascii
import json

from .validation import ValidationError

KEY_ATTRIBUTES = {"orderId", "status", "createdAt"}


def encode(last_evaluated_key: dict[str, str] | None) -> str | None:
    if last_evaluated_key is None:
        return None
    text = json.dumps(last_evaluated_key, separators=(",", ":"), sort_keys=True)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str | None, status: str) -> dict[str, str] | None:
    """The key to continue after; refuses what encode did not make for a list of this status."""
    if cursor is None:
        return None
    try:
        key = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        key = None
    if not _is_key(key) or key["status"] != status:
        raise ValidationError({"cursor": "must be the nextCursor of a list with the same status"})
    return key


def _is_key(key: object) -> bool:
    return (
        isinstance(key, dict)
        and key.keys() == KEY_ATTRIBUTES
        and all(isinstance(value, str) and value for value in key.values())
    )
