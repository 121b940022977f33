"""Hears of uploads: shows each picture on the website and keeps its original."""

import json
import os
from urllib.parse import unquote_plus

import boto3

s3 = boto3.client("s3")
SITE = os.environ["SITE_BUCKET"]
ORIGINALS = os.environ["ORIGINALS_BUCKET"]


def handler(event, context):
    for record in event["Records"]:
        bucket = record["s3"]["bucket"]["name"]
        key = unquote_plus(record["s3"]["object"]["key"])
        picture = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
        s3.put_object(Bucket=SITE, Key=f"photos/{key}", Body=picture, ContentType="image/svg+xml")
        s3.put_object(Bucket=ORIGINALS, Key=key, Body=picture, ContentType="image/svg+xml")
        print(f"{record['eventName']} {key}: {len(picture)} bytes")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=SITE, Prefix="photos/")
    photos = [item["Key"] for page in pages for item in page.get("Contents", [])]
    s3.put_object(Bucket=SITE, Key="photos.json", Body=json.dumps(photos), ContentType="application/json")
