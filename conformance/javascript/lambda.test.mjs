// Lambda by the AWS SDK for JavaScript v3, unmodified, with its default settings.

import assert from "node:assert/strict";
import {randomUUID} from "node:crypto";
import {request} from "node:http";
import {setTimeout as sleep} from "node:timers/promises";

import {CloudWatchLogsClient, FilterLogEventsCommand} from "@aws-sdk/client-cloudwatch-logs";
import {CreateTableCommand, DynamoDBClient, PutItemCommand} from "@aws-sdk/client-dynamodb";
import * as sdk from "@aws-sdk/client-lambda";

import {verifies} from "./verify.mjs";
import {zip} from "./zip.mjs";

const lambda = new sdk.LambdaClient({});
const Role = "arn:aws:iam::000000000000:role/any";
const ECHO = "exports.handler = async (event) => event;";

async function newFunction(code = ECHO, settings = {}) {
  const FunctionName = `t${randomUUID()}`;
  await lambda.send(new sdk.CreateFunctionCommand({
    FunctionName, Role, Runtime: "nodejs20.x", Handler: "index.handler", Timeout: 20,
    Code: {ZipFile: zip({"index.js": code})}, ...settings}));
  await sdk.waitUntilFunctionActiveV2({client: lambda, maxWaitTime: 30, minDelay: 1}, {FunctionName});
  return FunctionName;
}

async function updated(FunctionName) {
  await sdk.waitUntilFunctionUpdatedV2({client: lambda, maxWaitTime: 30, minDelay: 1}, {FunctionName});
}

async function invoke(FunctionName, event = {}, more = {}) {
  const answer = await lambda.send(new sdk.InvokeCommand({FunctionName, Payload: JSON.stringify(event), ...more}));
  return {...answer, result: JSON.parse(answer.Payload?.transformToString() || "null")};
}

const refused = (name, command) => assert.rejects(lambda.send(command), {name});

async function all(paginate, input, member) {
  const found = [];
  for await (const page of paginate({client: lambda, pageSize: 1}, input)) {
    assert.ok(page[member].length <= 1);
    found.push(...page[member]);
  }
  return found;
}

/** A request to a URL of a function; names below localhost need not resolve. */
function fetched(url) {
  const {port, host, pathname} = new URL(url);
  return new Promise((done, fail) => request({host: "127.0.0.1", port, path: pathname, headers: {host}}, (answer) => {
    let body = "";
    answer.on("data", (part) => body += part).on("end", () => done({status: answer.statusCode, body}));
  }).on("error", fail).end());
}

verifies(["CreateFunction: from a zip", "GetFunction: configuration, tags, reservation",
  "GetFunction: the package is downloaded"], async () => {
  const FunctionName = await newFunction(ECHO, {Tags: {team: "web"}});
  const got = await lambda.send(new sdk.GetFunctionCommand({FunctionName}));
  assert.equal(got.Configuration.State, "Active");
  assert.deepEqual(got.Tags, {team: "web"});
  const downloaded = await (await fetch(got.Code.Location)).arrayBuffer();
  assert.deepEqual(Buffer.from(downloaded), Buffer.from(zip({"index.js": ECHO})));
});

verifies(["CreateFunction: what is wrong is refused with AWS's text"], async () => {
  const FunctionName = await newFunction();
  await assert.rejects(newFunction(ECHO, {FunctionName}),
    {name: "ResourceConflictException", message: `Function already exist: ${FunctionName}`});
  await assert.rejects(newFunction(ECHO, {Timeout: 901}), /Value '901' at 'timeout' failed to satisfy constraint/);
});

verifies(["UpdateFunctionCode: another package", "UpdateFunctionConfiguration: settings, which a waiter waits for"],
  async () => {
    const FunctionName = await newFunction();
    await lambda.send(new sdk.UpdateFunctionCodeCommand(
      {FunctionName, ZipFile: zip({"index.js": "exports.handler = async () => process.env.LEVEL;"})}));
    await updated(FunctionName);
    await lambda.send(new sdk.UpdateFunctionConfigurationCommand({FunctionName, Environment: {Variables: {LEVEL: "up"}}}));
    await updated(FunctionName);
    assert.equal((await invoke(FunctionName)).result, "up");
  });

