"""Invoke of a trivial function: warm beside the same code over a bare HTTP server, cold beside the interpreter."""

import base64
import io
import json
import os
import statistics
import subprocess
import time
import zipfile
from dataclasses import dataclass

from harness.aws import hash_of, signed
from harness.load import Request, Target, in_turns, median_of
from harness.machine import BenchError
from harness.processes import last_lines
from harness.report import Figure

GROUP = "Lambda"
API = "/2015-03-31/functions"
EVENT = b'{"orderId":"1001","items":[{"name":"parcel","count":2}]}'
JSON = {"Content-Type": "application/json"}
CONCURRENCY = 8
WAIT_SECONDS = 30
# What making or deleting a function leaves to do in the background is none of a start.
SETTLE_SECONDS = 0.3


@dataclass(frozen=True)
class Language:
    """A language: its function in the stack, and what stands beside it."""

    name: str
    function: str
    runtime: str
    handler: str
    source: str
    echo: str
    bare_name: str
    bare_start: tuple


LANGUAGES = (
    Language(
        "Python",
        "echo-python",
        "python3.11",
        "handler.handle",
        "functions/python/handler.py",
        "peers/echo.py",
        "http.server, same code",
        ("-c", "import json, os, sys; os.write(1, b'x')"),
    ),
    Language(
        "Node",
        "echo-node",
        "nodejs20.x",
        "index.handler",
        "functions/node/index.mjs",
        "peers/echo.mjs",
        "node:http, same code",
        ("-e", "require('node:fs').writeSync(1, 'x')"),
    ),
)


def measure(bench, stack):
    for language in LANGUAGES:
        with stack.client() as client:
            question = client.send("lambda", "POST", _path(language.function), b'{"interpreter":true}')
        interpreter = json.loads(question)["path"]
        _warm(bench, stack, language, interpreter)
        _cold(bench, stack, language, interpreter)


def _path(function):
    return f"{API}/{function}/invocations"


def invoke_request(stack, function, event=EVENT):
    """Invoke of a function, signed."""
    url = stack.url + _path(function)
    return Request("POST", url, signed("POST", url, "lambda", stack.keys, JSON, hash_of(event)), event)


def _warm(bench, stack, language, interpreter):
    echo = bench.processes.start(
        [interpreter, bench.assets / language.echo],
        core=bench.cores.server,
        log=f"echo-{language.name}",
        stdout=subprocess.PIPE,
    )
    try:
        _compare_warm(bench, language, _targets(bench, stack, language, echo))
    finally:
        bench.processes.stop(echo)


def _targets(bench, stack, language, echo):
    port = int(echo.stdout.readline() or 0)
    if not port:
        raise BenchError(f"{language.echo} did not start:\n{last_lines(echo)}")
    ours = invoke_request(stack, language.function)
    theirs = Request("POST", f"http://127.0.0.1:{port}/", JSON, EVENT)
    for request in (ours, theirs):
        if json.loads(request.fetch()) != json.loads(EVENT):
            raise BenchError(f"{request.url} does not answer with the event")
    return [
        Target("ruststack", [stack.pid], ours, bench.folder),
        Target("echo", [echo.pid], theirs, bench.folder),
    ]


def _compare_warm(bench, language, targets):
    for connections in (1, CONCURRENCY):
        bench.report.progress(f"{GROUP}: {language.name}, warm, {connections} at a time")
        samples = in_turns(targets, bench.plan, lambda target, seconds: target.run(bench.wrk, connections, seconds))
        ours, theirs = (samples[target.name] for target in targets)
        name = f"{language.name}, warm, c={connections}"
        for suffix, unit, field in (("", "req/s", "per_second"), (" p50", "ms", "p50"), (" p99", "ms", "p99")):
            values = [[getattr(sample, field) for sample in each] for each in (ours, theirs)]
            extra = {"requests": int(median_of(ours, "requests"))}
            bench.report.add(Figure(GROUP, name + suffix, unit, values[0], language.bare_name, values[1], extra))


def _cold(bench, stack, language, interpreter):
    bench.report.progress(f"{GROUP}: {language.name}, cold, {bench.plan.count} functions")
    bare = [interpreter, *language.bare_start]
    package = base64.b64encode(_zip(bench.assets / language.source)).decode()
    ours, theirs = [], []
    with stack.client() as client:
        for number in range(-1, bench.plan.count):
            cold = _first_invocation(client, language, package)
            start = _bare_start(bench.cores, bare)
            if number >= 0:  # The first of each is a rehearsal.
                ours.append(cold)
                theirs.append(start)
    peer = f"{language.name.lower()} {language.bare_start[0]}, first byte"
    for suffix, pick in (("p50", statistics.median), ("p99", _p99)):
        bench.report.add(
            Figure(GROUP, f"{language.name}, cold {suffix}", "ms", [pick(ours)], peer, [pick(theirs)], {"count": len(ours)})
        )


def _p99(values):
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.99))]


def _zip(source):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr(zipfile.ZipInfo(source.name), source.read_bytes())
    return archive.getvalue()


def _first_invocation(client, language, package):
    """Milliseconds of the first invocation of a new function, from its request to its answer."""
    name = f"cold-{os.urandom(8).hex()}"
    function = {
        "FunctionName": name,
        "Runtime": language.runtime,
        "Handler": language.handler,
        "Role": "arn:aws:iam::000000000000:role/bench",
        "Timeout": 30,
        "Code": {"ZipFile": package},
    }
    client.send("lambda", "POST", API, json.dumps(function).encode())
    try:
        _await_active(client, name)
        time.sleep(SETTLE_SECONDS)
        start = time.perf_counter()
        answer = client.send("lambda", "POST", _path(name), EVENT)
        milliseconds = (time.perf_counter() - start) * 1000
        if json.loads(answer) != json.loads(EVENT):
            raise BenchError(f"{name} answered {answer[:200]!r}")
        return milliseconds
    finally:
        client.send("lambda", "DELETE", f"{API}/{name}")


def _await_active(client, name):
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        configuration = json.loads(client.send("lambda", "GET", f"{API}/{name}/configuration"))
        if configuration.get("State") == "Active":
            return
        time.sleep(0.01)
    raise BenchError(f"{name} does not become Active: {configuration}")


def _bare_start(cores, command):
    """Milliseconds from the start of an interpreter, on the server's core, to the first byte that its code writes."""
    time.sleep(SETTLE_SECONDS)
    os.sched_setaffinity(0, {cores.server})
    try:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    finally:
        os.sched_setaffinity(0, {cores.load})
    with process:
        first = process.stdout.read(1)
        milliseconds = (time.perf_counter() - start) * 1000
    if first != b"x":
        raise BenchError(f"{command} did not start")
    return milliseconds
