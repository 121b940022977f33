"""Presigned URLs, forms, policies, ACLs, CORS, addresses."""

import json

import boto3
import pytest
import requests
from botocore import UNSIGNED
from botocore.config import Config

verifies = pytest.mark.verifies


def client(port=None, host=None, **config):
    options = {"endpoint_url": f"http://{host}:{port}"} if host else {}
    return boto3.client("s3", config=Config(**config), **options)


@pytest.fixture(scope="session")
def signing():
    return client(signature_version="s3v4")


@pytest.fixture(scope="session")
def nobody():
    return client(signature_version=UNSIGNED)


@pytest.fixture
def open_bucket(s3, bucket):
    s3.delete_public_access_block(Bucket=bucket)
    return bucket


@verifies("Presigned URLs: GET", "Presigned URLs: PUT with signed headers", "Presigned URLs: HEAD and DELETE")
def test_presigned(s3, signing, bucket):
    def url(operation, **parameters):
        return signing.generate_presigned_url(operation, Params={"Bucket": bucket, "Key": "a ü+", **parameters})

    put = url("put_object", ContentType="text/x", Metadata={"a": "b"})
    headers = {"Content-Type": "text/x", "x-amz-meta-a": "b"}
    assert requests.put(put, data=b"presigned", headers=headers).status_code == 200
    assert requests.put(put, data=b"other", headers={"Content-Type": "text/y", "x-amz-meta-a": "b"}).status_code == 403

    got = requests.get(url("get_object", ResponseContentType="image/png"))
    assert (got.content, got.headers["Content-Type"], got.headers["x-amz-meta-a"]) == (b"presigned", "image/png", "b")
    assert requests.head(url("head_object")).headers["Content-Length"] == "9"
    assert requests.delete(url("delete_object")).status_code == 204
    assert requests.get(url("get_object")).status_code == 404


@verifies("Presigned URLs: parts of an upload")
def test_presigned_parts(s3, signing, bucket):
    target = {"Bucket": bucket, "Key": "key"}
    target["UploadId"] = s3.create_multipart_upload(**target)["UploadId"]
    url = signing.generate_presigned_url("upload_part", Params={**target, "PartNumber": 1})

    tag = requests.put(url, data=b"part").headers["ETag"]

    s3.complete_multipart_upload(**target, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": tag}]})
    assert s3.get_object(Bucket=bucket, Key="key")["Body"].read() == b"part"


@verifies("Presigned URLs: changed ones are refused", "Presigned URLs: longer than a week is refused")
def test_wrong_presigned(signing, bucket):
    url = signing.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "key"})

    assert "SignatureDoesNotMatch" in requests.get(url.replace("key?", "other?")).text
    assert "SignatureDoesNotMatch" in requests.put(url, data=b"x").text
    week = signing.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "k"}, ExpiresIn=604801)
    assert "AuthorizationQueryParametersError" in requests.get(week).text


@verifies("Presigned URLs: by virtual host")
def test_presigned_virtual_host(s3, bucket, port):
    s3.put_object(Bucket=bucket, Key="key", Body=b"x")
    virtual = client(port, "s3.localhost", signature_version="s3v4", s3={"addressing_style": "virtual"})

    url = virtual.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "key"})

    assert url.startswith(f"http://{bucket}.s3.localhost:{port}/key?")
    assert requests.get(url).content == b"x"


@verifies("Addresses: virtual hosts", "Addresses: paths")
@pytest.mark.parametrize("host", ["localhost", "s3.localhost"])
def test_virtual_hosts(unique, port, host):
    virtual = client(port, host, s3={"addressing_style": "virtual"})
    virtual.create_bucket(Bucket=unique)
    virtual.put_object(Bucket=unique, Key="a/b", Body=b"x")

    assert [each["Key"] for each in virtual.list_objects_v2(Bucket=unique)["Contents"]] == ["a/b"]
    path = client(port, host, s3={"addressing_style": "path"})
    assert path.get_object(Bucket=unique, Key="a/b")["Body"].read() == b"x"