verifies(["ListFunctions: pages", "DeleteFunction: gone", "GetFunction: one that is not there"], async () => {
  const names = [await newFunction(), await newFunction()];
  const listed = (await all(sdk.paginateListFunctions, {}, "Functions")).map((each) => each.FunctionName);
  assert.ok(names.every((name) => listed.includes(name)));
  await lambda.send(new sdk.DeleteFunctionCommand({FunctionName: names[0]}));
  await refused("ResourceNotFoundException", new sdk.GetFunctionCommand({FunctionName: names[0]}));
});

verifies(["TagResource: kept, given back, taken away"], async () => {
  const FunctionName = await newFunction();
  const {FunctionArn: Resource} = await lambda.send(new sdk.GetFunctionConfigurationCommand({FunctionName}));
  await lambda.send(new sdk.TagResourceCommand({Resource, Tags: {a: "1", b: "2"}}));
  await lambda.send(new sdk.UntagResourceCommand({Resource, TagKeys: ["a"]}));
  assert.deepEqual((await lambda.send(new sdk.ListTagsCommand({Resource}))).Tags, {b: "2"});
});

verifies(["GetAccountSettings: limits and use"], async () => {
  const {AccountLimit} = await lambda.send(new sdk.GetAccountSettingsCommand({}));
  assert.equal(AccountLimit.ConcurrentExecutions, 1000);
});

verifies(["PublishVersion: numbered, invoked by number", "ListVersionsByFunction: pages", "CreateAlias: invoked by name",
  "ListAliases: pages", "DeleteAlias: gone"], async () => {
  const FunctionName = await newFunction("exports.handler = async (event, context) => context.functionVersion;");
  const {Version} = await lambda.send(new sdk.PublishVersionCommand({FunctionName}));
  assert.equal((await invoke(FunctionName, {}, {Qualifier: Version})).result, "1");
  assert.deepEqual((await all(sdk.paginateListVersionsByFunction, {FunctionName}, "Versions")).map((each) => each.Version),
    ["$LATEST", "1"]);
  await lambda.send(new sdk.CreateAliasCommand({FunctionName, Name: "live", FunctionVersion: "1"}));
  assert.equal((await invoke(`${FunctionName}:live`)).result, "1");
  assert.deepEqual((await all(sdk.paginateListAliases, {FunctionName}, "Aliases")).map((each) => each.Name), ["live"]);
  await lambda.send(new sdk.DeleteAliasCommand({FunctionName, Name: "live"}));
  await refused("ResourceNotFoundException", new sdk.GetAliasCommand({FunctionName, Name: "live"}));
});

verifies(["Invoke: event and result", "Invoke: log tail", "Invoke: client context"], async () => {
  const FunctionName = await newFunction(`exports.handler = async (event, context) => {
    console.log("seen"); return {event, custom: context.clientContext.custom}; };`);
  const ClientContext = Buffer.from(JSON.stringify({custom: {k: "v"}})).toString("base64");
  const answer = await invoke(FunctionName, {a: "ü"}, {LogType: "Tail", ClientContext});
  assert.deepEqual(answer.result, {event: {a: "ü"}, custom: {k: "v"}});
  assert.equal(answer.ExecutedVersion, "$LATEST");
  const tail = Buffer.from(answer.LogResult, "base64").toString();
  assert.match(tail, /START RequestId: .* Version: \$LATEST\n.*seen\nEND RequestId: .*\nREPORT RequestId: /s);
});

verifies(["Invoke: an exception of the function", "Invoke: a timeout"], async () => {
  const failed = await invoke(await newFunction("exports.handler = async () => { throw new RangeError('no'); };"));
  assert.equal(failed.FunctionError, "Unhandled");
  assert.equal(failed.result.errorType, "RangeError");
  assert.equal(failed.result.errorMessage, "no");
  const late = await invoke(await newFunction("exports.handler = () => new Promise(() => setTimeout(() => {}, 9e4));", {Timeout: 1}));
  assert.equal(late.result.errorType, "Sandbox.Timedout");
});

verifies(["Invoke: DryRun", "Invoke: no JSON, no function"], async () => {
  const FunctionName = await newFunction();
  assert.equal((await invoke(FunctionName, {}, {InvocationType: "DryRun"})).StatusCode, 204);
  await refused("InvalidRequestContentException", new sdk.InvokeCommand({FunctionName, Payload: "{no"}));
  await refused("ResourceNotFoundException", new sdk.InvokeCommand({FunctionName: "nowhere"}));
});

