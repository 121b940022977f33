"""What the suites of the HTTP fronts share. The stack is found as applications find it: by the environment that
`ruststack env` prints. `PACKAGES`, `EXPRESS`, `JAVA_FUNCTION` and `GO_FUNCTION` are folders with what functions bring
along."""

import io
import os
import uuid
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import boto3
import pytest
import requests

ENDPOINT = os.environ["AWS_ENDPOINT_URL"]


@pytest.fixture
def unique():
    return "t" + uuid.uuid4().hex[:12]


@pytest.fixture(scope="session")
def clients():
    return {name: boto3.client(name) for name in ("apigateway", "apigatewayv2", "iam", "lambda")}


@pytest.fixture(scope="session")
def call():
    """Sends a request to a host below the stack's name, which need not resolve."""

    def calling(method, host, path, **options):
        headers = {"Host": f"{host}:{urlsplit(ENDPOINT).port}"} | options.pop("headers", {})
        return requests.request(method, ENDPOINT + path, headers=headers, timeout=30, **options)

    return calling


def package(sources, *folders):
    """A zip with these files, and with all that is in folders."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sources.items():
            archive.writestr(name, content)
        for folder in map(Path, folders):
            for file in sorted(folder.rglob("*")):
                if file.is_file() and "__pycache__" not in file.parts:
                    archive.write(file, file.relative_to(folder))
    return out.getvalue()
