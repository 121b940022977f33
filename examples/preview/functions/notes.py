"""Notes in S3, through the HTTP front: PUT and GET /notes/NAME."""

import os

import boto3

s3 = boto3.client("s3")
BUCKET = os.environ["NOTES_BUCKET"]


def handler(event, context):
    key = event["pathParameters"]["name"]
    if event["httpMethod"] == "PUT":
        s3.put_object(Bucket=BUCKET, Key=key, Body=event["body"].encode())
        return {"statusCode": 204}
    try:
        note = s3.get_object(Bucket=BUCKET, Key=key)["Body"].read().decode()
    except s3.exceptions.NoSuchKey:
        return {"statusCode": 404, "body": "no such note"}
    return {"statusCode": 200, "headers": {"Content-Type": "text/plain"}, "body": note}
