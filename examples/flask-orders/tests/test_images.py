"""Images: binary up and down through the HTTP front, and directly in S3."""

from __future__ import annotations

import hashlib
import os

import pytest

MEGABYTE = 1024 * 1024


def test_uploaded_image_comes_back_byte_for_byte(api, create_order):
    order_id = create_order()["orderId"]
    # Every byte value, in no order: text handling anywhere on the way would damage it.
    image = bytes(range(256)) + os.urandom(4 * MEGABYTE - 256)

    uploaded = api.put(f"/orders/{order_id}/image", data=image, headers={"Content-Type": "image/jpeg"})
    downloaded = api.get(f"/orders/{order_id}/image")

    assert uploaded.status_code == 200, uploaded.text
    assert uploaded.json()["image"] == {
        "key": f"orders/{order_id}/image",
        "contentType": "image/jpeg",
        "bytes": len(image),
        "etag": hashlib.md5(image).hexdigest(),
    }
    assert downloaded.status_code == 200
    assert downloaded.headers["Content-Type"] == "image/jpeg"
    assert downloaded.headers["ETag"] == f'"{hashlib.md5(image).hexdigest()}"'
    assert len(downloaded.content) == len(image)
    assert downloaded.content == image


def test_uploaded_image_is_in_the_bucket(api, create_order, s3, bucket, parcel):
    order_id = create_order()["orderId"]

    api.put(f"/orders/{order_id}/image", data=parcel, headers={"Content-Type": "image/png"})

    stored = s3.get_object(Bucket=bucket, Key=f"orders/{order_id}/image")
    assert stored["Body"].read() == parcel
    assert stored["ContentType"] == "image/png"
    assert stored["Metadata"] == {"order-id": order_id}


def test_second_upload_replaces_the_first(api, create_order, parcel):
    order_id = create_order()["orderId"]

    api.put(f"/orders/{order_id}/image", data=b"first", headers={"Content-Type": "image/gif"})
    api.put(f"/orders/{order_id}/image", data=parcel, headers={"Content-Type": "image/png"})

    response = api.get(f"/orders/{order_id}/image")
    assert response.content == parcel
    assert response.headers["Content-Type"] == "image/png"


def test_seeded_image_is_served(api, parcel):
    response = api.get("/orders/1001/image")

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/png"
    assert response.content == parcel


def test_known_etag_is_answered_with_304_and_no_body(api, parcel):
    etag = f'"{hashlib.md5(parcel).hexdigest()}"'

    response = api.get("/orders/1001/image", headers={"If-None-Match": etag})

    assert response.status_code == 304
    assert response.content == b""
    assert response.headers["ETag"] == etag


def test_order_without_image_is_404(api, create_order):
    order_id = create_order()["orderId"]

    response = api.get(f"/orders/{order_id}/image")

    assert response.status_code == 404
    assert response.json()["message"] == f"Order {order_id} has no image."


def test_image_for_an_unknown_order_is_404(api, parcel):
    response = api.put("/orders/no-such-order/image", data=parcel, headers={"Content-Type": "image/png"})

    assert response.status_code == 404


def test_upload_that_is_no_image_is_415(api, create_order):
    order_id = create_order()["orderId"]

    response = api.put(f"/orders/{order_id}/image", data=b"hello", headers={"Content-Type": "text/plain"})

    assert response.status_code == 415


def test_empty_upload_is_400(api, create_order):
    order_id = create_order()["orderId"]

    response = api.put(f"/orders/{order_id}/image", data=b"", headers={"Content-Type": "image/png"})

    assert response.status_code == 400
    assert response.json()["fields"] == {"body": "must be the bytes of an image"}


def test_image_larger_than_the_application_takes_is_413(api, create_order):
    order_id = create_order()["orderId"]
    image = bytes(4_500_001)

    response = api.put(f"/orders/{order_id}/image", data=image, headers={"Content-Type": "image/png"})

    assert response.status_code == 413
    assert response.json()["error"] == "Request Entity Too Large"


def test_20_megabytes_through_s3_come_back_byte_for_byte(s3, bucket):
    content = os.urandom(20 * MEGABYTE)
    key = f"originals/{hashlib.sha256(content).hexdigest()}.tiff"

    put = s3.put_object(Bucket=bucket, Key=key, Body=content, ContentType="image/tiff")
    try:
        got = s3.get_object(Bucket=bucket, Key=key)
        assert put["ETag"] == got["ETag"] == f'"{hashlib.md5(content).hexdigest()}"'
        assert got["ContentLength"] == len(content)
        assert got["Body"].read() == content
    finally:
        s3.delete_object(Bucket=bucket, Key=key)


@pytest.mark.parametrize("document", ["documents/price-list.csv", "documents/returns.txt"])
def test_seeded_documents_are_in_the_bucket(s3, bucket, document):
    assert s3.head_object(Bucket=bucket, Key=document)["ContentLength"] > 0
