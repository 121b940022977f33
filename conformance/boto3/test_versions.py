"""Versions, locks and tags."""

from datetime import datetime, timedelta, timezone

import boto3
import pytest

verifies = pytest.mark.verifies


@verifies("PutBucketVersioning: enabled", "PutBucketVersioning: suspended", "ListObjectVersions: versions and markers",
          "DeleteObject: delete markers", "GetObject: by version", "DeleteObject: by version")
def test_versions(s3, versioned, refused):
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
    s3.put_bucket_versioning(Bucket=versioned, VersioningConfiguration={"Status": "Suspended"})
    s3.put_object(Bucket=versioned, Key="key", Body=b"null")
    assert s3.get_bucket_versioning(Bucket=versioned)["Status"] == "Suspended"
    assert s3.head_object(Bucket=versioned, Key="key", VersionId="null")["ContentLength"] == 4
    assert s3.head_object(Bucket=versioned, Key="key", VersionId=first)["ContentLength"] == 5


@verifies("ListObjectVersions: pages", "DeleteObjects: versions")
def test_pages_of_versions(s3, versioned):
    for number in range(9):
        s3.put_object(Bucket=versioned, Key=f"key{number % 3}", Body=b"x")
    s3.delete_object(Bucket=versioned, Key="key1")

    pages = list(
        s3.get_paginator("list_object_versions").paginate(Bucket=versioned, PaginationConfig={"PageSize": 4}))

    versions = [each for page in pages for kind in ("Versions", "DeleteMarkers") for each in page.get(kind, [])]
    assert len(pages) == 3 and len(versions) == 10
    ids = [{"Key": each["Key"], "VersionId": each["VersionId"]} for each in versions]
    assert len(s3.delete_objects(Bucket=versioned, Delete={"Objects": ids})["Deleted"]) == 10
    s3.delete_bucket(Bucket=versioned)


@verifies("CopyObject: an older version")
def test_copy_of_a_version(s3, versioned):
    old = s3.put_object(Bucket=versioned, Key="key", Body=b"old")["VersionId"]
    s3.put_object(Bucket=versioned, Key="key", Body=b"new")

    copied = s3.copy_object(
        Bucket=versioned, Key="key", CopySource={"Bucket": versioned, "Key": "key", "VersionId": old})

    assert copied["CopySourceVersionId"] == old
    assert s3.get_object(Bucket=versioned, Key="key")["Body"].read() == b"old"


@verifies("Resource: a versioned bucket is emptied and deleted")
def test_resource(versioned):
    bucket = boto3.resource("s3").Bucket(versioned)
    for number in range(12):
        bucket.put_object(Key=f"key{number % 3}", Body=b"x")
    bucket.Object("key0").delete()

    bucket.object_versions.delete()
    bucket.delete()


@pytest.fixture
def lockable(s3, unique):
    s3.create_bucket(Bucket=unique, ObjectLockEnabledForBucket=True)
    return unique


def tomorrow():
    return datetime.now(timezone.utc).replace(microsecond=0) + timedelta(days=1)


@verifies("PutObject: object lock", "Object lock: governance and its bypass", "PutObjectLegalHold: on and off")
def test_governance(s3, lockable, refused):
    until = tomorrow()
    id = s3.put_object(
        Bucket=lockable, Key="key", Body=b"x", ObjectLockMode="GOVERNANCE", ObjectLockRetainUntilDate=until
    )["VersionId"]
    target = {"Bucket": lockable, "Key": "key", "VersionId": id}

    assert s3.head_object(Bucket=lockable, Key="key")["ObjectLockRetainUntilDate"] == until
    assert s3.get_object_retention(**target)["Retention"] == {"Mode": "GOVERNANCE", "RetainUntilDate": until}
    refused("AccessDenied", s3.delete_object, **target)
    s3.put_object_legal_hold(**target, LegalHold={"Status": "ON"})
    assert s3.get_object_legal_hold(**target)["LegalHold"]["Status"] == "ON"
    refused("AccessDenied", s3.delete_object, **target, BypassGovernanceRetention=True)
    s3.put_object_legal_hold(**target, LegalHold={"Status": "OFF"})
    s3.delete_object(**target, BypassGovernanceRetention=True)
    s3.delete_bucket(Bucket=lockable)


