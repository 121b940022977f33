"""The load generator: assets/load.c, built at the start of a run."""

import subprocess
import time

from harness.load import Sample
from harness.machine import BenchError
from harness.processes import cpu_seconds, descendants


class Generator:
    """The program, built."""

    def __init__(self, compiler, source, folder):
        self.program = folder / "load"
        done = subprocess.run([compiler, "-O2", "-o", self.program, source], capture_output=True, text=True)
        if done.returncode != 0:
            raise BenchError(f"{compiler} failed:\n{done.stderr}")
        self.folder = folder


class Target:
    """One cell of one server."""

    def __init__(self, generator, server, cell):
        self.name = server.name
        self.samples = []
        self._generator = generator
        self._server = server
        stem = f"{server.name}-{cell.name}".replace(" ", "-").replace("/", "-")
        self._requests = generator.folder / f"{stem}.requests"
        with open(self._requests, "wb") as out:
            for request in cell.requests(server):
                head = request.bytes()
                out.write(str(len(head)).encode() + b"\n" + head)
        self._body = generator.folder / f"{stem}.body" if cell.body else None
        if self._body:
            self._body.write_bytes(cell.body)

    def run(self, connections, seconds):
        """One round, a longer one where nothing is answered in time; every answer has to be a success."""
        for length in (seconds, 4 * seconds):
            sample = self._round(connections, length)
            if sample.requests:
                return sample
        raise BenchError(f"{self.name} answered nothing in {4 * seconds} s")

    def _round(self, connections, seconds):
        command = [self._generator.program, self._server.port, connections, seconds, self._requests]
        command += [self._body] if self._body else []
        pids = descendants(self._server.pid)
        cpu, start = cpu_seconds(pids), time.monotonic()
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
        cpu, wall = cpu_seconds(pids) - cpu, time.monotonic() - start
        if done.returncode != 0 or not done.stdout.startswith("MEASURED "):
            raise BenchError(f"the load generator failed against {self.name}:\n{done.stdout}{done.stderr}")
        requests, micros, _, failures, p50, p99 = map(int, done.stdout.split()[1:])
        if failures:
            raise BenchError(f"{self.name} failed {failures} of {requests} requests: {done.stderr}")
        return Sample(
            requests=requests,
            per_second=requests / micros * 1e6,
            p50=p50 / 1000,
            p99=p99 / 1000,
            cpu_per_request=cpu / max(requests, 1) * 1e6,
            cpu_share=cpu / wall,
        )

    def remove(self):
        self._requests.unlink()
        if self._body:
            self._body.unlink()