verifies(["Invoke: what is too large, waited for and not", "Invoke: a result that is too large"], async () => {
  const FunctionName = await newFunction("exports.handler = async (event) => 'x'.repeat(event.length ? 1 : event);");
  await refused("RequestTooLargeException", new sdk.InvokeCommand({FunctionName, Payload: `"${"x".repeat(6291455)}"`}));
  await refused("RequestTooLargeException", new sdk.InvokeCommand(
    {FunctionName, InvocationType: "Event", Payload: `"${"x".repeat(1048575)}"`}));
  assert.equal((await invoke(FunctionName, 7000000)).result.errorType, "Function.ResponseSizeTooLarge");
});

verifies(["Invoke: Event", "FilterLogEvents: by a pattern"], async () => {
  const FunctionName = await newFunction("exports.handler = async (event) => console.log('ran', event.n);");
  assert.equal((await invoke(FunctionName, {n: 7}, {InvocationType: "Event"})).StatusCode, 202);
  await ran(FunctionName, "ran", "ran 7");
});

/** Waits until a function has written this. */
async function ran(FunctionName, filterPattern, text) {
  const logs = new CloudWatchLogsClient({});
  for (let tries = 0; tries < 200; tries++) {
    const found = await logs.send(new FilterLogEventsCommand(
      {logGroupName: `/aws/lambda/${FunctionName}`, filterPattern})).catch(() => ({events: []}));
    if (found.events.some((each) => each.message.includes(text))) return;
    await sleep(200);
  }
  assert.fail(`${text} was not written`);
}

verifies(["InvokeWithResponseStream: parts and the end", "InvokeWithResponseStream: an error amid the response"], async () => {
  const FunctionName = await newFunction(`exports.handler = awslambda.streamifyResponse(async (event, stream) => {
    stream.write("one "); await new Promise((done) => setTimeout(done, 300));
    if (event.fail) throw new RangeError("amid"); stream.write("two"); stream.end(); });`);
  const streamed = async (event) => {
    const {EventStream} = await lambda.send(new sdk.InvokeWithResponseStreamCommand(
      {FunctionName, Payload: JSON.stringify(event)}));
    const parts = [];
    for await (const each of EventStream) {
      if (each.PayloadChunk) parts.push(Buffer.from(each.PayloadChunk.Payload).toString());
      if (each.InvokeComplete) return {parts, complete: each.InvokeComplete};
    }
  };
  const whole = await streamed({});
  assert.equal(whole.parts.join(""), "one two");
  assert.ok(whole.parts.length > 1);
  assert.equal(whole.complete.ErrorCode, undefined);
  assert.equal((await streamed({fail: 1})).complete.ErrorCode, "Unhandled");
});

verifies(["PutFunctionConcurrency: 50 at once with a limit of 10"], async () => {
  const once = new sdk.LambdaClient({maxAttempts: 1, requestHandler: {httpAgent: {maxSockets: 50}}});
  const FunctionName = await newFunction("exports.handler = () => new Promise((done) => setTimeout(done, 5000, 'ran'));");
  await lambda.send(new sdk.PutFunctionConcurrencyCommand({FunctionName, ReservedConcurrentExecutions: 10}));
  const ends = await Promise.allSettled(Array.from({length: 50}, () => once.send(new sdk.InvokeCommand({FunctionName}))));
  const throttled = ends.filter((end) => end.status === "rejected").map((end) => end.reason);
  assert.equal(ends.length - throttled.length, 10);
  for (const error of throttled) {
    assert.equal(error.name, "TooManyRequestsException");
    assert.equal(error.Reason, "ReservedFunctionConcurrentInvocationLimitExceeded");
  }
});

verifies(["PutFunctionConcurrency: 0 stops a function"], async () => {
  const once = new sdk.LambdaClient({maxAttempts: 1});
  const FunctionName = await newFunction();
  await lambda.send(new sdk.PutFunctionConcurrencyCommand({FunctionName, ReservedConcurrentExecutions: 0}));
  await assert.rejects(once.send(new sdk.InvokeCommand({FunctionName})), {name: "TooManyRequestsException"});
});

