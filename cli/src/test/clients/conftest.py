"""The clients find the stack as applications do: by the environment that `ruststack env` prints."""

import json
import subprocess
import sys
import uuid
from pathlib import Path

import boto3
import pytest


@pytest.fixture
def s3():
    return boto3.client("s3")


@pytest.fixture
def dynamodb():
    return boto3.client("dynamodb")


@pytest.fixture
def lambda_client():
    return boto3.client("lambda")


@pytest.fixture
def unique():
    return "t" + uuid.uuid4().hex[:20]


@pytest.fixture
def bucket(s3, unique):
    s3.create_bucket(Bucket=unique)
    return unique


@pytest.fixture
def aws(tmp_path):
    """Runs the AWS CLI and gives its JSON, or its text; a status other than `status` fails the test."""

    def run(*arguments, status=0, text=False):
        command = [str(Path(sys.executable).parent / "aws"), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=120)
        assert done.returncode == status, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        if status != 0:
            return done.stderr
        return done.stdout if text or not done.stdout.strip() else json.loads(done.stdout)

    return run
