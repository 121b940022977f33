"""Measures from within the cluster, as an application would: prints one JSON document of milliseconds."""

import base64
import contextlib
import http.client
import json
import os
import re
import sys
import time
from urllib.parse import urlsplit

from harness.aws import Client, Keys

API = "/2015-03-31/functions"
EVENT = b'{"orderId":"1001","items":[{"name":"parcel","count":2}]}'
INIT = re.compile(r"Init Duration: ([0-9.]+) ms")
REHEARSALS = 20


def main(command, *arguments):
    keys = Keys(os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"], os.environ["AWS_REGION"])
    with contextlib.closing(Client(os.environ["AWS_ENDPOINT_URL"], keys)) as client:
        print(json.dumps({"warm": warm, "cold": cold}[command](client, *arguments)))


def warm(client, count, peer):
    """Invocations of a function that is warm, and the same code over bare HTTP in a pod of its own, in turns."""
    netloc = urlsplit(peer).netloc
    ours, theirs = [], []
    with contextlib.closing(http.client.HTTPConnection(netloc, timeout=30)) as bare:
        for number in range(int(count) + REHEARSALS):
            ours.append(_timed(lambda: client.send("lambda", "POST", f"{API}/echo/invocations", EVENT)))
            theirs.append(_timed(lambda: _post(bare)))
    return {"ours": ours[REHEARSALS:], "theirs": theirs[REHEARSALS:]}


def _post(connection):
    connection.request("POST", "/", EVENT, {"Content-Type": "application/json"})
    return connection.getresponse().read()


def _timed(call):
    began = time.perf_counter()
    answer = call()
    milliseconds = (time.perf_counter() - began) * 1000
    if json.loads(answer) != json.loads(EVENT):
        sys.exit(f"answered {answer[:200]!r}")
    return milliseconds


def cold(client, count, runtime, pause, package):
    """First invocations of new functions, and of each the part that the function's own init took."""
    totals, inits = [], []
    for number in range(int(count)):
        time.sleep(float(pause))
        name = f"cold-{os.urandom(6).hex()}"
        function = {
            "FunctionName": name,
            "Runtime": runtime,
            "Handler": "handler.handle",
            "Role": "arn:aws:iam::000000000000:role/bench",
            "Timeout": 30,
            "Code": {"ZipFile": package},
        }
        client.send("lambda", "POST", API, json.dumps(function).encode())
        while json.loads(client.send("lambda", "GET", f"{API}/{name}/configuration")).get("State") != "Active":
            time.sleep(0.01)
        headers = {"X-Amz-Log-Type": "Tail"}
        began = time.perf_counter()
        answer, log = client.exchange("lambda", "POST", f"{API}/{name}/invocations", EVENT, headers)
        totals.append((time.perf_counter() - began) * 1000)
        if json.loads(answer) != json.loads(EVENT):
            sys.exit(f"answered {answer[:200]!r}")
        init = INIT.search(base64.b64decode(log["X-Amz-Log-Result"]).decode())
        inits.append(float(init[1]))
        client.send("lambda", "DELETE", f"{API}/{name}")
    return {"totals": totals, "inits": inits}


main(*sys.argv[1:])
