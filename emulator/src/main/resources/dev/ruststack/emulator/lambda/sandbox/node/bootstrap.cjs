/**
 * Runs a Node.js function of AWS Lambda: the client of the Runtime API, the context object, the console and the error
 * documents. AWS: Lambda Developer Guide, "Using the Lambda runtime API", "Using the Lambda context object to retrieve
 * Node.js function information", "Log and monitor Node.js Lambda functions".
 */
"use strict";

const fs = require("node:fs");
const net = require("node:net");
const path = require("node:path");
const { format, types } = require("node:util");

const LOGS_JSON = (process.env.AWS_LAMBDA_LOG_FORMAT ?? "").toUpperCase() === "JSON";
const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
const STREAMING = Symbol.for("aws.lambda.runtime.handler.streaming");
const RUNTIME_MAJOR = Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV ?? "")?.[1] ?? 0);

let currentRequestId;

// --- Errors -----------------------------------------------------------------------------------------------------------

/** An error that the runtime itself raises; its type is `Runtime.` and the name. */
class RuntimeFault extends Error {
  constructor(name, message) {
    super(message);
    this.name = `Runtime.${name}`;
    this.stack = this.stack.replace(/^[^:\n]*/, this.name);
  }
}

function isError(value) {
  return types.isNativeError(value) || value instanceof Error;
}

