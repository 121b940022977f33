"""Resident memory of what runs, idle and after the load, beside nginx and a JVM that does nothing."""

import time

from figures.jvm import BareJvm
from harness.nginx import Nginx
from harness.processes import descendants, proportional_kibibytes, resident_kibibytes
from harness.report import Figure
from harness.stack import Stack

GROUP = "Memory (RSS)"
IDLE_SECONDS = 10


def measure(bench):
    bench.report.progress(f"{GROUP}: idle")
    nginx = Nginx(bench.processes, bench.programs["nginx"], bench.folder / "nginx-idle")
    with Stack(bench.processes, bench.ruststack, bench.assets / "stack.yaml", bench.folder) as stack:
        jvm = BareJvm(bench, stack)
        bare = jvm.start()
        try:
            time.sleep(IDLE_SECONDS)
            nginx_pids = descendants(nginx.process.pid)
            bench.idle = {"nginx": nginx_pids, "bare JVM": [bare.pid]}
            _add(bench, "emulator, idle", [stack.pid], "bare JVM", [bare.pid])
            _add(bench, "emulator, idle", [stack.pid], "nginx, master and worker", nginx_pids)
            _add(bench, "DynamoDB Local, idle", [stack.dynamodb_pid], "bare JVM", [bare.pid])
            _add(bench, "guard", descendants(stack.guard_pid), "nginx, master and worker", nginx_pids)
            _add(bench, "everything, idle", descendants(stack.pid), "nginx, master and worker", nginx_pids)
        finally:
            jvm.stop(bare)
            bench.processes.stop(nginx.process)


def measure_loaded(bench, stack):
    """The same stack after all the load of this run."""
    jvm = BareJvm(bench, stack)
    bare = jvm.start()
    try:
        time.sleep(IDLE_SECONDS)
        _add(bench, "emulator, after the load", [stack.pid], "bare JVM", [bare.pid])
        _add(bench, "DynamoDB Local, after the load", [stack.dynamodb_pid], "bare JVM", [bare.pid])
    finally:
        jvm.stop(bare)


def _add(bench, name, ours, peer, theirs):
    extra = {
        "ruststackProportional": proportional_kibibytes(ours) / 1024,
        "peerProportional": proportional_kibibytes(theirs) / 1024,
    }
    values = [[resident_kibibytes(pids) / 1024] for pids in (ours, theirs)]
    bench.report.add(Figure(GROUP, name, "MiB", values[0], peer, values[1], extra))
