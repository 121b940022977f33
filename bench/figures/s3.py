"""GET and PUT of small and large objects, beside nginx with the same files on the same tmpfs."""

import hashlib
import os
import time

from harness.aws import signed
from harness.load import Request, Target, in_turns, median_of
from harness.machine import BenchError
from harness.nginx import Nginx
from harness.report import Figure

CONNECTIONS = 16
GROUP = f"S3, {CONNECTIONS} connections"
SIZES = {"1 KiB": 1 << 10, "8 MiB": 8 << 20}
LARGE = 1 << 20
LARGE_SECONDS = 3
MD5_SECONDS = 1.0


def measure(bench, stack):
    nginx = Nginx(bench.processes, bench.programs["nginx"], bench.folder / "nginx", bench.cores.server)
    try:
        if not nginx.takes_files:
            bench.report.progress("this nginx has no dav module: PUT is not measured (Debian: nginx-light has it)")
        for label, size in SIZES.items():
            rivals = Rivals(bench, stack, nginx, os.urandom(size))
            rivals.get(f"GET {label}")
            if nginx.takes_files:
                rivals.put(f"PUT {label}")
    finally:
        bench.processes.stop(nginx.process)


class Rivals:
    """RustStack and nginx with one object."""

    def __init__(self, bench, stack, nginx, content):
        self._bench = bench
        self._stack = stack
        self._nginx = nginx
        self._content = content

    def get(self, name):
        key = f"get-{len(self._content)}"
        with self._stack.client() as client:
            client.send("s3", "PUT", f"/bench/{key}", self._content)
        (self._bench.folder / "nginx" / "files" / key).write_bytes(self._content)
        self._check(key)
        self._compare(name, self._requests("GET", key))

    def put(self, name):
        key = f"put-{len(self._content)}"
        per_second = self._compare(name, self._requests("PUT", key, self._content))
        self._check(key)
        if len(self._content) >= LARGE:
            bound = _md5_per_second(self._bench.cores, self._content)
            self._bench.report.add(Figure(GROUP, name, "req/s", per_second, "MD5 alone (OpenSSL)", [bound]))

    def _requests(self, method, key, body=b""):
        """The same request to both, signed as S3 wants it."""
        url = f"{self._stack.url}/bench/{key}"
        headers = signed(method, url, "s3", self._stack.keys)
        return Request(method, url, headers, body), Request(method, f"{self._nginx.url}/{key}", headers, body)

    def _check(self, key):
        for request in self._requests("GET", key):
            if request.fetch() != self._content:
                raise BenchError(f"{request.url} does not give back what was put")

    def _compare(self, name, requests):
        """Adds throughput and the server's processor time; returns RustStack's requests per second, by round."""
        report, folder = self._bench.report, self._bench.folder
        report.progress(f"{GROUP}: {name}")
        targets = [
            Target("ruststack", [self._stack.pid], requests[0], folder),
            Target("nginx", [self._nginx.process.pid], requests[1], folder),
        ]
        large = len(self._content) >= LARGE
        plan = self._bench.plan.at_least(LARGE_SECONDS) if large else self._bench.plan
        samples = in_turns(targets, plan, lambda target, seconds: target.run(self._bench.wrk, CONNECTIONS, seconds))
        ours, theirs = samples["ruststack"], samples["nginx"]
        shares = {
            "ruststackCoreShare": median_of(ours, "cpu_share"),
            "peerCoreShare": median_of(theirs, "cpu_share"),
        }
        for title, unit, field in ((name, "req/s", "per_second"), (f"{name}, CPU", "µs", "cpu_per_request")):
            values = [[getattr(sample, field) for sample in each] for each in (ours, theirs)]
            report.add(Figure(GROUP, title, unit, values[0], "nginx", values[1], shares))
        return [sample.per_second for sample in ours]


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
