"""Checksums, framings and uploads in parts."""

import base64
import hashlib
import io
import threading
import zlib

import boto3
import pytest
from boto3.s3.transfer import TransferConfig
from botocore.config import Config

verifies = pytest.mark.verifies
MIB = 1024 * 1024


@verifies("PutObject: CRC32")
def test_crc32(s3, bucket, refused):
    checksum = base64.b64encode(zlib.crc32(b"content").to_bytes(4, "big")).decode()

    assert s3.put_object(Bucket=bucket, Key="key", Body=b"content", ChecksumAlgorithm="CRC32")["ChecksumCRC32"] == checksum

    head = s3.head_object(Bucket=bucket, Key="key", ChecksumMode="ENABLED")
    assert (head["ChecksumCRC32"], head["ChecksumType"]) == (checksum, "FULL_OBJECT")
    refused("BadDigest", s3.put_object, Bucket=bucket, Key="none", Body=b"other", ChecksumCRC32=checksum)
    refused("NoSuchKey", s3.get_object, Bucket=bucket, Key="none")


@pytest.mark.parametrize("algorithm", [
    pytest.param(name, marks=verifies(f"PutObject: {name}")) for name in ("SHA1", "SHA256")])
def test_sha(s3, bucket, algorithm, refused):
    member = f"Checksum{algorithm}"
    checksum = base64.b64encode(hashlib.new(algorithm, b"content").digest()).decode()

    assert s3.put_object(Bucket=bucket, Key="key", Body=b"content", ChecksumAlgorithm=algorithm)[member] == checksum

    assert s3.head_object(Bucket=bucket, Key="key", ChecksumMode="ENABLED")[member] == checksum
    refused("BadDigest", s3.put_object, Bucket=bucket, Key="none", Body=b"other", **{member: checksum})


@pytest.mark.parametrize(("member", "checksum"), [
    pytest.param("CRC32C", "4waSgw==", marks=verifies("PutObject: CRC32C")),
    pytest.param("CRC64NVME", "rosUhgp5mIg=", marks=verifies("PutObject: CRC64NVME"))])
def test_given_crcs(s3, bucket, member, checksum, refused):
    member = f"Checksum{member}"

    assert s3.put_object(Bucket=bucket, Key="key", Body=b"123456789", **{member: checksum})[member] == checksum

    assert s3.head_object(Bucket=bucket, Key="key", ChecksumMode="ENABLED")[member] == checksum
    refused("BadDigest", s3.put_object, Bucket=bucket, Key="none", Body=b"other", **{member: checksum})


@verifies("PutObject: CRC64NVME is made where none was sent")
def test_default_checksum(bucket):
    silent = boto3.client("s3", config=Config(request_checksum_calculation="when_required"))
    silent.put_object(Bucket=bucket, Key="key", Body=b"123456789")

    head = silent.head_object(Bucket=bucket, Key="key", ChecksumMode="ENABLED")

    assert head["ChecksumCRC64NVME"] == "rosUhgp5mIg="


@verifies("PutObject: aws-chunked with a trailer", "Addresses: TLS")
def test_trailer(bucket, port):
    secure = boto3.client("s3", endpoint_url=f"https://127.0.0.1:{port}", verify=False)

    secure.upload_fileobj(io.BytesIO(b"abc" * MIB), bucket, "key")

    got = secure.get_object(Bucket=bucket, Key="key", ChecksumMode="ENABLED")
    assert got["Body"].read() == b"abc" * MIB
    assert got["ChecksumCRC32"] == base64.b64encode(zlib.crc32(b"abc" * MIB).to_bytes(4, "big")).decode()
    assert "ContentEncoding" not in got


@verifies("GetObject: checksum compared by the client")
def test_checksum_compared(s3, bucket):
    s3.put_object(Bucket=bucket, Key="key", Body=b"content", ChecksumAlgorithm="SHA256")

    got = s3.get_object(Bucket=bucket, Key="key", ChecksumMode="ENABLED")

    assert got["Body"].read() == b"content"
    assert type(got["Body"]).__name__ == "StreamingChecksumBody"


@verifies(
    "CreateMultipartUpload: metadata", "CreateMultipartUpload: tags and type", "UploadPart: parts in any order", "ListParts: parts of an upload",
    "CompleteMultipartUpload: ETag of parts", "GetObject: by part number", "GetObjectAttributes: parts")
