"""What the routes use, built once by create_app and found through the current application."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from .images import ImageStore
from .receipts import ReceiptPrinter
from .store import OrderStore

EXTENSION = "orders"


@dataclass(frozen=True)
class Services:
    orders: OrderStore
    images: ImageStore
    receipts: ReceiptPrinter


def services() -> Services:
    return current_app.extensions[EXTENSION]
