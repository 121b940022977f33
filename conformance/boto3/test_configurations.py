"""What a bucket is configured with, and what it does."""

import json
import time

import boto3
import pytest
import requests

verifies = pytest.mark.verifies


def public(s3, bucket, *actions):
    s3.delete_public_access_block(Bucket=bucket)
    arn = f"arn:aws:s3:::{bucket}"
    allow = {"Effect": "Allow", "Principal": "*", "Action": list(actions), "Resource": [arn, arn + "/*"]}
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [allow]}))


@verifies("PutBucketWebsite: kept and given back", "DeleteBucketWebsite: gone", "Website: index and error document", "Website: redirects and routing rules")
def test_website(s3, bucket, port, refused):
    refused("NoSuchWebsiteConfiguration", s3.get_bucket_website, Bucket=bucket)
    website = {
        "IndexDocument": {"Suffix": "index.html"}, "ErrorDocument": {"Key": "error.html"},
        "RoutingRules": [{"Condition": {"KeyPrefixEquals": "old/"}, "Redirect": {"ReplaceKeyPrefixWith": "new/"}}]}
    s3.put_bucket_website(Bucket=bucket, WebsiteConfiguration=website)
    public(s3, bucket, "s3:GetObject", "s3:ListBucket")
    for key in ("index.html", "dir/index.html", "error.html"):
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode(), ContentType="text/html")
    s3.put_object(Bucket=bucket, Key="moved", Body=b"", WebsiteRedirectLocation="/dir/")

    def get(path):
        return requests.get(f"http://{bucket}.s3-website.localhost:{port}{path}", allow_redirects=False)

    assert {name: value for name, value in s3.get_bucket_website(Bucket=bucket).items() if name in website} == website
    assert (get("/").text, get("/dir/").text) == ("index.html", "dir/index.html")
    assert get("/dir").headers["Location"].endswith("/dir/")
    assert (get("/none").status_code, get("/none").text) == (404, "error.html")
    assert get("/moved").headers["Location"].endswith("/dir/")
    assert get("/old/page").headers["Location"].endswith("/new/page")
    s3.delete_bucket_website(Bucket=bucket)
    refused("NoSuchWebsiteConfiguration", s3.get_bucket_website, Bucket=bucket)


@verifies("PutBucketNotificationConfiguration: kept and given back", "Notifications: a function hears of objects")
def test_notifications(s3, bucket):
    public(s3, "heard", "s3:PutObject")
    configuration = {
        "Id": "one", "LambdaFunctionArn": "arn:aws:lambda:us-east-1:000000000000:function:hears",
        "Events": ["s3:ObjectCreated:*", "s3:ObjectRemoved:Delete"],
        "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": "in/"}, {"Name": "suffix", "Value": ".txt"}]}}}
    s3.put_bucket_notification_configuration(
        Bucket=bucket, NotificationConfiguration={"LambdaFunctionConfigurations": [configuration]})

    s3.put_object(Bucket=bucket, Key="in/other", Body=b"x")
    s3.put_object(Bucket=bucket, Key="in/a ü.txt", Body=b"content")

    def heard():
        keys = [each["Key"] for each in s3.list_objects_v2(Bucket="heard", Prefix=bucket).get("Contents", [])]
        return [json.load(s3.get_object(Bucket="heard", Key=key)["Body"]) for key in keys]

    until = time.monotonic() + 30
    while not (records := heard()) and time.monotonic() < until:
        time.sleep(0.1)
    kept = s3.get_bucket_notification_configuration(Bucket=bucket)["LambdaFunctionConfigurations"][0]
    rules = [{"Name": rule["Name"].lower(), "Value": rule["Value"]} for rule in kept["Filter"]["Key"]["FilterRules"]]
    assert kept | {"Filter": {"Key": {"FilterRules": rules}}} == configuration
    assert [record["eventName"] for record in records] == ["ObjectCreated:Put"]
    assert records[0]["s3"]["object"]["key"] == "in/a+%C3%BC.txt"
    assert records[0]["s3"]["object"]["size"] == 7


@verifies("PutBucketLifecycleConfiguration: kept and given back", "DeleteBucketLifecycle: gone",
          "Lifecycle: expiry in the headers of objects")
