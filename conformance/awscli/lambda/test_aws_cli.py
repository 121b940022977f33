"""`aws lambda` and `aws logs`, as people type them."""

import json
import sys

import pytest

PYTHON = "python{}.{}".format(*sys.version_info)
CODE = "def handler(event, context):\n    print('seen', event)\n    return event\n"

verifies = pytest.mark.verifies


@pytest.fixture
def aws(run):
    """Gives a command's JSON."""

    def calling(*words, status=0):
        output = run("aws", *words, status=status)
        return json.loads(output) if status == 0 and output.strip() else output

    return calling


@pytest.fixture
def file(tmp_path, package):
    def written(name, code=CODE, inside="app.py"):
        (tmp_path / name).write_bytes(package({inside: code}))
        return f"fileb://{name}"

    return written


@pytest.fixture
def function(aws, file, unique):
    aws("lambda", "create-function", "--function-name", unique, "--runtime", PYTHON, "--handler", "app.handler",
        "--role", "arn:aws:iam::000000000000:role/any", "--zip-file", file("f.zip"), "--timeout", "20")
    aws("lambda", "wait", "function-active-v2", "--function-name", unique)
    yield unique
    aws("lambda", "delete-function", "--function-name", unique)


@verifies("CreateFunction: from a zip", "Invoke: event and result", "Invoke: log tail", "GetLogEvents: lines in their order",
          "FilterLogEvents: by a pattern", "DescribeLogStreams: one for each environment")
def test_function_and_its_log(aws, function, tmp_path):
    answer = aws("lambda", "invoke", "--function-name", function, "--payload", '{"a": 1}',
                 "--log-type", "Tail", "out.json")
    assert answer["StatusCode"] == 200 and answer["LogResult"]
    assert json.loads((tmp_path / "out.json").read_text()) == {"a": 1}
    group = f"/aws/lambda/{function}"
    streams = aws("logs", "describe-log-streams", "--log-group-name", group)["logStreams"]
    lines = aws("logs", "get-log-events", "--log-group-name", group,
                "--log-stream-name", streams[0]["logStreamName"])["events"]
    assert "seen" in next(each for each in lines if not each["message"].startswith(("INIT_START", "START")))["message"]
    found = aws("logs", "filter-log-events", "--log-group-name", group, "--filter-pattern", "seen")["events"]
    assert len(found) == 1


@verifies("UpdateFunctionCode: another package", "UpdateFunctionConfiguration: settings, which a waiter waits for")
def test_updates(aws, file, function, tmp_path):
    aws("lambda", "update-function-code", "--function-name", function,
        "--zip-file", file("other.zip", "import os\ndef handler(event, context): return os.environ['LEVEL']"))
    aws("lambda", "wait", "function-updated-v2", "--function-name", function)
    aws("lambda", "update-function-configuration", "--function-name", function, "--environment", "Variables={LEVEL=up}")
    aws("lambda", "wait", "function-updated", "--function-name", function)
    aws("lambda", "invoke", "--function-name", function, "out.json")
    assert (tmp_path / "out.json").read_text() == '"up"'


@verifies("GetFunction: one that is not there", "CreateFunction: what is wrong is refused with AWS's text",
          "Invoke: no JSON, no function")
def test_refusals(aws, file, function):
    said = aws("lambda", "get-function", "--function-name", "nowhere", status=255)
    assert "An error occurred (ResourceNotFoundException) when calling the GetFunction operation: Function not found: " in said
    said = aws("lambda", "create-function", "--function-name", function, "--runtime", PYTHON, "--handler", "app.handler",
               "--role", "arn:aws:iam::000000000000:role/any", "--zip-file", file("g.zip"), status=255)
    assert f"(ResourceConflictException) when calling the CreateFunction operation: Function already exist: {function}" in said
    said = aws("lambda", "invoke", "--function-name", function, "--payload", "{no", "out.json", status=255)
    assert "(InvalidRequestContentException)" in said


@verifies("ListFunctions: pages", "GetFunction: configuration, tags, reservation", "TagResource: kept, given back, taken away",
          "GetAccountSettings: limits and use")
def test_lists(aws, function):
    names = aws("lambda", "list-functions", "--page-size", "1", "--query", "Functions[].FunctionName")
    assert function in names
    arn = aws("lambda", "get-function", "--function-name", function)["Configuration"]["FunctionArn"]
    aws("lambda", "tag-resource", "--resource", arn, "--tags", "team=web,x=y")
    aws("lambda", "untag-resource", "--resource", arn, "--tag-keys", "x")
    assert aws("lambda", "list-tags", "--resource", arn)["Tags"] == {"team": "web"}
    assert aws("lambda", "get-account-settings")["AccountUsage"]["FunctionCount"] >= 1


