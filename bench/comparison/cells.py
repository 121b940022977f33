"""The cells: what is sent, and what has to come back."""

import base64
import http.client
import os
import random
import struct
import zlib
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from harness.aws import UNSIGNED, signed
from harness.machine import BenchError

KIB, MIB = 1 << 10, 1 << 20
KEYS = 16
RANGES = 512
RANGE = 64 * KIB
LISTED = 1000
CHUNKED = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"


@dataclass(frozen=True)
class Request:
    """A request without the body that all requests of its cell share."""

    method: str
    url: str
    headers: dict

    def bytes(self):
        parts = urlsplit(self.url)
        target = parts.path + ("?" + parts.query if parts.query else "")
        lines = [f"{self.method} {target} HTTP/1.1", f"Host: {parts.netloc}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def send(self, body=b""):
        """Sends it once; returns the status and the body of the answer."""
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(parts.netloc, timeout=60)
        try:
            target = parts.path + ("?" + parts.query if parts.query else "")
            connection.request(self.method, target, body, self.headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


@dataclass(frozen=True)
class Cell:
    """One kind of request. The content is that of each object that it reads or writes."""

    name: str
    method: str
    content: bytes
    body: bytes = b""
    headers: dict = field(default_factory=dict)
    body_hash: str = UNSIGNED
    is_ranges: bool = False
    is_list: bool = False

    def is_for(self, server):
        return server.is_s3 or not (self.is_list or self.body_hash == CHUNKED)

    def key(self, number):
        return f"{len(self.content)}-{number:02}"

    def prepare(self, server):
        """Stores what is read."""
        with server.client() as client:
            if self.is_list:
                for number in range(LISTED):
                    client.send("s3", "PUT", server.path(listed(number)), self.content)
            elif self.method != "PUT":
                for number in range(KEYS):
                    client.send("s3", "PUT", server.path(self.key(number)), self.content)

    def requests(self, server):
        if self.is_list:
            return [self._request(server, f"?list-type=2&max-keys={LISTED}&prefix=list%2F", "")]
        if not self.is_ranges:
            return [self._request(server, "", self.key(number)) for number in range(KEYS)]
        offsets = random.Random(1)
        return [
            self._request(server, "", self.key(number % KEYS), offsets.randrange(len(self.content) - RANGE))
            for number in range(RANGES)
        ]

    def _request(self, server, query, key, offset=None):
        url = server.url + server.path(key) + query
        headers = signed(self.method, url, "s3", server.keys, self.headers, self.body_hash)
        if offset is not None:
            headers["Range"] = f"bytes={offset}-{offset + RANGE - 1}"
        if self.method == "PUT":
            headers["Content-Length"] = str(len(self.body))
        return Request(self.method, url, headers)

    def check(self, server):
        """Sends the first request once, and looks at the answer and at what it has left."""
        request = self.requests(server)[0]
        status, answer = request.send(self.body)
        wanted = {"GET": self.content, "PUT": answer, "HEAD": b""}[self.method]
        if self.is_ranges:
            start = int(request.headers["Range"][6:].partition("-")[0])
            is_right = status == 206 and answer == self.content[start : start + RANGE]
        elif self.is_list:
            is_right = status == 200 and answer.count(b"<Contents>") == LISTED
        else:
            is_right = status // 100 == 2 and answer == wanted
        if not is_right:
            raise BenchError(f"{server.name}, {self.name}: status {status}, {len(answer)} bytes: {answer[:300]!r}")
        if self.method == "PUT":
            with server.client() as client:
                if client.send("s3", "GET", server.path(self.key(0))) != self.content:
                    raise BenchError(f"{server.name}, {self.name}: it does not give back what was put")


def listed(number):
    return f"list/2026/11/{number % 28 + 1:02}/order-{number:06}.json"


def all_cells():
    small, large, middle = os.urandom(KIB), os.urandom(8 * MIB), os.urandom(MIB)
    trailer = base64.b64encode(struct.pack(">I", zlib.crc32(middle))).decode()
    chunks = b"".join(b"10000\r\n" + middle[at : at + 0x10000] + b"\r\n" for at in range(0, MIB, 0x10000))
    chunked = chunks + f"0\r\nx-amz-checksum-crc32:{trailer}\r\n\r\n".encode()
    chunked_headers = {
        "Content-Encoding": "aws-chunked",
        "X-Amz-Decoded-Content-Length": str(MIB),
        "X-Amz-Trailer": "x-amz-checksum-crc32",
    }
    return [
        Cell("GET 1 KiB", "GET", small),
        Cell("HEAD 1 KiB", "HEAD", small),
        Cell("PUT 1 KiB", "PUT", small, small),
        Cell("GET 8 MiB", "GET", large),
        Cell("64 KiB of 8 MiB", "GET", large, is_ranges=True),
        Cell("PUT 8 MiB", "PUT", large, large),
        Cell("PUT 1 MiB, chunked", "PUT", middle, chunked, chunked_headers, CHUNKED),
        Cell("List 1,000", "GET", b"{}", is_list=True),
    ]
