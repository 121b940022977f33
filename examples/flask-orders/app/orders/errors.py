"""Every error leaves as JSON: what happened, and for bad input which field."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.sansio.response import Response

from .receipts import ReceiptError
from .validation import ValidationError

Answer = tuple[dict[str, Any], int]


def register(app: Flask) -> None:
    @app.errorhandler(ValidationError)
    def invalid(error: ValidationError) -> Answer:
        return {"error": "Bad Request", "message": "The request is not valid.", "fields": error.fields}, 400

    @app.errorhandler(ReceiptError)
    def no_receipt(error: ReceiptError) -> Answer:
        app.logger.error("The receipt function failed: %s", error)
        return {"error": "Bad Gateway", "message": f"The receipt could not be printed: {error}"}, 502

    # Also the answer to an exception that nobody caught: Flask logs it and brings it here as a 500.
    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        response = error.get_response()  # keeps what belongs to the status, such as Allow of a 405
        response.data = app.json.dumps({"error": error.name, "message": error.description})
        response.content_type = "application/json"
        return response
