"""Buckets, objects, copies and lists."""

import hashlib
import os

import pytest

verifies = pytest.mark.verifies


@verifies("CreateBucket: in the stack's region", "HeadBucket: region", "GetBucketLocation: region")
def test_bucket_in_this_region(s3, unique):
    assert s3.create_bucket(Bucket=unique)["Location"] == f"/{unique}"

    assert s3.head_bucket(Bucket=unique)["BucketRegion"] == "us-east-1"
    assert s3.get_bucket_location(Bucket=unique)["LocationConstraint"] is None


@verifies("CreateBucket: in another region", "GetBucketLocation: region")
def test_bucket_in_another_region(unique):
    import boto3

    s3 = boto3.client("s3", region_name="eu-west-1")
    s3.create_bucket(Bucket=unique, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})

    assert s3.get_bucket_location(Bucket=unique)["LocationConstraint"] == "eu-west-1"


@verifies("CreateBucket: wrong names and wrong regions are refused")
def test_refused_buckets(s3, unique, refused):
    elsewhere = {"LocationConstraint": "mars-north-1"}

    refused("InvalidBucketName", s3.create_bucket, Bucket="Capitals." + unique)
    refused("InvalidLocationConstraint", s3.create_bucket, Bucket=unique, CreateBucketConfiguration=elsewhere)


@verifies("ListBuckets: prefix and pages")
def test_list_buckets(s3, unique):
    names = [f"{unique}-{number}" for number in range(3)]
    for name in names:
        s3.create_bucket(Bucket=name)

    pages = list(s3.get_paginator("list_buckets").paginate(Prefix=unique, PaginationConfig={"PageSize": 2}))

    assert [bucket["Name"] for page in pages for bucket in page["Buckets"]] == names
    assert len(pages) == 2


@verifies("DeleteBucket: only when it is empty", "HeadBucket: one that is not there")
def test_delete_bucket(s3, bucket, refused):
    s3.put_object(Bucket=bucket, Key="key", Body=b"x")
    refused("BucketNotEmpty", s3.delete_bucket, Bucket=bucket)
    s3.delete_object(Bucket=bucket, Key="key")

    s3.delete_bucket(Bucket=bucket)

    refused("404", s3.head_bucket, Bucket=bucket)


@verifies("Waiters: buckets and objects come and go")
def test_waiters(s3, bucket):
    quick = {"Delay": 1, "MaxAttempts": 3}
    s3.get_waiter("bucket_exists").wait(Bucket=bucket, WaiterConfig=quick)
    s3.put_object(Bucket=bucket, Key="key", Body=b"x")
    s3.get_waiter("object_exists").wait(Bucket=bucket, Key="key", WaiterConfig=quick)
    s3.delete_object(Bucket=bucket, Key="key")
    s3.get_waiter("object_not_exists").wait(Bucket=bucket, Key="key", WaiterConfig=quick)
    s3.delete_bucket(Bucket=bucket)
    s3.get_waiter("bucket_not_exists").wait(Bucket=bucket, WaiterConfig=quick)


@verifies(
    "PutObject: body, metadata and headers", "GetObject: body, metadata and headers",
    "HeadObject: size, metadata and headers")
def test_round_trip(s3, bucket):
    headers = {
        "ContentType": "text/x-own", "CacheControl": "max-age=7", "ContentDisposition": 'attachment; filename="a b"',
        "ContentLanguage": "de, en", "ContentEncoding": "identity", "Metadata": {"colour": "blue", "empty": ""}}
    put = s3.put_object(Bucket=bucket, Key="key", Body=b"content", **headers)

    got = s3.get_object(Bucket=bucket, Key="key")
    head = s3.head_object(Bucket=bucket, Key="key")

    assert put["ETag"] == got["ETag"] == head["ETag"] == f'"{hashlib.md5(b"content").hexdigest()}"'
    assert got["Body"].read() == b"content"
    assert {name: got[name] for name in headers} == headers
    assert {name: head[name] for name in headers} == headers
    assert head["ContentLength"] == 7 and head["LastModified"] == got["LastModified"]


@verifies("PutObject: keys of any characters")
@pytest.mark.parametrize("key", [
    "ä ö/ü+%20.bin", "a//b/", "/leading", "..", "a/../b", "quote'\"<&>", "\U0001f600/日本", "a?b#c&d=e", "~*()!;:@$,",
    "x" * 1024])
