"""Load: wrk on its own core against one server, round by round and in turns with another."""

import dataclasses
import os
import statistics
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from harness.machine import BenchError
from harness.processes import cpu_seconds, descendants

SCRIPT = Path(__file__).resolve().parent.parent / "assets" / "request.lua"


@dataclass(frozen=True)
class Request:
    """One request, the same each time."""

    method: str
    url: str
    headers: dict
    body: bytes = b""

    def fetch(self):
        """Sends it once; returns the body of the answer, which has to be a success."""
        sent = urllib.request.Request(self.url, self.body or None, self.headers, method=self.method)
        try:
            with urllib.request.urlopen(sent, timeout=60) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            detail = error.read(500).decode(errors="replace")
            raise BenchError(f"{self.method} {self.url}: status {error.code}: {detail}") from None


@dataclass(frozen=True)
class Sample:
    """What one round measured. Latencies in milliseconds; processor time of the server per request, in µs."""

    requests: int
    per_second: float
    p50: float
    p99: float
    cpu_per_request: float
    cpu_share: float


class Target:
    """A request to a server, whose processes are known by the first of them."""

    def __init__(self, name, pids, request, folder):
        self.name = name
        self._pids = pids
        self._request = request
        self._headers = folder / f"{name}.headers"
        self._headers.write_text("".join(f"{key}: {value}\n" for key, value in request.headers.items()))
        self._body = folder / f"{name}.body"
        self._body.write_bytes(request.body)

    def run(self, wrk, connections, seconds):
        """One round, a longer one where nothing is answered in time; every answer has to be a success."""
        for length in (seconds, 4 * seconds, 16 * seconds):
            sample = self._round(wrk, connections, length)
            if sample:
                return sample
        raise BenchError(f"{self.name} answered nothing in {length} s")

    def _round(self, wrk, connections, seconds):
        environment = dict(os.environ, BENCH_METHOD=self._request.method, BENCH_HEADERS=str(self._headers))
        if self._request.body:
            environment["BENCH_BODY"] = str(self._body)
        command = [*wrk, "--threads", "1", "--connections", connections, "--duration", f"{seconds}s"]
        command += ["--timeout", "60s", "--script", SCRIPT, self._request.url]
        pids = [pid for root in self._pids for pid in descendants(root)]
        cpu, start = cpu_seconds(pids), time.monotonic()
        done = subprocess.run(list(map(str, command)), env=environment, capture_output=True, text=True)
        cpu, wall = cpu_seconds(pids) - cpu, time.monotonic() - start
        return self._sample(done, cpu, wall)

    def _sample(self, done, cpu, wall):
        line = next((line for line in done.stdout.splitlines() if line.startswith("MEASURED ")), None)
        if done.returncode != 0 or line is None:
            raise BenchError(f"wrk failed against {self.name}:\n{done.stdout}{done.stderr}")
        numbers = [int(number) for number in line.split()[1:]]
        requests, micros = numbers[0], numbers[1]
        errors = dict(zip(("connect", "read", "write", "status", "timeout"), numbers[3:8], strict=True))
        if any(errors.values()):
            raise BenchError(f"{self.name} answered {requests} requests, others not: {errors}")
        if requests == 0:
            return None
        return Sample(
            requests=requests,
            per_second=requests / micros * 1e6,
            p50=numbers[8] / 1000,
            p99=numbers[9] / 1000,
            cpu_per_request=cpu / requests * 1e6,
            cpu_share=cpu / wall,
        )


@dataclass(frozen=True)
class Plan:
    """How often and how long: what --rounds, --seconds, --warmup and --count say."""

    rounds: int
    seconds: int
    warmup: int
    count: int

    def at_least(self, seconds):
        """The same with longer rounds, for requests of which a core does few in a second."""
        return dataclasses.replace(self, seconds=max(seconds, self.seconds), warmup=max(seconds, self.warmup))


def in_turns(targets, plan, run):
    """Warms every target up, then measures them in turns, the order reversed each time; samples by target."""
    for target in targets:
        run(target, plan.warmup)
    samples = {target.name: [] for target in targets}
    for number in range(plan.rounds):
        for target in targets if number % 2 == 0 else reversed(targets):
            samples[target.name].append(run(target, plan.seconds))
    return samples


def median_of(samples, field):
    return statistics.median(getattr(sample, field) for sample in samples)
