"""Chalice, as it is published: an application is deployed, called, changed and deleted."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

APPLICATION = """
from chalice import BadRequestError, Chalice, Response

app = Chalice(app_name="NAME")
app.api.binary_types.append("image/x-test")

@app.route("/")
def index():
    return {"says": "SAYS"}

@app.route("/orders/{order}", methods=["GET", "PUT"], cors=True)
def order(order):
    request = app.current_request
    if request.method == "PUT" and not request.json_body.get("count"):
        raise BadRequestError("count is missing")
    return Response({"order": order, "method": request.method, "query": dict(request.query_params or {})},
                    status_code=200, headers={"X-Order": order})

@app.authorizer()
def doorman(request):
    from chalice import AuthResponse
    return AuthResponse(routes=["/private"] if request.token == "friend" else [], principal_id="someone")

@app.route("/private", authorizer=doorman)
def private():
    return {"who": app.current_request.context["authorizer"]["principalId"]}

@app.lambda_function()
def plain(event, context):
    return event
"""


@pytest.fixture
def chalice(tmp_path, unique):
    """Runs commands of Chalice in a project of its own."""
    folder = tmp_path / unique
    (folder / ".chalice").mkdir(parents=True)
    (folder / "requirements.txt").write_text("")
    (folder / ".chalice/config.json").write_text(json.dumps(
        {"version": "2.0", "app_name": unique, "stages": {"dev": {"api_gateway_stage": "api"}}}))

    def run(command, says=None):
        if says:
            (folder / "app.py").write_text(APPLICATION.replace("NAME", unique).replace("SAYS", says))
        program = Path(sys.executable).parent / "chalice"
        done = subprocess.run([program, command], cwd=folder, capture_output=True, text=True, timeout=240,
                              env=os.environ | {"AWS_DEFAULT_REGION": os.environ.get("AWS_REGION", "us-east-1")})
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def test_application_is_deployed_called_changed_and_deleted(chalice, call, clients, unique):
    said = chalice("deploy", says="first")
    api = re.search(r"https://([a-z0-9]+)\.execute-api", said)[1]
    host = f"{api}.execute-api.us-east-1.localhost"

    assert call("GET", host, "/api/").json() == {"says": "first"}
    answer = call("GET", host, "/api/orders/7?a=1")
    assert answer.json() == {"order": "7", "method": "GET", "query": {"a": "1"}}
    assert answer.headers["X-Order"] == "7"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert call("PUT", host, "/api/orders/7", json={"count": 1}).status_code == 200
    refused = call("PUT", host, "/api/orders/7", json={})
    assert refused.status_code == 400
    assert refused.json()["Code"] == "BadRequestError"
    preflight = call("OPTIONS", host, "/api/orders/7")
    assert preflight.status_code == 200
    assert "PUT" in preflight.headers["Access-Control-Allow-Methods"]
    assert call("GET", host, "/api/nowhere").json() == {"message": "Missing Authentication Token"}
    assert call("GET", host, "/api/private").status_code == 401
    assert call("GET", host, "/api/private", headers={"Authorization": "friend"}).json() == {"who": "someone"}
    assert call("GET", host, "/api/private", headers={"Authorization": "foe"}).status_code == 403
    plain = clients["lambda"].invoke(FunctionName=f"{unique}-dev-plain", Payload=b'{"a": 1}')
    assert json.load(plain["Payload"]) == {"a": 1}

    chalice("deploy", says="second")
    assert call("GET", host, "/api/").json() == {"says": "second"}
    assert api in chalice("url")

    chalice("delete")
    assert call("GET", host, "/api/").status_code == 403
    for gone in (
        lambda: clients["apigateway"].get_rest_api(restApiId=api),
        lambda: clients["lambda"].get_function(FunctionName=f"{unique}-dev"),
        lambda: clients["iam"].get_role(RoleName=f"{unique}-dev"),
    ):
        with pytest.raises(ClientError) as raised:
            gone()
        assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404
