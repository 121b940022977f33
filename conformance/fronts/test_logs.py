"""CloudWatch Logs as those who follow a function see it: Live Tail, and the calls of `aws logs tail --follow`."""

import threading
import time
import uuid

import boto3
from botocore.config import Config

# Without this the client puts "streaming-" before the host of the endpoint, which no resolver knows.
CONFIG = Config(inject_host_prefix=False)


def group():
    logs = boto3.client("logs", config=CONFIG)
    name = f"/followed/{uuid.uuid4()}"
    logs.create_log_group(logGroupName=name)
    logs.create_log_stream(logGroupName=name, logStreamName="s")
    return logs, name


def put(logs, name, *lines):
    now = int(time.time() * 1000)
    events = [{"timestamp": now, "message": line} for line in lines]
    logs.put_log_events(logGroupName=name, logStreamName="s", logEvents=events)


def test_live_tail_streams_what_is_written():
    logs, name = group()
    arn = logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"][0]["logGroupArn"]
    stream = logs.start_live_tail(logGroupIdentifiers=[arn], logEventFilterPattern="ERROR")["responseStream"]
    writer = threading.Timer(0.5, put, [logs, name, "ERROR one", "fine", "ERROR two"])
    seen = []
    try:
        for event in stream:
            if "sessionStart" in event:
                assert event["sessionStart"]["logGroupIdentifiers"] == [arn]
                writer.start()
            else:
                seen += [each["message"] for each in event["sessionUpdate"]["sessionResults"]]
            if len(seen) == 2:
                break
    finally:
        stream.close()
    assert seen == ["ERROR one", "ERROR two"]


def test_tail_follow_polls_without_repeating():
    """What `aws logs tail --follow` does: FilterLogEvents from the last time on, and event ids to know what it has shown."""
    logs, name = group()
    shown, ids, start = [], set(), int(time.time() * 1000) - 60_000
    for round in range(3):
        put(logs, name, f"line {round}")
        request = {"logGroupName": name, "startTime": start, "interleaved": True}
        for page in logs.get_paginator("filter_log_events").paginate(**request):
            for event in page["events"]:
                if event["eventId"] not in ids:
                    ids.add(event["eventId"])
                    shown.append(event["message"])
                    start = event["timestamp"]
    assert shown == ["line 0", "line 1", "line 2"]
