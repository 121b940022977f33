"""Warm invocations of the same Python function through other emulators of Lambda, beside RustStack's."""

import contextlib
import json
import os
import platform
import subprocess

from figures.functions import CONCURRENCY, EVENT, LANGUAGES, invoke_request
from harness import install
from harness.load import Request, Target, in_turns
from harness.machine import BenchError
from harness.processes import await_port, free_port
from harness.report import Figure

GROUP = "Lambda beside other emulators"
PYTHON = LANGUAGES[0]
PATH = "/2015-03-31/functions/{}/invocations"


def measure(bench, stack):
    ours = Target("ruststack", [stack.pid], invoke_request(stack, PYTHON.function), bench.folder)
    for start in (_aws, _cargo):
        with contextlib.ExitStack() as ends:
            name, pids, url = start(bench, ends)
            request = Request("POST", url, {"Content-Type": "application/json"}, EVENT)
            if json.loads(request.fetch()) != json.loads(EVENT):
                raise BenchError(f"{name} does not answer with the event")
            _compare(bench, ours, name, Target("emulator", pids, request, bench.folder))


def _compare(bench, ours, name, theirs):
    # The interface emulator and the function of each run one event at a time; RustStack takes more processes.
    for connections in (1,) if name.startswith("AWS") else (1, CONCURRENCY):
        bench.report.progress(f"{GROUP}: {name}, {connections} at a time")
        samples = in_turns(
            [ours, theirs], bench.plan, lambda target, seconds: target.run(bench.wrk, connections, seconds)
        )
        for suffix, unit, field in (("", "req/s", "per_second"), (" p50", "ms", "p50"), (" p99", "ms", "p99")):
            values = [[getattr(sample, field) for sample in samples[each.name]] for each in (ours, theirs)]
            bench.report.add(Figure(GROUP, f"Python, warm, c={connections}{suffix}", unit, values[0], name, values[1]))


def _aws(bench, ends):
    """AWS's runtime interface emulator, as SAM's command line brings it, with AWS's runtime interface client."""
    machine = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())
    program = install.from_wheel("aws-sam-cli==1.170.0", f"samcli/local/rapid/aws-lambda-rie-{machine}")
    python = install.python_with("awslambdaric==4.2.2")
    port, runtime = free_port(), free_port()
    addresses = ["--runtime-interface-emulator-address", f"127.0.0.1:{port}"]
    addresses += ["--runtime-api-address", f"127.0.0.1:{runtime}"]
    command = [program, *addresses, python, "-m", "awslambdaric", PYTHON.handler]
    process = _start(bench, ends, "rie", command, {})
    await_port(process, port)
    return "AWS runtime interface emulator", [process.pid], f"http://127.0.0.1:{port}" + PATH.format("function")


def _cargo(bench, ends):
    """cargo-lambda, an emulator in Rust, with a client of the Runtime API that is made for this: AWS's crashes behind it."""
    program = install.from_pypi("cargo-lambda==1.9.2", "cargo-lambda")
    project = bench.folder / "cargo-lambda"
    (project / "src").mkdir(parents=True, exist_ok=True)
    (project / "Cargo.toml").write_text('[package]\nname = "bench"\nversion = "0.1.0"\nedition = "2021"\n')
    (project / "src" / "main.rs").write_text("fn main() {}\n")
    port = free_port()
    command = [program, "lambda", "watch", "--only-lambda-apis", "-A", "127.0.0.1", "-P", str(port)]
    server = _start(bench, ends, "cargo-lambda", command, {}, project)
    await_port(server, port)
    variables = {"AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{port}/.rt"}
    function = _start(bench, ends, "cargo-lambda-function", ["python3", bench.assets / "peers/runtime.py"], variables)
    return "cargo-lambda 1.9.2", [server.pid, function.pid], f"http://127.0.0.1:{port}" + PATH.format("_")


def _start(bench, ends, log, command, variables, folder=None):
    process = bench.processes.start(
        command,
        core=bench.cores.server,
        log=log,
        stdout=subprocess.DEVNULL,
        env=dict(os.environ, **variables),
        cwd=folder or _code(bench),
    )
    ends.callback(bench.processes.stop, process)
    return process


def _code(bench):
    return (bench.assets / PYTHON.source).parent
