"""The suite talks to a running stack over the network and is configured by the environment alone.

ORDERS_URL         where the application answers      default http://localhost:8080
IMAGES_BUCKET      the bucket of the images           default order-images
ORDERS_FUNCTION    the application's function         default orders
RECEIPT_FUNCTION   the receipt function               default receipt
AWS_*              endpoint, region and keys, as boto3 reads them
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
import requests
from botocore.config import Config

ORDERS_URL = os.environ.get("ORDERS_URL", "http://localhost:8080").rstrip("/")
ROOT = Path(__file__).parent.parent


def pytest_configure(config: pytest.Config) -> None:
    # A forgotten endpoint must not send a test's 20 MB to a real AWS account.
    local = urlsplit(ORDERS_URL).hostname in ("localhost", "127.0.0.1", "::1")
    if local and "AWS_ENDPOINT_URL" not in os.environ:
        pytest.exit("AWS_ENDPOINT_URL is not set; set the exports that the stack printed, see README.md", 2)


class OrdersApi:
    """The application's HTTP interface, one method per verb, every answer as it came."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session = requests.Session()

    def get(self, path: str, **options: Any) -> requests.Response:
        return self._send("GET", path, **options)

    def post(self, path: str, **options: Any) -> requests.Response:
        return self._send("POST", path, **options)

    def put(self, path: str, **options: Any) -> requests.Response:
        return self._send("PUT", path, **options)

    def delete(self, path: str, **options: Any) -> requests.Response:
        return self._send("DELETE", path, **options)

    def close(self) -> None:
        self._session.close()

    def _send(self, method: str, path: str, **options: Any) -> requests.Response:
        return self._session.request(method, self._url + path, timeout=30, **options)


@pytest.fixture(scope="session")
def api():
    orders_api = OrdersApi(ORDERS_URL)
    yield orders_api
    orders_api.close()


@pytest.fixture
def create_order(api: OrdersApi) -> Callable[..., dict[str, Any]]:
    """Creates an order through the application; keyword arguments replace parts of its body."""

    def create(**parts: Any) -> dict[str, Any]:
        body = {"customer": "Ada Lovelace", "items": [{"sku": "gear", "quantity": 3, "unitPriceCents": 333}]}
        response = api.post("/orders", json=body | parts)
        assert response.status_code == 201, response.text
        return response.json()

    return create


@pytest.fixture(scope="session")
def s3() -> Any:
    return boto3.client("s3")


@pytest.fixture(scope="session")
def lambda_client() -> Any:
    return boto3.client("lambda", config=Config(read_timeout=60))


@pytest.fixture(scope="session")
def bucket() -> str:
    return os.environ.get("IMAGES_BUCKET", "order-images")


@pytest.fixture(scope="session")
def orders_function() -> str:
    return os.environ.get("ORDERS_FUNCTION", "orders")


@pytest.fixture(scope="session")
def receipt_function() -> str:
    return os.environ.get("RECEIPT_FUNCTION", "receipt")


@pytest.fixture(scope="session")
def events() -> Path:
    return ROOT / "events"


@pytest.fixture(scope="session")
def parcel() -> bytes:
    """The image that order 1001 is seeded with."""
    return (ROOT / "seed" / "images" / "parcel.png").read_bytes()
