"""The modules of amazon.aws and community.aws. Each playbook says in `verifies` what it is the check of."""

import json
import sys
from pathlib import Path

import pytest
import yaml

FOLDER = Path(__file__).parent / "playbooks"


def playbooks():
    for file in sorted(FOLDER.glob("*.yml")):
        features = yaml.safe_load(file.read_text())[0]["vars"]["verifies"]
        yield pytest.param(file, id=file.stem, marks=pytest.mark.verifies(*features))


@pytest.mark.parametrize("playbook", list(playbooks()))
def test_playbook(run, unique, tmp_path, playbook):
    variables = {"bucket": unique, "folder": str(tmp_path), "ansible_python_interpreter": sys.executable}
    environment = {"ANSIBLE_LOCALHOST_WARNING": "False", "ANSIBLE_HOME": str(tmp_path / "ansible")}

    run("ansible-playbook", "-i", "localhost,", "-c", "local", "-e", json.dumps(variables), playbook,
        environment=environment)
