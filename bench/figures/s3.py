"""GET and PUT of small and large objects, beside nginx with the same files on the same tmpfs."""

import hashlib
import os
import time
import urllib.request

from harness.aws import EMPTY_HASH, UNSIGNED, signed
from harness.load import Request, Target, in_turns, median_of
from harness.machine import BenchError
from harness.nginx import Nginx
from harness.report import Figure

CONNECTIONS = 16
GROUP = f"S3, {CONNECTIONS} connections"
SIZES = {"1 KiB": 1 << 10, "8 MiB": 8 << 20}
MD5_SECONDS = 1.0


def measure(bench, stack):
    nginx = Nginx(bench.processes, bench.programs["nginx"], bench.folder / "nginx", bench.cores.server)
    try:
        for label, size in SIZES.items():
            content = os.urandom(size)
            _get(bench, stack, nginx, label, content)
            _put(bench, stack, nginx, label, content)
    finally:
        bench.processes.stop(nginx.process)


def _get(bench, stack, nginx, label, content):
    key = f"get-{len(content)}"
    with stack.client() as client:
        client.send("s3", "PUT", f"/bench/{key}", content)
    (bench.folder / "nginx" / "files" / key).write_bytes(content)
    ours = Request("GET", f"{stack.url}/bench/{key}", {})
    headers = signed("GET", ours.url, "s3", stack.keys)
    ours = Request("GET", ours.url, headers)
    theirs = Request("GET", f"{nginx.url}/{key}", headers)
    for request in (ours, theirs):
        if _fetch(request) != content:
            raise BenchError(f"{request.url} does not give back what was put")
    _compare(bench, f"GET {label}", stack, nginx, ours, theirs)


def _put(bench, stack, nginx, label, content):
    if not nginx.takes_files:
        bench.report.progress("this nginx has no dav module: PUT is not measured (Debian: nginx-light has it)")
        return
    key = f"put-{len(content)}"
    url = f"{stack.url}/bench/{key}"
    headers = signed("PUT", url, "s3", stack.keys, body_hash=UNSIGNED)
    ours = Request("PUT", url, headers, content)
    theirs = Request("PUT", f"{nginx.url}/{key}", headers, content)
    per_second = _compare(bench, f"PUT {label}", stack, nginx, ours, theirs)
    _check_stored(stack, nginx, key, content)
    if len(content) >= 1 << 20:
        bound = _md5_per_second(bench.cores, content)
        bench.report.add(Figure(GROUP, f"PUT {label}", "req/s", per_second, "MD5 alone (OpenSSL)", [bound]))


def _fetch(request):
    with urllib.request.urlopen(urllib.request.Request(request.url, headers=request.headers)) as response:
        return response.read()


def _check_stored(stack, nginx, key, content):
    url = f"{stack.url}/bench/{key}"
    ours = Request("GET", url, signed("GET", url, "s3", stack.keys, body_hash=EMPTY_HASH))
    for request in (ours, Request("GET", f"{nginx.url}/{key}", {})):
        if _fetch(request) != content:
            raise BenchError(f"{request.url} does not give back what was put")


def _compare(bench, name, stack, nginx, ours, theirs):
    """Measures both in turns, adds throughput and processor time; returns our requests per second, by round."""
    bench.report.progress(f"{GROUP}: {name}")
    slug = name.replace(" ", "-").lower()
    targets = [
        Target(f"ruststack-{slug}", [stack.pid], ours, bench.folder),
        Target(f"nginx-{slug}", [nginx.process.pid], theirs, bench.folder),
    ]
    plan = bench.plan.at_least(LARGE_SECONDS) if len(ours.body or b"") >= LARGE else bench.plan
    samples = in_turns(targets, plan, lambda target, seconds: target.run(bench.wrk, CONNECTIONS, seconds))
    our_samples, their_samples = (samples[target.name] for target in targets)
    per_second = [sample.per_second for sample in our_samples]
    shares = {
        "ruststackCoreShare": median_of(our_samples, "cpu_share"),
        "peerCoreShare": median_of(their_samples, "cpu_share"),
    }
    their_rates = [sample.per_second for sample in their_samples]
    bench.report.add(Figure(GROUP, name, "req/s", per_second, "nginx", their_rates, shares))
    our_cpu = [sample.cpu_per_request for sample in our_samples]
    their_cpu = [sample.cpu_per_request for sample in their_samples]
    bench.report.add(Figure(GROUP, f"{name}, server CPU", "µs", our_cpu, "nginx", their_cpu))
    return per_second


def _md5_per_second(cores, content):
    """How often the server's core can hash the content, and do nothing else."""
    os.sched_setaffinity(0, {cores.server})
    try:
        count, start = 0, time.perf_counter()
        while time.perf_counter() - start < MD5_SECONDS:
            hashlib.md5(content, usedforsecurity=False).digest()
            count += 1
        return count / (time.perf_counter() - start)
    finally:
        os.sched_setaffinity(0, {cores.load})
