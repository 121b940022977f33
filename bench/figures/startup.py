"""From ./ruststack up to Ready, by step, beside DynamoDB Local alone and a JVM that does nothing. On all cores."""

import contextlib
import os
import subprocess
import time

from figures.jvm import BareJvm
from harness.aws import Client, Keys
from harness.machine import BenchError
from harness.processes import command_line, last_lines
from harness.report import Figure
from harness.stack import Stack

GROUP = "Start-up"
LISTENING = b"listening on "


def measure(bench):
    stacks, bares, databases, machines = [], [], [], []
    for number in range(-1, bench.plan.rounds):
        bench.report.progress(f"{GROUP}: round {number + 1} of {bench.plan.rounds}")
        with _up(bench, "stack.yaml") as stack:
            up = stack.start_seconds, stack.steps
            database = _command(stack.dynamodb_pid)
            jvm = BareJvm(bench, stack)
        with _up(bench, "bare.yaml") as stack:
            bare = stack.start_seconds
        alone = _database_start(bench, *database)
        machine = _machine_start(jvm)
        if number >= 0:  # The first of each is a rehearsal: it fills the page cache.
            stacks.append(up)
            bares.append(bare)
            databases.append(alone)
            machines.append(machine)
    _add(bench, "up to Ready, whole command", [seconds for seconds, _ in stacks], "DynamoDB Local alone", databases)
    for step in stacks[0][1]:
        values = [steps[step] / 1000 for _, steps in stacks]
        _add(bench, f"  of it, {step}", values, "bare JVM", machines)
    _add(bench, "up to Ready, one bucket only", bares, "bare JVM", machines)


def _add(bench, name, ours, peer, theirs):
    bench.report.add(Figure(GROUP, name, "s", ours, peer, theirs))


def _up(bench, file):
    return Stack(bench.processes, bench.ruststack, bench.assets / file, bench.folder)


def _command(pid):
    """How a process was started: command, folder, environment."""
    with open(f"/proc/{pid}/environ", "rb") as variables:
        environment = dict(entry.split(b"=", 1) for entry in variables.read().split(b"\0") if b"=" in entry)
    return command_line(pid), os.readlink(f"/proc/{pid}/cwd"), environment


def _database_start(bench, command, folder, environment):
    """Seconds from the start of DynamoDB Local, as RustStack starts it, to its first answer."""
    start = time.monotonic()
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
        return time.monotonic() - start
    finally:
        bench.processes.stop(process)


def _machine_start(jvm):
    start = time.monotonic()
    process = jvm.start()
    try:
        return time.monotonic() - start
    finally:
        jvm.stop(process)
