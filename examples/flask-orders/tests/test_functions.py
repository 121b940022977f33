"""The functions themselves: receipts, failures, and invocations without the HTTP front."""

from __future__ import annotations

import json

RECEIPT_OF_1001 = """\
Receipt for order 1001
Customer: Ada Lovelace
--------------------------------------------
2 x punch-cards                        25.00
12 x brass-gear                        47.88
--------------------------------------------
Total EUR                              72.88
"""


def test_receipt_is_printed_by_the_other_function(api):
    response = api.get("/orders/1001/receipt")

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text == RECEIPT_OF_1001


def test_receipt_of_an_unknown_order_is_404(api):
    assert api.get("/orders/no-such-order/receipt").status_code == 404


def test_receipt_function_answers_a_direct_invocation(lambda_client, receipt_function, events):
    result = lambda_client.invoke(FunctionName=receipt_function, Payload=(events / "receipt.json").read_bytes())

    assert result["StatusCode"] == 200
    assert "FunctionError" not in result
    assert json.load(result["Payload"]) == {"orderId": "1001", "text": RECEIPT_OF_1001}


def test_receipt_function_refuses_an_event_without_order(lambda_client, receipt_function):
    result = lambda_client.invoke(FunctionName=receipt_function, Payload=b"{}")

    assert result["StatusCode"] == 200
    assert result["FunctionError"] == "Unhandled"
    error = json.load(result["Payload"])
    assert error["errorType"] == "TypeError"
    assert error["errorMessage"] == 'The event must hold an "order" with an "orderId" and "items".'


def test_failure_on_purpose_is_the_applications_own_500(api):
    response = api.post("/orders/1001/fail")

    assert response.status_code == 500
    assert response.headers["Content-Type"] == "application/json"
    assert response.json()["error"] == "Internal Server Error"
    # The reason belongs in the log, not in the answer.
    assert "on purpose" not in response.text


def test_application_still_answers_after_a_failure(api):
    api.post("/orders/1001/fail")

    assert api.get("/orders/1001").status_code == 200


def test_application_answers_an_api_gateway_event(lambda_client, orders_function, events):
    result = lambda_client.invoke(FunctionName=orders_function, Payload=(events / "get-order.json").read_bytes())

    assert result["StatusCode"] == 200
    assert "FunctionError" not in result
    answer = json.load(result["Payload"])
    assert answer["statusCode"] == 200
    assert answer["isBase64Encoded"] is False
    assert answer["multiValueHeaders"]["Content-Type"] == ["application/json"]
    assert json.loads(answer["body"])["customer"] == "Ada Lovelace"


def test_event_that_is_no_request_is_a_function_error(lambda_client, orders_function):
    result = lambda_client.invoke(FunctionName=orders_function, Payload=b'{"httpMethod": "GET"}')

    assert result["FunctionError"] == "Unhandled"
    assert json.load(result["Payload"])["errorType"] == "KeyError"
