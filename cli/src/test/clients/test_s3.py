"""boto3 with its default settings: checksums on, virtual hosts or paths as it likes."""

import hashlib
import os
import urllib.request

import pytest
from botocore.exceptions import ClientError


def error_code(raised):
    return raised.value.response["Error"]["Code"]


def test_seeded_object_is_there(s3):
    answer = s3.get_object(Bucket="seeded", Key="hello.txt")

    assert answer["Body"].read() == b"hello, clients"
    assert answer["ContentType"] == "text/plain"
    assert answer["Metadata"] == {"origin": "seed"}


def test_binary_round_trip_of_twenty_megabytes(s3, bucket):
    content = os.urandom(20 * 1024 * 1024)

    put = s3.put_object(Bucket=bucket, Key="big/ä ö+%20.bin", Body=content, Metadata={"name": "value"})
    got = s3.get_object(Bucket=bucket, Key="big/ä ö+%20.bin")

    assert put["ETag"] == f'"{hashlib.md5(content).hexdigest()}"'
    assert "ChecksumCRC32" in put or "ChecksumCRC64NVME" in put
    assert got["Body"].read() == content
    assert got["Metadata"] == {"name": "value"}


def test_files_above_the_threshold_come_in_parts(s3, bucket, tmp_path):
    content = os.urandom(20 * 1024 * 1024 + 17)
    (tmp_path / "up").write_bytes(content)

    s3.upload_file(str(tmp_path / "up"), bucket, "parts", ExtraArgs={"ContentType": "video/mp4"})
    s3.download_file(bucket, "parts", str(tmp_path / "down"))
    s3.copy({"Bucket": bucket, "Key": "parts"}, bucket, "copy")
    head = s3.head_object(Bucket=bucket, Key="parts", PartNumber=1)

    assert (tmp_path / "down").read_bytes() == content
    assert s3.get_object(Bucket=bucket, Key="copy")["Body"].read() == content
    assert head["PartsCount"] == 3
    assert head["ETag"].endswith('-3"')
    assert head["ContentType"] == "video/mp4"
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=bucket)


def test_checksum_comes_back_and_is_verified_by_the_client(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"abc", ChecksumAlgorithm="SHA256")

    head = s3.head_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED")

    assert head["ChecksumSHA256"] == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"abc"


def test_ranges_and_conditions(s3, bucket):
    etag = s3.put_object(Bucket=bucket, Key="k", Body=b"0123456789")["ETag"]

    assert s3.get_object(Bucket=bucket, Key="k", Range="bytes=2-4")["Body"].read() == b"234"
    with pytest.raises(ClientError) as not_modified:
        s3.get_object(Bucket=bucket, Key="k", IfNoneMatch=etag)
    assert not_modified.value.response["ResponseMetadata"]["HTTPStatusCode"] == 304
    with pytest.raises(ClientError) as exists:
        s3.put_object(Bucket=bucket, Key="k", Body=b"", IfNoneMatch="*")
    assert error_code(exists) == "PreconditionFailed"


def test_listing_pages_and_prefixes(s3, bucket):
    for number in range(7):
        s3.put_object(Bucket=bucket, Key=f"a/{number}", Body=b"")
    s3.put_object(Bucket=bucket, Key="b", Body=b"")

    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="a/", PaginationConfig={"PageSize": 3})
    keys = [item["Key"] for page in pages for item in page["Contents"]]
    top = s3.list_objects_v2(Bucket=bucket, Delimiter="/")

    assert keys == [f"a/{number}" for number in range(7)]
    assert [prefix["Prefix"] for prefix in top["CommonPrefixes"]] == ["a/"]
    assert [item["Key"] for item in top["Contents"]] == ["b"]


def test_copy_and_batch_delete(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", ContentType="text/x")

    s3.copy_object(Bucket=bucket, Key="copy", CopySource={"Bucket": bucket, "Key": "k"})
    head = s3.head_object(Bucket=bucket, Key="copy")
    gone = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "k"}, {"Key": "copy"}, {"Key": "never"}]})

    assert head["ContentType"] == "text/x"
    assert sorted(item["Key"] for item in gone["Deleted"]) == ["copy", "k", "never"]
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0
    s3.delete_bucket(Bucket=bucket)


def test_errors_have_their_codes(s3, bucket):
    with pytest.raises(ClientError) as no_key:
        s3.get_object(Bucket=bucket, Key="none")
    assert error_code(no_key) == "NoSuchKey"
    with pytest.raises(ClientError) as no_bucket:
        s3.list_objects_v2(Bucket=bucket + "-none")
    assert error_code(no_bucket) == "NoSuchBucket"
    with pytest.raises(ClientError) as not_found:
        s3.head_object(Bucket=bucket, Key="none")
    assert error_code(not_found) == "404"


def test_what_is_not_built_says_so_by_name(s3, bucket):
    with pytest.raises(ClientError) as not_built:
        s3.select_object_content(
            Bucket=bucket, Key="k", Expression="select 1", ExpressionType="SQL",
            InputSerialization={"CSV": {}}, OutputSerialization={"CSV": {}})
    assert error_code(not_built) == "NotImplemented"
    assert "SelectObjectContent" in str(not_built.value)


def test_presigned_urls_read(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"presigned")
    from botocore.config import Config
    import boto3

    signed = boto3.client("s3", config=Config(signature_version="s3v4"))
    url = signed.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "k"}, ExpiresIn=60)

    with urllib.request.urlopen(url, timeout=30) as answer:
        assert answer.read() == b"presigned"
