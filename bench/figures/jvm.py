"""A JVM that does nothing, on the JDK and with the options of the emulator: the floor of its start and its memory."""

import subprocess

from harness.machine import BenchError
from harness.processes import command_line, last_lines

# An archive of the emulator's classes is of no use to another program.
NOT_FOR_OTHERS = ("-XX:AOT", "-XX:SharedArchiveFile", "-D")


class BareJvm:
    """How to start one."""

    def __init__(self, bench, stack):
        self._processes = bench.processes
        self._classes = bench.folder / "bare"
        if not self._classes.is_dir():
            self._compile(stack.java.with_name("javac"), bench.assets / "peers" / "Bare.java")
        self._command = [stack.java, *_options(stack), "-cp", self._classes, "Bare"]

    def _compile(self, javac, source):
        done = subprocess.run([javac, "-d", self._classes, source], capture_output=True, text=True)
        if done.returncode != 0:
            raise BenchError(f"{javac} {source}:\n{done.stderr}")

    def start(self):
        """Starts it; returns when it has said that it runs."""
        process = self._processes.start(
            self._command, log="bare-jvm", stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        if process.stdout.readline().strip() != b"up":
            raise BenchError(f"a bare JVM did not start:\n{last_lines(process)}")
        return process

    def stop(self, process):
        self._processes.stop(process)


def _options(stack):
    """The options of the emulator's JVM: heap, collector, compiler."""
    options = []
    for argument in command_line(stack.pid)[1:]:
        if not argument.startswith("-") or argument in ("-jar", "-cp"):
            break
        if not argument.startswith(NOT_FOR_OTHERS):
            options.append(argument)
    return options
