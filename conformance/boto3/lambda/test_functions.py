"""Functions, their versions, aliases and layers, by boto3."""

import base64
import hashlib
import io
import zipfile

import pytest
import requests

ROLE = "arn:aws:iam::000000000000:role/any"
PROFILE = "arn:aws:signer:us-east-1:000000000000:/signing-profiles/p/abcdefghij"


def call(awslambda, name, payload=b"{}", **more):
    answer = awslambda.invoke(FunctionName=name, Payload=payload, **more)
    return answer["Payload"].read().decode()


def pages(client, operation, member, **arguments):
    """Every page of a list with one item each; what they have together."""
    found = list(client.get_paginator(operation).paginate(PaginationConfig={"PageSize": 1}, **arguments))
    assert all(len(page[member]) <= 1 for page in found)
    return [item for page in found for item in page[member]]


@pytest.mark.verifies("CreateFunction: from a zip", "GetFunction: configuration, tags, reservation",
                      "GetFunction: the package is downloaded")
def test_zip(awslambda, function, package):
    name = function("def handler(event, context): return 'zip'", Tags={"team": "web"})
    awslambda.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=2)

    got = awslambda.get_function(FunctionName=name)

    zipped = package({"app.py": "def handler(event, context): return 'zip'"})
    assert got["Configuration"]["CodeSha256"] == base64.b64encode(hashlib.sha256(zipped).digest()).decode()
    assert got["Configuration"]["CodeSize"] == len(zipped)
    assert got["Tags"] == {"team": "web"}
    assert got["Concurrency"] == {"ReservedConcurrentExecutions": 2}
    assert requests.get(got["Code"]["Location"], timeout=10).content == zipped
    assert call(awslambda, name) == '"zip"'


@pytest.mark.verifies("CreateFunction: from an object of S3")
def test_object(awslambda, function, package, s3, bucket, refused):
    s3.put_object(Bucket=bucket, Key="f.zip", Body=package({"app.py": "def handler(event, context): return 's3'"}))

    assert call(awslambda, function(Code={"S3Bucket": bucket, "S3Key": "f.zip"})) == '"s3"'

    error = refused("InvalidParameterValueException", function, Code={"S3Bucket": bucket, "S3Key": "nothing"})
    assert "S3 Error Code: NoSuchKey" in error["Error"]["Message"]


@pytest.mark.verifies("CreateFunction: from an image")
def test_image(awslambda, unique):
    uri = "000000000000.dkr.ecr.us-east-1.amazonaws.com/shop:1"
    awslambda.create_function(FunctionName=unique, PackageType="Image", Role=ROLE, Code={"ImageUri": uri},
                              ImageConfig={"Command": ["app.handler"]})
    got = awslambda.get_function(FunctionName=unique)
    assert got["Code"]["ImageUri"] == uri
    assert got["Configuration"]["PackageType"] == "Image"
    assert got["Configuration"]["ImageConfigResponse"] == {"ImageConfig": {"Command": ["app.handler"]}}
    assert "Runtime" not in got["Configuration"]
    awslambda.delete_function(FunctionName=unique)


@pytest.mark.verifies("CreateFunction: every setting is given back")
def test_settings(awslambda, function):
    settings = {
        "Description": "says", "Timeout": 7, "MemorySize": 256, "Environment": {"Variables": {"LEVEL": "1"}},
        "EphemeralStorage": {"Size": 1024}, "Architectures": ["x86_64"], "TracingConfig": {"Mode": "Active"},
        "DeadLetterConfig": {"TargetArn": "arn:aws:s3:::letters"}, "KMSKeyArn": "arn:aws:kms:us-east-1:000000000000:key/1",
    }
    got = awslambda.get_function_configuration(FunctionName=function(**settings))
    assert settings.items() <= got.items()
    assert got["SnapStart"] == {"ApplyOn": "None", "OptimizationStatus": "Off"}
    assert got["LoggingConfig"] == {"LogFormat": "Text", "LogGroup": f"/aws/lambda/{got['FunctionName']}"}
    assert got["Version"] == "$LATEST"


@pytest.mark.verifies("CreateFunction: Pending, then Active, which a waiter waits for")
def test_states(awslambda, unique, package):
    made = awslambda.create_function(
        FunctionName=unique, Runtime="python3.12", Handler="app.handler", Role=ROLE,
        Code={"ZipFile": package({"app.py": ""})})
    assert (made["State"], made["StateReasonCode"]) == ("Pending", "Creating")
    assert "LastUpdateStatus" not in made
    awslambda.get_waiter("function_active").wait(FunctionName=unique, WaiterConfig={"Delay": 1})
    got = awslambda.get_function_configuration(FunctionName=unique)
    assert (got["State"], got["LastUpdateStatus"]) == ("Active", "Successful")
    assert got["RevisionId"] != made["RevisionId"]
    awslambda.delete_function(FunctionName=unique)


