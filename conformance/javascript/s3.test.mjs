// The AWS SDK for JavaScript v3, unmodified, with its default settings.

import assert from "node:assert/strict";
import {createHash, randomBytes} from "node:crypto";
import {Agent} from "node:https";
import {Readable} from "node:stream";

import * as sdk from "@aws-sdk/client-s3";
import {Upload} from "@aws-sdk/lib-storage";
import {createPresignedPost} from "@aws-sdk/s3-presigned-post";
import {getSignedUrl} from "@aws-sdk/s3-request-presigner";
import {NodeHttpHandler} from "@smithy/node-http-handler";

import {named, newBucket, port, s3, verifies} from "./verify.mjs";

const MIB = 1024 * 1024;
const LARGE = randomBytes(20 * MIB + 17);
const secure = new sdk.S3Client({
  endpoint: `https://127.0.0.1:${port}`,
  requestHandler: new NodeHttpHandler({httpsAgent: new Agent({rejectUnauthorized: false})}),
});

/** Sends the command of this name. */
const send = (name, input, client = s3) => client.send(new sdk[`${name}Command`](input));
const put = (Bucket, Key, Body = "content", more = {}) => send("PutObject", {Bucket, Key, Body, ...more});
const text = async (Bucket, Key, more = {}) =>
  (await send("GetObject", {Bucket, Key, ...more})).Body.transformToString();
const refused = (name, input, code, client = s3) => assert.rejects(send(name, input, client), {name: code});

verifies([
  "CreateBucket: in the stack's region", "HeadBucket: region", "HeadBucket: one that is not there",
  "DeleteBucket: only when it is empty",
], async () => {
  const Bucket = await newBucket();
  await put(Bucket, "key");

  assert.equal((await send("HeadBucket", {Bucket})).BucketRegion, "us-east-1");
  await refused("DeleteBucket", {Bucket}, "BucketNotEmpty");
  await send("DeleteObject", {Bucket, Key: "key"});
  await send("DeleteBucket", {Bucket});
  await refused("HeadBucket", {Bucket}, "NotFound");
});

verifies(["CreateBucket: in another region", "GetBucketLocation: region"], async () => {
  const elsewhere = new sdk.S3Client({region: "eu-west-1"});
  const Bucket = `t${randomBytes(10).toString("hex")}`;
  await send("CreateBucket", {Bucket}, elsewhere);

  assert.equal((await send("GetBucketLocation", {Bucket})).LocationConstraint, "eu-west-1");
});

verifies(["ListBuckets: prefix and pages"], async () => {
  const Bucket = await newBucket();

  const found = [];
  for await (const page of sdk.paginateListBuckets({client: s3, pageSize: 1}, {Prefix: Bucket})) {
    found.push(...page.Buckets.map((each) => each.Name));
  }
  assert.deepEqual(found, [Bucket]);
});

verifies(["Waiters: buckets and objects come and go"], async () => {
  const Bucket = await newBucket();
  const options = {client: s3, maxWaitTime: 10, minDelay: 1, maxDelay: 1};
  await sdk.waitUntilBucketExists(options, {Bucket});
  await put(Bucket, "key");
  await sdk.waitUntilObjectExists(options, {Bucket, Key: "key"});
  await send("DeleteObject", {Bucket, Key: "key"});
  await sdk.waitUntilObjectNotExists(options, {Bucket, Key: "key"});
});

verifies([
  "PutObject: body, metadata and headers", "GetObject: body, metadata and headers",
  "HeadObject: size, metadata and headers",
], async () => {
  const Bucket = await newBucket();
  const headers = {ContentType: "text/x", CacheControl: "max-age=7", Metadata: {colour: "blue"}};
  await put(Bucket, "key", "content", headers);

  const got = await send("GetObject", {Bucket, Key: "key"});
  const head = await send("HeadObject", {Bucket, Key: "key"});

  assert.equal(await got.Body.transformToString(), "content");
  for (const name of Object.keys(headers)) {
    assert.deepEqual([got[name], head[name]], [headers[name], headers[name]]);
  }
  assert.equal(head.ContentLength, 7);
});