def test_parts(s3, bucket, twenty_megabytes):
    parts = [twenty_megabytes[: 5 * MIB], twenty_megabytes[5 * MIB : 10 * MIB], b"last"]
    id = s3.create_multipart_upload(
        Bucket=bucket, Key="key", Metadata={"a": "b"}, ContentType="video/mp4", Tagging="t=1",
        ChecksumAlgorithm="CRC32")["UploadId"]
    target = {"Bucket": bucket, "Key": "key", "UploadId": id}
    done = {}
    for number in (3, 1, 2):
        put = s3.upload_part(**target, PartNumber=number, Body=parts[number - 1], ChecksumAlgorithm="CRC32")
        done[number] = {"PartNumber": number, "ETag": put["ETag"], "ChecksumCRC32": put["ChecksumCRC32"]}
    pages = list(s3.get_paginator("list_parts").paginate(**target, PaginationConfig={"PageSize": 2}))
    complete = s3.complete_multipart_upload(**target, MultipartUpload={"Parts": [done[n] for n in (1, 2, 3)]})

    digests = b"".join(hashlib.md5(part).digest() for part in parts)
    assert [part["Size"] for page in pages for part in page["Parts"]] == [5 * MIB, 5 * MIB, 4]
    assert complete["ETag"] == f'"{hashlib.md5(digests).hexdigest()}-3"'
    got = s3.get_object(Bucket=bucket, Key="key")
    assert got["Body"].read() == b"".join(parts)
    assert (got["Metadata"], got["ContentType"], got["TagCount"]) == ({"a": "b"}, "video/mp4", 1)
    last = s3.get_object(Bucket=bucket, Key="key", PartNumber=3)
    assert (last["Body"].read(), last["PartsCount"]) == (b"last", 3)
    attributes = s3.get_object_attributes(Bucket=bucket, Key="key", ObjectAttributes=["ObjectParts", "Checksum"])
    assert attributes["ObjectParts"]["TotalPartsCount"] == 3
    assert attributes["Checksum"]["ChecksumType"] == "COMPOSITE"
    assert [part["Size"] for part in attributes["ObjectParts"]["Parts"]] == [5 * MIB, 5 * MIB, 4]


@verifies("CompleteMultipartUpload: wrong, small and unordered parts are refused", "AbortMultipartUpload: parts are gone")
def test_wrong_parts(s3, bucket, refused):
    id = s3.create_multipart_upload(Bucket=bucket, Key="key")["UploadId"]
    target = {"Bucket": bucket, "Key": "key", "UploadId": id}
    parts = [
        {"PartNumber": n, "ETag": s3.upload_part(**target, PartNumber=n, Body=b"small")["ETag"]} for n in (1, 2)]

    def complete(*chosen):
        return {**target, "MultipartUpload": {"Parts": list(chosen)}}

    refused("EntityTooSmall", s3.complete_multipart_upload, **complete(*parts))
    refused("InvalidPartOrder", s3.complete_multipart_upload, **complete(parts[1], parts[0]))
    refused("InvalidPart", s3.complete_multipart_upload, **complete({"PartNumber": 7, "ETag": '"x"'}))
    refused("InvalidArgument", s3.upload_part, **target, PartNumber=10001, Body=b"x")
    s3.abort_multipart_upload(**target)
    refused("NoSuchUpload", s3.list_parts, **target)
    refused("NoSuchUpload", s3.upload_part, **target, PartNumber=1, Body=b"x")
    refused("NoSuchKey", s3.get_object, Bucket=bucket, Key="key")


@verifies("CompleteMultipartUpload: If-None-Match")
def test_conditional_complete(s3, bucket, refused):
    id = s3.create_multipart_upload(Bucket=bucket, Key="key")["UploadId"]
    target = {"Bucket": bucket, "Key": "key", "UploadId": id}
    tag = s3.upload_part(**target, PartNumber=1, Body=b"parts")["ETag"]
    s3.put_object(Bucket=bucket, Key="key", Body=b"there before")
    parts = {"Parts": [{"PartNumber": 1, "ETag": tag}]}

    with pytest.raises(s3.exceptions.ClientError) as raised:
        s3.complete_multipart_upload(**target, MultipartUpload=parts, IfNoneMatch="*")

    assert raised.value.response["Error"]["Code"] in ("PreconditionFailed", "ConditionalRequestConflict")
    assert s3.get_object(Bucket=bucket, Key="key")["Body"].read() == b"there before"