def test_keys(s3, bucket, key):
    s3.put_object(Bucket=bucket, Key=key, Body=key.encode())

    assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == key.encode()
    assert [each["Key"] for each in s3.list_objects_v2(Bucket=bucket)["Contents"]] == [key]


@verifies("PutObject: 20 MB in one request")
def test_large_object(s3, bucket, twenty_megabytes):
    put = s3.put_object(Bucket=bucket, Key="key", Body=twenty_megabytes)

    assert put["ETag"] == f'"{hashlib.md5(twenty_megabytes).hexdigest()}"'
    assert s3.get_object(Bucket=bucket, Key="key")["Body"].read() == twenty_megabytes


@verifies("PutObject: If-None-Match and If-Match")
def test_conditional_put(s3, bucket, refused):
    tag = s3.put_object(Bucket=bucket, Key="key", Body=b"one", IfNoneMatch="*")["ETag"]
    refused("PreconditionFailed", s3.put_object, Bucket=bucket, Key="key", Body=b"two", IfNoneMatch="*")

    s3.put_object(Bucket=bucket, Key="key", Body=b"three", IfMatch=tag)

    refused("PreconditionFailed", s3.put_object, Bucket=bucket, Key="key", Body=b"four", IfMatch=tag)
    refused("NoSuchKey", s3.put_object, Bucket=bucket, Key="none", Body=b"four", IfMatch=tag)
    assert s3.get_object(Bucket=bucket, Key="key")["Body"].read() == b"three"


@verifies("PutObject: Content-MD5")
def test_content_md5(s3, bucket, refused):
    s3.put_object(Bucket=bucket, Key="key", Body=b"abc", ContentMD5="kAFQmDzST7DWlj99KOF/cg==")

    refused("BadDigest", s3.put_object, Bucket=bucket, Key="b", Body=b"abd", ContentMD5="kAFQmDzST7DWlj99KOF/cg==")
    refused("InvalidDigest", s3.put_object, Bucket=bucket, Key="b", Body=b"abc", ContentMD5="nonsense")
    refused("NoSuchKey", s3.get_object, Bucket=bucket, Key="b")


@verifies("PutObject: a storage class")
def test_storage_class(s3, bucket):
    s3.put_object(Bucket=bucket, Key="key", Body=b"x", StorageClass="STANDARD_IA")

    assert s3.head_object(Bucket=bucket, Key="key")["StorageClass"] == "STANDARD_IA"
    assert s3.list_objects_v2(Bucket=bucket)["Contents"][0]["StorageClass"] == "STANDARD_IA"


@verifies("GetObject: ranges")
def test_ranges(s3, bucket, refused):
    s3.put_object(Bucket=bucket, Key="key", Body=b"0123456789")

    def ranged(wanted):
        answer = s3.get_object(Bucket=bucket, Key="key", Range=wanted)
        return answer["Body"].read(), answer["ContentRange"]

    assert ranged("bytes=2-4") == (b"234", "bytes 2-4/10")
    assert ranged("bytes=-3") == (b"789", "bytes 7-9/10")
    assert ranged("bytes=8-100") == (b"89", "bytes 8-9/10")
    refused("InvalidRange", s3.get_object, Bucket=bucket, Key="key", Range="bytes=10-")


@verifies("GetObject: conditions")
def test_conditional_reads(s3, bucket, refused):
    put = s3.put_object(Bucket=bucket, Key="key", Body=b"x")
    modified = s3.head_object(Bucket=bucket, Key="key")["LastModified"]

    refused("304", s3.get_object, Bucket=bucket, Key="key", IfNoneMatch=put["ETag"])
    refused("304", s3.get_object, Bucket=bucket, Key="key", IfModifiedSince=modified)
    refused("PreconditionFailed", s3.get_object, Bucket=bucket, Key="key", IfMatch='"other"')
    assert s3.get_object(Bucket=bucket, Key="key", IfMatch=put["ETag"])["Body"].read() == b"x"
    assert s3.get_object(Bucket=bucket, Key="key", IfUnmodifiedSince=modified)["Body"].read() == b"x"


