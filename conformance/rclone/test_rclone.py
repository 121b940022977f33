"""rclone, with the remote that docs/clients.md shows."""

import json
import os

import pytest
import requests

verifies = pytest.mark.verifies


@pytest.fixture
def rclone(run, tmp_path, port):
    """With two remotes: as if the stack were AWS, which rclone takes to speak TLS, and as any other S3."""
    configuration = tmp_path / "rclone.conf"
    common = ["type = s3", "env_auth = true", "region = us-east-1"]
    configuration.write_text("\n".join([
        "[stack]", *common, "provider = AWS", f"endpoint = https://127.0.0.1:{port}",
        "[plain]", *common, "provider = Other", f"endpoint = http://127.0.0.1:{port}", ""]))
    return lambda *words, **options: run(
        os.environ["RCLONE"], "--config", configuration, "--no-check-certificate", "--retries", "1", *words, **options)


@pytest.fixture
def tree(tmp_path):
    for name in ("a.txt", "dir/b ü.txt", "dir/c+d.bin", "empty"):
        (tmp_path / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tree" / name).write_text("" if name == "empty" else name)
    return tmp_path / "tree"


def names(folder):
    return {str(file.relative_to(folder)): file.read_text() for file in folder.rglob("*") if file.is_file()}


@verifies("rclone: mkdir, lsd, rmdir, purge", "CreateBucket: in the stack's region")
def test_buckets(rclone, unique, tree):
    rclone("mkdir", f"stack:{unique}")
    assert unique in rclone("lsd", "stack:")
    rclone("rmdir", f"stack:{unique}")
    rclone("copy", "tree", f"stack:{unique}/t")
    rclone("purge", f"stack:{unique}")
    assert unique not in rclone("lsd", "stack:")


@verifies("rclone: copy, sync, check, by time and by checksum", "PutObject: body, metadata and headers",
          "GetObject: body, metadata and headers")
def test_sync(rclone, bucket, tree, tmp_path):
    remote = f"stack:{bucket}/t"
    rclone("copy", "tree", remote)
    rclone("check", "tree", remote)
    rclone("check", "--download", "tree", remote)
    rclone("copy", remote, "back")
    assert names(tmp_path / "back") == names(tree)
    assert json.loads(rclone("copy", "--checksum", "--use-json-log", "-v", "--stats-one-line", "tree", remote) or "{}") == {}

    (tree / "a.txt").write_text("changed")
    (tree / "empty").unlink()
    assert "1 differences" in rclone("check", "--one-way", "tree", remote, status=1)
    rclone("sync", "--checksum", "tree", remote)
    rclone("check", "--checksum", "tree", remote)
    assert sorted(rclone("lsf", "-R", "--files-only", remote).split("\n")[:-1]) == sorted(names(tree))


@verifies("rclone: modification times and metadata", "CopyObject: metadata kept or replaced")
def test_metadata(rclone, s3, bucket, tree):
    os.utime(tree / "a.txt", (1_500_000_000, 1_500_000_000))
    rclone("copyto", "--metadata", "--metadata-set", "colour=blue", "--header-upload", "Cache-Control: max-age=7",
           "tree/a.txt", f"stack:{bucket}/key")
    assert s3.head_object(Bucket=bucket, Key="key")["CacheControl"] == "max-age=7"
    rclone("touch", "--timestamp", "2020-01-02T03:04:05", f"stack:{bucket}/key")

    listed = json.loads(rclone("lsjson", "--metadata", "--hash", f"stack:{bucket}/key"))[0]
    head = s3.head_object(Bucket=bucket, Key="key")
    assert listed["ModTime"].startswith("2020-01-02T03:04:05")
    assert listed["Metadata"]["colour"] == "blue"
    assert listed["Hashes"]["md5"] == head["ETag"].strip('"')


@verifies("rclone: move and copy on the server, delete", "CopyObject: within and between buckets",
          "ListObjectsV2: prefix, delimiter, start-after")
def test_server_side(rclone, bucket, unique, tree):
    other = f"stack:{unique}-other"
    rclone("mkdir", other)
    rclone("copy", "tree", f"stack:{bucket}/t")
    rclone("copy", f"stack:{bucket}/t", f"{other}/copied")
    rclone("move", f"stack:{bucket}/t/dir", f"{other}/moved")
    rclone("moveto", f"stack:{bucket}/t/a.txt", f"stack:{bucket}/b ü.txt")

    assert rclone("cat", f"stack:{bucket}/b ü.txt") == "a.txt"
    assert sorted(rclone("lsf", f"{other}/moved").split("\n")[:-1]) == ["b ü.txt", "c+d.bin"]
    assert json.loads(rclone("size", "--json", other))["count"] == 6
    rclone("delete", "--include", "*.bin", other)
    assert ".bin" not in rclone("lsf", "-R", other)


@verifies("Transfers: upload in parts", "Transfers: download in parallel ranges", "Transfers: copy in parts")
def test_large_files(rclone, s3, bucket, tmp_path, twenty_megabytes):
    (tmp_path / "large").write_bytes(twenty_megabytes)
    parts = ("--s3-upload-cutoff", "6M", "--s3-chunk-size", "5M", "--s3-upload-concurrency", "4")
    rclone("copyto", *parts, "large", f"stack:{bucket}/large")
    rclone("copyto", "--s3-copy-cutoff", "6M", f"stack:{bucket}/large", f"stack:{bucket}/copy")
    rclone("copyto", "--multi-thread-cutoff", "6M", "--multi-thread-streams", "4", f"stack:{bucket}/copy", "back")

    assert (tmp_path / "back").read_bytes() == twenty_megabytes
    assert s3.head_object(Bucket=bucket, Key="large")["ETag"].endswith('-5"')
    rclone("check", "large", f"stack:{bucket}")


@verifies("rclone: rcat and cat", "PutObject: a stream",
          "PutObject: aws-chunked with a trailer", "Addresses: TLS", "GetObject: ranges")
def test_streams(rclone, bucket):
    rclone("rcat", f"stack:{bucket}/key", stdin="0123456789")

    assert rclone("cat", "--offset", "2", "--count", "3", f"stack:{bucket}/key") == "234"


@verifies("rclone: versions, cleanup-hidden", "ListObjectVersions: versions and markers", "GetObject: by version",
          "DeleteObject: by version", "PutBucketVersioning: enabled")
def test_versions(rclone, bucket):
    rclone("backend", "versioning", f"stack:{bucket}", "Enabled")
    for key in ("one", "two"):
        rclone("rcat", f"stack:{bucket}/{key}", stdin=key)
        rclone("deletefile", f"stack:{bucket}/{key}")

    old = rclone("lsf", "--s3-versions", f"stack:{bucket}").split()
    assert rclone("lsf", f"stack:{bucket}") == "" and len(old) == 2
    assert {rclone("cat", "--s3-versions", f"stack:{bucket}/{name}") for name in old} == {"one", "two"}
    rclone("backend", "cleanup-hidden", f"stack:{bucket}")
    assert rclone("lsf", "--s3-versions", f"stack:{bucket}") == ""


@verifies("rclone: unfinished uploads are listed and cleaned", "ListMultipartUploads: prefixes and pages",
          "AbortMultipartUpload: parts are gone")
def test_uploads(rclone, s3, bucket):
    s3.create_multipart_upload(Bucket=bucket, Key="begun")

    assert "begun" in rclone("backend", "list-multipart-uploads", f"stack:{bucket}")
    rclone("backend", "cleanup", "-o", "max-age=0s", f"stack:{bucket}")
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=bucket)


