"""Runs in a pod of the preview's namespace. Everything it knows of the stack comes from the binding Secret."""

import os
import unittest
import urllib.request

import boto3

FRONT = os.environ["RUSTSTACK_HTTP_URL"]


def call(method, path, body=None):
    request = urllib.request.Request(FRONT + path, method=method, data=body)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.status, answer.read().decode()


class PreviewTest(unittest.TestCase):
    def test_a_declared_note_is_served(self):
        self.assertEqual(call("GET", "/notes/welcome"), (200, "hello"))

    def test_a_note_put_through_the_front_is_in_the_bucket(self):
        self.assertEqual(call("PUT", "/notes/today", b"rain")[0], 204)
        stored = boto3.client("s3").get_object(Bucket="notes", Key="today")
        self.assertEqual(stored["Body"].read(), b"rain")

    def test_the_seeded_item_is_in_the_table(self):
        found = boto3.client("dynamodb").get_item(TableName="authors", Key={"id": {"S": "1"}})
        self.assertEqual(found["Item"]["name"]["S"], "Ada")


if __name__ == "__main__":
    unittest.main()