@verifies("GetObject: headers of the caller's choice")
def test_response_headers(s3, bucket):
    s3.put_object(Bucket=bucket, Key="key", Body=b"x", ContentType="text/plain")

    got = s3.get_object(
        Bucket=bucket, Key="key", ResponseContentType="image/png", ResponseContentDisposition="inline",
        ResponseCacheControl="no-store")

    assert (got["ContentType"], got["ContentDisposition"], got["CacheControl"]) == ("image/png", "inline", "no-store")


@verifies("GetObjectAttributes: size, ETag, checksum")
def test_attributes(s3, bucket):
    s3.put_object(Bucket=bucket, Key="key", Body=b"content", ChecksumAlgorithm="SHA256")

    attributes = s3.get_object_attributes(
        Bucket=bucket, Key="key", ObjectAttributes=["ETag", "Checksum", "ObjectSize", "StorageClass"])

    assert attributes["ObjectSize"] == 7
    assert attributes["ETag"] == "9a0364b9e99bb480dd25e1f0284c8555"
    assert attributes["Checksum"]["ChecksumSHA256"] == "7XACtDnprIRfIjV9giusFERzD722AW0+yUMil7nsn3M="


@verifies("Errors: codes of AWS")
def test_errors(s3, bucket, refused):
    no_key = refused("NoSuchKey", s3.get_object, Bucket=bucket, Key="none")
    no_bucket = refused("NoSuchBucket", s3.list_objects_v2, Bucket=bucket + "-none")
    refused("404", s3.head_object, Bucket=bucket, Key="none")

    assert no_key["Error"]["Key"] == "none" and no_key["Error"]["Message"] == "The specified key does not exist."
    assert no_bucket["Error"]["BucketName"] == bucket + "-none"
    assert no_key["ResponseMetadata"]["RequestId"] and no_key["ResponseMetadata"]["HostId"]


@verifies("Errors: what is not built says so by name")
def test_not_built(s3, bucket, refused):
    error = refused(
        "NotImplemented", s3.select_object_content, Bucket=bucket, Key="k", Expression="select 1", ExpressionType="SQL",
        InputSerialization={"CSV": {}}, OutputSerialization={"CSV": {}})

    assert "SelectObjectContent" in error["Error"]["Message"]


@verifies("DeleteObject: with and without the object", "DeleteObject: If-Match")
def test_delete(s3, bucket, refused):
    s3.put_object(Bucket=bucket, Key="key", Body=b"x")
    refused("PreconditionFailed", s3.delete_object, Bucket=bucket, Key="key", IfMatch='"other"')

    s3.delete_object(Bucket=bucket, Key="key", IfMatch=f'"{hashlib.md5(b"x").hexdigest()}"')
    s3.delete_object(Bucket=bucket, Key="key")

    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


@verifies("DeleteObjects: several keys", "DeleteObjects: a thousand keys, quietly")
def test_delete_many(s3, bucket):
    for number in range(5):
        s3.put_object(Bucket=bucket, Key=f"key{number}", Body=b"x")
    keys = [{"Key": f"key{number}"} for number in range(1000)]

    some = s3.delete_objects(Bucket=bucket, Delete={"Objects": keys[:2] + [{"Key": "<&>"}]})
    quiet = s3.delete_objects(Bucket=bucket, Delete={"Objects": keys, "Quiet": True})

    assert sorted(item["Key"] for item in some["Deleted"]) == ["<&>", "key0", "key1"]
    assert "Deleted" not in quiet and "Errors" not in quiet
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


@verifies("CopyObject: within and between buckets", "CopyObject: metadata kept or replaced",
          "CopyObject: tags kept or replaced")
def test_copy(s3, bucket, unique):
    other = unique + "-other"
    s3.create_bucket(Bucket=other)
    s3.put_object(Bucket=bucket, Key="a ü", Body=b"x", ContentType="text/x", Metadata={"a": "b"}, Tagging="t=1")
    source = {"Bucket": bucket, "Key": "a ü"}

    s3.copy_object(Bucket=bucket, Key="kept", CopySource=source)
    s3.copy_object(
        Bucket=other, Key="replaced", CopySource=source, MetadataDirective="REPLACE", Metadata={"c": "d"},
        TaggingDirective="REPLACE", Tagging="t=2")

    kept = s3.get_object(Bucket=bucket, Key="kept")
    assert (kept["Body"].read(), kept["ContentType"], kept["Metadata"]) == (b"x", "text/x", {"a": "b"})
    assert s3.get_object_tagging(Bucket=bucket, Key="kept")["TagSet"] == [{"Key": "t", "Value": "1"}]
    replaced = s3.get_object(Bucket=other, Key="replaced")
    assert (replaced["ContentType"], replaced["Metadata"]) == ("binary/octet-stream", {"c": "d"})
    assert s3.get_object_tagging(Bucket=other, Key="replaced")["TagSet"] == [{"Key": "t", "Value": "2"}]


