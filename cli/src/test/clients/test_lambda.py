"""boto3 for Lambda, and STS."""

import base64
import io
import json
import zipfile

import boto3
import pytest
from botocore.exceptions import ClientError


def package(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "."), text)
    return content.getvalue()


@pytest.mark.parametrize("name", ["echo-python", "echo-node"])
def test_seeded_functions_answer(lambda_client, name):
    answer = lambda_client.invoke(FunctionName=name, Payload=json.dumps({"a": "ü"}), LogType="Tail")
    log = base64.b64decode(answer["LogResult"]).decode()

    assert answer["StatusCode"] == 200
    assert json.load(answer["Payload"])["event"] == {"a": "ü"}
    assert log.startswith("START RequestId: ") and "handling" in log and "\nREPORT RequestId: " in log


@pytest.mark.parametrize(("name", "kind"), [("echo-python", "ValueError"), ("echo-node", "TypeError")])
def test_errors_of_a_function_are_its_own(lambda_client, name, kind):
    answer = lambda_client.invoke(FunctionName=name, Payload=json.dumps({"fail": True}))
    error = json.load(answer["Payload"])

    assert answer["FunctionError"] == "Unhandled"
    assert (error["errorType"], error["errorMessage"]) == (kind, "on purpose")


def test_life_of_a_function(lambda_client, unique):
    code = package(app__py="def handler(event, context):\n    return 'one'\n")
    created = lambda_client.create_function(
        FunctionName=unique, Runtime="python3.11", Handler="app.handler", Code={"ZipFile": code},
        Role="arn:aws:iam::000000000000:role/any", Timeout=10)
    lambda_client.get_waiter("function_active_v2").wait(FunctionName=unique)
    first = json.load(lambda_client.invoke(FunctionName=unique)["Payload"])
    lambda_client.update_function_code(
        FunctionName=unique, ZipFile=package(app__py="def handler(event, context):\n    return 'two'\n"))
    lambda_client.get_waiter("function_updated_v2").wait(FunctionName=unique)
    second = json.load(lambda_client.invoke(FunctionName=unique)["Payload"])
    lambda_client.delete_function(FunctionName=unique)

    assert created["State"] == "Pending"
    assert (first, second) == ("one", "two")
    with pytest.raises(ClientError) as gone:
        lambda_client.get_function(FunctionName=unique)
    assert gone.value.response["Error"]["Code"] == "ResourceNotFoundException"


def test_events_and_dry_runs(lambda_client):
    assert lambda_client.invoke(FunctionName="echo-python", InvocationType="Event", Payload="{}")["StatusCode"] == 202
    assert lambda_client.invoke(FunctionName="echo-python", InvocationType="DryRun")["StatusCode"] == 204


def test_caller_identity():
    assert boto3.client("sts").get_caller_identity()["Account"] == "000000000000"
