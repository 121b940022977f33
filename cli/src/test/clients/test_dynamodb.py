"""boto3's client and resource for DynamoDB."""

from decimal import Decimal

import boto3
import pytest
from boto3.dynamodb.conditions import Key
from botocore.exceptions import ClientError


def test_seeded_items_are_there_to_the_last_digit():
    item = boto3.resource("dynamodb").Table("seeded").get_item(Key={"pk": "1"})["Item"]

    assert item == {"pk": "1", "colour": "red", "size": Decimal("12345678901234567890.5")}


def test_seeded_index_answers():
    found = boto3.resource("dynamodb").Table("seeded").query(
        IndexName="by-colour", KeyConditionExpression=Key("colour").eq("blue"))

    assert [item["pk"] for item in found["Items"]] == ["2"]


def test_arns_carry_the_region_and_account(dynamodb):
    table = dynamodb.describe_table(TableName="seeded")["Table"]

    assert table["TableArn"] == "arn:aws:dynamodb:us-east-1:000000000000:table/seeded"
    assert dynamodb.describe_table(TableName=table["TableArn"])["Table"]["TableName"] == "seeded"


def test_table_life(dynamodb, unique):
    dynamodb.create_table(
        TableName=unique,
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST")
    dynamodb.get_waiter("table_exists").wait(TableName=unique)
    dynamodb.put_item(TableName=unique, Item={"pk": {"S": "a"}, "data": {"B": b"\x00\xff"}, "set": {"NS": ["1", "2"]}})

    item = dynamodb.get_item(TableName=unique, Key={"pk": {"S": "a"}})["Item"]
    dynamodb.delete_table(TableName=unique)
    dynamodb.get_waiter("table_not_exists").wait(TableName=unique)

    assert item["data"]["B"] == b"\x00\xff"
    assert sorted(item["set"]["NS"]) == ["1", "2"]


def test_conditions_and_transactions_fail_as_on_aws(dynamodb):
    with pytest.raises(ClientError) as condition:
        dynamodb.put_item(TableName="seeded", Item={"pk": {"S": "1"}}, ConditionExpression="attribute_not_exists(pk)")
    assert condition.value.response["Error"]["Code"] == "ConditionalCheckFailedException"
    check = {"TableName": "seeded", "Key": {"pk": {"S": "none"}}, "ConditionExpression": "attribute_exists(pk)"}
    with pytest.raises(ClientError) as transaction:
        dynamodb.transact_write_items(TransactItems=[{"ConditionCheck": check}])
    assert transaction.value.response["CancellationReasons"][0]["Code"] == "ConditionalCheckFailed"


def test_regions_are_worlds_of_their_own():
    assert boto3.client("dynamodb", region_name="eu-west-1").list_tables()["TableNames"] == []