def test_lifecycle(s3, bucket, refused):
    refused("NoSuchLifecycleConfiguration", s3.get_bucket_lifecycle_configuration, Bucket=bucket)
    rules = [
        {"ID": "logs", "Status": "Enabled", "Filter": {"Prefix": "logs/"}, "Expiration": {"Days": 30}},
        {"ID": "old", "Status": "Disabled",
         "Filter": {"And": {"Prefix": "a/", "Tags": [{"Key": "k", "Value": "v"}], "ObjectSizeGreaterThan": 10}},
         "NoncurrentVersionExpiration": {"NoncurrentDays": 3, "NewerNoncurrentVersions": 2}},
        {"ID": "uploads", "Status": "Enabled", "Filter": {"Prefix": ""},
         "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}}]
    s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": rules})
    put = s3.put_object(Bucket=bucket, Key="logs/today", Body=b"x")

    kept = s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    assert kept == rules
    assert 'rule-id="logs"' in put["Expiration"]
    assert 'rule-id="logs"' in s3.head_object(Bucket=bucket, Key="logs/today")["Expiration"]
    s3.delete_bucket_lifecycle(Bucket=bucket)
    refused("NoSuchLifecycleConfiguration", s3.get_bucket_lifecycle_configuration, Bucket=bucket)


@verifies("PutBucketEncryption: kept and given back", "DeleteBucketEncryption: AES256 again", "PutObject: SSE-S3")
def test_encryption_of_buckets(s3, bucket):
    def default():
        kept = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]
        return kept["Rules"][0]["ApplyServerSideEncryptionByDefault"]

    assert default() == {"SSEAlgorithm": "AES256"}
    kms = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "arn:aws:kms:us-east-1:000000000000:key/own"}
    rule = {"ApplyServerSideEncryptionByDefault": kms, "BucketKeyEnabled": True}
    s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": [rule]})
    assert default() == kms
    s3.delete_bucket_encryption(Bucket=bucket)
    assert default() == {"SSEAlgorithm": "AES256"}
    assert s3.put_object(Bucket=bucket, Key="k", Body=b"", ServerSideEncryption="AES256")["ServerSideEncryption"] == "AES256"


@verifies("PutBucketLogging: kept and given back")
def test_logging(s3, bucket, unique):
    s3.create_bucket(Bucket=unique + "-logs")
    logging = {"TargetBucket": unique + "-logs", "TargetPrefix": "p/"}
    s3.put_bucket_logging(Bucket=bucket, BucketLoggingStatus={"LoggingEnabled": logging})

    assert s3.get_bucket_logging(Bucket=bucket)["LoggingEnabled"] == logging


@verifies("PutBucketReplication: kept and given back")
def test_replication(s3, versioned, unique, refused):
    other = unique + "-other"
    s3.create_bucket(Bucket=other)
    s3.put_bucket_versioning(Bucket=other, VersioningConfiguration={"Status": "Enabled"})
    refused("ReplicationConfigurationNotFoundError", s3.get_bucket_replication, Bucket=versioned)
    replication = {"Role": "arn:aws:iam::000000000000:role/replicates", "Rules": [
        {"ID": "all", "Status": "Enabled", "Priority": 1, "Filter": {"Prefix": "a/"},
         "DeleteMarkerReplication": {"Status": "Disabled"}, "Destination": {"Bucket": f"arn:aws:s3:::{other}"}}]}

    s3.put_bucket_replication(Bucket=versioned, ReplicationConfiguration=replication)

    assert s3.get_bucket_replication(Bucket=versioned)["ReplicationConfiguration"] == replication


@verifies("PutBucketAccelerateConfiguration: kept and given back", "PutBucketRequestPayment: kept and given back")
def test_switches(s3, bucket):
    assert s3.get_bucket_request_payment(Bucket=bucket)["Payer"] == "BucketOwner"
    s3.put_bucket_accelerate_configuration(Bucket=bucket, AccelerateConfiguration={"Status": "Enabled"})
    s3.put_bucket_request_payment(Bucket=bucket, RequestPaymentConfiguration={"Payer": "Requester"})

    assert s3.get_bucket_accelerate_configuration(Bucket=bucket)["Status"] == "Enabled"
    assert s3.get_bucket_request_payment(Bucket=bucket)["Payer"] == "Requester"