@pytest.mark.verifies("CreateFunction: what is wrong is refused with AWS's text")
def test_wrong(awslambda, function, refused):
    name = function()
    assert refused("ResourceConflictException", function, name=name)["Error"]["Message"] == f"Function already exist: {name}"
    for settings, code, text in (
        ({"Runtime": "cobol85"}, "InvalidParameterValueException", "Value cobol85 at 'runtime' failed to satisfy constraint"),
        ({"MemorySize": 20000}, "ValidationException", "Value '20000' at 'memorySize' failed to satisfy constraint: "
                                                       "Member must have value less than or equal to 10240"),
        ({"Code": {"ZipFile": b"no zip"}}, "InvalidParameterValueException", "Could not unzip uploaded file."),
        ({"Environment": {"Variables": {"AWS_REGION": "x"}}}, "InvalidParameterValueException", "reserved keys"),
        ({"Layers": ["arn:aws:lambda:us-east-1:000000000000:layer:none:1"]}, "InvalidParameterValueException",
         "Layer version arn:aws:lambda:us-east-1:000000000000:layer:none:1 does not exist."),
    ):
        assert text in refused(code, function, **settings)["Error"]["Message"]


@pytest.mark.verifies("GetFunction: one that is not there", "DeleteFunction: gone")
def test_gone(awslambda, function, refused):
    name = function()
    awslambda.delete_function(FunctionName=name)
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{name}"
    for asked in (awslambda.get_function, awslambda.get_function_configuration, awslambda.delete_function):
        assert refused("ResourceNotFoundException", asked, FunctionName=name)["Error"]["Message"] == f"Function not found: {arn}"


@pytest.mark.verifies("UpdateFunctionCode: another package", "UpdateFunctionCode: a dry run, a revision")
def test_code(awslambda, function, package, refused):
    name = function("def handler(event, context): return 1")
    before = awslambda.get_function_configuration(FunctionName=name)
    other = package({"app.py": "def handler(event, context): return 2"})

    dry = awslambda.update_function_code(FunctionName=name, ZipFile=other, DryRun=True)
    assert dry["CodeSha256"] != before["CodeSha256"]
    assert call(awslambda, name) == "1"
    refused("PreconditionFailedException", awslambda.update_function_code, FunctionName=name, ZipFile=other,
            RevisionId="00000000-0000-0000-0000-000000000000")
    awslambda.update_function_code(FunctionName=name, ZipFile=other, RevisionId=before["RevisionId"])
    awslambda.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
    assert call(awslambda, name) == "2"


@pytest.mark.verifies("UpdateFunctionConfiguration: settings, which a waiter waits for")
def test_configuration(awslambda, function):
    name = function("import os\ndef handler(event, context): return os.environ['LEVEL']")
    updated = awslambda.update_function_configuration(
        FunctionName=name, Environment={"Variables": {"LEVEL": "high"}}, Timeout=9)
    assert updated["LastUpdateStatus"] == "InProgress"
    awslambda.get_waiter("function_updated").wait(FunctionName=name, WaiterConfig={"Delay": 1})
    assert call(awslambda, name) == '"high"'


@pytest.mark.verifies("ListFunctions: pages")
def test_functions(awslambda, function):
    names = {function(), function()}
    assert names <= {each["FunctionName"] for each in pages(awslambda, "list_functions", "Functions")}


@pytest.mark.verifies("TagResource: kept, given back, taken away")
def test_tags(awslambda, function):
    name = function()
    arn = awslambda.get_function_configuration(FunctionName=name)["FunctionArn"]
    awslambda.tag_resource(Resource=arn, Tags={"a": "1", "b": "2"})
    awslambda.untag_resource(Resource=arn, TagKeys=["a"])
    assert awslambda.list_tags(Resource=arn)["Tags"] == {"b": "2"}


@pytest.mark.verifies("GetAccountSettings: limits and use")
def test_account(awslambda, function):
    function()
    settings = awslambda.get_account_settings()
    assert settings["AccountLimit"]["ConcurrentExecutions"] == 1000
    assert settings["AccountLimit"]["CodeSizeUnzipped"] == 262144000
    assert settings["AccountUsage"]["FunctionCount"] >= 1


@pytest.mark.verifies("PutFunctionCodeSigningConfig: unsigned code passes or is refused")
def test_code_signing(awslambda, function, package, refused):
    name = function()
    config = awslambda.create_code_signing_config(
        AllowedPublishers={"SigningProfileVersionArns": [PROFILE]})["CodeSigningConfig"]["CodeSigningConfigArn"]
    awslambda.put_function_code_signing_config(FunctionName=name, CodeSigningConfigArn=config)
    awslambda.update_function_code(FunctionName=name, ZipFile=package({"app.py": "x = 1"}))
    awslambda.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
    awslambda.update_code_signing_config(
        CodeSigningConfigArn=config, CodeSigningPolicies={"UntrustedArtifactOnDeployment": "Enforce"})
    refused("CodeVerificationFailedException", awslambda.update_function_code, FunctionName=name,
            ZipFile=package({"app.py": "x = 2"}))
    awslambda.delete_function_code_signing_config(FunctionName=name)
    awslambda.delete_code_signing_config(CodeSigningConfigArn=config)