verifies(["PutFunctionEventInvokeConfig: kept, changed, taken away"], async () => {
  const FunctionName = await newFunction();
  await lambda.send(new sdk.PutFunctionEventInvokeConfigCommand({FunctionName, MaximumRetryAttempts: 0}));
  const got = await lambda.send(new sdk.GetFunctionEventInvokeConfigCommand({FunctionName}));
  assert.equal(got.MaximumRetryAttempts, 0);
  await lambda.send(new sdk.DeleteFunctionEventInvokeConfigCommand({FunctionName}));
  await refused("ResourceNotFoundException", new sdk.GetFunctionEventInvokeConfigCommand({FunctionName}));
});

verifies(["CreateEventSourceMapping: what a table's stream has"], async () => {
  const dynamoDb = new DynamoDBClient({});
  const TableName = `t${randomUUID()}`;
  const {TableDescription} = await dynamoDb.send(new CreateTableCommand({
    TableName, BillingMode: "PAY_PER_REQUEST", KeySchema: [{AttributeName: "id", KeyType: "HASH"}],
    AttributeDefinitions: [{AttributeName: "id", AttributeType: "S"}],
    StreamSpecification: {StreamEnabled: true, StreamViewType: "NEW_IMAGE"}}));
  const FunctionName = await newFunction(
    "exports.handler = async (event) => event.Records.forEach((r) => console.log('heard', r.dynamodb.NewImage.id.S));");
  const {UUID} = await lambda.send(new sdk.CreateEventSourceMappingCommand(
    {EventSourceArn: TableDescription.LatestStreamArn, FunctionName, StartingPosition: "TRIM_HORIZON"}));
  await dynamoDb.send(new PutItemCommand({TableName, Item: {id: {S: "first"}}}));
  await ran(FunctionName, "heard", "heard first");
  await lambda.send(new sdk.DeleteEventSourceMappingCommand({UUID}));
});

verifies(["PublishLayerVersion: found by the function", "ListLayerVersions: pages", "DeleteLayerVersion: gone"], async () => {
  const LayerName = `t${randomUUID()}`;
  const {LayerVersionArn} = await lambda.send(new sdk.PublishLayerVersionCommand(
    {LayerName, Content: {ZipFile: zip({"nodejs/node_modules/tools/index.js": "exports.says = 'layer';"})}}));
  const name = await newFunction("exports.handler = async () => require('tools').says;", {Layers: [LayerVersionArn]});
  assert.equal((await invoke(name)).result, "layer");
  assert.equal((await all(sdk.paginateListLayerVersions, {LayerName}, "LayerVersions")).length, 1);
  await lambda.send(new sdk.DeleteLayerVersionCommand({LayerName, VersionNumber: 1}));
  await refused("ResourceNotFoundException", new sdk.GetLayerVersionCommand({LayerName, VersionNumber: 1}));
});

verifies(["AddPermission: in the policy", "RemovePermission: gone"], async () => {
  const FunctionName = await newFunction();
  await lambda.send(new sdk.AddPermissionCommand(
    {FunctionName, StatementId: "s", Action: "lambda:InvokeFunction", Principal: "s3.amazonaws.com"}));
  const {Policy} = await lambda.send(new sdk.GetPolicyCommand({FunctionName}));
  assert.deepEqual(JSON.parse(Policy).Statement[0].Principal, {Service: "s3.amazonaws.com"});
  await lambda.send(new sdk.RemovePermissionCommand({FunctionName, StatementId: "s"}));
  await refused("ResourceNotFoundException", new sdk.GetPolicyCommand({FunctionName}));
});

verifies(["CreateFunctionUrlConfig: event and result", "DeleteFunctionUrlConfig: gone"], async () => {
  const FunctionName = await newFunction("exports.handler = async (event) => ({statusCode: 201, body: event.rawPath});");
  const {FunctionUrl} = await lambda.send(new sdk.CreateFunctionUrlConfigCommand({FunctionName, AuthType: "NONE"}));
  assert.deepEqual(await fetched(FunctionUrl + "x"), {status: 201, body: "/x"});
  await lambda.send(new sdk.DeleteFunctionUrlConfigCommand({FunctionName}));
  assert.equal((await fetched(FunctionUrl)).status, 403);
});
