package dev.ruststack.emulator.lambda;

import static dev.ruststack.emulator.lambda.LambdaRig.json;
import static dev.ruststack.emulator.lambda.LambdaRig.tail;
import static dev.ruststack.emulator.lambda.LambdaRig.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFunctionTest {
    @TempDir
    static Path directory;

    static LambdaRig rig;

    @BeforeAll
    static void start() throws Exception {
        rig = LambdaRig.in(directory);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void asyncHandlersReturnTheirResult() throws Exception {
        var function = rig.node("exports.handler = async (event) => ({ hello: event.name });");

        assertThat(text(rig.invoke(function, "{\"name\": \"wörld 🌍\"}").payload()))
                .isEqualTo("{\"hello\":\"wörld 🌍\"}");
        assertThat(text(rig.invoke(function, "{}").payload())).isEqualTo("{}");
    }

    @Test
    void promisesAndCallbacksAndTheContextsFunctionsAnswerToo() throws Exception {
        var promise = rig.node("exports.handler = (event) => Promise.resolve('promise');");
        var callback = rig.node(
                "exports.handler = (event, context, callback) => setTimeout(() => callback(null, 'callback'), 5);");
        var succeed = rig.node("exports.handler = (event, context) => { context.succeed('succeed'); };");
        var done = rig.node("exports.handler = (event, context) => { context.done(null, 'done'); };");

        assertThat(text(rig.invoke(promise, "{}").payload())).isEqualTo("\"promise\"");
        assertThat(text(rig.invoke(callback, "{}").payload())).isEqualTo("\"callback\"");
        assertThat(text(rig.invoke(succeed, "{}").payload())).isEqualTo("\"succeed\"");
        assertThat(text(rig.invoke(done, "{}").payload())).isEqualTo("\"done\"");
    }

    @Test
    void aCallbackWaitsForTheEventLoopUnlessToldNotTo() throws Exception {
        var waiting = rig.node("""
                exports.handler = (event, context, callback) => {
                  setTimeout(() => console.log("later"), 30);
                  callback(null, "now");
                };
                """);
        var notWaiting = rig.node("""
                exports.handler = (event, context, callback) => {
                  context.callbackWaitsForEmptyEventLoop = false;
                  setTimeout(() => console.log("later"), 300000);
                  callback(null, "now");
                };
                """);

        assertThat(tail(rig.invoke(waiting, "{}"))).contains("later");
        assertThat(text(rig.invoke(notWaiting, "{}").payload())).isEqualTo("\"now\"");
    }

    @Test
    void aHandlerThatNeverCallsBackIsNull() throws Exception {
        var function = rig.node("exports.handler = (event, context, callback) => {};");

        assertThat(text(rig.invoke(function, "{}").payload())).isEqualTo("null");
        assertThat(text(rig.invoke(function, "{}").payload())).isEqualTo("null");
    }

    @Test
    void anAsyncHandlerThatNeverSettlesIsAnExit() throws Exception {
        var function = rig.node("exports.handler = async () => new Promise(() => {});");

        assertThat(rig.error(function, "{}").get("errorType").stringValue()).isEqualTo("Runtime.NodeJsExit");
    }

    @Test
    void undefinedIsNull() throws Exception {
        assertThat(text(rig.invoke(rig.node("exports.handler = async () => {};"), "{}")
                        .payload()))
                .isEqualTo("null");
    }

    @Test
    void anErrorIsTypeMessageAndTrace() throws Exception {
        var function = rig.node("""
                class OrderMissing extends Error {
                  constructor(number) { super(`no order ${number}`); this.name = "OrderMissing"; this.number = number; }
                }
                exports.handler = async (event) => { throw new OrderMissing(event.number); };
                """);

        var failed = rig.failure(function, "{\"number\": 7}");

        var error = json(failed.payload());
        assertThat(error.propertyNames()).containsExactly("errorType", "errorMessage", "trace");
        assertThat(error.get("errorType").stringValue()).isEqualTo("OrderMissing");
        assertThat(error.get("errorMessage").stringValue()).isEqualTo("no order 7");
        assertThat(error.get("trace").get(0).stringValue()).isEqualTo("OrderMissing: no order 7");
        assertThat(error.get("trace").get(1).stringValue()).contains("index.js");
        assertThat(tail(failed))
                .containsPattern("\\d{3}Z\t[-0-9a-f]{36}\tERROR\tInvoke Error \t"
                        + "\\{\"errorType\":\"OrderMissing\",\"errorMessage\":\"no order 7\",.*\"number\":7");
    }

    @Test
    void whatIsThrownNeedNotBeAnError() throws Exception {
        var thrown = rig.node("exports.handler = async () => { throw 'a string'; };");
        var synchronous = rig.node("exports.handler = () => { throw new TypeError('at once'); };");
        var called = rig.node("exports.handler = (event, context, callback) => callback('called');");

        assertThat(text(rig.failure(thrown, "{}").payload()))
                .isEqualTo("{\"errorType\":\"string\",\"errorMessage\":\"a string\",\"trace\":[]}");
        assertThat(rig.error(synchronous, "{}").get("errorType").stringValue()).isEqualTo("TypeError");
        assertThat(text(rig.failure(called, "{}").payload()))
                .isEqualTo("{\"errorType\":\"string\",\"errorMessage\":\"called\",\"trace\":[]}");
    }

    @Test
    void anUnhandledRejectionEndsTheProcess() throws Exception {
        var function = rig.node("""
                let calls = 0;
                exports.handler = async (event) => {
                  calls++;
                  if (event.reject) { Promise.reject(new Error("nobody looked")); await new Promise((r) => setTimeout(r, 1000)); }
                  return calls;
                };
                """);

        assertThat(rig.result(function, "{}").intValue()).isEqualTo(1);
        var error = rig.error(function, "{\"reject\": true}");

        assertThat(error.get("errorType").stringValue()).isEqualTo("Runtime.UnhandledPromiseRejection");
        assertThat(error.get("errorMessage").stringValue()).isEqualTo("Error: nobody looked");
        assertThat(rig.result(function, "{}").intValue()).isEqualTo(1);
    }

    @Test
    void anUncaughtExceptionIsTheInvocationsError() throws Exception {
        var function = rig.node("""
                exports.handler = (event, context, callback) => setTimeout(() => { throw new RangeError("late"); }, 1);
                """);

        assertThat(rig.error(function, "{}").get("errorType").stringValue()).isEqualTo("RangeError");
    }

    @Test
    void aResultThatIsNotJsonIsAnError() throws Exception {
        var function = rig.node("exports.handler = async () => { const a = {}; a.a = a; return a; };");

        assertThat(rig.error(function, "{}").get("errorMessage").stringValue())
                .isEqualTo("Unable to stringify response body");
    }

    @Test
    void processExitIsARuntimeExitError() throws Exception {
        assertThat(rig.error(rig.node("exports.handler = async () => process.exit(9);"), "{}")
                        .get("errorMessage")
                        .stringValue())
                .endsWith("Error: Runtime exited with error: exit status 9");
    }

    @Test
    void loadingErrorsHaveTheRuntimesTypes() throws Exception {
        var missing = rig.error(rig.node("").handler("nowhere.handler"), "{}");
        var dependency = rig.error(rig.node("require('no-such-package');"), "{}");
        var syntax = rig.error(rig.node("exports.handler = async () => {"), "{}");
        var notExported = rig.error(rig.node("exports.other = () => 1;"), "{}");
        var notAFunction = rig.error(rig.node("exports.handler = 'x';"), "{}");
        var malformed = rig.error(rig.node("").handler("index"), "{}");
        var thrown = rig.error(rig.node("throw new Error('no configuration');"), "{}");

        assertThat(missing.get("errorType").stringValue()).isEqualTo("Runtime.ImportModuleError");
        assertThat(missing.get("errorMessage").stringValue()).startsWith("Error: Cannot find module 'nowhere'");
        assertThat(missing.get("trace").get(0).stringValue())
                .startsWith("Runtime.ImportModuleError: Error: Cannot find module 'nowhere'");
        assertThat(dependency.get("errorType").stringValue()).isEqualTo("Runtime.ImportModuleError");
        assertThat(syntax.get("errorType").stringValue()).isEqualTo("Runtime.UserCodeSyntaxError");
        assertThat(syntax.get("errorMessage").stringValue()).startsWith("SyntaxError: ");
        assertThat(notExported.get("errorType").stringValue()).isEqualTo("Runtime.HandlerNotFound");
        assertThat(notExported.get("errorMessage").stringValue())
                .isEqualTo("index.handler is undefined or not exported");
        assertThat(notAFunction.get("errorMessage").stringValue()).isEqualTo("index.handler is not a function");
        assertThat(malformed.get("errorType").stringValue()).isEqualTo("Runtime.MalformedHandlerName");
        assertThat(thrown.get("errorType").stringValue()).isEqualTo("Error");
        assertThat(thrown.get("errorMessage").stringValue()).isEqualTo("no configuration");
    }

    @Test
    void esModulesAreLoadedByExtensionAndByPackageType() throws Exception {
        var extension = rig.function("nodejs20.x")
                .with("index.mjs", "import { title } from './names.mjs'; export const handler = async () => title;")
                .with("names.mjs", "export const title = await Promise.resolve('module');")
                .handler("index.handler");
        var type = rig.function("nodejs20.x")
                .with("package.json", "{\"type\": \"module\"}")
                .with("src/index.js", "export default { nested: { handler: async () => import.meta.url } };")
                .handler("src/index.nested.handler");
        var common = rig.function("nodejs20.x")
                .with("package.json", "{\"type\": \"module\"}")
                .with("index.cjs", "exports.handler = async () => typeof require;")
                .handler("index.handler");

        assertThat(text(rig.invoke(extension, "{}").payload())).isEqualTo("\"module\"");
        assertThat(text(rig.invoke(type, "{}").payload())).contains("src/index.js");
        assertThat(text(rig.invoke(common, "{}").payload())).isEqualTo("\"function\"");
    }

    @Test
    void theConsoleWritesTimeRequestAndLevel() throws Exception {
        var function = rig.node("""
                console.log("while loading");
                exports.handler = async () => {
                  console.log("one %d", 1, { two: 2 });
                  console.debug("debug"); console.info("info"); console.warn("warn"); console.error("error");
                  process.stdout.write("raw\\n");
                };
                """);

        var lines = tail(rig.invoke(function, "{}"));

        var time = "(?m)^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\t";
        var id = "[-0-9a-f]{36}";
        assertThat(lines).containsPattern(time + "undefined\tINFO\twhile loading$|" + time + "\tINFO\twhile loading$");
        assertThat(lines).containsPattern(time + id + "\tINFO\tone 1 \\{ two: 2 }$");
        assertThat(lines).containsPattern(time + id + "\tDEBUG\tdebug$");
        assertThat(lines).containsPattern(time + id + "\tWARN\twarn$");
        assertThat(lines).containsPattern(time + id + "\tERROR\terror$");
        assertThat(lines).contains("\nraw\n");
    }

    @Test
    void theConsoleWritesJsonWhereTheFunctionAsksForIt() throws Exception {
        var function =
                rig.node("""
                exports.handler = async () => { console.debug("no"); console.warn({ a: 1 }); console.error("x", new TypeError("y")); };
                """).environment(Map.of("AWS_LAMBDA_LOG_FORMAT", "JSON", "AWS_LAMBDA_LOG_LEVEL", "INFO"));

        var lines = tail(rig.invoke(function, "{}"))
                .lines()
                .filter(line -> line.startsWith("{"))
                .toList();

        assertThat(lines).hasSize(2);
        assertThat(json(lines.get(0).getBytes()).get("message").toString()).isEqualTo("{\"a\":1}");
        assertThat(json(lines.get(0).getBytes()).get("level").stringValue()).isEqualTo("WARN");
        assertThat(json(lines.get(1).getBytes()).get("errorType").stringValue()).isEqualTo("TypeError");
    }

    @Test
    void theContextTellsOfTheInvocation() throws Exception {
        var function = rig.node("""
                exports.handler = async (event, context) => ({
                  ...context, remaining: context.getRemainingTimeInMillis(), trace: process.env._X_AMZN_TRACE_ID,
                  home: process.env.HOME, tmp: require("os").tmpdir(), execution: process.env.AWS_EXECUTION_ENV });
                """);
        var invocation = new Invocation(
                "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
                "{}".getBytes(),
                function.arn(),
                "{\"custom\":\"ü\"}",
                "Root=1");

        var context =
                json(rig.invoker.invoke(function.configuration(), invocation).payload());

        assertThat(context.get("awsRequestId").stringValue()).isEqualTo("8476a536-e9f4-11e8-9739-2dfe598c3fcd");
        assertThat(context.get("functionName").stringValue()).isEqualTo(function.name());
        assertThat(context.get("functionVersion").stringValue()).isEqualTo("$LATEST");
        assertThat(context.get("invokedFunctionArn").stringValue()).isEqualTo(function.arn());
        assertThat(context.get("memoryLimitInMB").stringValue()).isEqualTo("256");
        assertThat(context.get("logGroupName").stringValue()).isEqualTo("/aws/lambda/" + function.name());
        assertThat(context.get("logStreamName").stringValue()).contains("[$LATEST]");
        assertThat(context.get("callbackWaitsForEmptyEventLoop").booleanValue()).isTrue();
        assertThat(context.get("clientContext").get("custom").stringValue()).isEqualTo("ü");
        assertThat(context.get("remaining").intValue()).isBetween(1, 30_000);
        assertThat(context.get("trace").stringValue()).isEqualTo("Root=1");
        assertThat(context.get("execution").stringValue()).isEqualTo("AWS_Lambda_nodejs20.x");
        assertThat(context.get("tmp").stringValue())
                .isEqualTo(context.get("home").stringValue());
    }

    @Test
    void callbackHandlersAreGoneSinceNode24() throws Exception {
        var function = rig.node("exports.handler = (event, context, callback) => callback(null, 1);")
                .runtime("nodejs24.x");

        assertThat(rig.error(function, "{}").get("errorType").stringValue())
                .isEqualTo("Runtime.CallbackHandlerDeprecated");
    }

    @Test
    void aStreamedResponseArrivesWhole() throws Exception {
        var function = rig.node("""
                exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                  stream.setContentType("text/plain"); stream.write("one "); stream.write("two"); stream.end();
                });
                """);

        assertThat(text(rig.invoke(function, "{}").payload())).isEqualTo("one two");
        assertThat(text(rig.invoke(function, "{}").payload())).isEqualTo("one two");
    }

    @Test
    void variablesBelongToTheirProcess() throws Exception {
        var function = rig.node("let n = 0; exports.handler = async () => ++n;");

        assertThat(rig.result(function, "{}").intValue()).isEqualTo(1);
        assertThat(rig.result(function, "{}").intValue()).isEqualTo(2);
        assertThat(rig.result(function, "{}").intValue()).isEqualTo(3);
    }

    /** Persistent data lies beside the stack file, in a project with a package.json of its own. */
    @Test
    void aPackageJsonAboveTheDataSaysNothingOfFunctions(@TempDir Path project) throws Exception {
        Files.writeString(project.resolve("package.json"), "{\"type\": \"module\"}");
        try (var stack = new FunctionStack(Files.createDirectory(project.resolve("data")))) {
            var function = stack.node("exports.handler = async () => 'common';");

            assertThat(stack.client()
                            .invoke(invoke -> invoke.functionName(function))
                            .payload()
                            .asUtf8String())
                    .isEqualTo("\"common\"");
        }
    }
}
