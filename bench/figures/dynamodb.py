"""GetItem through the emulator, beside the same request to DynamoDB Local itself."""

import json

from harness.aws import Keys, dynamodb_headers, hash_of, signed
from harness.load import Request, Target, in_turns, median_of
from harness.machine import BenchError
from harness.processes import listening_port
from harness.report import Figure

CONNECTIONS = 16
GROUP = f"DynamoDB, {CONNECTIONS} connections"
PEER = "DynamoDB Local, direct"
BODY = json.dumps({"TableName": "bench", "Key": {"pk": {"S": "1"}}}).encode()


def measure(bench, stack):
    port = listening_port(stack.dynamodb_pid)
    if port is None:
        raise BenchError("DynamoDB Local listens on no port that can be found")
    # An access key that is an account id is that account's, for the emulator and in what it sends on.
    keys = Keys("000000000000", stack.keys.secret, stack.keys.region)
    ours = _request(stack.url, keys)
    theirs = _request(f"http://127.0.0.1:{port}", keys)
    _check_same(ours, theirs)
    bench.report.progress(f"{GROUP}: GetItem")
    targets = [
        Target("ruststack", [stack.pid], ours, bench.folder),
        Target("dynamodb-local", [stack.dynamodb_pid], theirs, bench.folder),
    ]
    samples = in_turns(targets, bench.plan, lambda target, seconds: target.run(bench.wrk, CONNECTIONS, seconds))
    our_samples, their_samples = (samples[target.name] for target in targets)
    _add(bench, "GetItem", "req/s", "per_second", our_samples, their_samples)
    _add(bench, "GetItem p50", "ms", "p50", our_samples, their_samples)
    _add(bench, "GetItem p99", "ms", "p99", our_samples, their_samples)
    _add(bench, "GetItem, CPU", "µs", "cpu_per_request", our_samples, their_samples)


def _request(endpoint, keys):
    url = endpoint + "/"
    headers = signed("POST", url, "dynamodb", keys, dynamodb_headers("GetItem"), hash_of(BODY))
    return Request("POST", url, headers, BODY)


def _check_same(ours, theirs):
    answers = [json.loads(request.fetch()) for request in (ours, theirs)]
    if "Item" not in answers[0] or answers[0] != answers[1]:
        raise BenchError(f"GetItem answers differ: {answers[0]} through the emulator, {answers[1]} directly")


def _add(bench, name, unit, field, ours, theirs):
    values = [[getattr(sample, field) for sample in samples] for samples in (ours, theirs)]
    extra = {"requests": int(median_of(ours, "requests")), "peerRequests": int(median_of(theirs, "requests"))}
    bench.report.add(Figure(GROUP, name, unit, values[0], PEER, values[1], extra))
