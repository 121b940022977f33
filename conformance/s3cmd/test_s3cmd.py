"""s3cmd, configured as a .s3cfg of its users is."""

import json
import os

import pytest
import requests

verifies = pytest.mark.verifies


@pytest.fixture
def s3cmd(run, tmp_path, port):
    configuration = tmp_path / "s3cfg"
    configuration.write_text("\n".join([
        "[default]", f"access_key = {os.environ['AWS_ACCESS_KEY_ID']}",
        f"secret_key = {os.environ['AWS_SECRET_ACCESS_KEY']}", f"host_base = 127.0.0.1:{port}",
        f"host_bucket = 127.0.0.1:{port}", "use_https = False", "signature_v2 = False"]))
    return lambda *words, **options: run("s3cmd", "-c", configuration, "--no-progress", *words, **options)


@pytest.fixture
def bucket(s3cmd, unique):
    s3cmd("mb", f"s3://{unique}")
    return unique


@verifies("s3cmd: mb, ls, rb", "s3cmd: put, get, info, cp, mv, del", "PutObject: body, metadata and headers",
          "GetObject: body, metadata and headers", "CopyObject: within and between buckets")
def test_files(s3cmd, unique, tmp_path):
    (tmp_path / "a ü.txt").write_text("content")

    s3cmd("mb", f"s3://{unique}")
    s3cmd("put", "a ü.txt", f"s3://{unique}/dir/a ü.txt", "--add-header=x-amz-meta-colour:blue", "-m", "text/x")
    s3cmd("cp", "--acl-private", f"s3://{unique}/dir/a ü.txt", f"s3://{unique}/copy")
    s3cmd("mv", "--acl-private", f"s3://{unique}/copy", f"s3://{unique}/moved")
    s3cmd("get", f"s3://{unique}/moved", "back")
    info = s3cmd("info", f"s3://{unique}/dir/a ü.txt")

    assert (tmp_path / "back").read_text() == "content"
    assert "x-amz-meta-colour: blue" in info and "MIME type: text/x" in info
    assert unique in s3cmd("ls")
    assert s3cmd("ls", "--recursive", f"s3://{unique}").count("s3://") == 2
    s3cmd("del", f"s3://{unique}/moved", f"s3://{unique}/dir/a ü.txt")
    s3cmd("rb", f"s3://{unique}")


@verifies("s3cmd: sync, du", "DeleteObjects: several keys")
def test_sync(s3cmd, bucket, tmp_path):
    for name in ("a", "dir/b", "dir/c"):
        (tmp_path / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tree" / name).write_text(name)
    (tmp_path / "back").mkdir()

    s3cmd("sync", "tree/", f"s3://{bucket}/t/")
    assert "upload:" not in s3cmd("sync", "tree/", f"s3://{bucket}/t/")
    s3cmd("sync", f"s3://{bucket}/t/", "back/")
    assert s3cmd("du", f"s3://{bucket}").split()[:2] == ["11", "3"]
    (tmp_path / "tree/dir/c").unlink()
    s3cmd("sync", "--delete-removed", "tree/", f"s3://{bucket}/t/")

    assert (tmp_path / "back/dir/c").read_text() == "dir/c"
    assert s3cmd("du", f"s3://{bucket}").split()[:2] == ["6", "2"]
    s3cmd("del", "--recursive", "--force", f"s3://{bucket}")
    assert s3cmd("ls", "--recursive", f"s3://{bucket}") == ""


@verifies("Transfers: upload in parts", "ListMultipartUploads: prefixes and pages",
          "AbortMultipartUpload: parts are gone")
def test_parts(s3cmd, s3, bucket, tmp_path, twenty_megabytes):
    (tmp_path / "large").write_bytes(twenty_megabytes)
    s3cmd("put", "--multipart-chunk-size-mb=5", "large", f"s3://{bucket}/large")
    s3cmd("get", f"s3://{bucket}/large", "back")
    id = s3.create_multipart_upload(Bucket=bucket, Key="begun")["UploadId"]

    assert (tmp_path / "back").read_bytes() == twenty_megabytes
    assert s3.head_object(Bucket=bucket, Key="large")["ETag"].endswith('-5"')
    assert id in s3cmd("multipart", f"s3://{bucket}")
    s3cmd("abortmp", f"s3://{bucket}/begun", id)
    assert id not in s3cmd("multipart", f"s3://{bucket}")


@verifies("s3cmd: setpolicy, delpolicy", "PutBucketPolicy: evaluated for anonymous requests",
          "DeleteBucketPolicy: gone")
def test_policy(s3cmd, s3, bucket, port, tmp_path):
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="key", Body=b"x")
    allow = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*"}
    (tmp_path / "policy.json").write_text(json.dumps({"Version": "2012-10-17", "Statement": [allow]}))
    url = f"http://127.0.0.1:{port}/{bucket}/key"

    s3cmd("setpolicy", "policy.json", f"s3://{bucket}")
    assert requests.get(url).text == "x"
    assert "s3:GetObject" in s3cmd("info", f"s3://{bucket}")
    s3cmd("delpolicy", f"s3://{bucket}")
    assert requests.get(url).status_code == 403


