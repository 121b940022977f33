"""The AWS CLI: `aws s3` as people type it, `aws s3api` for what there is no short command for."""

import json
import os
import time

import pytest
import requests

verifies = pytest.mark.verifies


@pytest.fixture
def s3(run):
    return lambda *words, **options: run("aws", "s3", *words, **options)


@pytest.fixture
def api(run):
    """Gives the command's JSON."""

    def calling(operation, bucket, *words, status=0):
        output = run("aws", "s3api", operation, "--bucket", bucket, *words, status=status)
        return json.loads(output) if status == 0 and output.strip() else output

    return calling


@pytest.fixture
def bucket(s3, unique):
    s3("mb", f"s3://{unique}")
    return unique


@pytest.fixture
def versioned(api, bucket):
    api("put-bucket-versioning", bucket, "--versioning-configuration", "Status=Enabled")
    return bucket


@pytest.fixture
def file(tmp_path):
    """Writes a file that is a minute old: S3 tells whole seconds, so `sync` takes what was changed in the second of its
    upload for newer than the object, and sends it again."""

    def written(name, content="content"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        a_minute_ago = time.time() - 60
        os.utime(path, (a_minute_ago, a_minute_ago))
        return path

    return written


@verifies("aws s3: mb, ls, rb", "aws s3: cp, mv, rm")
def test_single_files(s3, unique, file, tmp_path):
    file("a ü.txt", "from the command line")

    s3("mb", f"s3://{unique}")
    s3("cp", "a ü.txt", f"s3://{unique}/dir/a ü.txt")
    s3("mv", f"s3://{unique}/dir/a ü.txt", f"s3://{unique}/moved.txt")
    assert "moved.txt" in s3("ls", f"s3://{unique}", "--recursive") and unique in s3("ls")
    s3("cp", f"s3://{unique}/moved.txt", "back.txt")
    s3("rm", f"s3://{unique}/moved.txt")
    s3("rb", f"s3://{unique}")

    assert (tmp_path / "back.txt").read_text() == "from the command line"


@verifies("aws s3: sync up, down, between buckets, --delete")
def test_sync(s3, bucket, unique, file, tmp_path):
    for name in ("a.txt", "dir/b.txt", "dir/c.bin"):
        file(f"tree/{name}", name)
    s3("mb", f"s3://{unique}-other")

    s3("sync", "tree", f"s3://{bucket}/t", "--exclude", "*.bin")
    assert s3("sync", "tree", f"s3://{bucket}/t", "--exclude", "*.bin") == ""
    s3("sync", f"s3://{bucket}/t", f"s3://{unique}-other")
    s3("sync", f"s3://{unique}-other", "back")
    (tmp_path / "tree/a.txt").unlink()
    s3("sync", "tree", f"s3://{bucket}/t", "--delete")

    assert {path.name: path.read_text() for path in (tmp_path / "back").rglob("*.txt")} == {
        "a.txt": "a.txt", "b.txt": "dir/b.txt"}
    assert s3("ls", f"s3://{bucket}", "--recursive").count("t/") == 2
    s3("rb", f"s3://{bucket}", "--force")


@verifies("aws s3: cp from standard input and to standard output", "PutObject: a stream")
def test_streams(s3, bucket):
    s3("cp", "-", f"s3://{bucket}/key", stdin="streamed")

    assert s3("cp", f"s3://{bucket}/key", "-") == "streamed"


@verifies("Transfers: upload in parts", "Transfers: download in parallel ranges", "Transfers: copy in parts", "GetObject: by part number")
def test_large_files(s3, api, bucket, file, tmp_path, twenty_megabytes):
    file("large", twenty_megabytes)

    s3("cp", "large", f"s3://{bucket}/large", "--metadata", "a=b", "--storage-class", "STANDARD_IA")
    s3("cp", f"s3://{bucket}/large", f"s3://{bucket}/copy")
    s3("cp", f"s3://{bucket}/copy", "back")
    head = api("head-object", bucket, "--key", "large", "--part-number", "1")

    assert (tmp_path / "back").read_bytes() == twenty_megabytes
    assert (head["PartsCount"], head["Metadata"], head["StorageClass"]) == (3, {"a": "b"}, "STANDARD_IA")


@verifies("aws s3: presign", "Presigned URLs: GET")
def test_presign(s3, bucket, file):
    file("file")
    s3("cp", "file", f"s3://{bucket}/a ü")

    assert requests.get(s3("presign", f"s3://{bucket}/a ü").strip()).text == "content"


@verifies("aws s3: website", "PutBucketWebsite: kept and given back", "DeleteBucketWebsite: gone")
def test_website(s3, api, bucket):
    s3("website", f"s3://{bucket}", "--index-document", "index.html", "--error-document", "error.html")

    assert api("get-bucket-website", bucket) == {
        "IndexDocument": {"Suffix": "index.html"}, "ErrorDocument": {"Key": "error.html"}}
    api("delete-bucket-website", bucket)
    assert "NoSuchWebsiteConfiguration" in api("get-bucket-website", bucket, status=255)


@verifies("PutObject: body, metadata and headers", "GetObject: body, metadata and headers",
          "HeadObject: size, metadata and headers", "GetObject: ranges", "GetObject: conditions")
def test_objects(api, bucket, file, tmp_path):
    file("file")
    put = api("put-object", bucket, "--key", "key", "--body", "file", "--metadata", "a=b", "--content-type", "text/x")
    got = api("get-object", bucket, "--key", "key", "back")
    head = api("head-object", bucket, "--key", "key")
    api("get-object", bucket, "--key", "key", "--range", "bytes=-3", "end")

    assert (tmp_path / "back").read_text() == "content" and (tmp_path / "end").read_text() == "ent"
    assert (got["Metadata"], got["ContentType"]) == (head["Metadata"], head["ContentType"]) == ({"a": "b"}, "text/x")
    assert "304" in api("get-object", bucket, "--key", "key", "--if-none-match", put["ETag"], "none", status=255)


@verifies("PutObject: SHA256", "GetObjectAttributes: size, ETag, checksum",
          "GetObject: checksum compared by the client")
def test_checksums(api, bucket, file):
    file("file")
    put = api("put-object", bucket, "--key", "key", "--body", "file", "--checksum-algorithm", "SHA256")
    got = api("get-object", bucket, "--key", "key", "--checksum-mode", "ENABLED", "back")
    attributes = api("get-object-attributes", bucket, "--key", "key", "--object-attributes", "Checksum", "ObjectSize")

    assert put["ChecksumSHA256"] == got["ChecksumSHA256"] == attributes["Checksum"]["ChecksumSHA256"]
    assert attributes["ObjectSize"] == 7


@verifies("PutObject: aws-chunked with a trailer", "Addresses: TLS")
def test_trailer(run, api, bucket, tmp_path, port):
    secure = ("aws", "--no-verify-ssl", "--endpoint-url", f"https://127.0.0.1:{port}")

    run(*secure, "s3", "cp", "-", f"s3://{bucket}/key", stdin="x" * 100_000)
    run(*secure, "s3", "cp", f"s3://{bucket}/key", "back")

    assert (tmp_path / "back").read_text() == "x" * 100_000
    assert "ChecksumCRC32" in api("head-object", bucket, "--key", "key", "--checksum-mode", "ENABLED")


@verifies("Errors: codes of AWS")
def test_errors(api, bucket):
    assert "(NoSuchBucket)" in api("list-objects-v2", bucket + "-none", status=255)
    assert "(NoSuchKey)" in api("get-object", bucket, "--key", "none", "file", status=255)
    assert "(404)" in api("head-object", bucket, "--key", "none", status=255)


@verifies("ListObjectsV2: pages", "ListObjectsV2: prefix, delimiter, start-after", "DeleteObjects: several keys",
          "CopyObject: within and between buckets")
def test_lists(s3, api, bucket, file):
    for number in range(5):
        file(f"tree/a/{number}")
    s3("sync", "tree", f"s3://{bucket}", "--only-show-errors")
    api("copy-object", bucket, "--key", "b", "--copy-source", f"{bucket}/a/1")

    paged = api("list-objects-v2", bucket, "--page-size", "2")
    grouped = api("list-objects-v2", bucket, "--delimiter", "/")
    keys = ",".join(f"{{Key=a/{number}}}" for number in range(5))
    gone = api("delete-objects", bucket, "--delete", f"Objects=[{keys}]")

    assert len(paged["Contents"]) == 6
    assert [each["Prefix"] for each in grouped["CommonPrefixes"]] == ["a/"]
    assert len(gone["Deleted"]) == 5


@verifies("PutBucketVersioning: enabled", "ListObjectVersions: versions and markers",
          "GetObject: by version", "DeleteObject: delete markers", "PutObject: tags")
def test_versions(s3, api, versioned, file, tmp_path):
    file("file")
    put = api("put-object", versioned, "--key", "key", "--body", "file", "--tagging", "a=1")
    s3("rm", f"s3://{versioned}/key")
    listed = api("list-object-versions", versioned)
    api("get-object", versioned, "--key", "key", "--version-id", put["VersionId"], "back")
    tags = api("get-object-tagging", versioned, "--key", "key", "--version-id", put["VersionId"])

    assert (tmp_path / "back").read_text() == "content"
    assert len(listed["Versions"]) == 1 and len(listed["DeleteMarkers"]) == 1
    assert tags["TagSet"] == [{"Key": "a", "Value": "1"}]
    assert "You must delete all versions in the bucket" in s3("rb", f"s3://{versioned}", status=1)


@verifies("PutObjectTagging: kept and given back", "PutBucketTagging: kept and given back", "DeleteBucketTagging: gone")
def test_tags(api, bucket, file):
    file("file")
    api("put-object", bucket, "--key", "key", "--body", "file")
    tags = "TagSet=[{Key=a,Value=b c}]"
    api("put-object-tagging", bucket, "--key", "key", "--tagging", tags)
    api("put-bucket-tagging", bucket, "--tagging", tags)

    assert api("get-object-tagging", bucket, "--key", "key")["TagSet"] == [{"Key": "a", "Value": "b c"}]
    assert api("get-bucket-tagging", bucket)["TagSet"] == [{"Key": "a", "Value": "b c"}]
    api("delete-bucket-tagging", bucket)
    assert "(NoSuchTagSet)" in api("get-bucket-tagging", bucket, status=255)


@verifies("Object lock: governance and its bypass", "PutObjectLegalHold: on and off")
def test_locks(run, api, unique, file):
    file("file")
    run("aws", "s3api", "create-bucket", "--bucket", unique, "--object-lock-enabled-for-bucket")
    id = api("put-object", unique, "--key", "key", "--body", "file")["VersionId"]
    target = ("--key", "key", "--version-id", id)
    api("put-object-retention", unique, *target, "--retention", "Mode=GOVERNANCE,RetainUntilDate=2099-01-01T00:00:00Z")
    api("put-object-legal-hold", unique, *target, "--legal-hold", "Status=ON")

    assert "(AccessDenied)" in api("delete-object", unique, *target, "--bypass-governance-retention", status=255)
    api("put-object-legal-hold", unique, *target, "--legal-hold", "Status=OFF")
    assert "(AccessDenied)" in api("delete-object", unique, *target, status=255)
    api("delete-object", unique, *target, "--bypass-governance-retention")


@verifies("CreateMultipartUpload: metadata", "UploadPart: parts in any order", "UploadPartCopy: whole objects and ranges",
          "CompleteMultipartUpload: ETag of parts", "ListMultipartUploads: prefixes and pages", "ListParts: parts of an upload")
def test_parts(api, bucket, file):
    file("file", "x" * 5 * 1024 * 1024)
    api("put-object", bucket, "--key", "source", "--body", "file")
    id = api("create-multipart-upload", bucket, "--key", "key", "--metadata", "a=b")["UploadId"]
    target = ("--key", "key", "--upload-id", id)
    second = api("upload-part-copy", bucket, *target, "--part-number", "2", "--copy-source", f"{bucket}/source",
                 "--copy-source-range", "bytes=0-9")["CopyPartResult"]["ETag"]
    first = api("upload-part", bucket, *target, "--part-number", "1", "--body", "file")["ETag"]
    assert [upload["UploadId"] for upload in api("list-multipart-uploads", bucket)["Uploads"]] == [id]
    assert [part["Size"] for part in api("list-parts", bucket, *target, "--page-size", "1")["Parts"]] == [5242880, 10]
    parts = {"Parts": [{"PartNumber": 1, "ETag": first}, {"PartNumber": 2, "ETag": second}]}
    done = api("complete-multipart-upload", bucket, *target, "--multipart-upload", json.dumps(parts))

    assert done["ETag"].endswith('-2"')
    assert api("head-object", bucket, "--key", "key")["Metadata"] == {"a": "b"}


CONFIGURATIONS = {
    "PutBucketCors: kept and given back": ("bucket-cors", "cors-configuration", {
        "CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]}),
    "PutBucketLifecycleConfiguration: kept and given back": ("bucket-lifecycle-configuration", "lifecycle-configuration", {
        "Rules": [{"ID": "one", "Status": "Enabled", "Filter": {"Prefix": "a/"}, "Expiration": {"Days": 1}}]}),
    "PutPublicAccessBlock: kept and given back": (
        "public-access-block", "public-access-block-configuration", {"PublicAccessBlockConfiguration": {
            "BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": False,
            "RestrictPublicBuckets": False}}),
    "PutBucketOwnershipControls: kept and given back": ("bucket-ownership-controls", "ownership-controls", {
        "OwnershipControls": {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}}),
    "PutBucketEncryption: kept and given back": ("bucket-encryption", "server-side-encryption-configuration", {
        "ServerSideEncryptionConfiguration": {"Rules": [{
            "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": True}]}}),
    "PutBucketAccelerateConfiguration: kept and given back": (
        "bucket-accelerate-configuration", "accelerate-configuration", {"Status": "Suspended"}),
    "PutBucketRequestPayment: kept and given back": (
        "bucket-request-payment", "request-payment-configuration", {"Payer": "Requester"}),
}


@pytest.mark.parametrize(
    ("name", "option", "value"),
    [pytest.param(*given, id=given[0], marks=verifies(feature)) for feature, given in CONFIGURATIONS.items()])
def test_configurations(api, bucket, name, option, value):
    inner = next(iter(value.values()))
    sent = inner if len(value) == 1 and isinstance(inner, dict) else value

    api(f"put-{name}", bucket, f"--{option}", json.dumps(sent))

    kept = api(f"get-{name}", bucket)
    assert {key: kept[key] for key in value} == value


@verifies("PutBucketPolicy: evaluated for anonymous requests", "DeleteBucketPolicy: gone")
def test_policy(run, api, bucket, file):
    file("file")
    api("put-object", bucket, "--key", "key", "--body", "file")
    api("delete-public-access-block", bucket)
    allow = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*"}
    api("put-bucket-policy", bucket, "--policy", json.dumps({"Version": "2012-10-17", "Statement": [allow]}))

    run("aws", "--no-sign-request", "s3", "cp", f"s3://{bucket}/key", "back")

    assert json.loads(api("get-bucket-policy", bucket)["Policy"])["Statement"] == [allow]
    api("delete-bucket-policy", bucket)
    assert "403" in run("aws", "--no-sign-request", "s3", "cp", f"s3://{bucket}/key", "back", status=1)


@verifies("PutBucketNotificationConfiguration: kept and given back")
def test_notification(api, bucket):
    configuration = {"LambdaFunctionConfigurations": [{
        "Id": "one", "LambdaFunctionArn": "arn:aws:lambda:us-east-1:000000000000:function:hears",
        "Events": ["s3:ObjectRemoved:*"]}]}
    api("put-bucket-notification-configuration", bucket, "--notification-configuration", json.dumps(configuration))

    assert api("get-bucket-notification-configuration", bucket) == configuration


@verifies("Waiters: buckets and objects come and go")
def test_wait(run, s3, bucket):
    run("aws", "s3api", "wait", "bucket-exists", "--bucket", bucket)
    s3("cp", "-", f"s3://{bucket}/key", stdin="x")
    run("aws", "s3api", "wait", "object-exists", "--bucket", bucket, "--key", "key")
    s3("rb", f"s3://{bucket}", "--force")
    run("aws", "s3api", "wait", "bucket-not-exists", "--bucket", bucket)


@verifies("PutObject: SSE-KMS")
def test_kms(s3, api, bucket):
    key = "arn:aws:kms:us-east-1:000000000000:key/own"
    s3("cp", "-", f"s3://{bucket}/key", "--sse", "aws:kms", "--sse-kms-key-id", key, stdin="content")

    head = api("head-object", bucket, "--key", "key")
    assert (head["ServerSideEncryption"], head["SSEKMSKeyId"]) == ("aws:kms", key)


@verifies("PutObject: SSE-C", "GetObject: SSE-C")
def test_customer_keys(run, bucket, file, tmp_path, port):
    secure = ("aws", "--no-verify-ssl", "--endpoint-url", f"https://127.0.0.1:{port}", "s3", "cp")
    file("secret", "k" * 32)
    file("file")
    own = ("--sse-c", "AES256", "--sse-c-key", "fileb://secret")

    run(*secure, "file", f"s3://{bucket}/key", *own)
    run(*secure, f"s3://{bucket}/key", "back", *own)

    assert (tmp_path / "back").read_text() == "content"
    assert "(400)" in run(*secure, f"s3://{bucket}/key", "none", status=1)
