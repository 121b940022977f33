"""What a function URL and the HTTP fronts add to an invocation: beside Invoke with the event that they make."""

import json
import time

from figures.functions import API, invoke_request
from harness.load import Request, Target, in_turns
from harness.machine import BenchError
from harness.report import Figure

GROUP = "HTTP fronts"
FUNCTION = "echo-python"
WAIT_SECONDS = 10
# Where the function answers with its event, and where it answers briefly.
ASK, PATH = "/event", "/order"
BODY = b'{"orderId":"1001"}'


def measure(bench, stack):
    with stack.client() as client:
        fronts = {"function URL": _function_url(client, stack), "REST v1": (stack.front, {})}
        for name, (url, headers) in fronts.items():
            _measure(bench, stack, name, url, {"Content-Type": "application/json", **headers})


def _function_url(client, stack):
    """Its address by number, for wrk, and the header that says which host is meant."""
    client.send("lambda", "POST", f"/2021-10-31/functions/{FUNCTION}/url", b'{"AuthType":"NONE"}')
    for action in ("InvokeFunctionUrl", "InvokeFunction"):
        statement = {"StatementId": action, "Action": f"lambda:{action}", "Principal": "*"}
        if action == "InvokeFunctionUrl":
            statement["FunctionUrlAuthType"] = "NONE"
        client.send("lambda", "POST", f"{API}/{FUNCTION}/policy", json.dumps(statement).encode())
    configuration = json.loads(client.send("lambda", "GET", f"/2021-10-31/functions/{FUNCTION}/url"))
    host = configuration["FunctionUrl"].split("/")[2]
    return stack.url, {"Host": host}


def _measure(bench, stack, name, url, headers):
    request = Request("POST", url + PATH, headers, BODY)
    event = json.loads(_event(Request("POST", url + ASK, headers, BODY)).replace(ASK, PATH))
    invoke = invoke_request(stack, FUNCTION, json.dumps(event, separators=(",", ":")).encode())
    invoke.fetch()
    targets = [
        Target("front", [stack.pid], request, bench.folder),
        Target("invoke", [stack.pid], invoke, bench.folder),
    ]
    bench.report.progress(f"{GROUP}: {name}")
    samples = in_turns(targets, bench.plan, lambda target, seconds: target.run(bench.wrk, 1, seconds))
    for suffix, unit, field in (("", "req/s", "per_second"), (" p50", "ms", "p50"), (" p99", "ms", "p99")):
        values = [[getattr(sample, field) for sample in samples[target.name]] for target in targets]
        bench.report.add(Figure(GROUP, name + suffix, unit, values[0], "Invoke, same event", values[1]))


def _event(request):
    """What the function gets; its permission counts a moment later."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            return request.fetch().decode()
        except BenchError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
