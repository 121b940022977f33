"""The command line of bench/cluster."""

import argparse
import contextlib
import datetime
import http.client
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from harness.machine import BenchError, description, find_program
from harness.processes import Processes
from harness.report import Figure, Report
from kubernetes import footprint, invocations, objects, ready
from kubernetes.api import PODS, STACKS, Api, NotThere, is_ready

GROUPS = {"ready": ready, "lambda": invocations, "memory": footprint}
PROJECT = Path(__file__).resolve().parent.parent.parent


class Bench:
    """What the groups share: the cluster, a namespace of the run's own, and where figures go."""

    def __init__(self, options, api, report):
        self.api = api
        self.report = report
        self.namespace = f"bench-{os.urandom(4).hex()}"
        self.rounds = options.rounds
        self.cold = options.cold
        self.count = options.count
        self.runtime = options.runtime
        self.image = options.image
        self.database_image = options.database_image

    def add(self, group, name, unit, ours, peer, theirs, extra=None):
        self.report.add(Figure(group, name, unit, ours, peer, theirs, extra or {}))

    def create(self, plural, resource):
        path = f"/api/v1/namespaces/{self.namespace}/{plural}"
        with contextlib.suppress(NotThere):
            self.api.send("DELETE", f"{path}/{resource['metadata']['name']}")
        self.api.send("POST", path, resource)

    @contextlib.contextmanager
    def stack(self, name, pool):
        """A stack with the echo function, Ready; gone on exit."""
        self.create("configmaps", objects.package_map("code"))
        path = STACKS.format(self.namespace)
        self.api.send("POST", path, objects.stack(name, self.runtime, "code", pool))
        try:
            yield self.api.until(path, name, is_ready)
        finally:
            self.remove_stack(name)

    def remove_stack(self, name):
        """Deletes a stack and waits until its last pod is gone, so that it is in nobody's way."""
        self.api.delete(STACKS.format(self.namespace), name)
        deadline = time.monotonic() + 60
        path = f"{PODS.format(self.namespace)}?labelSelector=ruststack.dev%2Fstack%3D{name}"
        while self.api.send("GET", path)["items"]:
            if time.monotonic() > deadline:
                raise BenchError(f"the pods of {name} do not go")
            time.sleep(0.1)

    def run_script(self, arguments, binding):
        """Runs a script in a pod and returns the JSON document that it printed."""
        path, name = PODS.format(self.namespace), f"client-{os.urandom(4).hex()}"
        self.api.send("POST", path, objects.script_pod(name, self.image, "scripts", arguments, binding))
        ended = self.api.until(path, name, lambda pod: pod["status"]["phase"] in ("Succeeded", "Failed"), 600)
        log = self.api.raw("GET", f"{path}/{name}/log")[1].decode(errors="replace")
        self.api.delete(path, name)
        if ended["status"]["phase"] != "Succeeded":
            raise BenchError(f"{arguments[:2]} failed in its pod:\n{log[-2000:]}")
        return json.loads(log.splitlines()[-1])


def main():
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return _run(_options())
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("bench: interrupted", file=sys.stderr)
        return 130


def _options():
    parser = argparse.ArgumentParser(
        prog="bench/cluster",
        description="Measures RustStack in a cluster that has its operator: that of KUBECONFIG, else that of e2e/cluster.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"what to measure, of {', '.join(GROUPS)}; all by default")
    parser.add_argument("--rounds", type=int, default=20, help="stacks and pods that are started, one at a time")
    parser.add_argument("--cold", type=int, default=20, help="cold starts of a function")
    parser.add_argument("--count", type=int, default=1000, help="warm invocations")
    parser.add_argument("--runtime", default="python3.11", help="runtime of the function")
    parser.add_argument("--image", default="public.ecr.aws/lambda/python:3.11", help="image of the pods beside it, with python3 and sleep")
    parser.add_argument("--database-image", default="docker.io/amazon/dynamodb-local:3.1.0", help="image of DynamoDB Local")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every value to a file")
    options = parser.parse_args()
    unknown = sorted(set(options.groups) - set(GROUPS))
    if unknown:
        parser.error(f"no such group: {', '.join(unknown)}; there are {', '.join(GROUPS)}")
    return options


def _run(options):
    setpriv = find_program("setpriv")
    if not setpriv:
        raise BenchError("not installed: setpriv (util-linux)")
    own = not os.environ.get("KUBECONFIG")
    if not own and not shutil.which("kubectl"):
        raise BenchError("kubectl is not on the PATH")
    kubectl = [PROJECT / "e2e/cluster", "kubectl"] if own else ["kubectl"]
    now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
    report = Report({"date": now, "machine": description(), "versions": {}, "parameters": {"rounds": options.rounds}})
    with (
        tempfile.TemporaryDirectory(prefix="ruststack-bench-") as name,
        Processes({"setpriv": setpriv}, Path(name)) as processes,
        Api(kubectl, processes, Path(name)) as api,
    ):
        report.say_what({"kubernetes": api.send("GET", "/version")["gitVersion"]})
        bench = Bench(options, api, report)
        api.send("POST", "/api/v1/namespaces", objects.namespace(bench.namespace))
        try:
            _await_service_account(bench)
            for group in options.groups or GROUPS:
                _group(bench, GROUPS[group])
        finally:
            api.send("DELETE", f"/api/v1/namespaces/{bench.namespace}")
    if options.json:
        report.write(options.json)
    return 0 if report.complete else 1


def _await_service_account(bench):
    """Pods are refused before there is one."""
    while bench.api.raw("GET", f"/api/v1/namespaces/{bench.namespace}/serviceaccounts/default")[0] != 200:
        time.sleep(0.05)


def _group(bench, module):
    try:
        module.measure(bench)
    except (BenchError, OSError, http.client.HTTPException) as error:
        bench.report.fail(module.GROUP, str(error))
    bench.report.print_group(module.GROUP)
