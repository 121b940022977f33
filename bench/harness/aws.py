"""A client of AWS APIs with nothing but the standard library: signed requests over one connection."""

import datetime
import hashlib
import hmac
import http.client
import json
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from harness.machine import BenchError

UNSIGNED = "UNSIGNED-PAYLOAD"


@dataclass(frozen=True)
class Keys:
    """Who signs, and for which region."""

    access: str
    secret: str
    region: str


def signed(method, url, service, keys, headers=None, body_hash=UNSIGNED):
    """The headers of a request, signed with Signature Version 4 for now. What is in the URL's query is encoded."""
    parts = urlsplit(url)
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    scope = f"{now[:8]}/{keys.region}/{service}/aws4_request"
    headers = dict(headers or {}, **{"X-Amz-Date": now, "X-Amz-Content-Sha256": body_hash})
    canonical = {name.lower(): value.strip() for name, value in headers.items()} | {"host": parts.netloc}
    names = ";".join(sorted(canonical))
    path = parts.path or "/"
    lines = [method, path if service == "s3" else quote(path), "&".join(sorted(parts.query.split("&")))]
    lines += [f"{name}:{canonical[name]}" for name in sorted(canonical)]
    lines += ["", names, body_hash]
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    key = ("AWS4" + keys.secret).encode()
    for part in scope.split("/"):
        key = _hmac(key, part)
    signature = _hmac(key, f"AWS4-HMAC-SHA256\n{now}\n{scope}\n{digest}").hex()
    headers["Authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={keys.access}/{scope}, SignedHeaders={names}, Signature={signature}"
    )
    return headers


def _hmac(key, text):
    return hmac.digest(key, text.encode(), "sha256")


def hash_of(body):
    return hashlib.sha256(body).hexdigest()


class Client:
    """One endpoint, over one connection that is kept."""

    def __init__(self, endpoint, keys):
        self._endpoint = endpoint.rstrip("/")
        self._keys = keys
        self._connection = http.client.HTTPConnection(urlsplit(endpoint).netloc, timeout=60)

    def send(self, service, method, path, body=b"", headers=None):
        """Sends a request; returns its body, or fails where the status is none of 2xx."""
        return self.exchange(service, method, path, body, headers)[0]

    def exchange(self, service, method, path, body=b"", headers=None):
        """As send; returns the headers of the answer too."""
        all_headers = signed(method, self._endpoint + path, service, self._keys, headers, hash_of(body))
        self._connection.request(method, path, body, all_headers)
        response = self._connection.getresponse()
        answer = response.read()
        if response.status // 100 != 2:
            raise BenchError(f"{method} {path}: status {response.status}: {answer[:500].decode(errors='replace')}")
        return answer, response.headers

    def stream(self, method, path, body, headers):
        """Sends a request that is signed, its body piece by piece; returns the answer, which is a success, unread."""
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        if answer.status // 100 != 2:
            raise BenchError(f"{method} {path}: status {answer.status}: {answer.read(500).decode(errors='replace')}")
        return answer

    def dynamodb(self, operation, document):
        headers = dynamodb_headers(operation)
        return json.loads(self.send("dynamodb", "POST", "/", json.dumps(document).encode(), headers))

    def close(self):
        self._connection.close()


def dynamodb_headers(operation):
    return {"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": f"DynamoDB_20120810.{operation}"}
