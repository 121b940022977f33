"""Answers with its event; on request, with the interpreter that it runs on. Over HTTP it answers briefly."""

import json
import sys


def handle(event, context):
    if event.get("interpreter"):
        return json.loads(json.dumps({"path": sys.executable}))
    if "requestContext" in event:
        return {"statusCode": 200, "body": json.dumps(event) if event.get("rawPath", event.get("path")) == "/event" else "{}"}
    return event
