"""The API server, over kubectl proxy on a Unix socket: every cluster that kubectl reaches is reached."""

import contextlib
import http.client
import json
import os
import socket
import time
from urllib.parse import quote

from harness.machine import BenchError
from harness.processes import last_lines

POLL_SECONDS = 0.01
STACKS = "/apis/ruststack.dev/v1alpha1/namespaces/{}/ruststacks"
PODS = "/api/v1/namespaces/{}/pods"


class NotThere(BenchError):
    """An object does not exist."""


class Api(contextlib.AbstractContextManager):
    """Requests to the API server; ends its proxy on exit."""

    def __init__(self, kubectl, processes, folder):
        self._socket = folder / "api.sock"
        self._processes = processes
        self._proxy = processes.start([*kubectl, "proxy", f"--unix-socket={self._socket}"], log="kubectl-proxy")
        deadline = time.monotonic() + 15
        while not self._socket.exists():
            if self._proxy.poll() is not None or time.monotonic() > deadline:
                raise BenchError(f"kubectl proxy does not run:\n{last_lines(self._proxy)}")
            time.sleep(POLL_SECONDS)

    def __exit__(self, *failure):
        self._processes.stop(self._proxy)

    def _open(self, timeout):
        connection = http.client.HTTPConnection("localhost", timeout=timeout)
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.settimeout(timeout)
        connection.sock.connect(os.fspath(self._socket))
        return connection

    def raw(self, method, path, document=None):
        """The status and the body of an answer."""
        body = None if document is None else json.dumps(document)
        with contextlib.closing(self._open(60)) as connection:
            connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
            response = connection.getresponse()
            return response.status, response.read()

    def send(self, method, path, document=None):
        status, answer = self.raw(method, path, document)
        if status == 404:
            raise NotThere(f"{method} {path}: not found")
        if status // 100 != 2:
            raise BenchError(f"{method} {path}: {status}: {answer[:500].decode(errors='replace')}")
        return json.loads(answer)

    def until(self, path, name, condition, seconds=180):
        """Watches an object until something is true of it; returns it then."""
        deadline = time.monotonic() + seconds
        field = quote(f"metadata.name={name}")
        with contextlib.closing(self._open(seconds)) as connection:
            connection.request("GET", f"{path}?watch=1&fieldSelector={field}&timeoutSeconds={seconds}")
            response = connection.getresponse()
            if response.status != 200:
                raise BenchError(f"{path} cannot be watched: {response.status}")
            last = None
            try:
                while time.monotonic() < deadline and (line := response.readline()):
                    last = json.loads(line)["object"]
                    if condition(last):
                        return last
            except TimeoutError:
                pass
        raise BenchError(f"{name} did not come so far in {seconds} s: {json.dumps((last or {}).get('status'))[:1000]}")

    def delete(self, path, name):
        """Deletes an object and waits until it is gone."""
        try:
            self.send("DELETE", f"{path}/{name}?propagationPolicy=Background")
            self.until_gone(f"{path}/{name}")
        except NotThere:
            pass

    def until_gone(self, path, seconds=120):
        deadline = time.monotonic() + seconds
        with contextlib.suppress(NotThere):
            while time.monotonic() < deadline:
                self.send("GET", path)
                time.sleep(0.1)
            raise BenchError(f"{path} is still there after {seconds} s")


def is_ready(resource):
    """Whether an object has the condition Ready, for the generation it is at."""
    return any(
        condition["type"] == "Ready"
        and condition["status"] == "True"
        and condition.get("observedGeneration", resource["metadata"].get("generation")) == resource["metadata"].get("generation")
        for condition in resource.get("status", {}).get("conditions", [])
    )
