"""Versions, tags and locks of objects: boto3 and the AWS CLI with their default settings."""

from datetime import datetime, timedelta, timezone

import boto3
import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def versioned(s3, bucket):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    return bucket


def refused(code, call, **arguments):
    with pytest.raises(ClientError) as raised:
        call(**arguments)
    assert raised.value.response["Error"]["Code"] == code
    return raised.value.response


def test_versions_and_delete_markers(s3, versioned):
    first = s3.put_object(Bucket=versioned, Key="key", Body=b"first")["VersionId"]
    second = s3.put_object(Bucket=versioned, Key="key", Body=b"second")["VersionId"]
    marker = s3.delete_object(Bucket=versioned, Key="key")

    assert marker["DeleteMarker"] is True
    refused("NoSuchKey", s3.get_object, Bucket=versioned, Key="key")
    refused("MethodNotAllowed", s3.get_object, Bucket=versioned, Key="key", VersionId=marker["VersionId"])
    assert s3.get_object(Bucket=versioned, Key="key", VersionId=first)["Body"].read() == b"first"
    listed = s3.list_object_versions(Bucket=versioned)
    assert [version["VersionId"] for version in listed["Versions"]] == [second, first]
    assert [each["VersionId"] for each in listed["DeleteMarkers"]] == [marker["VersionId"]]
    assert listed["DeleteMarkers"][0]["IsLatest"] is True
    s3.delete_object(Bucket=versioned, Key="key", VersionId=marker["VersionId"])
    assert s3.get_object(Bucket=versioned, Key="key")["VersionId"] == second


def test_a_versioned_bucket_is_emptied_by_the_resource(versioned):
    bucket = boto3.resource("s3").Bucket(versioned)
    for number in range(12):
        bucket.put_object(Key=f"key{number % 3}", Body=b"x")
    bucket.Object("key0").delete()

    bucket.object_versions.delete()
    bucket.delete()


def test_tags(s3, bucket):
    s3.put_object(Bucket=bucket, Key="key", Body=b"x", Tagging="colour=blue&size=")
    assert s3.head_object(Bucket=bucket, Key="key")["ResponseMetadata"]["HTTPHeaders"]["x-amz-tagging-count"] == "2"
    s3.put_object_tagging(Bucket=bucket, Key="key", Tagging={"TagSet": [{"Key": "a", "Value": "b c"}]})
    s3.copy_object(Bucket=bucket, Key="copy", CopySource={"Bucket": bucket, "Key": "key"})

    assert s3.get_object_tagging(Bucket=bucket, Key="copy")["TagSet"] == [{"Key": "a", "Value": "b c"}]
    s3.delete_object_tagging(Bucket=bucket, Key="key")
    assert s3.get_object_tagging(Bucket=bucket, Key="key")["TagSet"] == []


def test_locks(s3, unique):
    s3.create_bucket(Bucket=unique, ObjectLockEnabledForBucket=True)
    until = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(days=1)
    id = s3.put_object(
        Bucket=unique, Key="key", Body=b"x", ObjectLockMode="GOVERNANCE", ObjectLockRetainUntilDate=until
    )["VersionId"]

    assert s3.head_object(Bucket=unique, Key="key")["ObjectLockRetainUntilDate"] == until
    assert s3.get_object_retention(Bucket=unique, Key="key")["Retention"]["Mode"] == "GOVERNANCE"
    refused("AccessDenied", s3.delete_object, Bucket=unique, Key="key", VersionId=id)
    suspended = {"Status": "Suspended"}
    refused("InvalidBucketState", s3.put_bucket_versioning, Bucket=unique, VersioningConfiguration=suspended)
    s3.put_object_legal_hold(Bucket=unique, Key="key", LegalHold={"Status": "ON"})
    refused(
        "AccessDenied", s3.delete_object, Bucket=unique, Key="key", VersionId=id, BypassGovernanceRetention=True
    )
    s3.put_object_legal_hold(Bucket=unique, Key="key", LegalHold={"Status": "OFF"})
    s3.delete_object(Bucket=unique, Key="key", VersionId=id, BypassGovernanceRetention=True)
    s3.delete_bucket(Bucket=unique)


def test_attributes(s3, bucket):
    s3.put_object(Bucket=bucket, Key="key", Body=b"content", ChecksumAlgorithm="SHA256")

    attributes = s3.get_object_attributes(
        Bucket=bucket, Key="key", ObjectAttributes=["ETag", "Checksum", "ObjectSize", "StorageClass"]
    )

    assert attributes["ObjectSize"] == 7
    assert attributes["ETag"] == "9a0364b9e99bb480dd25e1f0284c8555"
    assert attributes["Checksum"]["ChecksumSHA256"] == "7XACtDnprIRfIjV9giusFERzD722AW0+yUMil7nsn3M="


def test_commands(aws, unique, tmp_path):
    (tmp_path / "file").write_text("content")
    aws("s3api", "create-bucket", "--bucket", unique)
    aws("s3api", "put-bucket-versioning", "--bucket", unique, "--versioning-configuration", "Status=Enabled", text=True)

    put = aws("s3api", "put-object", "--bucket", unique, "--key", "key", "--body", "file", "--tagging", "a=1")
    aws("s3", "rm", f"s3://{unique}/key", text=True)
    listed = aws("s3api", "list-object-versions", "--bucket", unique)
    aws("s3api", "get-object", "--bucket", unique, "--key", "key", "--version-id", put["VersionId"], "back")

    assert (tmp_path / "back").read_text() == "content"
    assert len(listed["Versions"]) == 1 and len(listed["DeleteMarkers"]) == 1
    assert aws("s3api", "get-bucket-versioning", "--bucket", unique)["Status"] == "Enabled"
    tags = aws("s3api", "get-object-tagging", "--bucket", unique, "--key", "key", "--version-id", put["VersionId"])
    assert tags["TagSet"] == [{"Key": "a", "Value": "1"}]
    refused_message = aws("s3", "rb", f"s3://{unique}", text=True, status=1)
    assert "You must delete all versions in the bucket" in refused_message
