"""Memory of the operator and of an idle stack, as the kubelet tells it (and kubectl top): the working set, which is the
resident memory with the part of the page cache that is in use."""

import re
import time

from harness.machine import BenchError

GROUP = "Memory (working set)"
IDLE_SECONDS = 15
MEBIBYTE = 1 << 20
LINE = re.compile(r'container_memory_working_set_bytes\{container="(.*?)",namespace=".*?",pod="(.*?)"\} (\S+)')


def measure(bench):
    with bench.stack("idle", pool=0):
        bench.report.progress(f"{GROUP}: {IDLE_SECONDS} s without work")
        time.sleep(IDLE_SECONDS)
        containers = _containers(bench)
    database = _of(containers, "idle", "dynamodb")
    for name, value in (("operator", _operator(bench, containers)), ("emulator", _of(containers, "idle", "emulator"))):
        bench.add(GROUP, f"{name}, idle", "MiB", [value], "DynamoDB Local, idle", [database])


def _containers(bench):
    """MiB by pod and container."""
    found = {}
    for node in bench.api.send("GET", "/api/v1/nodes")["items"]:
        metrics = bench.api.raw("GET", f"/api/v1/nodes/{node['metadata']['name']}/proxy/metrics/resource")[1]
        for container, pod, value in LINE.findall(metrics.decode()):
            found[pod, container] = float(value) / MEBIBYTE
    return found


def _of(containers, stack, container):
    return _one(containers, lambda pod, name: pod.startswith(stack + "-") and name == container, f"{stack}/{container}")


def _operator(bench, containers):
    selector = "app.kubernetes.io%2Fname%3Druststack-operator"
    pods = {pod["metadata"]["name"] for pod in bench.api.send("GET", f"/api/v1/pods?labelSelector={selector}")["items"]}
    return _one(containers, lambda pod, name: pod in pods, "operator")


def _one(containers, wanted, what):
    values = [value for (pod, name), value in containers.items() if wanted(pod, name)]
    if not values or not values[0]:
        raise BenchError(f"the kubelet does not tell the memory of {what}")
    return max(values)
