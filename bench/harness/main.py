"""The command line: which figures, how long, and where the answers go."""

import argparse
import datetime
import http.client
import os
import signal
import sys
import tempfile
from pathlib import Path

from figures import dynamodb, emulators, fronts, functions, memory, startup
from harness.load import Plan
from harness.machine import BenchError, Cores, description, require_programs, require_tmpfs, version_of
from harness.processes import Processes
from harness.report import Report
from harness.stack import Stack, build

BENCH = Path(__file__).resolve().parent.parent
TMPFS_MEGABYTES = 768
BUSY = 0.5

# Groups by name: those that start stacks of their own, then those that load one that is pinned to a core.
ALONE = {"startup": startup, "memory": memory}
LOADED = {"dynamodb": dynamodb, "lambda": functions, "emulators": emulators, "fronts": fronts}
# What bench/lambda measures, of these.
LAMBDA = ("lambda", "emulators", "fronts")


class Bench:
    """What the groups of figures share."""

    def __init__(self, options, processes, folder, programs, report):
        self.processes = processes
        self.folder = folder
        self.programs = programs
        self.report = report
        self.cores = Cores.choose()
        self.assets = BENCH / "assets"
        self.ruststack = options.ruststack
        self.plan = Plan(options.rounds, options.seconds, options.warmup, options.count)

    @property
    def wrk(self):
        return [self.programs["wrk"]]


def main(program="bench/run", usual=(*ALONE, *LOADED)):
    """Measures what the command line names, or what is usual."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.default_int_handler)
    affinity = os.sched_getaffinity(0)
    try:
        return _run(_options(program, usual))
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("bench: interrupted; everything it started has ended", file=sys.stderr)
        return 130
    finally:
        os.sched_setaffinity(0, affinity)


def _options(program, usual):
    parser = argparse.ArgumentParser(
        prog=program, description="Measures RustStack on this machine, every figure beside a peer of its own.", formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    groups = [*ALONE, *LOADED]
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"what to measure, of {', '.join(groups)}; {', '.join(usual)} by default")
    parser.add_argument("--rounds", type=_positive, default=5, help="rounds of each figure")
    parser.add_argument("--seconds", type=_positive, default=5, help="length of a round")
    parser.add_argument("--warmup", type=_positive, default=8, help="seconds of load before the first round")
    parser.add_argument("--count", type=_positive, default=30, help="cold starts")
    parser.add_argument("--quick", action="store_true", help="3 rounds of 1 s: shows that all of it runs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every value to a file")
    parser.add_argument("--tmpfs", type=Path, default=Path("/dev/shm"), help="where the files of all servers go")
    parser.add_argument("--ruststack", type=Path, default=BENCH.parent / "ruststack", help="the launcher script")
    options = parser.parse_args()
    unknown = sorted(set(options.groups) - set(groups))
    if unknown:
        parser.error(f"no such group: {', '.join(unknown)}; there are {', '.join(groups)}")
    if options.json and not os.access(options.json.absolute().parent, os.W_OK):
        parser.error(f"cannot write {options.json}")
    options.groups = options.groups or usual
    options.ruststack = options.ruststack.resolve()
    if options.quick:
        options.rounds, options.seconds, options.warmup, options.count = 3, 1, 2, 5
    return options


def _positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _run(options):
    programs = require_programs(("wrk", "nginx", "taskset", "setpriv"))
    require_tmpfs(options.tmpfs, TMPFS_MEGABYTES)
    report = Report(_header(options, programs))
    with (
        tempfile.TemporaryDirectory(prefix="ruststack-bench-", dir=options.tmpfs) as name,
        Processes(programs, Path(name)) as processes,
    ):
        bench = Bench(options, processes, Path(name), programs, report)
        report.say_what(build(options.ruststack, report))
        _measure(bench, options.groups)
    if options.json:
        report.write(options.json)
    return 0 if report.complete else 1


def _measure(bench, groups):
    for name, module in ALONE.items():
        if name in groups:
            _group(bench, module, lambda module=module: module.measure(bench))
    loaded = {name: module for name, module in LOADED.items() if name in groups}
    if not loaded:
        return
    os.sched_setaffinity(0, {bench.cores.load})
    with Stack(
        bench.processes, bench.ruststack, bench.assets / "stack.yaml", bench.folder, bench.cores.server
    ) as stack:
        for module in loaded.values():
            _group(bench, module, lambda module=module: module.measure(bench, stack))
        if "memory" in groups:
            _group(bench, memory, lambda: memory.measure_loaded(bench, stack))


def _group(bench, module, measure):
    try:
        measure()
    except (BenchError, OSError, http.client.HTTPException) as error:
        bench.report.fail(module.GROUP, str(error))
    bench.report.print_group(module.GROUP)


def _header(options, programs):
    machine = description()
    if machine["loadAverage"] > BUSY:
        print(
            f"bench: this machine is busy (load average {machine['loadAverage']:.1f}): only ratios mean something",
            file=sys.stderr,
        )
    versions = {
        "nginx": version_of(programs["nginx"], "-v"),
        "wrk": version_of(programs["wrk"], "-v"),
    }
    parameters = {name: getattr(options, name) for name in ("rounds", "seconds", "warmup", "count")}
    now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
    return {"date": now, "machine": machine, "versions": versions, "parameters": parameters}