@verifies("Object lock: compliance is kept", "PutObjectRetention: only longer")
def test_compliance(s3, lockable, refused):
    id = s3.put_object(Bucket=lockable, Key="key", Body=b"x")["VersionId"]
    target = {"Bucket": lockable, "Key": "key", "VersionId": id}
    until = tomorrow()
    s3.put_object_retention(**target, Retention={"Mode": "COMPLIANCE", "RetainUntilDate": until})

    refused("AccessDenied", s3.delete_object, **target, BypassGovernanceRetention=True)
    earlier = {"Mode": "COMPLIANCE", "RetainUntilDate": until - timedelta(hours=1)}
    refused("AccessDenied", s3.put_object_retention, **target, Retention=earlier)
    later = {"Mode": "COMPLIANCE", "RetainUntilDate": until + timedelta(hours=1)}
    s3.put_object_retention(**target, Retention=later)
    assert s3.get_object_retention(**target)["Retention"] == later


@verifies("PutObjectLockConfiguration: default retention")
def test_default_retention(s3, lockable, refused):
    rule = {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 2}}
    configuration = {"ObjectLockEnabled": "Enabled", "Rule": rule}
    s3.put_object_lock_configuration(Bucket=lockable, ObjectLockConfiguration=configuration)

    s3.put_object(Bucket=lockable, Key="key", Body=b"x")

    assert s3.get_object_lock_configuration(Bucket=lockable)["ObjectLockConfiguration"] == configuration
    retention = s3.get_object_retention(Bucket=lockable, Key="key")["Retention"]
    assert retention["Mode"] == "GOVERNANCE"
    assert timedelta(days=1.9) < retention["RetainUntilDate"] - datetime.now(timezone.utc) < timedelta(days=2.1)
    suspended = {"Status": "Suspended"}
    refused("InvalidBucketState", s3.put_bucket_versioning, Bucket=lockable, VersioningConfiguration=suspended)


@verifies("GetObjectLockConfiguration: none")
def test_no_lock(s3, bucket, refused):
    refused("ObjectLockConfigurationNotFoundError", s3.get_object_lock_configuration, Bucket=bucket)


@verifies("PutObjectTagging: kept and given back", "DeleteObjectTagging: gone", "PutObject: tags", "PutObjectTagging: limits")
def test_tags(s3, bucket, refused):
    s3.put_object(Bucket=bucket, Key="key", Body=b"x", Tagging="colour=blue&size=")
    assert s3.get_object(Bucket=bucket, Key="key")["TagCount"] == 2
    assert s3.get_object_tagging(Bucket=bucket, Key="key")["TagSet"] == [
        {"Key": "colour", "Value": "blue"}, {"Key": "size", "Value": ""}]

    s3.put_object_tagging(Bucket=bucket, Key="key", Tagging={"TagSet": [{"Key": "a", "Value": "b c"}]})
    assert s3.get_object_tagging(Bucket=bucket, Key="key")["TagSet"] == [{"Key": "a", "Value": "b c"}]
    many = {"TagSet": [{"Key": f"k{number}", "Value": "v"} for number in range(11)]}
    refused("BadRequest", s3.put_object_tagging, Bucket=bucket, Key="key", Tagging=many)
    twice = {"TagSet": [{"Key": "k", "Value": "v"}, {"Key": "k", "Value": "w"}]}
    refused("InvalidTag", s3.put_object_tagging, Bucket=bucket, Key="key", Tagging=twice)
    s3.delete_object_tagging(Bucket=bucket, Key="key")
    assert s3.get_object_tagging(Bucket=bucket, Key="key")["TagSet"] == []


@verifies("PutBucketTagging: kept and given back", "DeleteBucketTagging: gone")
def test_bucket_tags(s3, bucket, refused):
    refused("NoSuchTagSet", s3.get_bucket_tagging, Bucket=bucket)
    s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": [{"Key": "team", "Value": "web"}]})
    assert s3.get_bucket_tagging(Bucket=bucket)["TagSet"] == [{"Key": "team", "Value": "web"}]

    s3.delete_bucket_tagging(Bucket=bucket)

    refused("NoSuchTagSet", s3.get_bucket_tagging, Bucket=bucket)
