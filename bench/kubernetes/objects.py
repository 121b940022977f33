"""The objects that a run makes: a namespace, stacks, bare pods, and pods that measure from within."""

import base64
import io
import zipfile
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent
FUNCTION = BENCH / "assets/functions/python/handler.py"
STACK = "ruststack.dev/v1alpha1"
DATABASE_PORT = 8000
DATABASE_COMMAND = [
    *("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.library.path=./DynamoDBLocal_lib"),
    *("-jar", "DynamoDBLocal.jar", "-disableTelemetry", "-inMemory", "-port", str(DATABASE_PORT)),
]


def namespace(name):
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}


def package():
    """The echo function as a package, in Base64."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr(zipfile.ZipInfo(FUNCTION.name), FUNCTION.read_bytes())
    return base64.b64encode(archive.getvalue()).decode()


def config_map(name, texts):
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": texts}


def package_map(name):
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": name},
        "binaryData": {"code.zip": package()},
    }


def stack(name, runtime=None, code=None, pool=0):
    """A stack with a bucket and a table that has an item; with the echo function where its runtime is given."""
    spec = {
        "buckets": [{"name": "bench", "objects": [{"key": "hello.txt", "content": {"text": "hello"}}]}],
        "tables": [
            {
                "name": "bench",
                "billingMode": "PAY_PER_REQUEST",
                "attributeDefinitions": [{"attributeName": "pk", "attributeType": "S"}],
                "keySchema": [{"attributeName": "pk", "keyType": "HASH"}],
                "items": [{"pk": "1", "name": "parcel"}],
            }
        ],
    }
    if runtime:
        spec["functions"] = [
            {
                "name": "echo",
                "runtime": runtime,
                "handler": "handler.handle",
                "timeout": 30,
                "code": {"configMapRef": {"name": code, "key": "code.zip"}},
            }
        ]
    if pool:
        spec["lambda"] = {"warmPool": [{"runtime": runtime, "size": pool}]}
    return {"apiVersion": STACK, "kind": "RustStack", "metadata": {"name": name}, "spec": spec}


def bare_pod(name, image):
    """A pod that does nothing."""
    return _pod(name, {"name": "bare", "image": image, "command": ["sleep", "600"]})


def database_pod(name, image):
    """DynamoDB Local as a stack's pod runs it."""
    return _pod(
        name,
        {
            "name": "dynamodb",
            "image": image,
            "command": DATABASE_COMMAND,
            "workingDir": "/home/dynamodblocal",
            "ports": [{"containerPort": DATABASE_PORT}],
        },
    )


def script_pod(name, image, scripts, arguments, binding):
    """A pod that runs one of the scripts of a ConfigMap, with a stack's binding in its environment."""
    pod = _pod(
        name,
        {
            "name": "script",
            "image": image,
            "command": ["python3", *arguments],
            "workingDir": "/bench",
            "envFrom": [{"secretRef": {"name": binding}}] if binding else [],
            "env": [{"name": "PYTHONDONTWRITEBYTECODE", "value": "1"}, {"name": "PYTHONPATH", "value": "/bench"}],
            "volumeMounts": [{"name": "scripts", "mountPath": "/bench"}],
        },
    )
    pod["spec"]["volumes"] = [{"name": "scripts", "configMap": {"name": scripts, "items": SCRIPT_FILES}}]
    return pod


# A ConfigMap's keys have no slashes.
SCRIPTS = {
    "client.py": BENCH / "assets/cluster/client.py",
    "echo.py": BENCH / "assets/peers/echo.py",
    "harness-init.py": BENCH / "harness/__init__.py",
    "harness-aws.py": BENCH / "harness/aws.py",
    "harness-machine.py": BENCH / "harness/machine.py",
}
SCRIPT_FILES = [{"key": key, "path": key.replace("-init", "/__init__").replace("-", "/")} for key in SCRIPTS]


def scripts(name):
    return config_map(name, {key: file.read_text() for key, file in SCRIPTS.items()})


def _pod(name, container):
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name},
        "spec": {
            "restartPolicy": "Never",
            "automountServiceAccountToken": False,
            "enableServiceLinks": False,
            "terminationGracePeriodSeconds": 0,
            "containers": [container],
        },
    }