@verifies("s3cmd: setacl", "PutObjectAcl: canned, evaluated for anonymous requests")
def test_acl(s3cmd, s3, bucket, port):
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_ownership_controls(
        Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]})
    s3.put_object(Bucket=bucket, Key="key", Body=b"x")
    url = f"http://127.0.0.1:{port}/{bucket}/key"

    s3cmd("setacl", "--acl-public", f"s3://{bucket}/key")
    assert requests.get(url).text == "x"
    s3cmd("setacl", "--acl-private", f"s3://{bucket}/key")
    assert requests.get(url).status_code == 403


@verifies("s3cmd: setlifecycle, getlifecycle, dellifecycle", "PutBucketLifecycleConfiguration: kept and given back",
          "DeleteBucketLifecycle: gone")
def test_lifecycle(s3cmd, bucket, tmp_path):
    (tmp_path / "rules.xml").write_text(
        "<LifecycleConfiguration><Rule><ID>one</ID><Prefix>logs/</Prefix><Status>Enabled</Status>"
        "<Expiration><Days>3</Days></Expiration></Rule></LifecycleConfiguration>")

    s3cmd("setlifecycle", "rules.xml", f"s3://{bucket}")
    assert "<Days>3</Days>" in "".join(s3cmd("getlifecycle", f"s3://{bucket}").split())
    s3cmd("expire", "--expiry-days=7", "--expiry-prefix=tmp/", f"s3://{bucket}")
    assert "Expiration Rule: objects with key prefix 'tmp/' will expire in '7' day(s)" in s3cmd("info", f"s3://{bucket}")
    s3cmd("dellifecycle", f"s3://{bucket}")
    assert "NoSuchLifecycleConfiguration" in s3cmd("getlifecycle", f"s3://{bucket}", status=12)


@verifies("s3cmd: setcors, delcors", "PutBucketCors: kept and given back", "DeleteBucketCors: gone")
def test_cors(s3cmd, s3, bucket, tmp_path):
    (tmp_path / "cors.xml").write_text(
        "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule>"
        "</CORSConfiguration>")

    s3cmd("setcors", "cors.xml", f"s3://{bucket}")
    assert s3.get_bucket_cors(Bucket=bucket)["CORSRules"] == [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]
    s3cmd("delcors", f"s3://{bucket}")
    assert "CORS:      none" in s3cmd("info", f"s3://{bucket}")


@verifies("s3cmd: ws-create, ws-info, ws-delete", "PutBucketWebsite: kept and given back")
def test_website(s3cmd, bucket):
    s3cmd("ws-create", "--ws-index=index.html", "--ws-error=error.html", f"s3://{bucket}")
    assert "index.html" in s3cmd("ws-info", f"s3://{bucket}")
    s3cmd("ws-delete", f"s3://{bucket}")
    assert "index.html" not in s3cmd("ws-info", f"s3://{bucket}")


@verifies("s3cmd: settagging, gettagging, deltagging", "PutObjectTagging: kept and given back", "DeleteObjectTagging: gone",
          "PutBucketTagging: kept and given back", "DeleteBucketTagging: gone")
def test_tags(s3cmd, s3, bucket):
    s3.put_object(Bucket=bucket, Key="key", Body=b"x")
    for target in (f"s3://{bucket}", f"s3://{bucket}/key"):
        s3cmd("settagging", target, "team=web&a=b")
        assert "team" in s3cmd("gettagging", target)
        s3cmd("deltagging", target)
    assert "team" not in s3cmd("gettagging", f"s3://{bucket}/key")
    assert "NoSuchTagSet" in s3cmd("gettagging", f"s3://{bucket}", status=12)


@verifies("s3cmd: setversioning, setownership, setblockpublicaccess", "PutBucketVersioning: enabled",
          "PutBucketOwnershipControls: kept and given back", "PutPublicAccessBlock: kept and given back")
def test_switches(s3cmd, s3, bucket):
    s3cmd("setversioning", f"s3://{bucket}", "enable")
    s3cmd("setownership", f"s3://{bucket}", "ObjectWriter")
    s3cmd("setblockpublicaccess", f"s3://{bucket}", "BlockPublicAcls,IgnorePublicAcls")

    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    assert s3.get_bucket_ownership_controls(Bucket=bucket)["OwnershipControls"]["Rules"] == [
        {"ObjectOwnership": "ObjectWriter"}]
    assert s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"] == {
        "BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": False, "RestrictPublicBuckets": False}


@verifies("s3cmd: signurl", "Presigned URLs: GET")
def test_presigned(s3cmd, s3, bucket):
    s3.put_object(Bucket=bucket, Key="key", Body=b"x")

    url = s3cmd("signurl", f"s3://{bucket}/key", "+60").strip()

    assert requests.get(url).text == "x"


@verifies("Errors: codes of AWS")
def test_errors(s3cmd, bucket):
    assert "(NoSuchBucket)" in s3cmd("ls", f"s3://{bucket}-none", status=12)
    assert "does not exist" in s3cmd("get", f"s3://{bucket}/none", "file", status=64)
