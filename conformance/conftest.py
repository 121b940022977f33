"""What the suites in Python share: fixtures, and the record of what each test verified.

Every test says by `@pytest.mark.verifies("Operation: feature", …)` which lines of features.txt, or of Lambda features-lambda.txt, it is the check of. The
stack is found as applications find it: by the environment that `ruststack env` prints.
"""

import io
import json
import os
import re
import socket
import subprocess
import sys
import uuid
import zipfile
from importlib.metadata import version
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import ClientError

SUITES = Path(__file__).parent
CLIENTS = {
    "boto3": lambda: version("boto3"),
    "awscli": lambda: version("awscli"),
    "s3cmd": lambda: version("s3cmd"),
    "rclone": lambda: re.search(r"rclone/rclone v(\S+)", (SUITES / "rclone/go.mod").read_text())[1],
    "ansible": lambda: "amazon.aws " + collection("amazon/aws") + ", community.aws " + collection("community/aws"),
}


def collection(name):
    manifest = Path(os.environ["ANSIBLE_COLLECTIONS_PATH"]) / "ansible_collections" / name / "MANIFEST.json"
    return json.loads(manifest.read_text())["collection_info"]["version"]


def pytest_configure(config):
    config.addinivalue_line("markers", "verifies(*features): the lines of the features that the test is the check of")


def pytest_collection_modifyitems(items):
    unmarked = [item.nodeid for item in items if not item.get_closest_marker("verifies")]
    if unmarked:
        raise pytest.UsageError(f"these say not what they verify: {unmarked}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call" or (report.when == "setup" and not report.passed):
        client = item.path.relative_to(SUITES).parts[0]
        result = {"client": client, "version": CLIENTS[client](), "test": item.name, "passed": report.passed}
        with open(os.environ["CONFORMANCE_RESULTS"], "a", encoding="utf-8") as results:
            for feature in item.get_closest_marker("verifies").args:
                results.write(json.dumps(result | {"feature": feature}) + "\n")
    return report


@pytest.fixture(scope="session", autouse=True)
def names_below_localhost():
    """Resolves *.localhost to the loopback address, as RFC 6761 has it; not every C library does."""
    resolve = socket.getaddrinfo

    def resolved(host, *arguments, **options):
        return resolve("127.0.0.1" if str(host).endswith(".localhost") else host, *arguments, **options)

    socket.getaddrinfo = resolved


@pytest.fixture(scope="session")
def s3():
    return boto3.client("s3")


@pytest.fixture
def unique():
    return "t" + uuid.uuid4().hex[:20]


@pytest.fixture
def bucket(s3, unique):
    s3.create_bucket(Bucket=unique)
    return unique


@pytest.fixture
def versioned(s3, bucket):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    return bucket


@pytest.fixture(scope="session")
def port():
    return os.environ["AWS_ENDPOINT_URL"].rsplit(":", 1)[1]


@pytest.fixture(scope="session")
def refused():
    """Asserts that a call is refused with this code, and gives the answer."""

    def refusing(code, call, **arguments):
        with pytest.raises(ClientError) as raised:
            call(**arguments)
        assert raised.value.response["Error"]["Code"] == code
        return raised.value.response

    return refusing


@pytest.fixture
def run(tmp_path):
    """Runs a program in a folder of the test and gives its output; a status other than `status` fails the test."""

    def running(*command, status=0, stdin=None, environment=None):
        done = subprocess.run(
            [str(word) for word in command], capture_output=True, text=True, cwd=tmp_path, timeout=120, input=stdin,
            env=os.environ | (environment or {}))
        assert done.returncode == status, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout if status == 0 else done.stdout + done.stderr

    return running


@pytest.fixture(scope="session")
def twenty_megabytes():
    return os.urandom(20 * 1024 * 1024 + 17)


PYTHON = "python{}.{}".format(*sys.version_info)
ROLE = "arn:aws:iam::000000000000:role/any"


@pytest.fixture(scope="session")
def package():
    """Makes a zip of these files."""

    def packing(files):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return out.getvalue()

    return packing


@pytest.fixture(scope="session")
def awslambda():
    return boto3.client("lambda")


@pytest.fixture
def function(awslambda, unique, package):
    """Makes a function in Python, app.handler of this code, and gives its name; deletes it when the test is over."""
    made = []

    def making(code="def handler(event, context): return event", name=None, **settings):
        name = name or f"{unique}-{len(made)}"
        awslambda.create_function(**{
            "FunctionName": name, "Runtime": PYTHON, "Handler": "app.handler", "Role": ROLE, "Timeout": 20,
            "Code": {"ZipFile": package({"app.py": code})}} | settings)
        made.append(name)
        awslambda.get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
        return name

    yield making
    for name in made:
        try:
            awslambda.delete_function(FunctionName=name)
        except ClientError:
            pass  # The test deleted it.
