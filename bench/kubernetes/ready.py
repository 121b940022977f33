"""From apply to Ready, by step, beside a bare pod of the same cluster and one with DynamoDB Local alone."""

import time

from kubernetes import objects
from kubernetes.api import PODS, POLL_SECONDS, STACKS, is_ready
from kubernetes.figures import p50, p95

GROUP = "Apply to Ready"


def measure(bench):
    bench.create("configmaps", objects.package_map("code"))
    plain, functions, pods, databases = [], [], [], []
    for number in range(-1, bench.rounds):
        bench.report.progress(f"{GROUP}: round {number + 1} of {bench.rounds}")
        name = f"r{number + 1}"
        each = (
            _stack(bench, objects.stack(f"plain-{name}")),
            _stack(bench, objects.stack(f"function-{name}", bench.runtime, "code")),
            _bare(bench, objects.bare_pod(f"bare-{name}", bench.image)),
            _database(bench, objects.database_pod(f"database-{name}", bench.database_image)),
        )
        if number >= 0:  # The first of each is a rehearsal.
            for values, value in zip((plain, functions, pods, databases), each):
                values.append(value)
    _add(bench, "bucket, table", plain, pods, databases)
    _add(bench, "and a function", functions, pods, databases)


def _add(bench, what, stacks, pods, databases):
    seconds = [stack["seconds"] for stack in stacks]
    for suffix, pick in (("p50", p50), ("p95", p95)):
        for peer, theirs in (("bare pod", pods), ("pod with DynamoDB Local alone", databases)):
            bench.add(GROUP, f"{what}: {suffix}", "s", [pick(seconds)], peer, [pick(theirs)], {"values": seconds, "peerValues": theirs})
    for step in stacks[-1]["steps"]:
        values = [stack["steps"][step] for stack in stacks if step in stack["steps"]]
        bench.add(GROUP, f"  until {step}", "s", [p50(values)], "bare pod", [p50(pods)], {"values": values})


def _stack(bench, resource):
    """One stack, from its creation until it is Ready; gone again afterwards."""
    path, name = STACKS.format(bench.namespace), resource["metadata"]["name"]
    began = time.monotonic()
    bench.api.send("POST", path, resource)
    ready = bench.api.until(path, name, is_ready)
    seconds = time.monotonic() - began
    steps = {each["step"]: each["milliseconds"] / 1000 for each in ready["status"].get("timings", [])}
    bench.remove_stack(name)
    return {"seconds": seconds, "steps": steps}


def _bare(bench, pod):
    path, name = PODS.format(bench.namespace), pod["metadata"]["name"]
    began = time.monotonic()
    bench.api.send("POST", path, pod)
    bench.api.until(path, name, is_ready)
    seconds = time.monotonic() - began
    bench.api.delete(path, name)
    return seconds


def _database(bench, pod):
    """Until DynamoDB Local answers a first request, whatever its answer."""
    path, name = PODS.format(bench.namespace), pod["metadata"]["name"]
    began = time.monotonic()
    bench.api.send("POST", path, pod)
    bench.api.until(path, name, is_ready)
    while bench.api.raw("GET", f"{path}/{name}:{objects.DATABASE_PORT}/proxy/")[0] in (500, 502, 503):
        time.sleep(POLL_SECONDS)
    seconds = time.monotonic() - began
    bench.api.delete(path, name)
    return seconds