verifies(["PutObject: keys of any characters"], async () => {
  const Bucket = await newBucket();
  const keys = ["/leading", "a b/ü+%20.bin", "a//b/", "a?b#c&d=e", "quote'\"<&>", "~*()!;:@$,", "\u{1f600}/日本"];
  for (const Key of keys) {
    await put(Bucket, Key, Key);
    assert.equal(await text(Bucket, Key), Key);
  }

  const listed = await send("ListObjectsV2", {Bucket});
  assert.deepEqual(listed.Contents.map((each) => each.Key).sort(), [...keys].sort());
});

verifies(["PutObject: 20 MB in one request"], async () => {
  const Bucket = await newBucket();

  const {ETag} = await put(Bucket, "key", LARGE);
  const got = await send("GetObject", {Bucket, Key: "key"});

  assert.equal(ETag, `"${createHash("md5").update(LARGE).digest("hex")}"`);
  assert.ok(Buffer.from(await got.Body.transformToByteArray()).equals(LARGE));
});

verifies(["PutObject: If-None-Match and If-Match"], async () => {
  const Bucket = await newBucket();
  const {ETag} = await put(Bucket, "key", "one", {IfNoneMatch: "*"});

  await put(Bucket, "key", "two", {IfMatch: ETag});

  await assert.rejects(put(Bucket, "key", "three", {IfMatch: ETag}), {name: "PreconditionFailed"});
  await assert.rejects(put(Bucket, "key", "three", {IfNoneMatch: "*"}), {name: "PreconditionFailed"});
});

for (const [feature, algorithms] of [
  ["PutObject: CRC32", ["CRC32"]], ["PutObject: CRC32C", ["CRC32C"]], ["PutObject: SHA1", ["SHA1"]],
  ["PutObject: SHA256", ["SHA256"]],
]) {
  verifies([feature, "GetObject: checksum compared by the client"], async () => {
    const Bucket = await newBucket();
    for (const ChecksumAlgorithm of algorithms) {
      const member = `Checksum${ChecksumAlgorithm}`;
      const done = await put(Bucket, "key", "content", {ChecksumAlgorithm});
      const got = await send("GetObject", {Bucket, Key: "key", ChecksumMode: "ENABLED"});

      assert.ok(done[member]);
      assert.equal(got[member], done[member]);
      assert.equal(await got.Body.transformToString(), "content");
    }
  });
}

verifies([
  "PutObject: aws-chunked with a trailer", "PutObject: a stream", "Addresses: TLS",
], async () => {
  const Bucket = await newBucket();
  const Body = Readable.from([LARGE.subarray(0, MIB), LARGE.subarray(MIB, 3 * MIB)]);

  await send("PutObject", {Bucket, Key: "key", Body, ContentLength: 3 * MIB}, secure);

  const got = await send("GetObject", {Bucket, Key: "key", ChecksumMode: "ENABLED"}, secure);
  assert.ok(got.ChecksumCRC32);
  assert.equal(got.ContentEncoding, undefined);
  assert.ok(Buffer.from(await got.Body.transformToByteArray()).equals(LARGE.subarray(0, 3 * MIB)));
});

verifies(["GetObject: ranges", "GetObject: conditions", "GetObject: headers of the caller's choice"], async () => {
  const Bucket = await newBucket();
  const {ETag} = await put(Bucket, "key", "0123456789");

  const part = await send("GetObject", {Bucket, Key: "key", Range: "bytes=-3", ResponseContentType: "image/png"});
  assert.equal(await part.Body.transformToString(), "789");
  assert.deepEqual([part.ContentRange, part.ContentType], ["bytes 7-9/10", "image/png"]);
  await refused("GetObject", {Bucket, Key: "key", Range: "bytes=10-"}, "InvalidRange");
  await assert.rejects(
    send("GetObject", {Bucket, Key: "key", IfNoneMatch: ETag}), (error) => error.$metadata.httpStatusCode === 304);
  await refused("GetObject", {Bucket, Key: "key", IfMatch: '"other"'}, "PreconditionFailed");
});