@verifies("CompleteMultipartUpload: full-object checksums")
def test_full_object_checksum(s3, bucket):
    id = s3.create_multipart_upload(
        Bucket=bucket, Key="key", ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECT")["UploadId"]
    target = {"Bucket": bucket, "Key": "key", "UploadId": id}
    contents = [b"a" * 5 * MIB, b"b"]
    parts = []
    for number, content in enumerate(contents, 1):
        put = s3.upload_part(**target, PartNumber=number, Body=content, ChecksumAlgorithm="CRC32")
        parts.append({"PartNumber": number, "ETag": put["ETag"], "ChecksumCRC32": put["ChecksumCRC32"]})
    whole = base64.b64encode(zlib.crc32(b"".join(contents)).to_bytes(4, "big")).decode()

    complete = s3.complete_multipart_upload(
        **target, MultipartUpload={"Parts": parts}, ChecksumCRC32=whole, ChecksumType="FULL_OBJECT")

    assert (complete["ChecksumCRC32"], complete["ChecksumType"]) == (whole, "FULL_OBJECT")
    assert s3.get_object(Bucket=bucket, Key="key")["Body"].read() == b"".join(contents)


@verifies("UploadPartCopy: whole objects and ranges")
def test_part_copies(s3, bucket, twenty_megabytes):
    s3.put_object(Bucket=bucket, Key="source ü", Body=twenty_megabytes)
    id = s3.create_multipart_upload(Bucket=bucket, Key="key")["UploadId"]
    target = {"Bucket": bucket, "Key": "key", "UploadId": id}
    source = {"Bucket": bucket, "Key": "source ü"}
    whole = s3.upload_part_copy(**target, PartNumber=1, CopySource=source)["CopyPartResult"]["ETag"]
    ranged = s3.upload_part_copy(**target, PartNumber=2, CopySource=source, CopySourceRange="bytes=1-3")
    parts = [{"PartNumber": 1, "ETag": whole}, {"PartNumber": 2, "ETag": ranged["CopyPartResult"]["ETag"]}]

    s3.complete_multipart_upload(**target, MultipartUpload={"Parts": parts})

    assert s3.get_object(Bucket=bucket, Key="key")["Body"].read() == twenty_megabytes + twenty_megabytes[1:4]


@verifies("ListMultipartUploads: prefixes and pages")
def test_list_uploads(s3, bucket):
    for key in ("a/1", "a/2", "b"):
        s3.create_multipart_upload(Bucket=bucket, Key=key)

    pages = list(s3.get_paginator("list_multipart_uploads").paginate(Bucket=bucket, PaginationConfig={"PageSize": 2}))
    grouped = s3.list_multipart_uploads(Bucket=bucket, Delimiter="/")

    assert [upload["Key"] for page in pages for upload in page["Uploads"]] == ["a/1", "a/2", "b"]
    assert [each["Prefix"] for each in grouped["CommonPrefixes"]] == ["a/"]
    assert [upload["Key"] for upload in grouped["Uploads"]] == ["b"]


@verifies("Transfers: upload in parts", "Transfers: download in parallel ranges", "Transfers: copy in parts")
def test_transfer(s3, bucket, tmp_path, twenty_megabytes):
    (tmp_path / "up").write_bytes(twenty_megabytes)
    parallel = TransferConfig(multipart_threshold=6 * MIB, multipart_chunksize=5 * MIB, max_concurrency=4)
    seen, lock = [], threading.Lock()

    def progress(count):
        with lock:
            seen.append(count)

    s3.upload_file(
        str(tmp_path / "up"), bucket, "parts", Config=parallel, Callback=progress,
        ExtraArgs={"ContentType": "video/mp4", "ChecksumAlgorithm": "SHA256"})
    s3.download_file(bucket, "parts", str(tmp_path / "down"), Config=parallel)
    s3.copy({"Bucket": bucket, "Key": "parts"}, bucket, "copy", Config=parallel)

    head = s3.head_object(Bucket=bucket, Key="parts", PartNumber=1)
    assert (tmp_path / "down").read_bytes() == twenty_megabytes
    assert s3.get_object(Bucket=bucket, Key="copy")["Body"].read() == twenty_megabytes
    assert (head["PartsCount"], head["ContentType"]) == (5, "video/mp4")
    assert sum(seen) == len(twenty_megabytes)
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=bucket)
