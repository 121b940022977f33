"""Receipts, printed by a Lambda function of their own."""

from __future__ import annotations

import json
from typing import Any


class ReceiptError(Exception):
    """The receipt function answered with an error."""


class ReceiptPrinter:
    """Asks the receipt function; `lambda_client` is a boto3 Lambda client."""

    def __init__(self, lambda_client: Any, function: str) -> None:
        self._lambda = lambda_client
        self._function = function

    def print(self, order: dict[str, Any]) -> str:
        result = self._lambda.invoke(FunctionName=self._function, Payload=json.dumps({"order": order}))
        payload = json.load(result["Payload"])
        if "FunctionError" in result:
            raise ReceiptError(payload.get("errorMessage", "no reason given"))
        return payload["text"]