verifies(["GetObjectAttributes: size, ETag, checksum"], async () => {
  const Bucket = await newBucket();
  await put(Bucket, "key");

  const attributes = await send("GetObjectAttributes", {
    Bucket, Key: "key", ObjectAttributes: ["ETag", "ObjectSize", "Checksum"],
  });

  assert.deepEqual([attributes.ObjectSize, attributes.ETag], [7, "9a0364b9e99bb480dd25e1f0284c8555"]);
  assert.ok(attributes.Checksum.ChecksumCRC32);
});

verifies(["Errors: codes of AWS", "Errors: what is not built says so by name"], async () => {
  const Bucket = await newBucket();

  await refused("GetObject", {Bucket, Key: "none"}, "NoSuchKey");
  await refused("HeadObject", {Bucket, Key: "none"}, "NotFound");
  await refused("ListObjectsV2", {Bucket: `${Bucket}-none`}, "NoSuchBucket");
  await refused("SelectObjectContent", {
    Bucket, Key: "k", Expression: "select 1", ExpressionType: "SQL", InputSerialization: {CSV: {}},
    OutputSerialization: {CSV: {}},
  }, "NotImplemented");
});

verifies(["Errors: an unknown key", "Errors: a wrong signature"], async () => {
  const Bucket = await newBucket();
  const accessKeyId = process.env.AWS_ACCESS_KEY_ID;
  const wrong = new sdk.S3Client({credentials: {accessKeyId, secretAccessKey: "wrong"}});
  const unknown = new sdk.S3Client({credentials: {accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wrong"}});

  await refused("ListObjectsV2", {Bucket}, "SignatureDoesNotMatch", wrong);
  await refused("ListObjectsV2", {Bucket}, "InvalidAccessKeyId", unknown);
});

verifies([
  "ListObjectsV2: prefix, delimiter, start-after", "ListObjectsV2: pages",
  "DeleteObjects: several keys",
], async () => {
  const Bucket = await newBucket();
  const keys = ["a/1", "a/2", "a/3", "b"];
  for (const Key of keys) {
    await put(Bucket, Key);
  }

  const found = [];
  for await (const page of sdk.paginateListObjectsV2({client: s3, pageSize: 3}, {Bucket})) {
    found.push(...page.Contents.map((each) => each.Key));
  }
  const top = await send("ListObjectsV2", {Bucket, Delimiter: "/"});
  const gone = await send("DeleteObjects", {Bucket, Delete: {Objects: keys.map((Key) => ({Key}))}});

  assert.deepEqual(found, keys);
  assert.deepEqual(top.CommonPrefixes.map((each) => each.Prefix), ["a/"]);
  assert.deepEqual(top.Contents.map((each) => each.Key), ["b"]);
  assert.equal(gone.Deleted.length, 4);
});

verifies(["CopyObject: within and between buckets", "CopyObject: metadata kept or replaced"], async () => {
  const Bucket = await newBucket();
  const other = await newBucket();
  await put(Bucket, "a ü", "content", {Metadata: {a: "b"}, Tagging: "t=1"});
  const CopySource = `${Bucket}/${encodeURIComponent("a ü")}`;

  await send("CopyObject", {Bucket: other, Key: "kept", CopySource});
  await send("CopyObject", {
    Bucket, Key: "replaced", CopySource, MetadataDirective: "REPLACE", Metadata: {c: "d"},
  });

  assert.deepEqual((await send("HeadObject", {Bucket: other, Key: "kept"})).Metadata, {a: "b"});
  assert.deepEqual((await send("HeadObject", {Bucket, Key: "replaced"})).Metadata, {c: "d"});
  assert.equal(await text(Bucket, "replaced"), "content");
});

verifies([
  "CreateMultipartUpload: metadata", "UploadPart: parts in any order", "ListParts: parts of an upload",
  "CompleteMultipartUpload: ETag of parts", "GetObject: by part number", "UploadPartCopy: whole objects and ranges",
], async () => {
  const Bucket = await newBucket();
  await put(Bucket, "source", LARGE);
  const {UploadId} = await send("CreateMultipartUpload", {Bucket, Key: "key", Metadata: {a: "b"}});
  const target = {Bucket, Key: "key", UploadId};
  const last = await send("UploadPart", {...target, PartNumber: 2, Body: "last"});
  const copied = await send("UploadPartCopy", {
    ...target, PartNumber: 1, CopySource: `${Bucket}/source`, CopySourceRange: `bytes=0-${5 * MIB - 1}`,
  });
  const listed = await send("ListParts", target);
  const Parts = [
    {PartNumber: 1, ETag: copied.CopyPartResult.ETag}, {PartNumber: 2, ETag: last.ETag}];
  const done = await send("CompleteMultipartUpload", {...target, MultipartUpload: {Parts}});

  assert.deepEqual(listed.Parts.map((each) => each.Size), [5 * MIB, 4]);
  assert.match(done.ETag, /-2"$/);
  assert.equal(await text(Bucket, "key", {PartNumber: 2}), "last");
  assert.deepEqual((await send("HeadObject", {Bucket, Key: "key"})).Metadata, {a: "b"});
});

verifies(["AbortMultipartUpload: parts are gone", "ListMultipartUploads: prefixes and pages"], async () => {
  const Bucket = await newBucket();
  const {UploadId} = await send("CreateMultipartUpload", {Bucket, Key: "key"});

  assert.deepEqual((await send("ListMultipartUploads", {Bucket})).Uploads.map((each) => each.UploadId), [UploadId]);
  await send("AbortMultipartUpload", {Bucket, Key: "key", UploadId});
  await refused("ListParts", {Bucket, Key: "key", UploadId}, "NoSuchUpload");
});

verifies(["Transfers: upload in parts", "Transfers: a stream of unknown length"], async () => {
  const Bucket = await newBucket();
  const params = {Bucket, Key: "key", Body: Readable.from(LARGE), ContentType: "video/mp4"};

  await new Upload({client: s3, params, partSize: 5 * MIB, queueSize: 4}).done();

  const got = await send("GetObject", {Bucket, Key: "key"});
  assert.ok(Buffer.from(await got.Body.transformToByteArray()).equals(LARGE));
  assert.equal(got.ContentType, "video/mp4");
  assert.match(got.ETag, /-5"$/);
});

verifies([
  "PutBucketVersioning: enabled", "PutBucketVersioning: suspended", "ListObjectVersions: versions and markers",
  "DeleteObject: delete markers", "GetObject: by version", "DeleteObject: by version",
], async () => {
  const Bucket = await newBucket();
  await send("PutBucketVersioning", {Bucket, VersioningConfiguration: {Status: "Enabled"}});
  const first = await put(Bucket, "key", "first");
  await put(Bucket, "key", "second");
  const marker = await send("DeleteObject", {Bucket, Key: "key"});

  const listed = await send("ListObjectVersions", {Bucket});
  assert.deepEqual([listed.Versions.length, listed.DeleteMarkers.length], [2, 1]);
  assert.equal(await text(Bucket, "key", {VersionId: first.VersionId}), "first");
  await send("DeleteObject", {Bucket, Key: "key", VersionId: marker.VersionId});
  assert.equal(await text(Bucket, "key"), "second");
  await send("PutBucketVersioning", {Bucket, VersioningConfiguration: {Status: "Suspended"}});
  assert.equal((await put(Bucket, "key", "null")).VersionId, undefined);
  assert.equal(await text(Bucket, "key", {VersionId: "null"}), "null");
});

verifies([
  "Object lock: governance and its bypass", "PutObjectLegalHold: on and off", "PutObject: object lock",
  "PutObjectLockConfiguration: default retention",
], async () => {
  const Bucket = await newBucket({ObjectLockEnabledForBucket: true});
  const until = new Date(Date.now() + 86_400_000);
  until.setMilliseconds(0);
  const {VersionId} = await put(
    Bucket, "key", "x", {ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: until});
  const target = {Bucket, Key: "key", VersionId};

  assert.deepEqual((await send("GetObjectRetention", target)).Retention, {
    Mode: "GOVERNANCE", RetainUntilDate: until,
  });
  await refused("DeleteObject", target, "AccessDenied");
  await send("PutObjectLegalHold", {...target, LegalHold: {Status: "ON"}});
  await refused("DeleteObject", {...target, BypassGovernanceRetention: true}, "AccessDenied");
  await send("PutObjectLegalHold", {...target, LegalHold: {Status: "OFF"}});
  await send("DeleteObject", {...target, BypassGovernanceRetention: true});
  const Rule = {DefaultRetention: {Mode: "COMPLIANCE", Years: 1}};
  const configuration = {ObjectLockEnabled: "Enabled", Rule};
  await send("PutObjectLockConfiguration", {Bucket, ObjectLockConfiguration: configuration});
  assert.deepEqual((await send("GetObjectLockConfiguration", {Bucket})).ObjectLockConfiguration, configuration);
});

verifies(["PutObjectTagging: kept and given back", "DeleteObjectTagging: gone", "DeleteBucketTagging: gone",
  "PutObject: tags", "PutBucketTagging: kept and given back"], async () => {
  const Bucket = await newBucket();
  const TagSet = [{Key: "a", Value: "b c"}];
  await put(Bucket, "key", "x", {Tagging: "colour=blue"});
  const got = await send("GetObject", {Bucket, Key: "key"});
  assert.deepEqual([await got.Body.transformToString(), got.TagCount], ["x", 1]);

  await send("PutObjectTagging", {Bucket, Key: "key", Tagging: {TagSet}});
  assert.deepEqual((await send("GetObjectTagging", {Bucket, Key: "key"})).TagSet, TagSet);
  await send("DeleteObjectTagging", {Bucket, Key: "key"});
  assert.deepEqual((await send("GetObjectTagging", {Bucket, Key: "key"})).TagSet, []);
  await send("PutBucketTagging", {Bucket, Tagging: {TagSet}});
  assert.deepEqual((await send("GetBucketTagging", {Bucket})).TagSet, TagSet);
  await send("DeleteBucketTagging", {Bucket});
  await refused("GetBucketTagging", {Bucket}, "NoSuchTagSet");
});

verifies(["Presigned URLs: GET", "Presigned URLs: PUT with signed headers", "Presigned URLs: HEAD and DELETE"], async () => {
  const target = {Bucket: await newBucket(), Key: "a ü+"};
  const url = (name, more = {}) => getSignedUrl(s3, new sdk[`${name}Command`]({...target, ...more}), {expiresIn: 60});

  const done = await fetch(await url("PutObject", {ContentType: "text/x"}), {
    method: "PUT", body: "presigned", headers: {"Content-Type": "text/x"},
  });
  assert.equal(done.status, 200);
  assert.equal(await (await fetch(await url("GetObject"))).text(), "presigned");
  assert.equal((await fetch(await url("HeadObject"), {method: "HEAD"})).headers.get("content-type"), "text/x");
  assert.equal((await fetch(await url("DeleteObject"), {method: "DELETE"})).status, 204);
});

verifies(["Presigned URLs: changed ones are refused"], async () => {
  const Bucket = await newBucket();
  const url = await getSignedUrl(s3, new sdk.GetObjectCommand({Bucket, Key: "key"}));

  const answer = await fetch(url.replace("key?", "other?"));

  assert.equal(answer.status, 403);
  assert.match(await answer.text(), /SignatureDoesNotMatch/);
});

verifies(["PostObject: fields, conditions and status"], async () => {
  const Bucket = await newBucket();
  const {url, fields} = await createPresignedPost(s3, {
    Bucket, Key: "uploads/${filename}", Fields: {success_action_status: "201"},
    Conditions: [["content-length-range", 1, 20], ["starts-with", "$Content-Type", "text/"]],
  });
  const post = (content, more) => {
    const form = new FormData();
    Object.entries({...fields, ...more}).forEach(([name, value]) => form.append(name, value));
    form.append("file", new Blob([content]), "file.txt");
    return fetch(url, {method: "POST", body: form});
  };

  assert.equal((await post("from a form", {"Content-Type": "text/x"})).status, 201);
  assert.equal(await text(Bucket, "uploads/file.txt"), "from a form");
  assert.equal((await post("x".repeat(21), {"Content-Type": "text/x"})).status, 400);
  assert.equal((await post("x", {"Content-Type": "image/png"})).status, 403);
});

verifies(["Addresses: virtual hosts", "Presigned URLs: by virtual host"], async () => {
  for (const host of ["localhost", "s3.localhost"]) {
    const client = named(host);
    const Bucket = await newBucket();
    await send("PutObject", {Bucket, Key: "a/b", Body: "x"}, client);

    const listed = await send("ListObjectsV2", {Bucket}, client);
    const url = await getSignedUrl(client, new sdk.GetObjectCommand({Bucket, Key: "a/b"}));

    assert.deepEqual(listed.Contents.map((each) => each.Key), ["a/b"]);
    assert.ok(url.startsWith(`http://${Bucket}.${host}:${port}/a/b?`));
  }
});

verifies([
  "PutBucketPolicy: evaluated for anonymous requests", "GetBucketPolicyStatus: public", "DeleteBucketPolicy: gone",
  "PutPublicAccessBlock: blocks public policies and ACLs",
], async () => {
  const Bucket = await newBucket();
  await put(Bucket, "key", "x");
  const anonymous = () => fetch(`${process.env.AWS_ENDPOINT_URL}/${Bucket}/key`).then((answer) => answer.status);
  const allow = {Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*`};
  const Policy = JSON.stringify({Version: "2012-10-17", Statement: [allow]});

  await send("PutPublicAccessBlock", {Bucket, PublicAccessBlockConfiguration: {BlockPublicPolicy: true}});
  await refused("PutBucketPolicy", {Bucket, Policy}, "AccessDenied");
  await send("DeletePublicAccessBlock", {Bucket});
  assert.equal(await anonymous(), 403);
  await send("PutBucketPolicy", {Bucket, Policy});
  assert.equal(await anonymous(), 200);
  assert.equal((await send("GetBucketPolicyStatus", {Bucket})).PolicyStatus.IsPublic, true);
  await send("DeleteBucketPolicy", {Bucket});
  assert.equal(await anonymous(), 403);
});

verifies([
  "PutBucketOwnershipControls: with and without ACLs", "PutObjectAcl: canned, evaluated for anonymous requests",
], async () => {
  const Bucket = await newBucket();
  await put(Bucket, "key", "x");
  await refused("PutObjectAcl", {Bucket, Key: "key", ACL: "public-read"}, "AccessControlListNotSupported");
  await send("DeletePublicAccessBlock", {Bucket});
  await send("PutBucketOwnershipControls", {
    Bucket, OwnershipControls: {Rules: [{ObjectOwnership: "ObjectWriter"}]},
  });

  await send("PutObjectAcl", {Bucket, Key: "key", ACL: "public-read"});

  assert.equal((await fetch(`${process.env.AWS_ENDPOINT_URL}/${Bucket}/key`)).status, 200);
  assert.equal((await send("GetObjectAcl", {Bucket, Key: "key"})).Grants.length, 2);
});

verifies(["PutBucketCors: kept and given back", "DeleteBucketCors: gone", "CORS: preflight and answers"], async () => {
  const Bucket = await newBucket();
  const CORSRules = [{
    AllowedMethods: ["PUT"], AllowedOrigins: ["https://example.com"], AllowedHeaders: ["*"], ExposeHeaders: ["ETag"],
  }];
  await send("PutBucketCors", {Bucket, CORSConfiguration: {CORSRules}});

  const headers = {Origin: "https://example.com", "Access-Control-Request-Method": "PUT"};
  const answer = await fetch(`${process.env.AWS_ENDPOINT_URL}/${Bucket}/key`, {method: "OPTIONS", headers});

  assert.deepEqual((await send("GetBucketCors", {Bucket})).CORSRules, CORSRules);
  assert.deepEqual([answer.status, answer.headers.get("access-control-allow-origin")], [200, "https://example.com"]);
  await send("DeleteBucketCors", {Bucket});
  await refused("GetBucketCors", {Bucket}, "NoSuchCORSConfiguration");
});

verifies(["PutObject: SSE-KMS"], async () => {
  const Bucket = await newBucket();
  const SSEKMSKeyId = "arn:aws:kms:us-east-1:000000000000:key/own";
  await put(Bucket, "key", "x", {ServerSideEncryption: "aws:kms", SSEKMSKeyId});

  assert.equal((await send("HeadObject", {Bucket, Key: "key"})).SSEKMSKeyId, SSEKMSKeyId);
});

verifies(["PutObject: SSE-C", "GetObject: SSE-C"], async () => {
  const Bucket = await newBucket();
  const own = {SSECustomerAlgorithm: "AES256", SSECustomerKey: Buffer.alloc(32, "k")};
  await send("PutObject", {Bucket, Key: "key", Body: "content", ...own}, secure);

  const got = await send("GetObject", {Bucket, Key: "key", ...own}, secure);

  assert.equal(await got.Body.transformToString(), "content");
  await refused("GetObject", {Bucket, Key: "key"}, "InvalidRequest", secure);
});

/** Feature, name of the operations, member, what is kept, code where there is none. */
const CONFIGURATIONS = [
  ["PutBucketWebsite: kept and given back", "BucketWebsite", "WebsiteConfiguration", {
    IndexDocument: {Suffix: "index.html"}, ErrorDocument: {Key: "error.html"},
    RoutingRules: [{Condition: {KeyPrefixEquals: "old/"}, Redirect: {ReplaceKeyPrefixWith: "new/"}}],
  }],
  ["PutBucketEncryption: kept and given back", "BucketEncryption", "ServerSideEncryptionConfiguration", {
    Rules: [{ApplyServerSideEncryptionByDefault: {SSEAlgorithm: "AES256"}, BucketKeyEnabled: true}],
  }],
  ["PutBucketLifecycleConfiguration: kept and given back", "BucketLifecycleConfiguration", "LifecycleConfiguration", {
    Rules: [{ID: "one", Status: "Enabled", Filter: {Prefix: "logs/"}, Expiration: {Days: 30}}],
  }],
  ["PutBucketNotificationConfiguration: kept and given back", "BucketNotificationConfiguration", "NotificationConfiguration", {
    LambdaFunctionConfigurations: [{
      Id: "one", LambdaFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:hears",
      Events: ["s3:ObjectRemoved:*"],
    }],
  }],
  ["PutBucketAccelerateConfiguration: kept and given back", "BucketAccelerateConfiguration", "AccelerateConfiguration", {
    Status: "Suspended",
  }],
  ["PutBucketRequestPayment: kept and given back", "BucketRequestPayment", "RequestPaymentConfiguration", {
    Payer: "Requester",
  }],
];

for (const [feature, name, member, value] of CONFIGURATIONS) {
  verifies([feature], async () => {
    const Bucket = await newBucket();
    await send(`Put${name}`, {Bucket, [member]: value});

    const {$metadata, ...answer} = await send(`Get${name}`, {Bucket});
    const kept = answer[member] ?? answer;

    for (const key of Object.keys(value)) {
      assert.deepEqual(JSON.parse(JSON.stringify(kept[key])), value[key]);
    }
  });
}
