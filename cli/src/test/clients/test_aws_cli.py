"""The AWS CLI, unmodified, with its default settings."""

import json


def test_s3_commands(aws, tmp_path, unique):
    (tmp_path / "file.txt").write_text("from the command line")

    aws("s3", "mb", f"s3://{unique}", text=True)
    aws("s3", "cp", "file.txt", f"s3://{unique}/dir/file.txt", text=True)
    listed = aws("s3", "ls", f"s3://{unique}/dir/", text=True)
    aws("s3", "cp", f"s3://{unique}/dir/file.txt", "back.txt", text=True)
    aws("s3", "sync", f"s3://{unique}", "synced", text=True)
    aws("s3", "rm", f"s3://{unique}", "--recursive", text=True)
    aws("s3", "rb", f"s3://{unique}", text=True)

    assert "file.txt" in listed
    assert (tmp_path / "back.txt").read_text() == "from the command line"
    assert (tmp_path / "synced/dir/file.txt").read_text() == "from the command line"


def test_large_files_are_copied_in_parts(aws, tmp_path, unique):
    content = bytes(range(256)) * 80_000
    (tmp_path / "large").write_bytes(content)
    aws("s3", "mb", f"s3://{unique}", text=True)

    aws("s3", "cp", "large", f"s3://{unique}/large", text=True)
    aws("s3", "cp", f"s3://{unique}/large", "back", text=True)
    head = aws("s3api", "head-object", "--bucket", unique, "--key", "large", "--part-number", "1")

    assert (tmp_path / "back").read_bytes() == content
    assert head["PartsCount"] == 3
    aws("s3", "rb", "--force", f"s3://{unique}", text=True)


def test_s3api_commands(aws):
    assert aws("s3api", "head-object", "--bucket", "seeded", "--key", "hello.txt")["ContentLength"] == 14
    assert "NoSuchBucket" in aws("s3api", "list-objects-v2", "--bucket", "not-there", status=255)


def test_dynamodb_commands(aws):
    assert "seeded" in aws("dynamodb", "list-tables")["TableNames"]
    assert aws("dynamodb", "get-item", "--table-name", "seeded", "--key", '{"pk": {"S": "2"}}')["Item"]["colour"] == {
        "S": "blue"
    }


def test_lambda_commands(aws, tmp_path):
    names = [function["FunctionName"] for function in aws("lambda", "list-functions")["Functions"]]
    (tmp_path / "event.json").write_text('{"a": 1}')
    meta = aws("lambda", "invoke", "--function-name", "echo-python", "--payload", "file://event.json", "out.json")

    assert {"echo-python", "echo-node"} <= set(names)
    assert meta["StatusCode"] == 200
    assert json.loads((tmp_path / "out.json").read_text())["event"] == {"a": 1}


def test_identity(aws):
    assert aws("sts", "get-caller-identity")["Account"] == "000000000000"
