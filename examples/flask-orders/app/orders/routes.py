"""The routes: HTTP in and out, nothing else."""

from __future__ import annotations

from typing import Any, NoReturn

from flask import Blueprint, Response, abort, request, url_for

from . import cursor, validation
from .images import CONTENT_TYPES
from .services import services

blueprint = Blueprint("orders", __name__)


@blueprint.get("/")
def index() -> dict[str, Any]:
    return {"service": "orders", "orders": "/orders?status=NEW"}


@blueprint.post("/orders")
def create_order() -> tuple[dict[str, Any], int, dict[str, str]]:
    order = services().orders.create(validation.new_order(request.get_json(silent=True)))
    return order, 201, {"Location": url_for("orders.get_order", order_id=order["orderId"])}


@blueprint.get("/orders")
def list_orders() -> dict[str, Any]:
    status = validation.status(request.args.get("status"))
    limit = validation.page_size(request.args.get("limit"))
    start_key = cursor.decode(request.args.get("cursor"), status)
    page = services().orders.list(status, limit, start_key)
    return {"orders": page.orders, "nextCursor": cursor.encode(page.last_evaluated_key)}


@blueprint.get("/orders/<order_id>")
def get_order(order_id: str) -> dict[str, Any]:
    return _require(order_id)


@blueprint.put("/orders/<order_id>/image")
def put_image(order_id: str) -> dict[str, Any]:
    if request.mimetype not in CONTENT_TYPES:
        abort(415, description=f"The Content-Type must be one of {', '.join(CONTENT_TYPES)}.")
    content = request.get_data()
    if not content:
        raise validation.ValidationError({"body": "must be the bytes of an image"})
    _require(order_id)
    image = services().images.put(order_id, content, request.mimetype)
    return services().orders.set_image(order_id, image) or _no_order(order_id)


@blueprint.get("/orders/<order_id>/image")
def get_image(order_id: str) -> Response:
    _require(order_id)
    image = services().images.get(order_id)
    if image is None:
        abort(404, description=f"Order {order_id} has no image.")
    response = Response(image.content, content_type=image.content_type)
    response.set_etag(image.etag)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response.make_conditional(request)


@blueprint.get("/orders/<order_id>/receipt")
def get_receipt(order_id: str) -> Response:
    return Response(services().receipts.print(_require(order_id)), content_type="text/plain; charset=utf-8")


@blueprint.post("/orders/<order_id>/fail")
def fail(order_id: str) -> dict[str, Any]:
    """Fails on purpose, so that a failure can be watched from the client to the function's log."""
    raise RuntimeError(f"Order {order_id} failed on purpose")


def _require(order_id: str) -> dict[str, Any]:
    return services().orders.get(order_id) or _no_order(order_id)


def _no_order(order_id: str) -> NoReturn:
    abort(404, description=f"There is no order {order_id}.")