@pytest.mark.verifies("PublishVersion: numbered, invoked by number", "PublishVersion: nothing where nothing has changed",
                      "ListVersionsByFunction: pages")
def test_versions(awslambda, function, package):
    name = function("def handler(event, context): return context.function_version")
    assert awslambda.publish_version(FunctionName=name, Description="first")["Version"] == "1"
    assert awslambda.publish_version(FunctionName=name)["Version"] == "1"
    awslambda.update_function_code(
        FunctionName=name, ZipFile=package({"app.py": "def handler(event, context): return 'new'"}))
    awslambda.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
    assert awslambda.publish_version(FunctionName=name)["Version"] == "2"

    assert call(awslambda, name, Qualifier="1") == '"1"'
    answer = awslambda.invoke(FunctionName=name, Qualifier="2")
    assert answer["ExecutedVersion"] == "2"
    listed = pages(awslambda, "list_versions_by_function", "Versions", FunctionName=name)
    assert [each["Version"] for each in listed] == ["$LATEST", "1", "2"]


@pytest.mark.verifies("CreateAlias: invoked by name", "UpdateAlias: weights share invocations", "ListAliases: pages",
                      "DeleteAlias: gone")
def test_aliases(awslambda, function, package, refused):
    name = function("def handler(event, context): return context.function_version", Publish=True)
    awslambda.update_function_configuration(FunctionName=name, MemorySize=256)
    awslambda.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
    awslambda.publish_version(FunctionName=name)
    awslambda.create_alias(FunctionName=name, Name="live", FunctionVersion="1")
    awslambda.create_alias(FunctionName=name, Name="next", FunctionVersion="2")
    assert call(awslambda, name, Qualifier="live") == '"1"'

    awslambda.update_alias(
        FunctionName=name, Name="live", RoutingConfig={"AdditionalVersionWeights": {"2": 0.5}})
    assert {call(awslambda, f"{name}:live") for _ in range(40)} == {'"1"', '"2"'}

    assert [each["Name"] for each in pages(awslambda, "list_aliases", "Aliases", FunctionName=name)] == ["live", "next"]
    awslambda.delete_alias(FunctionName=name, Name="live")
    refused("ResourceNotFoundException", awslambda.get_alias, FunctionName=name, Name="live")


@pytest.mark.verifies("PublishLayerVersion: found by the function", "GetLayerVersionByArn: told, downloaded",
                      "ListLayerVersions: pages", "AddLayerVersionPermission: in the policy", "DeleteLayerVersion: gone")
def test_layers(awslambda, function, package, unique, refused):
    zipped = package({"python/tools.py": "SAYS = 'layer'"})
    for _ in range(2):
        published = awslambda.publish_layer_version(
            LayerName=unique, Content={"ZipFile": zipped}, CompatibleRuntimes=["python3.12"], LicenseInfo="MIT")
    arn = published["LayerVersionArn"]
    name = function("import tools\ndef handler(event, context): return tools.SAYS", Layers=[arn])
    assert call(awslambda, name) == '"layer"'

    told = awslambda.get_layer_version_by_arn(Arn=arn)
    assert (told["Version"], told["LicenseInfo"]) == (2, "MIT")
    downloaded = requests.get(told["Content"]["Location"], timeout=10).content
    assert zipfile.ZipFile(io.BytesIO(downloaded)).namelist() == ["python/tools.py"]
    listed = pages(awslambda, "list_layer_versions", "LayerVersions", LayerName=unique)
    assert [each["Version"] for each in listed] == [2, 1]
    awslambda.add_layer_version_permission(
        LayerName=unique, VersionNumber=2, StatementId="all", Action="lambda:GetLayerVersion", Principal="*")
    assert '"Sid":"all"' in awslambda.get_layer_version_policy(LayerName=unique, VersionNumber=2)["Policy"]
    awslambda.delete_layer_version(LayerName=unique, VersionNumber=2)
    refused("ResourceNotFoundException", awslambda.get_layer_version, LayerName=unique, VersionNumber=2)


@pytest.mark.verifies("AddPermission: in the policy", "RemovePermission: gone")
def test_policy(awslambda, function, refused):
    name = function()
    awslambda.add_permission(FunctionName=name, StatementId="api", Action="lambda:InvokeFunction",
                             Principal="apigateway.amazonaws.com")
    assert '"Principal":{"Service":"apigateway.amazonaws.com"}' in awslambda.get_policy(FunctionName=name)["Policy"]
    refused("ResourceConflictException", awslambda.add_permission, FunctionName=name, StatementId="api",
            Action="lambda:InvokeFunction", Principal="s3.amazonaws.com")
    awslambda.remove_permission(FunctionName=name, StatementId="api")
    refused("ResourceNotFoundException", awslambda.get_policy, FunctionName=name)
