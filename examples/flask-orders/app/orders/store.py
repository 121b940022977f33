"""The orders in DynamoDB."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError

STATUS_INDEX = "status-createdAt-index"


@dataclass(frozen=True)
class Page:
    orders: list[dict[str, Any]]
    last_evaluated_key: dict[str, str] | None


class OrderStore:
    """Reads and writes orders; `table` is a boto3 DynamoDB Table."""

    def __init__(self, table: Any) -> None:
        self._table = table

    def create(self, order: dict[str, Any]) -> dict[str, Any]:
        stored = {
            "orderId": str(uuid.uuid4()),
            "status": "NEW",
            "createdAt": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            **order,
        }
        self._table.put_item(Item=stored, ConditionExpression=Attr("orderId").not_exists())
        return stored

    def get(self, order_id: str) -> dict[str, Any] | None:
        item = self._table.get_item(Key={"orderId": order_id}, ConsistentRead=True).get("Item")
        return None if item is None else _plain(item)

    def list(self, status: str, limit: int, start_key: dict[str, str] | None) -> Page:
        """One page of the orders of a status, the newest first."""
        query: dict[str, Any] = {
            "IndexName": STATUS_INDEX,
            "KeyConditionExpression": Key("status").eq(status),
            "ScanIndexForward": False,
            "Limit": limit,
        }
        if start_key is not None:
            query["ExclusiveStartKey"] = start_key
        result = self._table.query(**query)
        return Page([_plain(item) for item in result["Items"]], result.get("LastEvaluatedKey"))

    def set_image(self, order_id: str, image: dict[str, Any]) -> dict[str, Any] | None:
        """Records an order's image; None if there is no such order."""
        try:
            result = self._table.update_item(
                Key={"orderId": order_id},
                UpdateExpression="SET image = :image",
                ConditionExpression=Attr("orderId").exists(),
                ExpressionAttributeValues={":image": image},
                ReturnValues="ALL_NEW",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                return None
            raise
        return _plain(result["Attributes"])


def _plain(value: Any) -> Any:
    """DynamoDB's numbers are Decimals; every number of an order is a whole one."""
    if isinstance(value, Decimal):
        if value != value.to_integral_value():
            raise ValueError(f"an order holds whole numbers only, not {value}")
        return int(value)
    if isinstance(value, dict):
        return {name: _plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_plain(member) for member in value]
    return value