DESTINATION = {"S3BucketDestination": {"Bucket": "arn:aws:s3:::elsewhere", "Format": "CSV"}}
CONFIGURATIONS = {
    "analytics": ("AnalyticsConfiguration", "AnalyticsConfigurationList", {
        "Id": "one", "Filter": {"Prefix": "a/"},
        "StorageClassAnalysis": {"DataExport": {"OutputSchemaVersion": "V_1", "Destination": DESTINATION}}}),
    "intelligent_tiering": ("IntelligentTieringConfiguration", "IntelligentTieringConfigurationList", {
        "Id": "one", "Status": "Enabled", "Tierings": [{"Days": 90, "AccessTier": "ARCHIVE_ACCESS"}]}),
    "inventory": ("InventoryConfiguration", "InventoryConfigurationList", {
        "Id": "one", "IsEnabled": True, "IncludedObjectVersions": "All", "Schedule": {"Frequency": "Daily"},
        "OptionalFields": ["Size"], "Destination": DESTINATION}),
    "metrics": ("MetricsConfiguration", "MetricsConfigurationList", {"Id": "one", "Filter": {"Prefix": "a/"}}),
}


@verifies("Analytics, inventory, metrics, intelligent tiering: kept and given back")
@pytest.mark.parametrize("kind", CONFIGURATIONS)
def test_configurations_by_id(s3, bucket, kind, refused):
    member, listed, configuration = CONFIGURATIONS[kind]
    name = f"bucket_{kind}_configuration"
    refused("NoSuchConfiguration", getattr(s3, f"get_{name}"), Bucket=bucket, Id="one")
    getattr(s3, f"put_{name}")(Bucket=bucket, Id="one", **{member: configuration})

    assert getattr(s3, f"get_{name}")(Bucket=bucket, Id="one")[member] == configuration
    assert getattr(s3, f"list_{name}s")(Bucket=bucket)[listed] == [configuration]
    getattr(s3, f"delete_{name}")(Bucket=bucket, Id="one")
    assert listed not in getattr(s3, f"list_{name}s")(Bucket=bucket)


KEY = "arn:aws:kms:us-east-1:000000000000:key/own"


@verifies("PutObject: SSE-KMS", "PutBucketEncryption: new objects have it", "CopyObject: another encryption")
def test_kms(s3, bucket):
    s3.put_object(Bucket=bucket, Key="key", Body=b"x", ServerSideEncryption="aws:kms", SSEKMSKeyId=KEY, BucketKeyEnabled=True)
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": KEY}}
    s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": [rule]})
    s3.put_object(Bucket=bucket, Key="default", Body=b"x")
    s3.copy_object(Bucket=bucket, Key="copy", CopySource=f"{bucket}/key", ServerSideEncryption="AES256")

    def encryption(key):
        head = s3.head_object(Bucket=bucket, Key=key)
        return head["ServerSideEncryption"], head.get("SSEKMSKeyId"), head.get("BucketKeyEnabled", False)

    assert encryption("key") == ("aws:kms", KEY, True)
    assert encryption("default") == ("aws:kms", KEY, False)
    assert encryption("copy") == ("AES256", None, False)


@verifies("PutObject: SSE-C", "GetObject: SSE-C", "CopyObject: SSE-C", "UploadPart: SSE-C")
def test_customer_keys(bucket, port, refused):
    s3 = boto3.client("s3", endpoint_url=f"https://127.0.0.1:{port}", verify=False)
    target = {"Bucket": bucket, "Key": "key"}
    own = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}
    source = {f"CopySource{name}": value for name, value in own.items()}
    s3.put_object(**target, Body=b"content", **own)

    assert s3.get_object(**target, **own)["Body"].read() == b"content"
    refused("InvalidRequest", s3.get_object, **target)
    refused("AccessDenied", s3.get_object, **target, **(own | {"SSECustomerKey": "w" * 32}))
    s3.copy_object(Bucket=bucket, Key="copy", CopySource=target, **source)
    assert s3.get_object(Bucket=bucket, Key="copy")["Body"].read() == b"content"
    id = s3.create_multipart_upload(**target, **own)["UploadId"]
    part = s3.upload_part(**target, UploadId=id, PartNumber=1, Body=b"part", **own)
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    s3.complete_multipart_upload(**target, UploadId=id, MultipartUpload=parts, **own)
    assert s3.get_object(**target, **own)["Body"].read() == b"part"
