"""From ./ruststack up to Ready, by step, beside DynamoDB Local alone and a JVM that does nothing. On all cores."""

import contextlib
import os
import subprocess
import time
from dataclasses import dataclass, field

from figures.jvm import BareJvm
from harness.aws import Client, Keys
from harness.machine import BenchError
from harness.processes import command_line, cpu_seconds, descendants, last_lines
from harness.report import Figure
from harness.stack import Stack

GROUP = "Start-up"
LISTENING = b"listening on "


@dataclass(frozen=True)
class Start:
    """One start, in seconds: as the clock says, of the processors, and by step."""

    seconds: float
    cpu: float
    steps: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Round:
    """One start of each."""

    stack: Start
    bucket: Start
    database: Start
    jvm: Start


def measure(bench):
    rounds = []
    for number in range(bench.plan.rounds + 1):
        bench.report.progress(f"{GROUP}: round {number} of {bench.plan.rounds}")
        rounds.append(_round(bench))
    del rounds[0]  # A rehearsal, which fills the page cache.
    figures = Figures(bench.report, rounds)
    figures.add("up to Ready", lambda each: each.stack.seconds, "DynamoDB Local alone", lambda each: each.database.seconds)
    for step in rounds[0].stack.steps:
        figures.beside_jvm(f"  of it, {step}", lambda each, step=step: each.stack.steps[step])
    figures.add("up to Ready, CPU", lambda each: each.stack.cpu, "DynamoDB Local alone", lambda each: each.database.cpu)
    figures.beside_jvm("up to Ready, one bucket only", lambda each: each.bucket.seconds)
    figures.add("up to Ready, one bucket, CPU", lambda each: each.bucket.cpu, "bare JVM", lambda each: each.jvm.cpu)


class Figures:
    """Adds figures of these rounds."""

    def __init__(self, report, rounds):
        self._report = report
        self._rounds = rounds

    def add(self, name, ours, peer, theirs):
        values = [list(map(each, self._rounds)) for each in (ours, theirs)]
        self._report.add(Figure(GROUP, name, "s", values[0], peer, values[1]))

    def beside_jvm(self, name, ours):
        self.add(name, ours, "bare JVM", lambda each: each.jvm.seconds)


def _round(bench):
    with _up(bench, "stack.yaml") as stack:
        whole = _start_of(stack)
        database = _command(stack.dynamodb_pid)
        jvm = BareJvm(bench, stack)
    with _up(bench, "bare.yaml") as stack:
        bucket = _start_of(stack)
    return Round(whole, bucket, _database_start(bench, *database), _jvm_start(jvm))


def _up(bench, file):
    return Stack(bench.processes, bench.ruststack, bench.assets / file, bench.folder)


def _start_of(stack):
    cpu = cpu_seconds(descendants(stack.pid))
    return Start(stack.start_seconds, cpu, {step: millis / 1000 for step, millis in stack.steps.items()})


def _command(pid):
    """How a process was started: command, folder, environment."""
    with open(f"/proc/{pid}/environ", "rb") as variables:
        environment = dict(entry.split(b"=", 1) for entry in variables.read().split(b"\0") if b"=" in entry)
    return command_line(pid), os.readlink(f"/proc/{pid}/cwd"), environment


def _database_start(bench, command, folder, environment):
    """From the start of DynamoDB Local, as RustStack starts it, to its first answer."""
    begin = time.monotonic()
    process = bench.processes.start(
        command,
        log="dynamodb-local",
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        port = next((int(line.rpartition(b" ")[2]) for line in process.stdout if LISTENING in line), None)
        if port is None:
            raise BenchError(f"DynamoDB Local did not start:\n{last_lines(process)}")
        client = Client(f"http://127.0.0.1:{port}", Keys("000000000000", "none", "us-east-1"))
        with contextlib.closing(client):
            client.dynamodb("ListTables", {})
        return Start(time.monotonic() - begin, cpu_seconds([process.pid]))
    finally:
        bench.processes.stop(process)


def _jvm_start(jvm):
    begin = time.monotonic()
    process = jvm.start()
    try:
        return Start(time.monotonic() - begin, cpu_seconds([process.pid]))
    finally:
        jvm.stop(process)
