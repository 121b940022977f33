// The AWS SDK for JavaScript v3, unmodified, with its default settings.

import assert from "node:assert/strict";
import {createHash, randomBytes, randomUUID} from "node:crypto";
import {test} from "node:test";

import {DynamoDBClient} from "@aws-sdk/client-dynamodb";
import {InvokeCommand, LambdaClient, ListFunctionsCommand} from "@aws-sdk/client-lambda";
import {
  CopyObjectCommand, CreateBucketCommand, DeleteObjectsCommand, GetObjectCommand, HeadObjectCommand,
  ListObjectsV2Command, PutObjectCommand, S3Client,
} from "@aws-sdk/client-s3";
import {GetCallerIdentityCommand, STSClient} from "@aws-sdk/client-sts";
import {DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand} from "@aws-sdk/lib-dynamodb";
import {getSignedUrl} from "@aws-sdk/s3-request-presigner";

const s3 = new S3Client({});
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const lambda = new LambdaClient({});

test("S3: twenty megabytes there and back", async () => {
  const Bucket = `t${randomUUID()}`;
  const content = randomBytes(20 * 1024 * 1024);
  await s3.send(new CreateBucketCommand({Bucket}));

  const put = await s3.send(new PutObjectCommand({Bucket, Key: "a b/ü+.bin", Body: content, Metadata: {a: "b"}}));
  const got = await s3.send(new GetObjectCommand({Bucket, Key: "a b/ü+.bin"}));
  const back = Buffer.from(await got.Body.transformToByteArray());

  assert.equal(put.ETag, `"${createHash("md5").update(content).digest("hex")}"`);
  assert.ok(back.equals(content));
  assert.deepEqual(got.Metadata, {a: "b"});
});

test("S3: list, copy, delete", async () => {
  const Bucket = `t${randomUUID()}`;
  await s3.send(new CreateBucketCommand({Bucket}));
  await s3.send(new PutObjectCommand({Bucket, Key: "k", Body: "x"}));
  await s3.send(new CopyObjectCommand({Bucket, Key: "copy", CopySource: `${Bucket}/k`}));

  const listed = await s3.send(new ListObjectsV2Command({Bucket}));
  await s3.send(new DeleteObjectsCommand({Bucket, Delete: {Objects: [{Key: "k"}]}}));

  assert.deepEqual(listed.Contents.map((item) => item.Key), ["copy", "k"]);
  await assert.rejects(s3.send(new HeadObjectCommand({Bucket, Key: "k"})), {name: "NotFound"});
  await assert.rejects(s3.send(new GetObjectCommand({Bucket, Key: "k"})), {name: "NoSuchKey"});
});

test("S3: presigned URLs", async () => {
  const url = await getSignedUrl(s3, new GetObjectCommand({Bucket: "seeded", Key: "hello.txt"}), {expiresIn: 60});

  const answer = await fetch(url);

  assert.equal(await answer.text(), "hello, clients");
});

test("DynamoDB: documents, an index, a condition", async () => {
  const pk = randomUUID();
  const put = new PutCommand({
    TableName: "seeded", Item: {pk, colour: pk, nested: {list: [1, "two", null]}},
    ConditionExpression: "attribute_not_exists(pk)",
  });
  await documents.send(put);

  const got = await documents.send(new GetCommand({TableName: "seeded", Key: {pk}}));
  const found = await documents.send(new QueryCommand({
    TableName: "seeded", IndexName: "by-colour", KeyConditionExpression: "colour = :c",
    ExpressionAttributeValues: {":c": pk},
  }));

  assert.deepEqual(got.Item.nested, {list: [1, "two", null]});
  assert.equal(found.Count, 1);
  await assert.rejects(documents.send(put), {name: "ConditionalCheckFailedException"});
});

test("Lambda: invoke and list", async () => {
  const answer = await lambda.send(new InvokeCommand({
    FunctionName: "echo-node", Payload: JSON.stringify({a: 1}), LogType: "Tail",
  }));
  const listed = await lambda.send(new ListFunctionsCommand({}));

  assert.deepEqual(JSON.parse(answer.Payload.transformToString()).event, {a: 1});
  assert.match(Buffer.from(answer.LogResult, "base64").toString(), /REPORT RequestId/);
  assert.ok(listed.Functions.some((each) => each.FunctionName === "echo-python"));
  await assert.rejects(
    lambda.send(new InvokeCommand({FunctionName: "none"})), {name: "ResourceNotFoundException"});
});

test("STS: who am I", async () => {
  const identity = await new STSClient({}).send(new GetCallerIdentityCommand({}));

  assert.equal(identity.Account, "000000000000");
});
