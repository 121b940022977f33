"""Orders: create, read, list by status in pages."""

from __future__ import annotations

import base64
import json

import pytest


def test_index_answers_at_the_root(api):
    response = api.get("/")

    assert response.status_code == 200
    assert response.json()["service"] == "orders"


def test_created_order_has_its_total_and_location(api):
    body = {
        "customer": "Grace Hopper",
        "currency": "USD",
        "items": [
            {"sku": "wire", "quantity": 3, "unitPriceCents": 1999},
            {"sku": "moth", "quantity": 1, "unitPriceCents": 1},
        ],
    }

    response = api.post("/orders", json=body)

    assert response.status_code == 201
    order = response.json()
    assert order["totalCents"] == 5998
    assert order["status"] == "NEW"
    assert order["items"] == body["items"]
    assert response.headers["Location"] == f"/orders/{order['orderId']}"


def test_order_reads_back_as_it_was_created(api, create_order):
    created = create_order(customer="Zoë Müller 🎁")

    response = api.get(f"/orders/{created['orderId']}")

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    assert response.json() == created


def test_seeded_order_is_there(api):
    order = api.get("/orders/1001").json()

    assert order["customer"] == "Ada Lovelace"
    assert order["totalCents"] == 7288


def test_large_amounts_stay_exact(api, create_order):
    created = create_order(items=[{"sku": "yacht", "quantity": 1000, "unitPriceCents": 99_999_999}])

    read = api.get(f"/orders/{created['orderId']}").json()

    assert read["totalCents"] == 99_999_999_000


def test_unknown_order_is_404(api):
    response = api.get("/orders/no-such-order")

    assert response.status_code == 404
    assert response.json() == {"error": "Not Found", "message": "There is no order no-such-order."}


def test_unknown_route_is_404(api):
    assert api.get("/nowhere").status_code == 404


def test_method_that_a_route_does_not_know_is_405(api):
    response = api.delete("/orders")

    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_every_wrong_field_is_named(api):
    body = {
        "customer": " ",
        "currency": "XXX",
        "items": [
            {"sku": "gear", "quantity": 0, "unitPriceCents": 9.99},
            {"quantity": True, "unitPriceCents": 1, "colour": "red"},
        ],
        "note": "hurry",
    }

    response = api.post("/orders", json=body)

    assert response.status_code == 400
    assert response.json()["fields"] == {
        "note": "is not known; known are currency, customer, items",
        "customer": "must be a text of 1 to 200 characters",
        "currency": "must be one of CHF, EUR, GBP, USD",
        "items[0].quantity": "must be a whole number from 1 to 1000",
        "items[0].unitPriceCents": "must be a whole number from 0 to 100000000",
        "items[1].colour": "is not known; known are quantity, sku, unitPriceCents",
        "items[1].sku": "must be a text of 1 to 200 characters",
        "items[1].quantity": "must be a whole number from 1 to 1000",
    }


@pytest.mark.parametrize("body", ["", "{", "[]", '"order"'])
def test_body_that_is_no_json_object_is_400(api, body):
    response = api.post("/orders", data=body, headers={"Content-Type": "application/json"})

    assert response.status_code == 400
    assert response.json()["fields"] == {"body": "must be a JSON object, sent as application/json"}


def test_list_returns_every_order_of_a_status_once_newest_first(api):
    expected = ["1006", "1005", "1003", "1002", "1001"]

    pages = list(pages_of(api, status="SHIPPED", limit=2))

    assert [[order["orderId"] for order in page] for page in pages if page] == [
        expected[0:2],
        expected[2:4],
        expected[4:5],
    ]


def test_new_orders_come_first_in_their_list(api, create_order):
    created = [create_order(customer=f"Customer {number}") for number in range(5)]

    listed = api.get("/orders", params={"status": "NEW", "limit": 5}).json()["orders"]

    assert listed == list(reversed(created))


def test_list_that_fits_one_page_has_no_cursor(api):
    page = api.get("/orders", params={"status": "CANCELLED"}).json()

    assert [order["orderId"] for order in page["orders"]] == ["1007"]
    assert page["nextCursor"] is None


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "status"),
        ("status=LOST", "status"),
        ("status=NEW&limit=0", "limit"),
        ("status=NEW&limit=101", "limit"),
        ("status=NEW&limit=ten", "limit"),
        ("status=NEW&cursor=%21%21", "cursor"),
        ("status=NEW&cursor=e30", "cursor"),
    ],
)
def test_list_names_the_parameter_that_is_wrong(api, query, field):
    response = api.get(f"/orders?{query}")

    assert response.status_code == 400
    assert list(response.json()["fields"]) == [field]


def test_cursor_of_another_status_is_400(api):
    cursor = api.get("/orders", params={"status": "SHIPPED", "limit": 1}).json()["nextCursor"]

    response = api.get("/orders", params={"status": "PAID", "cursor": cursor})

    assert response.status_code == 400
    assert "cursor" in response.json()["fields"]


def test_cursor_is_the_key_of_the_last_order(api):
    page = api.get("/orders", params={"status": "SHIPPED", "limit": 1}).json()

    cursor = page["nextCursor"]
    key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    assert key == {name: page["orders"][0][name] for name in ("createdAt", "orderId", "status")}


def pages_of(api, **query):
    cursor = None
    while True:
        parameters = query if cursor is None else query | {"cursor": cursor}
        response = api.get("/orders", params=parameters)
        assert response.status_code == 200, response.text
        page = response.json()
        yield page["orders"]
        cursor = page["nextCursor"]
        if cursor is None:
            return