@verifies("Errors: an unknown key", "Errors: a wrong signature")
def test_wrong_keys(bucket, refused):
    wrong = boto3.client("s3", aws_secret_access_key="wrong", aws_access_key_id=boto3.Session().get_credentials().access_key)
    unknown = boto3.client("s3", aws_access_key_id="AKIAIOSFODNN7EXAMPLE", aws_secret_access_key="secret")

    refused("SignatureDoesNotMatch", wrong.list_objects_v2, Bucket=bucket)
    refused("InvalidAccessKeyId", unknown.list_objects_v2, Bucket=bucket)


@verifies("PostObject: fields, conditions and status")
def test_post(s3, signing, bucket):
    post = signing.generate_presigned_post(
        bucket, "uploads/${filename}", Fields={"Content-Type": "text/x", "success_action_status": "201"},
        Conditions=[{"Content-Type": "text/x"}, {"success_action_status": "201"}, ["content-length-range", 1, 20]])

    def send(content, **changed):
        return requests.post(post["url"], data=post["fields"] | changed, files={"file": ("a ü.txt", content)})

    done = send(b"from a form")
    assert done.status_code == 201 and "<Key>uploads/" in done.text
    listed = s3.list_objects_v2(Bucket=bucket)["Contents"]
    assert [each["Size"] for each in listed] == [11]
    assert s3.head_object(Bucket=bucket, Key=listed[0]["Key"])["ContentType"] == "text/x"
    assert "EntityTooLarge" in send(b"x" * 21).text
    assert send(b"x", **{"Content-Type": "text/y"}).status_code == 403
    assert send(b"x", policy=post["fields"]["policy"][:-4] + "AAAA").status_code in (400, 403)


@verifies("Expected bucket owner: compared")
def test_expected_owner(s3, bucket, refused):
    s3.list_objects_v2(Bucket=bucket, ExpectedBucketOwner="000000000000")

    refused("AccessDenied", s3.list_objects_v2, Bucket=bucket, ExpectedBucketOwner="999999999999")


@verifies("PutBucketPolicy: evaluated for anonymous requests", "GetBucketPolicyStatus: public",
          "DeleteBucketPolicy: gone")
