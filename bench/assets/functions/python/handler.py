"""Answers with its event; on request, with the interpreter that it runs on."""

import json
import sys


def handle(event, context):
    if event.get("interpreter"):
        return json.loads(json.dumps({"path": sys.executable}))
    return event