@verifies("PublishVersion: numbered, invoked by number", "CreateAlias: invoked by name",
          "UpdateAlias: weights share invocations", "DeleteAlias: gone", "ListVersionsByFunction: pages", "ListAliases: pages")
def test_versions(aws, function):
    assert aws("lambda", "publish-version", "--function-name", function)["Version"] == "1"
    aws("lambda", "create-alias", "--function-name", function, "--name", "live", "--function-version", "1")
    answer = aws("lambda", "invoke", "--function-name", f"{function}:live", "out.json")
    assert answer["ExecutedVersion"] == "1"
    aws("lambda", "update-function-configuration", "--function-name", function, "--memory-size", "256")
    aws("lambda", "wait", "function-updated-v2", "--function-name", function)
    aws("lambda", "publish-version", "--function-name", function)
    updated = aws("lambda", "update-alias", "--function-name", function, "--name", "live",
                  "--routing-config", "AdditionalVersionWeights={2=0.5}")
    assert updated["RoutingConfig"] == {"AdditionalVersionWeights": {"2": 0.5}}
    versions = aws("lambda", "list-versions-by-function", "--function-name", function, "--page-size", "1")["Versions"]
    assert [each["Version"] for each in versions] == ["$LATEST", "1", "2"]
    assert len(aws("lambda", "list-aliases", "--function-name", function, "--page-size", "1")["Aliases"]) == 1
    aws("lambda", "delete-alias", "--function-name", function, "--name", "live")
    aws("lambda", "get-alias", "--function-name", function, "--name", "live", status=255)


@verifies("PublishLayerVersion: found by the function", "ListLayerVersions: pages", "DeleteLayerVersion: gone")
def test_layer(aws, file, function, unique, tmp_path):
    arn = aws("lambda", "publish-layer-version", "--layer-name", unique,
              "--zip-file", file("layer.zip", "SAYS = 'layer'", "python/tools.py"))["LayerVersionArn"]
    aws("lambda", "update-function-code", "--function-name", function,
        "--zip-file", file("uses.zip", "import tools\ndef handler(event, context): return tools.SAYS"))
    aws("lambda", "wait", "function-updated-v2", "--function-name", function)
    aws("lambda", "update-function-configuration", "--function-name", function, "--layers", arn)
    aws("lambda", "wait", "function-updated-v2", "--function-name", function)
    aws("lambda", "invoke", "--function-name", function, "out.json")
    assert (tmp_path / "out.json").read_text() == '"layer"'
    assert len(aws("lambda", "list-layer-versions", "--layer-name", unique)["LayerVersions"]) == 1
    aws("lambda", "delete-layer-version", "--layer-name", unique, "--version-number", "1")
    aws("lambda", "get-layer-version", "--layer-name", unique, "--version-number", "1", status=255)


@verifies("AddPermission: in the policy", "RemovePermission: gone")
def test_policy(aws, function):
    aws("lambda", "add-permission", "--function-name", function, "--statement-id", "s", "--action", "lambda:InvokeFunction",
        "--principal", "s3.amazonaws.com")
    policy = json.loads(aws("lambda", "get-policy", "--function-name", function)["Policy"])
    assert policy["Statement"][0]["Sid"] == "s"
    aws("lambda", "remove-permission", "--function-name", function, "--statement-id", "s")
    aws("lambda", "get-policy", "--function-name", function, status=255)


@verifies("PutFunctionConcurrency: 0 stops a function", "PutFunctionEventInvokeConfig: kept, changed, taken away",
          "CreateFunctionUrlConfig: event and result", "DeleteFunctionUrlConfig: gone")
def test_rules(aws, run, function):
    aws("lambda", "put-function-concurrency", "--function-name", function, "--reserved-concurrent-executions", "0")
    said = run("aws", "lambda", "invoke", "--function-name", function, "out.json", status=255,
               environment={"AWS_MAX_ATTEMPTS": "1"})
    assert "(TooManyRequestsException)" in said
    aws("lambda", "delete-function-concurrency", "--function-name", function)
    aws("lambda", "put-function-event-invoke-config", "--function-name", function, "--maximum-retry-attempts", "0")
    aws("lambda", "update-function-event-invoke-config", "--function-name", function, "--maximum-retry-attempts", "1")
    aws("lambda", "delete-function-event-invoke-config", "--function-name", function)
    url = aws("lambda", "create-function-url-config", "--function-name", function, "--auth-type", "NONE")["FunctionUrl"]
    host, port = url.split("/")[2].split(":")
    answer = json.loads(run("curl", "-sS", "--resolve", f"{host}:{port}:127.0.0.1", url + "x"))
    assert answer["rawPath"] == "/x"
    aws("lambda", "delete-function-url-config", "--function-name", function)
    aws("lambda", "get-function-url-config", "--function-name", function, status=255)