@verifies("rclone: link", "Presigned URLs: GET")
def test_link(rclone, bucket):
    rclone("rcat", f"stack:{bucket}/a ü", stdin="content")

    assert requests.get(rclone("link", "--expire", "1m", f"plain:{bucket}/a ü").strip()).text == "content"


@verifies("rclone: storage classes", "PutObject: a storage class")
def test_storage_class(rclone, s3, bucket):
    rclone("rcat", "--s3-storage-class", "STANDARD_IA", f"stack:{bucket}/key", stdin="content")
    assert s3.head_object(Bucket=bucket, Key="key")["StorageClass"] == "STANDARD_IA"

    rclone("settier", "ONEZONE_IA", f"stack:{bucket}/key")
    assert s3.head_object(Bucket=bucket, Key="key")["StorageClass"] == "ONEZONE_IA"


@verifies("Errors: codes of AWS")
def test_errors(rclone, bucket):
    assert "directory not found" in rclone("lsf", f"stack:{bucket}-none", status=3)
    assert "object not found" in rclone("deletefile", f"stack:{bucket}/none", status=4)


@verifies("rclone: as any other S3, without TLS", "ListObjects: markers and pages")
def test_plain(rclone, bucket, tree, tmp_path):
    rclone("sync", "tree", f"plain:{bucket}/t")
    rclone("check", "--checksum", "tree", f"plain:{bucket}/t")
    rclone("sync", "--s3-list-chunk", "2", f"plain:{bucket}/t", "back")

    assert names(tmp_path / "back") == names(tree)


@verifies("PutObject: SSE-KMS")
def test_kms(rclone, s3, bucket):
    key = "arn:aws:kms:us-east-1:000000000000:key/own"
    rclone("rcat", "--s3-server-side-encryption", "aws:kms", "--s3-sse-kms-key-id", key, f"stack:{bucket}/key", stdin="x")

    assert s3.head_object(Bucket=bucket, Key="key")["SSEKMSKeyId"] == key


@verifies("PutObject: SSE-C", "GetObject: SSE-C")
def test_customer_keys(rclone, bucket, tree, tmp_path):
    own = ("--s3-sse-customer-algorithm", "AES256", "--s3-sse-customer-key", "k" * 32)
    rclone("copyto", *own, "tree/a.txt", f"stack:{bucket}/key")

    assert rclone("cat", *own, f"stack:{bucket}/key") == "a.txt"
