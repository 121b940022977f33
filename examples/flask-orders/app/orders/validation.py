"""Turns what a client sent into an order, or into one message per wrong field."""

from __future__ import annotations

from typing import Any

STATUSES = ("NEW", "PAID", "SHIPPED", "CANCELLED")
CURRENCIES = ("CHF", "EUR", "GBP", "USD")

MAX_ITEMS = 100
MAX_QUANTITY = 1_000
MAX_UNIT_PRICE_CENTS = 100_000_000
MAX_TEXT = 200
MAX_PAGE = 100


class ValidationError(Exception):
    """The request is not acceptable; `fields` says which part and why."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(fields)
        self.fields = fields


def new_order(body: Any) -> dict[str, Any]:
    """The client's part of a new order, its total added; raises ValidationError with every mistake."""
    if not isinstance(body, dict):
        raise ValidationError({"body": "must be a JSON object, sent as application/json"})
    fields: dict[str, str] = {}
    _refuse_unknown(body, {"customer", "currency", "items"}, "", fields)
    _require_text(body, "customer", "", fields)
    currency = body.get("currency", "EUR")
    if currency not in CURRENCIES:
        fields["currency"] = f"must be one of {', '.join(CURRENCIES)}"
    items = _items(body.get("items"), fields)
    if fields:
        raise ValidationError(fields)
    return {
        "customer": body["customer"],
        "currency": currency,
        "items": items,
        "totalCents": sum(item["quantity"] * item["unitPriceCents"] for item in items),
    }


def status(value: str | None) -> str:
    if value not in STATUSES:
        raise ValidationError({"status": f"must be one of {', '.join(STATUSES)}"})
    return value


def page_size(value: str | None) -> int:
    if value is None:
        return 20
    if value.isascii() and value.isdigit() and 1 <= int(value) <= MAX_PAGE:
        return int(value)
    raise ValidationError({"limit": f"must be a whole number from 1 to {MAX_PAGE}"})


def _items(value: Any, fields: dict[str, str]) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not 1 <= len(value) <= MAX_ITEMS:
        fields["items"] = f"must be a list of 1 to {MAX_ITEMS} items"
        return []
    for index, item in enumerate(value):
        path = f"items[{index}]"
        if not isinstance(item, dict):
            fields[path] = "must be a JSON object"
            continue
        path += "."
        _refuse_unknown(item, {"sku", "quantity", "unitPriceCents"}, path, fields)
        _require_text(item, "sku", path, fields)
        _require_integer(item, "quantity", path, (1, MAX_QUANTITY), fields)
        _require_integer(item, "unitPriceCents", path, (0, MAX_UNIT_PRICE_CENTS), fields)
    return value


def _refuse_unknown(body: dict[str, Any], known: set[str], path: str, fields: dict[str, str]) -> None:
    for name in sorted(body.keys() - known):
        fields[f"{path}{name}"] = f"is not known; known are {', '.join(sorted(known))}"


def _require_text(body: dict[str, Any], name: str, path: str, fields: dict[str, str]) -> None:
    value = body.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > MAX_TEXT:
        fields[f"{path}{name}"] = f"must be a text of 1 to {MAX_TEXT} characters"


def _require_integer(
    body: dict[str, Any], name: str, path: str, bounds: tuple[int, int], fields: dict[str, str]
) -> None:
    value = body.get(name)
    low, high = bounds
    # bool is an int in Python, and 9.99 is not a number of cents.
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        fields[f"{path}{name}"] = f"must be a whole number from {low} to {high}"
