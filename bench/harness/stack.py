"""RustStack under test: ./ruststack up, on one core or on all."""

import contextlib
import json
import os
import select
import subprocess
import time
from pathlib import Path

from harness.aws import Client, Keys
from harness.machine import BenchError
from harness.processes import command_line, descendants, last_lines

START_SECONDS = 180
BUILD_SECONDS = 3600


def build(ruststack, report):
    """Has ./ruststack build itself, if it has to, so that no start includes that; returns versions by name."""
    report.progress("building RustStack, if its sources changed")
    try:
        done = subprocess.run(
            [ruststack, "version", "--output", "json"], check=True, stdout=subprocess.PIPE, timeout=BUILD_SECONDS
        )
        document = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as failure:
        raise BenchError(f"{ruststack} version: {failure}") from failure
    return {name: document[name] for name in ("ruststack", "java")}


class Stack(contextlib.AbstractContextManager):
    """One stack that is Ready."""

    def __init__(self, processes, ruststack, file, data, core=None):
        self._processes = processes
        command = [ruststack, "up", "--output", "json", "--free-ports", "--data", data, file]
        environment = dict(os.environ, RUSTSTACK_NO_BUILD="1")
        start = time.monotonic()
        self.process = processes.start(
            command, core=core, log="ruststack", stdout=subprocess.PIPE, stdin=subprocess.PIPE, env=environment
        )
        self._document = self._ready()
        self.start_seconds = time.monotonic() - start
        if not self._document["ready"]:
            raise BenchError(f"the stack is not Ready:\n{last_lines(self.process)}")

    def _ready(self):
        output = self.process.stdout
        received = b""
        deadline = time.monotonic() + START_SECONDS
        while b"\n" not in received:
            readable, _, _ = select.select([output], [], [], max(0, deadline - time.monotonic()))
            chunk = os.read(output.fileno(), 65536) if readable else b""
            if not chunk:
                raise BenchError(f"the stack did not come up:\n{last_lines(self.process)}")
            received += chunk
        try:
            return json.loads(received.partition(b"\n")[0])
        except ValueError:
            raise BenchError(f"up --output json printed no JSON: {received[:200]!r}") from None

    @property
    def url(self):
        return self._document["endpoints"]["aws"]

    @property
    def front(self):
        """Where the declared REST API is served."""
        return self._document["endpoints"]["http"]

    @property
    def steps(self):
        """Milliseconds by step, as RustStack itself tells; some ran side by side."""
        return self._document["steps"]

    @property
    def keys(self):
        environment = self._document["environment"]
        return Keys(
            environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"], environment["AWS_REGION"]
        )

    def client(self):
        return contextlib.closing(Client(self.url, self.keys))

    @property
    def pid(self):
        """The emulator's process."""
        return self._document["pid"]

    @property
    def dynamodb_pid(self):
        return self._child("ServerRunner")

    @property
    def guard_pid(self):
        return self._child("ruststack-guard")

    def _child(self, mark):
        for pid in descendants(self.pid)[1:]:
            if any(mark in argument for argument in command_line(pid)):
                return pid
        raise BenchError(f"no child of RustStack with {mark} in its command line runs")

    @property
    def java(self):
        """The java that RustStack runs on."""
        return Path(os.readlink(f"/proc/{self.pid}/exe"))

    def __exit__(self, *failure):
        self._processes.stop(self.process)