@verifies("CopyObject: conditions on the source", "CopyObject: onto itself only with a change")
def test_conditional_copy(s3, bucket, refused):
    tag = s3.put_object(Bucket=bucket, Key="key", Body=b"x")["ETag"]
    source = {"Bucket": bucket, "Key": "key"}

    refused("PreconditionFailed", s3.copy_object, Bucket=bucket, Key="b", CopySource=source, CopySourceIfNoneMatch=tag)
    refused("InvalidRequest", s3.copy_object, Bucket=bucket, Key="key", CopySource=source)
    refused("NoSuchKey", s3.copy_object, Bucket=bucket, Key="b", CopySource={"Bucket": bucket, "Key": "none"})
    s3.copy_object(Bucket=bucket, Key="b", CopySource=source, CopySourceIfMatch=tag)
    s3.copy_object(Bucket=bucket, Key="key", CopySource=source, StorageClass="STANDARD_IA")

    assert s3.head_object(Bucket=bucket, Key="key")["StorageClass"] == "STANDARD_IA"


@pytest.fixture
def filled(s3, bucket):
    for key in [*(f"a/{number}" for number in range(7)), "a/b/c", "b ü+", "c"]:
        s3.put_object(Bucket=bucket, Key=key, Body=b"x")
    return bucket


@verifies("ListObjectsV2: prefix, delimiter, start-after", "ListObjectsV2: keys encoded and not")
def test_list(s3, filled):
    top = s3.list_objects_v2(Bucket=filled, Delimiter="/")
    below = s3.list_objects_v2(Bucket=filled, Delimiter="/", Prefix="a/", StartAfter="a/4", FetchOwner=True)

    assert [each["Prefix"] for each in top["CommonPrefixes"]] == ["a/"]
    assert [each["Key"] for each in top["Contents"]] == ["b ü+", "c"]
    assert [each["Key"] for each in below["Contents"]] == ["a/5", "a/6"]
    assert [each["Prefix"] for each in below["CommonPrefixes"]] == ["a/b/"]
    assert below["KeyCount"] == 3 and "ID" in below["Contents"][0]["Owner"]
    raw = s3.list_objects_v2(Bucket=filled, Prefix="b", EncodingType="url")
    assert raw["Contents"][0]["Key"] == "b%20%C3%BC%2B" or raw["Contents"][0]["Key"] == "b+%C3%BC%2B"


@verifies("ListObjectsV2: pages")
def test_list_pages(s3, filled):
    paginator = s3.get_paginator("list_objects_v2")

    pages = list(paginator.paginate(Bucket=filled, PaginationConfig={"PageSize": 3}))
    grouped = paginator.paginate(Bucket=filled, Delimiter="/", PaginationConfig={"PageSize": 1}).search(
        "[CommonPrefixes[].Prefix, Contents[].Key][] | [?@]")

    keys = [each["Key"] for page in pages for each in page["Contents"]]
    assert len(pages) == 4 and keys == sorted(keys) and len(keys) == 10
    assert list(grouped) == ["a/", "b ü+", "c"]


@verifies("ListObjects: markers and pages")
def test_list_v1(s3, filled):
    pages = list(s3.get_paginator("list_objects").paginate(Bucket=filled, PaginationConfig={"PageSize": 4}))
    grouped = s3.list_objects(Bucket=filled, Delimiter="/", MaxKeys=1)

    assert [len(page["Contents"]) for page in pages] == [4, 4, 2]
    assert (grouped["IsTruncated"], grouped["NextMarker"]) == (True, "a/")


@verifies("RenameObject: 501 by name")
def test_rename(s3, filled, refused):
    refused("NotImplemented", s3.rename_object, Bucket=filled, Key="new", RenameSource="c")