def test_policy(s3, nobody, open_bucket, refused):
    s3.put_object(Bucket=open_bucket, Key="open/key", Body=b"x")
    s3.put_object(Bucket=open_bucket, Key="closed", Body=b"x")
    refused("AccessDenied", nobody.get_object, Bucket=open_bucket, Key="open/key")
    refused("NoSuchBucketPolicy", s3.get_bucket_policy, Bucket=open_bucket)
    policy = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{open_bucket}/open/*"}]}

    s3.put_bucket_policy(Bucket=open_bucket, Policy=json.dumps(policy))

    assert json.loads(s3.get_bucket_policy(Bucket=open_bucket)["Policy"]) == policy
    assert s3.get_bucket_policy_status(Bucket=open_bucket)["PolicyStatus"]["IsPublic"] is True
    assert nobody.get_object(Bucket=open_bucket, Key="open/key")["Body"].read() == b"x"
    refused("AccessDenied", nobody.get_object, Bucket=open_bucket, Key="closed")
    s3.delete_bucket_policy(Bucket=open_bucket)
    refused("AccessDenied", nobody.get_object, Bucket=open_bucket, Key="open/key")


@verifies("PutBucketPolicy: an explicit deny rules", "PutBucketPolicy: wrong documents are refused")
def test_denying_policy(s3, bucket, refused):
    s3.put_object(Bucket=bucket, Key="key", Body=b"x")
    statement = {"Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject", "Resource": f"arn:aws:s3:::{bucket}/*"}
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))

    refused("AccessDenied", s3.delete_object, Bucket=bucket, Key="key")
    elsewhere = statement | {"Resource": "arn:aws:s3:::other/*"}
    refused("MalformedPolicy", s3.put_bucket_policy, Bucket=bucket, Policy=json.dumps({"Statement": [elsewhere]}))
    refused("MalformedPolicy", s3.put_bucket_policy, Bucket=bucket, Policy="{")


@verifies("PutPublicAccessBlock: blocks public policies and ACLs")
def test_public_access_block(s3, bucket, refused):
    public = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [public]})
    names = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
    block = dict.fromkeys(names, True)

    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=block)

    assert s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"] == block
    refused("AccessDenied", s3.put_bucket_policy, Bucket=bucket, Policy=policy)
    s3.delete_public_access_block(Bucket=bucket)
    refused("NoSuchPublicAccessBlockConfiguration", s3.get_public_access_block, Bucket=bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=policy)


@verifies("PutBucketOwnershipControls: with and without ACLs", "PutObjectAcl: canned, evaluated for anonymous requests",
          "PutBucketAcl: grants")
def test_acls(s3, nobody, open_bucket, refused):
    s3.put_object(Bucket=open_bucket, Key="key", Body=b"x")
    refused("AccessControlListNotSupported", s3.put_object_acl, Bucket=open_bucket, Key="key", ACL="public-read")
    controls = {"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]}
    s3.put_bucket_ownership_controls(Bucket=open_bucket, OwnershipControls=controls)
    assert s3.get_bucket_ownership_controls(Bucket=open_bucket)["OwnershipControls"] == controls

    s3.put_object_acl(Bucket=open_bucket, Key="key", ACL="public-read")
    acl = s3.get_object_acl(Bucket=open_bucket, Key="key")
    s3.put_bucket_acl(Bucket=open_bucket, AccessControlPolicy={"Owner": acl["Owner"], "Grants": acl["Grants"]})

    assert nobody.get_object(Bucket=open_bucket, Key="key")["Body"].read() == b"x"
    assert sorted(grant["Permission"] for grant in acl["Grants"]) == ["FULL_CONTROL", "READ"]
    assert [each["Key"] for each in nobody.list_objects_v2(Bucket=open_bucket)["Contents"]] == ["key"]
    s3.put_object_acl(Bucket=open_bucket, Key="key", ACL="private")
    refused("AccessDenied", nobody.get_object, Bucket=open_bucket, Key="key")


@verifies("PutBucketCors: kept and given back", "DeleteBucketCors: gone", "CORS: preflight and answers")
def test_cors(s3, signing, bucket, refused):
    refused("NoSuchCORSConfiguration", s3.get_bucket_cors, Bucket=bucket)
    rule = {"AllowedMethods": ["GET", "PUT"], "AllowedOrigins": ["https://*.example.com"], "AllowedHeaders": ["x-*"],
            "ExposeHeaders": ["ETag"], "MaxAgeSeconds": 60}
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [rule]})
    s3.put_object(Bucket=bucket, Key="key", Body=b"x")
    url = signing.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "key"})

    def preflight(origin, **headers):
        asked = {"Origin": origin, "Access-Control-Request-Method": "PUT", **headers}
        return requests.options(url.split("?")[0], headers=asked)

    assert s3.get_bucket_cors(Bucket=bucket)["CORSRules"] == [rule]
    allowed = preflight("https://a.example.com", **{"Access-Control-Request-Headers": "x-own"})
    assert allowed.status_code == 200
    assert allowed.headers["Access-Control-Allow-Origin"] == "https://a.example.com"
    assert allowed.headers["Access-Control-Max-Age"] == "60"
    assert preflight("https://example.org").status_code == 403
    got = requests.get(url, headers={"Origin": "https://a.example.com"})
    assert got.headers["Access-Control-Allow-Origin"] == "https://a.example.com"
    assert got.headers["Access-Control-Expose-Headers"] == "ETag"
    s3.delete_bucket_cors(Bucket=bucket)
    refused("NoSuchCORSConfiguration", s3.get_bucket_cors, Bucket=bucket)
