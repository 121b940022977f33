"""The command line of bench/s3."""

import argparse
import datetime
import http.client
import os
import signal
import sys
import tempfile
from pathlib import Path

from comparison import footprint, servers
from comparison.cells import all_cells
from comparison.load import Generator, Target
from comparison.table import Table
from harness.load import Plan, median_of
from harness.machine import BenchError, Cores, description, find_program, require_programs, require_tmpfs
from harness.processes import Processes
from harness.stack import build

BENCH = Path(__file__).resolve().parent.parent
CONNECTIONS = 16
TMPFS_MEGABYTES = 8192
PARTS = ("load", "footprint", "large")


class Bench:
    """What all parts share."""

    def __init__(self, options, processes, folder, programs):
        self.processes = processes
        self.programs = programs
        self.cores = Cores.choose()
        self.assets = BENCH / "assets"
        self.ruststack = options.ruststack
        self.maven = BENCH.parent / "mvnw"
        self.java = find_program("java")
        self.plan = Plan(options.rounds, options.seconds, options.warmup, 1)
        self.starts = options.starts
        self._folder = folder

    def new_folder(self):
        return Path(tempfile.mkdtemp(dir=self._folder))


def main():
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.default_int_handler)
    try:
        return _run(_options())
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("bench: interrupted; everything it started has ended", file=sys.stderr)
        return 130


def _options():
    parser = argparse.ArgumentParser(
        prog="bench/s3",
        description="Measures RustStack's S3 beside other servers, on one core each.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"what to measure, of {', '.join(PARTS)}; all by default")
    parser.add_argument("--servers", default=",".join(servers.ALL), help="those beside RustStack, with commas")
    parser.add_argument("--cells", default="", help="only the cells whose names contain this")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each cell")
    parser.add_argument("--seconds", type=int, default=2, help="length of a round")
    parser.add_argument("--warmup", type=int, default=5, help="seconds of load before the first round")
    parser.add_argument("--starts", type=int, default=3, help="starts of each server")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every value to a file")
    parser.add_argument("--tmpfs", type=Path, default=Path("/dev/shm"), help="where the files of all servers go")
    parser.add_argument("--ruststack", type=Path, default=BENCH.parent / "ruststack", help="the launcher script")
    options = parser.parse_args()
    options.parts = options.parts or PARTS
    options.servers = [name for name in options.servers.split(",") if name]
    options.ruststack = options.ruststack.resolve()
    for given, known in ((options.parts, PARTS), (options.servers, servers.ALL)):
        if unknown := sorted(set(given) - set(known)):
            parser.error(f"{', '.join(unknown)}: there are {', '.join(known)}")
    return options


def _run(options):
    programs = require_programs(("cc", "nginx", "taskset", "setpriv"))
    require_tmpfs(options.tmpfs, TMPFS_MEGABYTES)
    with (
        tempfile.TemporaryDirectory(prefix="ruststack-bench-", dir=options.tmpfs) as name,
        Processes(programs, Path(name)) as processes,
    ):
        bench = Bench(options, processes, Path(name), programs)
        build(options.ruststack, Progress)
        rivals = [servers.RustStack(bench), *(servers.ALL[each](bench) for each in options.servers)]
        for rival in rivals:
            rival.install()
        now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
        parameters = {each: getattr(options, each) for each in ("rounds", "seconds", "warmup", "starts")}
        table = Table({"date": now, "machine": description(), "parameters": parameters}, [each.name for each in rivals])
        if "load" in options.parts:
            _load(bench, table, rivals, [cell for cell in all_cells() if options.cells in cell.name])
        if "footprint" in options.parts:
            for rival in rivals:
                _attempt(table, f"{rival.name}: start-up, memory", lambda rival=rival: footprint.measure(bench, table, rival))
        if "large" in options.parts:
            for rival in rivals[:2]:
                _attempt(table, f"{rival.name}: 5 GiB", lambda rival=rival: footprint.large(bench, table, rival))
        table.print()
        if options.json:
            table.write(options.json)
    return 1 if table.failures else 0


def _load(bench, table, rivals, cells):
    affinity = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {bench.cores.load})
    folder = bench.new_folder()
    generator = Generator(bench.programs["cc"], bench.assets / "load.c", folder)
    try:
        for rival in rivals:
            rival.start(bench.new_folder(), bench.cores.server)
        for cell in cells:
            _attempt(table, cell.name, lambda cell=cell: _cell(bench, table, generator, rivals, cell))
    finally:
        for rival in rivals:
            if rival.process:
                rival.stop()
        os.sched_setaffinity(0, affinity)


def _cell(bench, table, generator, rivals, cell):
    targets = []
    try:
        for rival in rivals:
            if cell.is_for(rival):
                _attempt(table, f"{rival.name}, {cell.name}", lambda rival=rival: _add(targets, generator, rival, cell))
        for number in range(bench.plan.rounds + 1):
            # The first is the warm-up; the order is reversed each time.
            for target in targets[:: 1 if number % 2 else -1]:
                seconds = bench.plan.seconds if number else bench.plan.warmup
                try:
                    target.samples.append(target.run(CONNECTIONS, seconds))
                except BenchError as error:
                    targets.remove(target)
                    target.remove()
                    _fail(table, f"{target.name}, {cell.name}", error)
        for target in targets:
            measured = target.samples[1:]
            extra = {field: median_of(measured, field) for field in ("p50", "p99", "cpu_per_request", "cpu_share")}
            table.add(cell.name, "/s", target.name, [sample.per_second for sample in measured], **extra)
    finally:
        for target in targets:
            target.remove()


def _add(targets, generator, rival, cell):
    cell.prepare(rival)
    cell.check(rival)
    targets.append(Target(generator, rival, cell))


def _attempt(table, what, measure):
    print(f"  … {what}", file=sys.stderr, flush=True)
    try:
        measure()
    except (BenchError, OSError, http.client.HTTPException) as error:
        _fail(table, what, error)


def _fail(table, what, error):
    table.fail(f"{what}: {error}")
    print(f"{what}: not measured: {error}", file=sys.stderr, flush=True)


class Progress:
    """Where the build says what it does."""

    @staticmethod
    def progress(text):
        print(f"  … {text}", file=sys.stderr, flush=True)
