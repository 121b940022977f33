"""Ansible's modules for functions and what is around them, as they are published."""

import json
import os
import subprocess
import sys
from pathlib import Path

from conftest import ENDPOINT, package

APPLICATION = """
import json
def handler(event, context):
    answer = {"says": "SAYS"}
    return {"statusCode": 200, "body": json.dumps(answer)} if "httpMethod" in event else answer
"""


def test_function_with_its_role_alias_policy_and_api(tmp_path, unique):
    for says in ("one", "two"):
        (tmp_path / f"{says}.zip").write_bytes(package({"app.py": APPLICATION.replace("SAYS", says)}))
    variables = {"called_by": unique, "folder": str(tmp_path), "endpoint": ENDPOINT,
                 "runtime": "python{}.{}".format(*sys.version_info), "ansible_python_interpreter": sys.executable}
    done = subprocess.run(
        [os.environ.get("ANSIBLE_PLAYBOOK", "ansible-playbook"), "-i", "localhost,", "-c", "local",
         "-e", json.dumps(variables), str(Path(__file__).parent / "function.yml")],
        cwd=tmp_path, capture_output=True, text=True, timeout=300,
        env=os.environ | {"ANSIBLE_LOCALHOST_WARNING": "False", "ANSIBLE_HOME": str(tmp_path / "ansible")})
    assert done.returncode == 0, done.stdout + done.stderr
