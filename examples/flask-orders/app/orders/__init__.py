"""Orders with images: DynamoDB keeps the orders, S3 their images, a second function prints receipts."""

from __future__ import annotations

import boto3
from flask import Flask

from . import errors, routes
from .images import ImageStore
from .receipts import ReceiptPrinter
from .services import EXTENSION, Services
from .settings import Settings
from .store import OrderStore


def create_app(settings: Settings | None = None) -> Flask:
    """Builds the application; without settings it reads them from the environment."""
    settings = settings or Settings.from_environment()

    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_image_bytes
    app.json.sort_keys = False
    app.extensions[EXTENSION] = Services(
        orders=OrderStore(boto3.resource("dynamodb").Table(settings.orders_table)),
        images=ImageStore(boto3.client("s3"), settings.images_bucket),
        receipts=ReceiptPrinter(boto3.client("lambda"), settings.receipt_function),
    )
    app.register_blueprint(routes.blueprint)
    errors.register(app)
    return app