/** The JSON document of an error, as callers see it. */
function errorDocument(error) {
  if (isError(error)) {
    return { errorType: error.name, errorMessage: error.message, trace: String(error.stack ?? "").split("\n") };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

/** An error as the log shows it: with everything that its author put into it. */
function loggedError(error) {
  const withHidden = (key, value) => {
    if (!isError(value)) {
      return value;
    }
    const shown = { errorType: value.name, errorMessage: value.message, code: value.code, ...value };
    shown.stack = typeof value.stack === "string" ? value.stack.split("\n") : value.stack;
    return shown;
  };
  try {
    return "\t" + JSON.stringify(isError(error) ? error : new Error(String(error)), withHidden);
  } catch {
    return "\t" + JSON.stringify(errorDocument(error));
  }
}

function logError(message, error) {
  if (LOGS_JSON) {
    console.error(isError(error) ? error : new Error(String(error)));
  } else {
    console.error(message, loggedError(error));
  }
}

// --- Console ----------------------------------------------------------------------------------------------------------

function textLine(level, message, parameters) {
  return [new Date().toISOString(), currentRequestId, level, format(message, ...parameters)].join("\t");
}

function jsonLine(level, message, parameters) {
  const describe = (error) => ({
    errorType: error.constructor?.name ?? "UnknownError",
    errorMessage: error.message,
    stackTrace: typeof error.stack === "string" ? error.stack.split("\n") : [],
  });
  const line = { timestamp: new Date().toISOString(), level, requestId: currentRequestId };
  if (parameters.length === 0) {
    line.message = message;
    try {
      return JSON.stringify(line, (key, value) => (isError(value) ? { ...describe(value), ...value } : value));
    } catch {
      line.message = format(message);
      return JSON.stringify(line);
    }
  }
  line.message = format(message, ...parameters);
  return JSON.stringify({ ...line, ...parameters.filter(isError).slice(0, 1).map(describe)[0] });
}

/** Makes the methods of the console write as Lambda's do. */
function patchConsole() {
  const lowest = LOGS_JSON ? Math.max(0, LEVELS.indexOf((process.env.AWS_LAMBDA_LOG_LEVEL ?? "").toUpperCase())) : 0;
  const line = LOGS_JSON ? jsonLine : textLine;
  LEVELS.forEach((level, rank) => {
    console[level.toLowerCase()] =
      rank < lowest
        ? () => {}
        : (message, ...parameters) => process.stdout.write(line(level, message, parameters) + "\n");
  });
  console.log = console.info;
}

// --- Runtime API ------------------------------------------------------------------------------------------------------

/**
 * The Runtime API, over one connection that is kept. It holds up the event loop only while an answer is due, so that
 * Node tells when the function has nothing left to do.
 */
class RuntimeApi {
  constructor(address) {
    const [authority, ...prefix] = address.split("/");
    const [, host, port] = /^(.*):(\d+)$/.exec(authority);
    this.authority = authority;
    this.root = ["", ...prefix, "2018-06-01", "runtime"].join("/");
    this.received = [];
    this.length = 0;
    this.waiting = false;
    this.last = Promise.resolve();
    this.socket = net.connect({ host, port: Number(port), noDelay: true });
    this.socket.unref();
    this.socket.on("data", (data) => this.onData(data));
    this.socket.on("close", () => process.exit(0)); // The emulator has gone.
    this.socket.on("error", () => process.exit(0));
  }

  async next() {
    this.waiting = true;
    const event = await this.exchange("GET", "/invocation/next");
    this.waiting = false;
    return event;
  }

  postResult(requestId, body, headers = {}) {
    return this.exchange("POST", `/invocation/${requestId}/response`, body, {
      "Content-Type": "application/json",
      ...headers,
    });
  }

  postError(requestId, error) {
    return this.postDocument(`/invocation/${requestId}/error`, errorDocument(error));
  }

  postInitError(error) {
    return this.postDocument("/init/error", errorDocument(error));
  }

  postDocument(path, document) {
    return this.exchange("POST", path, JSON.stringify(document), {
      "Content-Type": "application/vnd.aws.lambda.error+json",
      "Lambda-Runtime-Function-Error-Type": headerText(document.errorType),
    });
  }

  exchange(method, path, body, headers = {}) {
    const content = body === undefined ? undefined : Buffer.from(body);
    const length = content === undefined ? {} : { "Content-Length": content.length };
    this.expect();
    this.socket.ref();
    this.socket.cork();
    this.writeHead(method, path, { ...headers, ...length });
    if (content !== undefined) {
      this.socket.write(content);
    }
    this.socket.uncork();
    return this.last;
  }

  /** What the next answer of the API resolves. */
  expect() {
    this.last = new Promise((resolve) => (this.resolve = resolve));
  }

  writeHead(method, path, headers) {
    const lines = [`${method} ${this.root}${path} HTTP/1.1`, `Host: ${this.authority}`];
    for (const [name, value] of Object.entries(headers)) {
      lines.push(`${name}: ${value}`);
    }
    this.socket.write(lines.join("\r\n") + "\r\n\r\n", "latin1");
  }

  /** Begins a result whose length nobody knows yet; `writeChunk` and `endChunks` go on with it. */
  beginChunks(requestId, contentType) {
    this.expect();
    this.writeHead("POST", `/invocation/${requestId}/response`, {
      "Content-Type": contentType,
      "Lambda-Runtime-Function-Response-Mode": "streaming",
      "Transfer-Encoding": "chunked",
      Trailer: "Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body",
    });
  }

  /** Calls `done` when the connection can take more. */
  writeChunk(content, done) {
    this.socket.cork();
    this.socket.write(content.length.toString(16) + "\r\n", "latin1");
    this.socket.write(content);
    this.socket.write("\r\n", "latin1", done);
    this.socket.uncork();
  }

  endChunks(error) {
    const lines = ["0"];
    if (error !== undefined) {
      const document = errorDocument(error);
      lines.push(`Lambda-Runtime-Function-Error-Type: ${headerText(document.errorType)}`);
      lines.push(`Lambda-Runtime-Function-Error-Body: ${Buffer.from(JSON.stringify(document)).toString("base64")}`);
    }
    this.socket.ref();
    this.socket.write(lines.join("\r\n") + "\r\n\r\n", "latin1");
    return this.last;
  }

  onData(data) {
    this.received.push(data);
    this.length += data.length;
    if (this.head === undefined) {
      this.received = [Buffer.concat(this.received)];
      const end = this.received[0].indexOf("\r\n\r\n");
      if (end < 0) {
        return;
      }
      this.head = parseHead(this.received[0].toString("latin1", 0, end));
      this.received = [this.received[0].subarray(end + 4)];
      this.length -= end + 4;
    }
    if (this.length >= Number(this.head["content-length"] ?? 0)) {
      const response = { headers: this.head, body: Buffer.concat(this.received).toString("utf8") };
      this.received = [];
      this.length = 0;
      this.head = undefined;
      this.socket.unref();
      this.resolve(response);
    }
  }
}

/** A header cannot hold what a name of an error can. */
function headerText(value) {
  return String(value).replace(/[^\x20-\x7e]/g, "?");
}

function parseHead(head) {
  const headers = {};
  for (const line of head.split("\r\n").slice(1)) {
    const colon = line.indexOf(":");
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}

// --- Handler ----------------------------------------------------------------------------------------------------------

/** Imports the handler: `path/to/module.function`, or `module.nested.function`. */
async function loadHandler(name) {
  if (name.includes("..")) {
    throw new RuntimeFault(
      "MalformedHandlerName",
      `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const match = /^([^.]*)\.(.*)$/.exec(path.basename(name));
  if (match === null) {
    throw new RuntimeFault("MalformedHandlerName", "Bad handler");
  }
  const module = await loadModule(path.dirname(name), match[1]);
  const find = (root) => match[2].split(".").reduce((nested, key) => nested?.[key], root);
  const handler = find(module) ?? find(module?.default);
  if (handler === undefined || handler === null) {
    throw new RuntimeFault("HandlerNotFound", `${name} is undefined or not exported`);
  }
  if (typeof handler !== "function") {
    throw new RuntimeFault("HandlerNotFound", `${name} is not a function`);
  }
  return handler;
}

async function loadModule(folder, name) {
  const root = process.env.LAMBDA_TASK_ROOT;
  const file = path.resolve(root, folder, name);
  try {
    for (const extension of ["", ".js", ".mjs", ".cjs"]) {
      if (fs.statSync(file + extension, { throwIfNoEntry: false })?.isFile()) {
        return await loadFile(file + extension, extension);
      }
    }
    return require(require.resolve(name, { paths: [root, path.join(root, folder)] }));
  } catch (error) {
    if (error instanceof SyntaxError) {
      const fault = new RuntimeFault("UserCodeSyntaxError", String(error));
      fault.stack = error.stack;
      throw fault;
    }
    if (error?.code === "MODULE_NOT_FOUND") {
      throw new RuntimeFault("ImportModuleError", String(error));
    }
    throw error;
  }
}

function loadFile(file, extension) {
  const isModule = extension === ".mjs" || (extension === ".js" && packageType(path.dirname(file)) === "module");
  return isModule ? import(require("node:url").pathToFileURL(file).href) : require(file);
}

/** The `type` of the nearest package.json; none above a node_modules. */
function packageType(folder) {
  if (path.basename(folder) === "node_modules") {
    return undefined;
  }
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")).type;
  } catch {
    const parent = path.dirname(folder);
    return parent === folder ? undefined : packageType(parent);
  }
}

// --- Invocations ------------------------------------------------------------------------------------------------------

/** What the handler gets as its second argument, but for what ends the invocation. */
function contextOf(headers) {
  const parse = (name) =>
    headers[name] === undefined ? undefined : JSON.parse(Buffer.from(headers[name], "latin1").toString("utf8"));
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  return {
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: parse("lambda-runtime-client-context"),
    identity: parse("lambda-runtime-cognito-identity"),
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    awsRequestId: headers["lambda-runtime-aws-request-id"],
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

/** JSON, with what JSON cannot say as null, as Lambda does. */
function encodeResult(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? "null";
  } catch {
    throw new Error("Unable to stringify response body");
  }
}

/**
 * One invocation from its event to its answer. It is answered once; what comes later is ignored. `whenIdle` is what
 * to do when the event loop has run empty.
 */
class Invocation {
  constructor(api, { headers, body }) {
    this.api = api;
    this.body = body;
    this.headers = headers;
    this.requestId = headers["lambda-runtime-aws-request-id"];
    this.waitsForEmptyEventLoop = true;
    this.called = false;
    this.answered = new Promise((resolve) => (this.end = resolve));
  }

  run(handler) {
    this.whenIdle = () => this.abandoned(handler);
    try {
      const result = handler(JSON.parse(this.body), this.context(), this.once(this.callback));
      if (typeof result?.then === "function") {
        result.then(this.once(this.succeed), this.once(this.fail));
      }
    } catch (error) {
      this.once(this.callback)(error);
    }
    return this.answered;
  }

  context() {
    const invocation = this;
    return {
      get callbackWaitsForEmptyEventLoop() {
        return invocation.waitsForEmptyEventLoop;
      },
      set callbackWaitsForEmptyEventLoop(value) {
        invocation.waitsForEmptyEventLoop = value;
      },
      succeed: this.once(this.succeed),
      fail: this.once(this.fail),
      done: this.once((error, result) => (error === undefined || error === null ? this.succeed(result) : this.fail(error))),
      ...contextOf(this.headers),
    };
  }

  once(end) {
    return (...values) => {
      if (!this.called) {
        this.called = true;
        end.apply(this, values);
      }
    };
  }

  callback(error, result) {
    if (error !== undefined && error !== null) {
      this.fail(error);
    } else if (this.waitsForEmptyEventLoop) {
      this.whenIdle = () => this.succeed(result);
    } else {
      this.succeed(result);
    }
  }

  succeed(result) {
    let body;
    try {
      body = encodeResult(result);
    } catch (error) {
      this.fail(error);
      return;
    }
    this.answer(this.api.postResult(this.requestId, body));
  }

  fail(error) {
    const cause = error ?? "handled";
    logError("Invoke Error", cause);
    this.answer(this.api.postError(this.requestId, cause));
  }

  /** The event loop is empty and nothing has answered: a callback forgotten is null, a promise forgotten an error. */
  abandoned(handler) {
    if (this.called) {
      return;
    }
    this.called = true;
    if (handler.constructor.name === "AsyncFunction") {
      this.fail(
        new RuntimeFault(
          "NodeJsExit",
          "The Lambda runtime client detected an unexpected Node.js exit. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes",
        ),
      );
    } else {
      this.succeed(null);
    }
  }

  answer(posted) {
    this.whenIdle = () => {};
    posted.then(this.end);
  }
}

/** What a streaming handler writes to: it goes to the caller as it comes, and no faster than the caller takes it. */
function responseStream(api, requestId) {
  const { Writable } = require("node:stream");
  let begun = false;
  const begin = () => {
    if (!begun) {
      begun = true;
      api.beginChunks(requestId, stream.contentType);
      if (stream.prelude !== undefined) {
        api.writeChunk(Buffer.concat([Buffer.from(stream.prelude), Buffer.alloc(8)]));
      }
    }
  };
  const stream = new Writable({
    write(chunk, encoding, done) {
      begin();
      if (chunk.length === 0) {
        done(); // An empty chunk would be the last.
      } else {
        api.writeChunk(Buffer.from(chunk, encoding), done);
      }
    },
    final(done) {
      begin();
      done();
    },
  });
  stream.contentType = "application/octet-stream";
  stream.setContentType = (type) => (stream.contentType = type);
  stream.hasBegun = () => begun;
  return stream;
}

class StreamingInvocation extends Invocation {
  run(handler) {
    this.stream = responseStream(this.api, this.requestId);
    const fail = this.once(this.fail);
    this.whenIdle = () => fail(new Error("Response stream is not finished."));
    this.stream.on("error", fail);
    this.stream.on("finish", this.once(() => this.answer(this.api.endChunks())));
    Promise.resolve()
      .then(() => handler(JSON.parse(this.body), this.stream, contextOf(this.headers)))
      .catch(fail);
    return this.answered;
  }

  /** An error after the answer has begun goes into its trailers. */
  fail(error) {
    if (!this.stream.hasBegun()) {
      super.fail(error);
      return;
    }
    const cause = error ?? "handled";
    logError("Invoke Error", cause);
    this.stream.destroy();
    this.answer(this.api.endChunks(cause));
  }
}

// --- Main -------------------------------------------------------------------------------------------------------------

globalThis.awslambda = {
  streamifyResponse(handler) {
    handler[STREAMING] = "response";
    return handler;
  },
  HttpResponseStream: {
    from(stream, metadata) {
      stream.setContentType("application/vnd.awslambda.http-integration-response");
      stream.prelude = JSON.stringify(metadata);
      return stream;
    },
  },
};

/** Errors that no one caught end the process, once they are told to whom they concern. */
function onStrayError(api, message, status, toError) {
  return async (cause) => {
    const error = toError(cause);
    logError(message, error);
    if (api.waiting) {
      process.exit(status); // Between two invocations it concerns no one.
    }
    await api.last;
    await (currentRequestId === undefined ? api.postInitError(error) : api.postError(currentRequestId, error));
    process.exit(status);
  };
}

function unhandledRejection(reason) {
  const fault = new RuntimeFault("UnhandledPromiseRejection", String(reason));
  fault.reason = reason;
  fault.promise = {};
  return fault;
}

function refuseCallback(handler) {
  if (RUNTIME_MAJOR >= 24 && handler.length >= 3 && handler[STREAMING] === undefined) {
    throw new RuntimeFault(
      "CallbackHandlerDeprecated",
      "ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.",
    );
  }
}

function setTraceId(traceId) {
  if (traceId === undefined) {
    delete process.env._X_AMZN_TRACE_ID;
  } else {
    process.env._X_AMZN_TRACE_ID = traceId;
  }
}

async function main() {
  patchConsole();
  const api = new RuntimeApi(process.env.AWS_LAMBDA_RUNTIME_API);
  const uncaught = onStrayError(api, "Uncaught Exception", 129, (error) => error);
  process.on("uncaughtException", uncaught);
  process.on("unhandledRejection", onStrayError(api, "Unhandled Promise Rejection", 128, unhandledRejection));
  let invocation;
  process.on("beforeExit", () => invocation?.whenIdle());
  let handler;
  try {
    handler = await loadHandler(process.env._HANDLER);
    refuseCallback(handler);
  } catch (error) {
    await uncaught(error);
  }
  const Kind = handler[STREAMING] === undefined ? Invocation : StreamingInvocation;
  for (;;) {
    const event = await api.next();
    invocation = new Kind(api, event);
    currentRequestId = invocation.requestId;
    setTraceId(event.headers["lambda-runtime-trace-id"]);
    await invocation.run(handler);
  }
}

main();
