"""Invocations, their concurrency and their ends, by boto3."""

import base64
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

CLOCK = """
import time
def handler(event, context):
    time.sleep(event.get("seconds", 0))
    print("ran", event.get("number"))
    return event.get("number")
"""


def invoke(awslambda, name, event=None, **more):
    answer = awslambda.invoke(FunctionName=name, Payload=json.dumps(event or {}), **more)
    return answer, json.loads(answer["Payload"].read() or "null")


def eventually(check, seconds=60):
    """What a check gives at last."""
    until = time.monotonic() + seconds
    while True:
        try:
            return check()
        except (AssertionError, ClientError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@pytest.mark.verifies("Invoke: event and result", "Invoke: client context", "Invoke: log tail")
def test_waited_for(awslambda, function):
    name = function("""
def handler(event, context):
    print("seen")
    return {"event": event, "custom": context.client_context.custom, "arn": context.invoked_function_arn}
""")
    context = base64.b64encode(json.dumps({"custom": {"k": "v"}}).encode()).decode()
    answer, result = invoke(awslambda, name, {"a": "ü"}, ClientContext=context, LogType="Tail")
    assert answer["StatusCode"] == 200 and answer["ExecutedVersion"] == "$LATEST" and "FunctionError" not in answer
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{name}"
    assert result == {"event": {"a": "ü"}, "custom": {"k": "v"}, "arn": arn}
    tail = base64.b64decode(answer["LogResult"]).decode()
    id_ = answer["ResponseMetadata"]["RequestId"]
    assert f"START RequestId: {id_} Version: $LATEST\nseen\nEND RequestId: {id_}\nREPORT RequestId: {id_}\tDuration: " in tail


@pytest.mark.verifies("Invoke: an exception of the function", "Invoke: a timeout")
def test_errors(awslambda, function):
    answer, error = invoke(awslambda, function("def handler(event, context): raise ValueError('no')"))
    assert answer["FunctionError"] == "Unhandled"
    assert (error["errorType"], error["errorMessage"]) == ("ValueError", "no")
    assert "raise ValueError" in error["stackTrace"][0]
    answer, error = invoke(awslambda, function(CLOCK, Timeout=1), {"seconds": 30})
    id_ = answer["ResponseMetadata"]["RequestId"]
    assert error == {"errorType": "Sandbox.Timedout",
                     "errorMessage": f"RequestId: {id_} Error: Task timed out after 1.00 seconds"}


@pytest.mark.verifies("Invoke: DryRun", "Invoke: no JSON, no function")
def test_no_invocation(awslambda, function, refused):
    name = function()
    assert awslambda.invoke(FunctionName=name, InvocationType="DryRun")["StatusCode"] == 204
    error = refused("InvalidRequestContentException", awslambda.invoke, FunctionName=name, Payload=b"{no")
    assert error["message"].startswith("Could not parse request body into json: ")
    error = refused("ResourceNotFoundException", awslambda.invoke, FunctionName="nowhere")
    assert error["Error"]["Message"] == \
        "Function not found: arn:aws:lambda:us-east-1:000000000000:function:nowhere:$LATEST"


@pytest.mark.verifies("Invoke: what is too large, waited for and not", "Invoke: a result that is too large")
def test_sizes(awslambda, function, refused):
    name = function("def handler(event, context): return 'x' * event if isinstance(event, int) else len(event)")
    for kind, most in (("RequestResponse", 6291456), ("Event", 1048576)):
        fits = b'"' + b"x" * (most - 2) + b'"'
        assert awslambda.invoke(FunctionName=name, Payload=fits, InvocationType=kind)["StatusCode"] in (200, 202)
        error = refused("RequestTooLargeException", awslambda.invoke, FunctionName=name, Payload=fits[:-1] + b'x"',
                        InvocationType=kind)
        assert f"Request must be smaller than {most} bytes for the InvokeFunction operation" in error["Error"]["Message"]
    answer = awslambda.invoke(FunctionName=name, Payload=b"7000000")
    assert answer["FunctionError"] == "Unhandled"
    assert json.load(answer["Payload"]) == {
        "errorMessage": "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
        "errorType": "Function.ResponseSizeTooLarge"}


@pytest.mark.verifies("Invoke: Event", "Invoke: Event, its end told to a function and to a bucket",
                      "Invoke: Event, to a dead letter bucket", "PutFunctionEventInvokeConfig: kept, changed, taken away",
                      "ListFunctionEventInvokeConfigs: pages")
def test_events(awslambda, function, s3, bucket, unique):
    told = function(f"""
import json, os, urllib.request
def handler(event, context):
    url = os.environ["AWS_ENDPOINT_URL"] + "/{bucket}/told"
    urllib.request.urlopen(urllib.request.Request(url, json.dumps(event).encode(), method="PUT"))
""")
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{told}"
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{bucket}/*"}]}))
    name = function("def handler(event, context):\n    if event.get('fail'): raise KeyError('x')\n    return 'done'",
                    DeadLetterConfig={"TargetArn": f"arn:aws:s3:::{bucket}"})
    awslambda.put_function_event_invoke_config(
        FunctionName=name, MaximumRetryAttempts=0, MaximumEventAgeInSeconds=60,
        DestinationConfig={"OnSuccess": {"Destination": arn}, "OnFailure": {"Destination": f"arn:aws:s3:::{bucket}"}})

    sent = awslambda.invoke(FunctionName=name, InvocationType="Event", Payload=b"{}")
    assert sent["StatusCode"] == 202 and sent["Payload"].read() == b""
    record = json.load(eventually(lambda: s3.get_object(Bucket=bucket, Key="told"))["Body"])
    assert record["requestContext"]["condition"] == "Success"
    assert record["responsePayload"] == "done"
    awslambda.invoke(FunctionName=name, InvocationType="Event", Payload=b'{"fail": 1}')

    def failed():
        keys = [each["Key"] for each in s3.list_objects_v2(Bucket=bucket).get("Contents", []) if each["Key"] != "told"]
        assert len(keys) == 2, "the destination's and the dead letter"
        return keys

    documents = [json.load(s3.get_object(Bucket=bucket, Key=key)["Body"]) for key in eventually(failed)]
    record = next(each for each in documents if "requestContext" in each)
    assert record["requestContext"]["condition"] == "RetriesExhausted"
    assert record["responseContext"]["functionError"] == "Unhandled"

    listed = awslambda.get_paginator("list_function_event_invoke_configs").paginate(FunctionName=name)
    assert [each["MaximumRetryAttempts"] for page in listed for each in page["FunctionEventInvokeConfigs"]] == [0]
    changed = awslambda.update_function_event_invoke_config(FunctionName=name, MaximumRetryAttempts=1)
    assert changed["MaximumEventAgeInSeconds"] == 60
    awslambda.delete_function_event_invoke_config(FunctionName=name)
    with pytest.raises(ClientError):
        awslambda.get_function_event_invoke_config(FunctionName=name)


@pytest.mark.verifies("InvokeWithResponseStream: parts and the end", "InvokeWithResponseStream: an error amid the response")
def test_stream(awslambda, function, package):
    name = function(Runtime="nodejs20.x", Handler="index.handler", Code={"ZipFile": package({"index.js": """
exports.handler = awslambda.streamifyResponse(async (event, stream) => {
  stream.write("one ");
  await new Promise((done) => setTimeout(done, 300));
  if (event.fail) throw new RangeError("amid");
  stream.write("two");
  stream.end();
});
"""})})

    def streamed(event):
        answer = awslambda.invoke_with_response_stream(FunctionName=name, Payload=json.dumps(event))
        events = list(answer["EventStream"])
        return [each["PayloadChunk"]["Payload"] for each in events if "PayloadChunk" in each], events[-1]["InvokeComplete"]

    parts, complete = streamed({})
    assert b"".join(parts) == b"one two" and len(parts) > 1
    assert "ErrorCode" not in complete
    parts, complete = streamed({"fail": 1})
    assert b"".join(parts).startswith(b"one ")
    assert complete["ErrorCode"] == "Unhandled"
    assert json.loads(complete["ErrorDetails"])["errorMessage"] == "amid"


@pytest.fixture(scope="module")
def impatient():
    """A client that sends once, and many at a time."""
    return boto3.client("lambda", config=Config(retries={"total_max_attempts": 1}, max_pool_connections=50))


@pytest.mark.verifies("PutFunctionConcurrency: 50 at once with a limit of 10")
def test_limit(awslambda, impatient, function):
    name = function(CLOCK)
    awslambda.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=10)
    together = threading.Barrier(50)

    def one(number):
        together.wait()
        try:
            return invoke(impatient, name, {"seconds": 5, "number": number})[1]
        except ClientError as error:
            return error.response

    with ThreadPoolExecutor(50) as threads:
        ends = list(threads.map(one, range(50)))
    throttled = [end for end in ends if isinstance(end, dict)]
    assert len(ends) - len(throttled) == 10
    for end in throttled:
        assert end["ResponseMetadata"]["HTTPStatusCode"] == 429
        assert end["Error"]["Code"] == "TooManyRequestsException"
        assert end["Reason"] == "ReservedFunctionConcurrentInvocationLimitExceeded"
        assert end["message"] == "Rate Exceeded."


@pytest.mark.verifies("PutFunctionConcurrency: 50 events with a limit of 10, none lost", "FilterLogEvents: by a pattern",
                      "DescribeLogStreams: one for each environment", "GetLogEvents: lines in their order")
def test_events_queue(awslambda, function):
    name = function(CLOCK)
    awslambda.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=10)
    for number in range(50):
        awslambda.invoke(FunctionName=name, InvocationType="Event",
                         Payload=json.dumps({"seconds": 0.2, "number": number}))
    logs = boto3.client("logs")
    group = f"/aws/lambda/{name}"

    def all_ran():
        found = logs.get_paginator("filter_log_events").paginate(logGroupName=group, filterPattern="ran")
        numbers = sorted(int(each["message"].split()[1]) for page in found for each in page["events"])
        assert numbers == list(range(50))

    eventually(all_ran, 120)
    streams = logs.describe_log_streams(logGroupName=group)["logStreams"]
    assert streams and all("[$LATEST]" in each["logStreamName"] for each in streams)
    lines = logs.get_log_events(
        logGroupName=group, logStreamName=streams[0]["logStreamName"], startFromHead=True)["events"]
    starts = [each["message"].split()[0] for each in lines if each["message"].startswith(("START", "END"))]
    assert starts[:4] == ["START", "END", "START", "END"][:len(starts)]


@pytest.mark.verifies("PutFunctionConcurrency: 0 stops a function")
def test_stopped(awslambda, impatient, function, refused):
    name = function()
    awslambda.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    refused("TooManyRequestsException", impatient.invoke, FunctionName=name)
    awslambda.delete_function_concurrency(FunctionName=name)
    assert invoke(awslambda, name, {"a": 1})[1] == {"a": 1}


@pytest.mark.verifies("PutProvisionedConcurrencyConfig: ready, told, taken away", "ListProvisionedConcurrencyConfigs: pages")
def test_provisioned(awslambda, function, refused):
    name = function("import os\ndef handler(event, context): return os.environ['AWS_LAMBDA_FUNCTION_VERSION']", Publish=True)
    awslambda.create_alias(FunctionName=name, Name="live", FunctionVersion="1")
    awslambda.put_provisioned_concurrency_config(FunctionName=name, Qualifier="live", ProvisionedConcurrentExecutions=1)

    def ready():
        config = awslambda.get_provisioned_concurrency_config(FunctionName=name, Qualifier="live")
        assert config["Status"] == "READY"
        return config

    assert eventually(ready)["AvailableProvisionedConcurrentExecutions"] == 1
    listed = awslambda.get_paginator("list_provisioned_concurrency_configs").paginate(FunctionName=name)
    assert [each["FunctionArn"].rsplit(":", 1)[1] for page in listed for each in page["ProvisionedConcurrencyConfigs"]] == \
        ["live"]
    awslambda.delete_provisioned_concurrency_config(FunctionName=name, Qualifier="live")
    refused("ProvisionedConcurrencyConfigNotFoundException", awslambda.get_provisioned_concurrency_config,
            FunctionName=name, Qualifier="live")
