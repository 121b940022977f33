package dev.ruststack.emulator.lambda;

import static dev.ruststack.emulator.lambda.LambdaRig.json;
import static dev.ruststack.emulator.lambda.LambdaRig.tail;
import static dev.ruststack.emulator.lambda.LambdaRig.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonFunctionTest {
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
    void theHandlersResultIsTheJsonThatPythonMakes() throws Exception {
        var function = rig.python("""
                def handler(event, context):
                    return {"hello": event["name"], "tuple": (1, 2.5, None, True)}
                """);

        var outcome = rig.invoke(function, "{\"name\": \"wörld 🌍\"}");

        assertThat(text(outcome.payload())).isEqualTo("{\"hello\": \"wörld 🌍\", \"tuple\": [1, 2.5, null, true]}");
    }

    @Test
    void versionsOfAFunctionRunSideBySideEachInAnEnvironmentOfItsOwn() throws Exception {
        var function = rig.python("""
                import os
                calls = 0
                def handler(event, context):
                    global calls
                    calls += 1
                    return [os.environ["AWS_LAMBDA_FUNCTION_VERSION"], context.log_stream_name.split("[")[1][:2], calls]
                """);
        var latest = function.configuration();
        var published = latest.toBuilder().version("7").revisionId("other").build();

        var answers = new ArrayList<String>();
        for (var version : List.of(published, latest, published)) {
            answers.add(text(
                    rig.invoker.invoke(version, rig.invocation(function, "{}")).payload()));
        }
        rig.invoker.retire(function.arn(), FunctionName.LATEST);
        answers.add(text(
                rig.invoker.invoke(published, rig.invocation(function, "{}")).payload()));

        assertThat(answers)
                .containsExactly(
                        "[\"7\", \"7]\", 1]", "[\"$LATEST\", \"$L\", 1]", "[\"7\", \"7]\", 2]", "[\"7\", \"7]\", 3]");
    }

    @Test
    void olderPythonsEscapeWhatIsNotAscii() throws Exception {
        var function = rig.python("def handler(event, context): return 'ö'").runtime("python3.11");

        assertThat(text(rig.invoke(function, "{}").payload())).isEqualTo("\"\\u00f6\"");
    }

    @Test
    void nothingReturnedIsNull() throws Exception {
        var function = rig.python("def handler(event, context): pass");

        assertThat(text(rig.invoke(function, "{}").payload())).isEqualTo("null");
    }

    @Test
    void bytesAreReturnedAsTheyAre() throws Exception {
        var function = rig.python("def handler(event, context): return b'{\"raw\":1}'");

        assertThat(text(rig.invoke(function, "{}").payload())).isEqualTo("{\"raw\":1}");
    }

    @Test
    void decimalsKeepEveryDigit() throws Exception {
        var function = rig.python("""
                from decimal import Decimal
                def handler(event, context):
                    return {"price": Decimal("19.90"), "big": [Decimal("123456789012345678901234567890.123")]}
                """);

        assertThat(text(rig.invoke(function, "{}").payload()))
                .isEqualTo("{\"price\": 19.90, \"big\": [123456789012345678901234567890.123]}");
    }

    @Test
    void theEventIsWhateverJsonItIs() throws Exception {
        var function = rig.python("def handler(event, context): return [type(event).__name__, event]");

        assertThat(text(rig.invoke(function, "[1]").payload())).isEqualTo("[\"list\", [1]]");
        assertThat(text(rig.invoke(function, "\"x\"").payload())).isEqualTo("[\"str\", \"x\"]");
        assertThat(text(rig.invoke(function, "null").payload())).isEqualTo("[\"NoneType\", null]");
    }

    @Test
    void anExceptionIsTheErrorWithItsStackTrace() throws Exception {
        var function = rig.python("""
                class OrderMissing(Exception): pass

                def find(number):
                    raise OrderMissing(f"no order {number}")

                def handler(event, context):
                    return find(event["number"])
                """);

        var failed = rig.failure(function, "{\"number\": 7}");

        var error = json(failed.payload());
        assertThat(error.propertyNames()).containsExactly("errorMessage", "errorType", "requestId", "stackTrace");
        assertThat(error.get("errorMessage").stringValue()).isEqualTo("no order 7");
        assertThat(error.get("errorType").stringValue()).isEqualTo("OrderMissing");
        var main = function.code().resolve("main.py");
        assertThat(error.get("stackTrace").size()).isEqualTo(2);
        assertThat(error.get("stackTrace").get(0).stringValue())
                .isEqualTo("  File \"" + main + "\", line 7, in handler\n    return find(event[\"number\"])\n");
        assertThat(error.get("stackTrace").get(1).stringValue()).contains("line 4, in find");
        assertThat(tail(failed))
                .contains("[ERROR] OrderMissing: no order 7\nTraceback (most recent call last):\n"
                        + "\u00a0\u00a0File \"" + main + "\", line 7, in handler\n"
                        + "\u00a0\u00a0\u00a0\u00a0return find(event[\"number\"])\n");
        assertThat(error.get("requestId").stringValue())
                .isEqualTo(tail(failed).split("START RequestId: ")[1].split(" ")[0]);
        assertThat(rig.failure(function, "{\"number\": 8}").payload())
                .asString()
                .contains("no order 8");
    }

    @Test
    void aResultThatIsNotJsonIsAMarshalError() throws Exception {
        var function = rig.python("""
                import datetime
                def handler(event, context): return datetime.date(2026, 11, 23)
                """);

        var error = rig.error(function, "{}");

        assertThat(error.get("errorType").stringValue()).isEqualTo("Runtime.MarshalError");
        assertThat(error.get("errorMessage").stringValue())
                .isEqualTo("Unable to marshal response: Object of type date is not JSON serializable");
        assertThat(error.get("stackTrace")).isEmpty();
    }

    @Test
    void aModuleThatIsMissingIsAnImportModuleError() throws Exception {
        var function = rig.python("").handler("nowhere.handler");

        var error = rig.error(function, "{}");

        assertThat(error.get("errorType").stringValue()).isEqualTo("Runtime.ImportModuleError");
        assertThat(error.get("errorMessage").stringValue())
                .isEqualTo("Unable to import module 'nowhere': No module named 'nowhere'");
        assertThat(error.get("requestId").stringValue()).isEmpty();
        assertThat(error.get("stackTrace")).isEmpty();
    }

    @Test
    void aPackageThatAwsHasAndThisMachineHasNotIsExplained() throws Exception {
        var function = rig.python("raise ImportError(\"No module named 'boto3'\", name=\"boto3\")");

        var failed = rig.failure(function, "{}");

        assertThat(tail(failed)).contains("[RustStack] boto3 comes with AWS's runtime, but not with ");
        assertThat(json(failed.payload()).get("errorMessage").stringValue())
                .isEqualTo("Unable to import module 'main': No module named 'boto3'");
    }

    @Test
    void anInitErrorIsTriedTwiceAndReportedTwice() throws Exception {
        var function = rig.python("import no_such_library\ndef handler(event, context): pass");

        var failed = rig.failure(function, "{}");

        assertThat(tail(failed).lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("[ERROR] Runtime.ImportModuleError: Unable to import module 'main'"),
                        line -> assertThat(line).isEqualTo("Traceback (most recent call last):"),
                        line -> assertThat(line)
                                .matches(
                                        "INIT_REPORT Init Duration: \\d+\\.\\d\\d ms\tPhase: init\tStatus: error\tError Type: Runtime.ImportModuleError"),
                        line -> assertThat(line)
                                .startsWith("[ERROR] Runtime.ImportModuleError: Unable to import module 'main'"),
                        line -> assertThat(line).isEqualTo("Traceback (most recent call last):"),
                        line -> assertThat(line)
                                .matches(
                                        "INIT_REPORT Init Duration: \\d+\\.\\d\\d ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ImportModuleError"),
                        line -> assertThat(line).matches("START RequestId: [-0-9a-f]{36} Version: \\$LATEST"),
                        line -> assertThat(line).matches("END RequestId: [-0-9a-f]{36}"),
                        line -> assertThat(line)
                                .matches(
                                        "REPORT RequestId: .*\tMax Memory Used: \\d+ MB\tStatus: error\tError Type: Runtime.ImportModuleError"));
    }

    @Test
    void aFunctionThatIsMissingIsHandlerNotFound() throws Exception {
        var error = rig.error(rig.python("x = 1").handler("main.missing"), "{}");

        assertThat(error.get("errorType").stringValue()).isEqualTo("Runtime.HandlerNotFound");
        assertThat(error.get("errorMessage").stringValue()).isEqualTo("Handler 'missing' missing on module 'main'");
    }

    @Test
    void aHandlerWithoutAFunctionIsMalformed() throws Exception {
        var error = rig.error(rig.python("").handler("main"), "{}");

        assertThat(error.get("errorType").stringValue()).isEqualTo("Runtime.MalformedHandlerName");
        assertThat(error.get("errorMessage").stringValue())
                .isEqualTo("Bad handler 'main': not enough values to unpack (expected 2, got 1)");
    }

    @Test
    void aSyntaxErrorNamesFileAndLine() throws Exception {
        var function = rig.python("def handler(event, context)\n    return 1");

        var error = rig.error(function, "{}");

        assertThat(error.get("errorType").stringValue()).isEqualTo("Runtime.UserCodeSyntaxError");
        assertThat(error.get("errorMessage").stringValue()).startsWith("Syntax error in module 'main': ");
        assertThat(error.get("stackTrace").get(0).stringValue())
                .startsWith("  File \"" + function.code().resolve("main.py") + "\" Line 1");
    }

    @Test
    void anExceptionDuringInitKeepsItsTypeAndTrace() throws Exception {
        var error = rig.error(rig.python("raise ValueError('no configuration')"), "{}");

        assertThat(error.get("errorType").stringValue()).isEqualTo("ValueError");
        assertThat(error.get("errorMessage").stringValue()).isEqualTo("no configuration");
        assertThat(error.get("stackTrace").toString()).contains("main.py");
    }

    @Test
    void handlersInPackagesAreFoundWithDotsAndSlashes() throws Exception {
        var function = rig.function("python3.12")
                .with("shop/orders/main.py", """
                from shop import names
                def handler(event, context): return names.TITLE
                """)
                .with("shop/names.py", "TITLE = 'orders'")
                .with("shop/__init__.py", "");

        assertThat(text(rig.invoke(function.handler("shop.orders.main.handler"), "{}")
                        .payload()))
                .isEqualTo("\"orders\"");
        assertThat(text(rig.invoke(function.handler("shop/orders/main.handler"), "{}")
                        .payload()))
                .isEqualTo("\"orders\"");
    }

    @Test
    void theContextTellsOfTheInvocation() throws Exception {
        var function = rig.python("""
                def handler(event, context):
                    client = context.client_context
                    return {
                        "request": context.aws_request_id,
                        "arn": context.invoked_function_arn,
                        "name": context.function_name,
                        "version": context.function_version,
                        "memory": context.memory_limit_in_mb,
                        "group": context.log_group_name,
                        "stream": context.log_stream_name,
                        "identity": context.identity.cognito_identity_id,
                        "remaining": context.get_remaining_time_in_millis(),
                        "custom": client.custom,
                        "app": client.client.app_title,
                        "trace": __import__("os").environ["_X_AMZN_TRACE_ID"],
                    }
                """);
        var invocation = new Invocation(
                "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
                "{}".getBytes(),
                function.arn() + ":live",
                "{\"client\": {\"app_title\": \"Bücher\"},\n \"custom\": {\"k\": \"v\"}}",
                "Root=1-5bef4de7;Sampled=0");

        var result =
                json(rig.invoker.invoke(function.configuration(), invocation).payload());

        assertThat(result.get("request").stringValue()).isEqualTo("8476a536-e9f4-11e8-9739-2dfe598c3fcd");
        assertThat(result.get("arn").stringValue()).isEqualTo(function.arn() + ":live");
        assertThat(result.get("name").stringValue()).isEqualTo(function.name());
        assertThat(result.get("version").stringValue()).isEqualTo("$LATEST");
        assertThat(result.get("memory").stringValue()).isEqualTo("256");
        assertThat(result.get("group").stringValue()).isEqualTo("/aws/lambda/" + function.name());
        assertThat(result.get("stream").stringValue()).matches("\\d{4}/\\d\\d/\\d\\d/\\[\\$LATEST][0-9a-f]{32}");
        assertThat(result.get("identity").isNull()).isTrue();
        assertThat(result.get("remaining").intValue()).isBetween(1, 30_000);
        assertThat(result.get("custom").toString()).isEqualTo("{\"k\":\"v\"}");
        assertThat(result.get("app").stringValue()).isEqualTo("Bücher");
        assertThat(result.get("trace").stringValue()).isEqualTo("Root=1-5bef4de7;Sampled=0");
    }

    @Test
    void theEnvironmentIsLambdasAndNothingOfTheMachinesUser() throws Exception {
        var function =
                rig.python("""
                import os, tempfile
                def handler(event, context): return {**os.environ, "cwd": os.getcwd(), "tmp": tempfile.gettempdir()}
                """).environment(Map.of("TABLE", "orders", "AWS_REGION", "mars", "PYTHONUNBUFFERED", "1"));

        var environment = rig.result(function, "{}");

        var expected = Map.ofEntries(
                Map.entry("TABLE", "orders"),
                Map.entry("PYTHONUNBUFFERED", "1"),
                Map.entry("_HANDLER", "main.handler"),
                Map.entry("AWS_REGION", LambdaRig.REGION),
                Map.entry("AWS_DEFAULT_REGION", LambdaRig.REGION),
                Map.entry("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "secret-of-the-stack"),
                Map.entry("AWS_ENDPOINT_URL", "http://127.0.0.1:4566"),
                Map.entry("AWS_EXECUTION_ENV", "AWS_Lambda_python3.12"),
                Map.entry("AWS_LAMBDA_FUNCTION_NAME", function.name()),
                Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
                Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
                Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
                Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name()),
                Map.entry("LAMBDA_TASK_ROOT", function.code().toString()),
                Map.entry("TZ", ":UTC"),
                Map.entry("LANG", "en_US.UTF-8"),
                Map.entry("cwd", function.code().toRealPath().toString()));
        expected.forEach((name, value) ->
                assertThat(environment.get(name).stringValue()).as(name).isEqualTo(value));
        assertThat(environment.propertyNames())
                .contains("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "AWS_LAMBDA_RUNTIME_API", "LAMBDA_RUNTIME_DIR")
                .contains("AWS_LAMBDA_LOG_STREAM_NAME", "_X_AMZN_TRACE_ID", "AWS_XRAY_CONTEXT_MISSING")
                .doesNotContain("USER", "LOGNAME", "JAVA_HOME", "AWS_PROFILE");
        assertThat(environment.get("tmp").stringValue())
                .startsWith(rig.work().toString())
                .isEqualTo(environment.get("HOME").stringValue());
    }

    @Test
    void loggingIsFormattedAsLambdasIs() throws Exception {
        var function = rig.python("""
                import logging
                logger = logging.getLogger()
                logger.setLevel(logging.INFO)
                logger.info("while loading")
                def handler(event, context):
                    logger.info("one %s", 1)
                    logging.getLogger("shop.orders").warning("two\\nlines")
                    logger.debug("unseen")
                    print("printed", 3)
                """);

        var outcome = rig.invoke(function, "{}");

        var time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
        var id = "[-0-9a-f]{36}";
        assertThat(tail(outcome)).containsPattern("(?m)^\\[INFO]\t" + time + "\t\twhile loading\nSTART");
        assertThat(tail(outcome)).containsPattern("(?m)^\\[INFO]\t" + time + "\t" + id + "\tone 1$");
        assertThat(tail(outcome)).containsPattern("(?m)^\\[WARNING]\t" + time + "\t" + id + "\ttwo\nlines$");
        assertThat(tail(outcome)).contains("\nprinted 3\n").doesNotContain("unseen");
    }

    @Test
    void loggingIsJsonWhereTheFunctionAsksForIt() throws Exception {
        var function =
                rig.python("""
                import logging
                logger = logging.getLogger("shop")
                def handler(event, context):
                    logger.info("order %d", 7, extra={"customer": "ada"})
                    try:
                        1 / 0
                    except ZeroDivisionError:
                        logger.exception("failed")
                """).environment(Map.of("AWS_LAMBDA_LOG_FORMAT", "JSON", "AWS_LAMBDA_LOG_LEVEL", "INFO"));

        var lines = tail(rig.invoke(function, "{}"))
                .lines()
                .filter(line -> line.startsWith("{"))
                .toList();

        assertThat(lines).hasSize(2);
        var first = json(lines.get(0).getBytes());
        assertThat(first.propertyNames())
                .containsExactly("timestamp", "level", "message", "logger", "requestId", "customer");
        assertThat(first.get("message").stringValue()).isEqualTo("order 7");
        var second = json(lines.get(1).getBytes());
        assertThat(second.get("errorType").stringValue()).isEqualTo("ZeroDivisionError");
        assertThat(second.get("stackTrace")).isNotEmpty();
    }

    @Test
    void exitsAreRuntimeExitErrors() throws Exception {
        var function = rig.python("""
                import os, signal, sys
                def handler(event, context):
                    print("about to go")
                    eval(event)
                """);

        for (var way : List.of(
                List.of("sys.exit(0)", "Runtime exited without providing a reason"),
                List.of("sys.exit(1)", "Runtime exited with error: exit status 1"),
                List.of("os._exit(77)", "Runtime exited with error: exit status 77"),
                List.of("os.kill(os.getpid(), signal.SIGKILL)", "Runtime exited with error: signal: killed"),
                List.of("os.abort()", "Runtime exited with error: signal: aborted"))) {
            var failed = rig.failure(function, "\"" + way.get(0) + "\"");

            var id = tail(failed).split("START RequestId: ")[1].split(" ")[0];
            assertThat(text(failed.payload()))
                    .isEqualTo("{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"RequestId: " + id + " Error: "
                            + way.get(1) + "\"}");
            assertThat(tail(failed))
                    .contains("about to go\nRequestId: " + id + " Error: " + way.get(1) + "\nRuntime.ExitError\nEND")
                    .containsPattern("\tStatus: error\tError Type: Runtime.ExitError\n$");
        }
    }

    @Test
    void anExitWhileLoadingIsARuntimeExitErrorToo() throws Exception {
        var failed = rig.failure(rig.python("import sys; sys.exit(3)"), "{}");

        assertThat(text(failed.payload())).contains("Runtime exited with error: exit status 3");
        assertThat(tail(failed))
                .contains("\tPhase: init\tStatus: error\tError Type: Runtime.ExitError\n")
                .contains("\tPhase: invoke\tStatus: error\tError Type: Runtime.ExitError\nSTART");
    }

    @Test
    void theDeploymentPackageStaysAsItIs() throws Exception {
        var function = rig.python("import other\ndef handler(event, context): return other.X")
                .with("other.py", "X = 1");

        rig.result(function, "{}");

        try (var files = java.nio.file.Files.list(function.code())) {
            assertThat(files)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder("main.py", "other.py");
        }
    }

    @Test
    void anotherVersionThanAskedForIsToldOnce() throws Exception {
        var function = rig.python("def handler(event, context): import os; os._exit(1)")
                .runtime("python3.99");

        rig.invoke(function, "{}");
        rig.invoke(function, "{}");

        assertThat(rig.log(function).stream().filter(line -> line.startsWith("[RustStack]")))
                .singleElement()
                .asString()
                .startsWith("[RustStack] python3.99 is not on this machine: running on Python 3.");
    }
}
