"""Processes that end with the run, however it ends, and what /proc tells of them."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from harness.machine import BenchError

TICKS = os.sysconf("SC_CLK_TCK")


class Processes(contextlib.AbstractContextManager):
    """Starts processes, each in a session of its own, and ends them all on exit.

    Where this program is killed the kernel ends them (setpriv --pdeathsig).
    """

    def __init__(self, programs, logs):
        self._programs = programs
        self._logs = logs
        self._running = []

    def start(self, command, *, core=None, log=None, **options):
        """Starts a command, on one core where one is given. What it prints on standard error goes to a file."""
        command = [self._programs["setpriv"], "--pdeathsig", "TERM", *map(str, command)]
        if core is not None:
            command = [self._programs["taskset"], "-c", str(core), *command]
        options.setdefault("stdin", subprocess.DEVNULL)
        options.setdefault("stdout", subprocess.DEVNULL)
        name = log or Path(command[-1]).name
        with open(self._logs / f"{name}.log", "ab") as errors:
            process = subprocess.Popen(command, stderr=errors, start_new_session=True, **options)
        process.log = self._logs / f"{name}.log"
        self._running.append(process)
        return process

    def stop(self, process):
        """Ends a process and what it started; returns when it has gone."""
        if process in self._running:
            self._running.remove(process)
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            pass
        _signal_group(process.pid, signal.SIGKILL)
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()

    def __exit__(self, *failure):
        for process in reversed(list(self._running)):
            self.stop(process)


def _signal_group(group, number):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, number)


def last_lines(process, count=15):
    """What a process printed last on standard error, for a message."""
    lines = process.log.read_text(errors="replace").splitlines()[-count:]
    return "\n".join("    " + line for line in lines) or "    (it printed nothing)"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def await_port(process, port, seconds=30):
    """Waits until a process listens."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise BenchError(f"{process.args} ended with status {process.returncode}:\n{last_lines(process)}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.002)
    raise BenchError(f"{process.args} does not listen on port {port}:\n{last_lines(process)}")


def command_line(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").decode(errors="replace").split("\0")
    except OSError:
        return []


def descendants(pid):
    """A process and all that it started and that still run."""
    children = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                children.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [pid]
    for parent in found:
        found.extend(children.get(parent, []))
    return found


def cpu_seconds(pids):
    """The processor time that processes have used so far."""
    ticks = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS


def resident_kibibytes(pids):
    """Resident memory (RSS) of processes, in KiB."""
    return sum(_memory(pid, "Rss") for pid in pids)


def proportional_kibibytes(pids):
    """As resident memory, with pages that several processes map divided among them (PSS)."""
    return sum(_memory(pid, "Pss") for pid in pids)


def _memory(pid, kind):
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith(kind + ":"):
                return int(line.split()[1])
    return 0


def listening_port(pid):
    """The TCP port that a process listens on; None where it does not."""
    sockets = set()
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(OSError):
            sockets.add(os.readlink(entry))
    for table in ("tcp", "tcp6"):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
                fields = line.split()
                if fields[3] == "0A" and f"socket:[{fields[9]}]" in sockets:
                    return int(fields[1].rpartition(":")[2], 16)
    return None
