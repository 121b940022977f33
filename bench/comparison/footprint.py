"""Start-up, memory idle and after 1 GiB stored, and 5 GiB through RustStack with a small heap. On all cores."""

import hashlib
import os
import shutil
import time

from harness.aws import UNSIGNED, signed
from harness.machine import BenchError
from harness.processes import descendants, resident_kibibytes
from comparison.cells import MIB

IDLE_SECONDS = 5
STORED = 128
PART = 8 * MIB
LARGE_PARTS = 640
HEAP = "-Xmx256m"


def measure(bench, table, server):
    """One server by itself: to the first bucket, idle, and with 1 GiB in it."""
    starts = []
    for number in range(bench.starts):
        folder = bench.new_folder()
        begin = time.monotonic()
        server.start(folder)
        starts.append(time.monotonic() - begin)
        try:
            if number == bench.starts - 1:
                _memory(table, server)
        finally:
            server.stop()
            shutil.rmtree(folder)
    table.add("start to the first bucket", "s", server.name, starts)


def _memory(table, server):
    time.sleep(IDLE_SECONDS)
    table.add("RSS, idle", "MiB", server.name, [_resident(server)])
    content = os.urandom(PART)
    with server.client() as client:
        for number in range(STORED):
            client.send("s3", "PUT", server.path(f"stored-{number}"), content)
    time.sleep(IDLE_SECONDS)
    table.add("RSS, 1 GiB stored", "MiB", server.name, [_resident(server)])


def _resident(server):
    return resident_kibibytes(descendants(server.pid)) / 1024


def large(bench, table, server):
    """5 GiB in one request up, and down again; the heap is limited, and the bytes are compared."""
    os.environ["RUSTSTACK_JAVA_OPTS"] = HEAP
    folder = bench.new_folder()
    try:
        server.start(folder)
        up, down = _transfer(server)
        table.add("5 GiB up", "s", server.name, [up])
        table.add("5 GiB down", "s", server.name, [down])
        table.add("RSS, 5 GiB passed", "MiB", server.name, [_resident(server)])
        server.stop()
    finally:
        del os.environ["RUSTSTACK_JAVA_OPTS"]
        shutil.rmtree(folder)


def _transfer(server):
    block, digest = os.urandom(PART), hashlib.md5(usedforsecurity=False)

    def parts():
        for number in range(LARGE_PARTS):
            part = number.to_bytes(8) + block[8:]
            digest.update(part)
            yield part

    path = server.path("large")
    headers = signed("PUT", server.url + path, "s3", server.keys, {"Content-Length": str(PART * LARGE_PARTS)}, UNSIGNED)
    with server.client() as client:
        begin = time.monotonic()
        answer = client.stream("PUT", path, parts(), headers)
        answer.read()
        up = time.monotonic() - begin
        etag = answer.headers.get("ETag", "")
        if server.is_s3 and etag.strip('"') != digest.hexdigest():
            raise BenchError(f"5 GiB came as {etag}, and were sent as {digest.hexdigest()}")
        sent, digest = digest.hexdigest(), hashlib.md5(usedforsecurity=False)
        begin = time.monotonic()
        answer = client.stream("GET", path, None, signed("GET", server.url + path, "s3", server.keys))
        while chunk := answer.read(PART):
            digest.update(chunk)
        down = time.monotonic() - begin
    if digest.hexdigest() != sent:
        raise BenchError("5 GiB came back as something else")
    return up, down
