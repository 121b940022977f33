// What the suite shares: a test that records which lines of the features it is the check of, and a client.

import {randomUUID} from "node:crypto";
import {appendFileSync, readFileSync} from "node:fs";
import {Agent} from "node:http";
import {basename} from "node:path";
import {test} from "node:test";

import {CreateBucketCommand, S3Client} from "@aws-sdk/client-s3";
import {NodeHttpHandler} from "@smithy/node-http-handler";

// The suite of a service is in the file of its name.
const service = basename(process.argv[1]).split(".")[0];
const {version} = JSON.parse(readFileSync(new URL(
  `node_modules/@aws-sdk/client-${service}/package.json`, import.meta.url)));

export const s3 = new S3Client({});
export const port = new URL(process.env.AWS_ENDPOINT_URL).port;

/** A test that is the check of these features. */
export function verifies(features, body) {
  test(features.join("; "), async (context) => {
    let passed = false;
    try {
      await body(context);
      passed = true;
    } finally {
      for (const feature of features) {
        const result = {client: "javascript", version, test: features[0], feature, passed};
        appendFileSync(process.env.CONFORMANCE_RESULTS, JSON.stringify(result) + "\n");
      }
    }
  });
}

export async function newBucket(options = {}) {
  const Bucket = `t${randomUUID()}`;
  await s3.send(new CreateBucketCommand({Bucket, ...options}));
  return Bucket;
}

/** A client of the stack by name; *.localhost resolves to the loopback address, as RFC 6761 has it. */
export function named(host) {
  const lookup = (name, options, done) => options.all
    ? done(null, [{address: "127.0.0.1", family: 4}]) : done(null, "127.0.0.1", 4);
  const requestHandler = new NodeHttpHandler({httpAgent: new Agent({lookup})});
  return new S3Client({endpoint: `http://${host}:${port}`, requestHandler});
}
