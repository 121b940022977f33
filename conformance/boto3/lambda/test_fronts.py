"""Function URLs and event source mappings, by boto3."""

import json
import time
from urllib.parse import urlsplit

import boto3
import pytest
import requests
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.exceptions import ClientError

STREAMS = """
exports.handler = awslambda.streamifyResponse(async (event, stream) => {
  stream = awslambda.HttpResponseStream.from(stream, {statusCode: 206, headers: {"X-By": "stream"}});
  stream.write("one ");
  stream.write("two");
  stream.end();
});
"""


def local(url):
    """The address of a URL of a function, and the Host header: names below localhost need not resolve."""
    parts = urlsplit(url)
    return f"http://127.0.0.1:{parts.port}{parts.path}", parts.netloc


@pytest.mark.verifies("CreateFunctionUrlConfig: event and result", "ListFunctionUrlConfigs: pages",
                      "DeleteFunctionUrlConfig: gone")
def test_url(awslambda, function, refused):
    name = function("""
def handler(event, context):
    return {"statusCode": 201, "headers": {"X-Method": event["requestContext"]["http"]["method"]},
            "cookies": ["a=1", "b=2"], "body": event["rawPath"] + "?" + event["rawQueryString"]}
""")
    created = awslambda.create_function_url_config(FunctionName=name, AuthType="NONE")
    address, host = local(created["FunctionUrl"])
    answer = requests.put(address + "x/y?q=1", headers={"Host": host}, timeout=20)
    assert (answer.status_code, answer.text) == (201, "/x/y?q=1")
    assert answer.headers["X-Method"] == "PUT"
    assert answer.raw.headers.getlist("Set-Cookie") == ["a=1", "b=2"]
    listed = awslambda.get_paginator("list_function_url_configs").paginate(FunctionName=name)
    assert [each["FunctionUrl"] for page in listed for each in page["FunctionUrlConfigs"]] == [created["FunctionUrl"]]
    awslambda.delete_function_url_config(FunctionName=name)
    refused("ResourceNotFoundException", awslambda.get_function_url_config, FunctionName=name)
    assert requests.get(address, headers={"Host": host}, timeout=20).status_code == 403


@pytest.mark.verifies("CreateFunctionUrlConfig: AWS_IAM, signed or refused")
def test_signed(awslambda, function):
    name = function("def handler(event, context): return 'in'")
    created = awslambda.create_function_url_config(FunctionName=name, AuthType="AWS_IAM")
    address, host = local(created["FunctionUrl"])
    assert requests.get(address, headers={"Host": host}, timeout=20).status_code == 403
    request = AWSRequest("GET", created["FunctionUrl"], headers={"Host": host})
    SigV4Auth(boto3.Session().get_credentials(), "lambda", "us-east-1").add_auth(request)
    answer = requests.get(address, headers=dict(request.headers), timeout=20)
    assert (answer.status_code, answer.text) == (200, '"in"')


@pytest.mark.verifies("UpdateFunctionUrlConfig: a streamed response")
def test_streamed(awslambda, function, package):
    name = function(Runtime="nodejs20.x", Handler="index.handler", Code={"ZipFile": package({"index.js": STREAMS})})
    awslambda.create_function_url_config(FunctionName=name, AuthType="NONE")
    updated = awslambda.update_function_url_config(FunctionName=name, InvokeMode="RESPONSE_STREAM")
    address, host = local(updated["FunctionUrl"])
    answer = requests.get(address, headers={"Host": host}, timeout=20)
    assert (answer.status_code, answer.text, answer.headers["X-By"]) == (206, "one two", "stream")
    assert answer.headers["Transfer-Encoding"] == "chunked"


@pytest.mark.verifies("CreateEventSourceMapping: what a table's stream has", "UpdateEventSourceMapping: disabled",
                      "ListEventSourceMappings: pages")
def test_stream_of_a_table(awslambda, function, unique):
    dynamodb = boto3.client("dynamodb")
    stream = dynamodb.create_table(
        TableName=unique, BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"})["TableDescription"]["LatestStreamArn"]
    name = function("""
def handler(event, context):
    for record in event["Records"]:
        print("heard", record["eventName"], record["dynamodb"]["NewImage"]["id"]["S"])
""")
    mapping = awslambda.create_event_source_mapping(
        EventSourceArn=stream, FunctionName=name, StartingPosition="TRIM_HORIZON", BatchSize=2)
    dynamodb.put_item(TableName=unique, Item={"id": {"S": "first"}})

    def until(check):
        end = time.monotonic() + 60
        while not check():
            assert time.monotonic() < end
            time.sleep(0.2)

    def heard():
        try:
            found = boto3.client("logs").filter_log_events(logGroupName=f"/aws/lambda/{name}", filterPattern="heard")
        except ClientError:
            return False
        return [each["message"].strip() for each in found["events"]] == ["heard INSERT first"]

    until(heard)
    listed = awslambda.get_paginator("list_event_source_mappings").paginate(FunctionName=name)
    assert [each["UUID"] for page in listed for each in page["EventSourceMappings"]] == [mapping["UUID"]]
    awslambda.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    until(lambda: awslambda.get_event_source_mapping(UUID=mapping["UUID"])["State"] == "Disabled")
    awslambda.delete_event_source_mapping(UUID=mapping["UUID"])
    dynamodb.delete_table(TableName=unique)
