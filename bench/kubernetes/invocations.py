"""Invocations from a pod of the cluster: warm beside the same code over bare HTTP, cold beside the function's init."""

from kubernetes import objects
from kubernetes.api import PODS, STACKS, is_ready
from kubernetes.figures import p50, p95, p99

GROUP = "Lambda in the cluster"
ECHO_PORT = 8080
# The pod that takes the place of one that a function took has to stand before the next function is invoked.
POOL_PAUSE = 5
PAUSE = 1


def measure(bench):
    bench.create("configmaps", objects.scripts("scripts"))
    with bench.stack("invoke", pool=0):
        _warm(bench)
        _cold(bench, "without the warm pool", PAUSE)
    with bench.stack("invoke", pool=1):
        _cold(bench, "with the warm pool", POOL_PAUSE)


def _warm(bench):
    bench.report.progress(f"{GROUP}: warm")
    echo = objects.script_pod("echo", bench.image, "scripts", ["echo.py", "0.0.0.0", str(ECHO_PORT)], None)
    path = PODS.format(bench.namespace)
    bench.api.send("POST", path, echo)
    address = bench.api.until(path, "echo", is_ready)["status"]["podIP"]
    values = bench.run_script(["client.py", "warm", str(bench.count), f"http://{address}:{ECHO_PORT}"], "invoke-binding")
    bench.api.delete(path, "echo")
    for suffix, pick in (("p50", p50), ("p99", p99)):
        bench.add(GROUP, f"warm {suffix}", "ms", [pick(values["ours"])], "http.server in a pod", [pick(values["theirs"])])


def _cold(bench, how, pause):
    bench.report.progress(f"{GROUP}: cold, {how}")
    arguments = ["client.py", "cold", str(bench.cold), bench.runtime, str(pause), objects.package()]
    values = bench.run_script(arguments, "invoke-binding")
    for suffix, pick in (("p50", p50), ("p95", p95)):
        totals, inits = pick(values["totals"]), pick(values["inits"])
        bench.add(GROUP, f"cold {how}, {suffix}", "ms", [totals], "init of the function", [inits], values)
    beyond = [total - init for total, init in zip(values["totals"], values["inits"])]
    bench.add(GROUP, "  beyond the init, p50", "ms", [p50(beyond)], "init of the function", [p50(values["inits"])])
