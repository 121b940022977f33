"""The machine: the programs a run needs, the two cores it uses, and what to say about it beside the figures."""

import os
import platform
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

SBIN = ("/usr/local/sbin", "/usr/sbin", "/sbin")
PACKAGES = {"cc": "gcc", "wrk": "wrk", "nginx": "nginx-light", "taskset": "util-linux", "setpriv": "util-linux"}
SYSTEM = Path("/sys/devices/system/cpu")


class BenchError(Exception):
    """What ends a run, in words for its user."""


def find_program(name):
    """The path of a program; Debian keeps servers where the PATH of a user does not lead."""
    return shutil.which(name) or shutil.which(name, path=os.pathsep.join(SBIN))


def require_programs(names):
    """The path of each program, by name; all that are missing are named at once, with their packages."""
    found = {name: find_program(name) for name in names}
    missing = sorted(name for name, path in found.items() if path is None)
    if missing:
        packages = " ".join(sorted({PACKAGES[name] for name in missing}))
        raise BenchError(f"not installed: {', '.join(missing)}\n  Debian, Ubuntu: apt-get install {packages}")
    return found


@dataclass(frozen=True)
class Cores:
    """The core that servers run on, and the core that the load generator and this program run on."""

    server: int
    load: int

    @staticmethod
    def choose():
        """Two cores that do not share one piece of hardware, where there are such."""
        usable = sorted(os.sched_getaffinity(0))
        if len(usable) < 2:
            raise BenchError("two cores are needed: one for the server, one for the load generator")
        server = usable[0]
        siblings = _siblings(server)
        apart = [core for core in usable[1:] if core not in siblings]
        return Cores(server, (apart or usable[1:])[-1])


def _siblings(core):
    try:
        text = (SYSTEM / f"cpu{core}/topology/thread_siblings_list").read_text()
    except OSError:
        return set()
    siblings = set()
    for part in text.strip().split(","):
        first, _, last = part.partition("-")
        siblings.update(range(int(first), int(last or first) + 1))
    return siblings


def require_tmpfs(folder, megabytes):
    """Checks that a folder takes files and has room; the files of both servers go there."""
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise BenchError(f"{folder} is no folder that can be written to; name a tmpfs with --tmpfs")
    free = shutil.disk_usage(folder).free >> 20
    if free < megabytes:
        raise BenchError(f"{folder} has {free} MiB free and {megabytes} are needed; name another tmpfs with --tmpfs")


def description():
    """What a figure depends on and this program can know."""
    return {
        "processor": _first(r"model name\s*:\s*(.+)", _read("/proc/cpuinfo")) or platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memoryMebibytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20,
        "system": _first(r'PRETTY_NAME="?([^"\n]+)', _read("/etc/os-release")) or platform.system(),
        "kernel": platform.release(),
        "loadAverage": os.getloadavg()[0],
    }


def version_of(*command):
    """The first thing that looks like a version in what a command prints."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"
    return _first(r"(\d+\.[\w.+-]+)", done.stdout + done.stderr) or "unknown"


def _read(path):
    try:
        return Path(path).read_text()
    except OSError:
        return ""


def _first(pattern, text):
    match = re.search(pattern, text)
    return match.group(1).strip() if match else None
