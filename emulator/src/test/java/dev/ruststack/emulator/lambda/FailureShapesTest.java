package dev.ruststack.emulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every way in which a function can fail, with the body that its caller gets and what its log reports. In bodies {@code
 * <id>} stands for the request id; stack traces are looked at elsewhere. AWS: Lambda Developer Guide, Troubleshoot
 * invocation issues; the runtime interface clients of AWS.
 */
class FailureShapesTest {
    /** An invocation of the Runtime API in Python without the standard library's patience. */
    private static final String CLIENT = """
            #!/usr/bin/env python3
            import os, sys, time, urllib.request
            api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/"
            def post(path, body, type=""):
                urllib.request.urlopen(urllib.request.Request(
                    api + path, body.encode(), {"Lambda-Runtime-Function-Error-Type": type})).read()
            """;

    private static final String TAKE = """
            with urllib.request.urlopen(api + "invocation/next") as event:
                id = event.headers["Lambda-Runtime-Aws-Request-Id"]
            """;

    @TempDir
    static Path directory;

    static FunctionStack stack;
    static LambdaClient client;

    @BeforeAll
    static void start() throws Exception {
        stack = new FunctionStack(directory, settings -> settings.withInitLimit(java.time.Duration.ofSeconds(2)));
        client = stack.client();
    }

    @AfterAll
    static void stop() throws Exception {
        stack.close();
    }

    /**
     * One way.
     *
     * @param seconds the function's timeout
     * @param report what the REPORT line ends with
     */
    private record Failure(
            String name,
            String runtime,
            String handler,
            String file,
            String code,
            int seconds,
            String body,
            String report) {
        static Failure python(String name, String handler, String code, String body) {
            return new Failure("Python, " + name, "python3.11", handler, "app.py", code, 30, body, "");
        }

        static Failure node(String name, String handler, String code, String body) {
            return new Failure("Node, " + name, "nodejs20.x", handler, "index.js", code, 30, body, "");
        }

        static Failure provided(String name, String code, String body) {
            return new Failure("provided, " + name, "provided.al2023", "any", "bootstrap", CLIENT + code, 30, body, "");
        }

        static Failure java(String name, String handler, String code, String body) {
            return new Failure("Java, " + name, "java21", handler, "App.java", code, 60, body, "");
        }

        Failure reporting(String end) {
            return new Failure(name, runtime, handler, file, code, seconds, body, end);
        }

        Failure within(int timeout) {
            return new Failure(name, runtime, handler, file, code, timeout, body, report);
        }
    }

    private static final String EXIT = "\tStatus: error\tError Type: Runtime.ExitError";
    private static final String EXITED =
            "{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"RequestId: <id> Error: ";
    private static final String TIMED_OUT = "{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: <id>"
            + " Error: Task timed out after 1.00 seconds\"}";
    private static final String TOO_LARGE = "{\"errorMessage\":\"Response payload size exceeded maximum allowed payload"
            + " size (6291556 bytes).\",\"errorType\":\"Function.ResponseSizeTooLarge\"}";
    private static final String LARGE = "\tStatus: error\tError Type: Function.ResponseSizeTooLarge";

    private static Stream<Failure> python() {
        return Stream.of(
                Failure.python(
                        "an exception",
                        "app.handler",
                        "def handler(e, c): raise ValueError('no')",
                        "{\"errorMessage\":\"no\",\"errorType\":\"ValueError\",\"requestId\":\"<id>\"}"),
                Failure.python(
                                "sys.exit(0)",
                                "app.handler",
                                "import sys\ndef handler(e, c): sys.exit(0)",
                                EXITED + "Runtime exited without providing a reason\"}")
                        .reporting(EXIT),
                Failure.python(
                                "sys.exit(7)",
                                "app.handler",
                                "import sys\ndef handler(e, c): sys.exit(7)",
                                EXITED + "Runtime exited with error: exit status 7\"}")
                        .reporting(EXIT),
                Failure.python(
                                "sys.exit in the import",
                                "app.handler",
                                "import sys\nsys.exit(3)",
                                EXITED + "Runtime exited with error: exit status 3\"}")
                        .reporting(EXIT),
                Failure.python(
                                "a fault of the memory",
                                "app.handler",
                                "import os\ndef handler(e, c): os.kill(os.getpid(), 11)",
                                EXITED + "Runtime exited with error: signal: segmentation fault\"}")
                        .reporting(EXIT),
                Failure.python(
                        "more memory than Python gives",
                        "app.handler",
                        "def handler(e, c): raise MemoryError()",
                        "{\"errorMessage\":\"\",\"errorType\":\"MemoryError\",\"requestId\":\"<id>\"}"),
                Failure.python(
                                "killed",
                                "app.handler",
                                "import os\ndef handler(e, c): os.kill(os.getpid(), 9)",
                                EXITED + "Runtime exited with error: signal: killed\"}")
                        .reporting(EXIT),
                Failure.python(
                                "no such handler",
                                "app.nope",
                                "def handler(e, c): pass",
                                "{\"errorMessage\":\"Handler 'nope' missing on module 'app'\","
                                        + "\"errorType\":\"Runtime.HandlerNotFound\",\"requestId\":\"\"}")
                        .reporting("\tStatus: error\tError Type: Runtime.HandlerNotFound"),
                Failure.python(
                                "a handler without a module",
                                "app",
                                "def handler(e, c): pass",
                                "{\"errorMessage\":\"Bad handler 'app': not enough values to unpack (expected 2, got 1)\","
                                        + "\"errorType\":\"Runtime.MalformedHandlerName\",\"requestId\":\"\"}")
                        .reporting("\tStatus: error\tError Type: Runtime.MalformedHandlerName"),
                Failure.python(
                                "no such module",
                                "nope.handler",
                                "def handler(e, c): pass",
                                "{\"errorMessage\":\"Unable to import module 'nope': No module named 'nope'\","
                                        + "\"errorType\":\"Runtime.ImportModuleError\",\"requestId\":\"\"}")
                        .reporting("\tStatus: error\tError Type: Runtime.ImportModuleError"),
                Failure.python(
                                "a missing import",
                                "app.handler",
                                "import nothing_of_this_name",
                                "{\"errorMessage\":\"Unable to import module 'app': No module named 'nothing_of_this_name'\","
                                        + "\"errorType\":\"Runtime.ImportModuleError\",\"requestId\":\"\"}")
                        .reporting("\tStatus: error\tError Type: Runtime.ImportModuleError"),
                Failure.python(
                                "a syntax error",
                                "app.handler",
                                "def handler(e, c)\n    pass\n",
                                "{\"errorMessage\":\"Syntax error in module 'app': expected ':' (app.py, line 1)\","
                                        + "\"errorType\":\"Runtime.UserCodeSyntaxError\",\"requestId\":\"\"}")
                        .reporting("\tStatus: error\tError Type: Runtime.UserCodeSyntaxError"),
                Failure.python(
                                "an exception in the import",
                                "app.handler",
                                "raise KeyError('table')",
                                "{\"errorMessage\":\"'table'\",\"errorType\":\"KeyError\",\"requestId\":\"\"}")
                        .reporting("\tStatus: error\tError Type: Runtime.Unknown"),
                Failure.python("an import that takes too long", "app.handler", "import time\ntime.sleep(60)", TIMED_OUT)
                        .within(1)
                        .reporting("\tStatus: timeout"),
                Failure.python("a timeout", "app.handler", "import time\ndef handler(e, c): time.sleep(60)", TIMED_OUT)
                        .within(1)
                        .reporting("\tStatus: timeout"),
                Failure.python(
                        "a result that is no JSON",
                        "app.handler",
                        "def handler(e, c): return {1, 2}",
                        "{\"errorMessage\":\"Unable to marshal response: Object of type set is not JSON serializable\","
                                + "\"errorType\":\"Runtime.MarshalError\",\"requestId\":\"<id>\"}"),
                Failure.python(
                                "a result too large",
                                "app.handler",
                                "def handler(e, c): return 'x' * 7_000_000",
                                TOO_LARGE)
                        .reporting(LARGE));
    }

    private static Stream<Failure> node() {
        return Stream.of(
                Failure.node(
                        "an exception",
                        "index.handler",
                        "exports.handler = async () => { throw new RangeError('no'); };",
                        "{\"errorType\":\"RangeError\",\"errorMessage\":\"no\"}"),
                Failure.node(
                        "what is thrown is no error",
                        "index.handler",
                        "exports.handler = async () => { throw 'text'; };",
                        "{\"errorType\":\"string\",\"errorMessage\":\"text\"}"),
                Failure.node(
                                "process.exit(7)",
                                "index.handler",
                                "exports.handler = async () => process.exit(7);",
                                EXITED + "Runtime exited with error: exit status 7\"}")
                        .reporting(EXIT),
                Failure.node(
                                "killed",
                                "index.handler",
                                "exports.handler = async () => { process.kill(process.pid, 9); await new Promise(() => {}); };",
                                EXITED + "Runtime exited with error: signal: killed\"}")
                        .reporting(EXIT),
                Failure.node(
                                "no such handler",
                                "index.nope",
                                "exports.handler = async () => 1;",
                                "{\"errorType\":\"Runtime.HandlerNotFound\","
                                        + "\"errorMessage\":\"index.nope is undefined or not exported\"}")
                        .reporting("\tStatus: error\tError Type: Runtime.HandlerNotFound"),
                Failure.node(
                                "process.exit in the import",
                                "index.handler",
                                "process.exit(3);",
                                EXITED + "Runtime exited with error: exit status 3\"}")
                        .reporting(EXIT),
                Failure.node(
                                "no such module",
                                "nope.handler",
                                "exports.handler = async () => 1;",
                                "{\"errorType\":\"Runtime.ImportModuleError\","
                                        + "\"errorMessage\":\"Error: Cannot find module 'nope'\"}")
                        .reporting("\tStatus: error\tError Type: Runtime.ImportModuleError"),
                Failure.node(
                                "a missing import",
                                "index.handler",
                                "require('nothing-of-this-name');",
                                "{\"errorType\":\"Runtime.ImportModuleError\","
                                        + "\"errorMessage\":\"Error: Cannot find module 'nothing-of-this-name'\"}")
                        .reporting("\tStatus: error\tError Type: Runtime.ImportModuleError"),
                Failure.node(
                        "a rejection that nobody handles",
                        "index.handler",
                        "exports.handler = async () => { Promise.reject(new Error('no')); await new Promise(() => setTimeout(() => {}, 60000)); };",
                        "{\"errorType\":\"Runtime.UnhandledPromiseRejection\",\"errorMessage\":\"Error: no\"}"),
                Failure.node(
                        "an exception of a timer",
                        "index.handler",
                        "exports.handler = async () => { setTimeout(() => { throw new Error('late'); }, 10); await new Promise(() => setTimeout(() => {}, 60000)); };",
                        "{\"errorType\":\"Error\",\"errorMessage\":\"late\"}"),
                Failure.node(
                                "a syntax error",
                                "index.handler",
                                "exports.handler = async ( => 1;",
                                "{\"errorType\":\"Runtime.UserCodeSyntaxError\","
                                        + "\"errorMessage\":\"SyntaxError: Unexpected token '=>'\"}")
                        .reporting("\tStatus: error\tError Type: Runtime.UserCodeSyntaxError"),
                Failure.node(
                                "an exception in the import",
                                "index.handler",
                                "throw new TypeError('early');",
                                "{\"errorType\":\"TypeError\",\"errorMessage\":\"early\"}")
                        .reporting("\tStatus: error\tError Type: Runtime.Unknown"),
                Failure.node(
                                "a timeout",
                                "index.handler",
                                "exports.handler = () => new Promise((r) => setTimeout(r, 60000));",
                                TIMED_OUT)
                        .within(1)
                        .reporting("\tStatus: timeout"),
                Failure.node(
                        "a result that is no JSON",
                        "index.handler",
                        "exports.handler = async () => { const a = {}; a.a = a; return a; };",
                        "{\"errorType\":\"Error\",\"errorMessage\":\"Unable to stringify response body\"}"),
                Failure.node(
                                "a result too large",
                                "index.handler",
                                "exports.handler = async () => 'x'.repeat(7000000);",
                                TOO_LARGE)
                        .reporting(LARGE));
    }

    private static Stream<Failure> java() {
        return Stream.of(
                Failure.java(
                        "an exception",
                        "App::handle",
                        "public class App { public String handle(Object e) { throw new IllegalStateException(\"no\"); } }",
                        "{\"errorMessage\":\"no\",\"errorType\":\"java.lang.IllegalStateException\"}"),
                Failure.java(
                                "System.exit(7)",
                                "App::handle",
                                "public class App { public String handle(Object e) { System.exit(7); return null; } }",
                                EXITED + "Runtime exited with error: exit status 7\"}")
                        .reporting(EXIT),
                Failure.java(
                        "no such class",
                        "Nope::handle",
                        "public class App {}",
                        "{\"errorMessage\":\"Class not found: Nope\","
                                + "\"errorType\":\"java.lang.ClassNotFoundException\"}"),
                Failure.java(
                        "no such method",
                        "App::nope",
                        "public class App { public String handle(Object e) { return null; } }",
                        "{\"errorMessage\":\"No public method named nope with appropriate method signature found"
                                + " on class App\"}"),
                Failure.java(
                                "an exception of the class's own initialization",
                                "App::handle",
                                "public class App { static { if (true) throw new IllegalStateException(\"early\"); }"
                                        + " public String handle(Object e) { return null; } }",
                                "{\"errorMessage\":\"Error loading class App\",\"errorType\":\"java.lang.ExceptionInInitializerError\"}")
                        .reporting("\tStatus: error\tError Type: Runtime.BadFunctionCode"),
                Failure.java(
                        "a stack that overflows",
                        "App::handle",
                        "public class App { public String handle(Object e) { return handle(e) + 1; } }",
                        "{\"errorMessage\":\"java.lang.StackOverflowError\",\"errorType\":\"java.lang.StackOverflowError\"}"),
                Failure.java(
                                "a result too large",
                                "App::handle",
                                "public class App { public String handle(Object e) { return \"x\".repeat(7000000); } }",
                                TOO_LARGE)
                        .reporting(LARGE));
    }

    private static Stream<Failure> provided() {
        return Stream.of(
                new Failure(
                                "provided, no bootstrap",
                                "provided.al2023",
                                "any",
                                "other",
                                "#!/bin/sh",
                                30,
                                "{\"errorType\":\"Runtime.InvalidEntrypoint\",\"errorMessage\":\"RequestId: <id> Error:"
                                        + " Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]\"}",
                                "")
                        .reporting("\tStatus: error\tError Type: Runtime.InvalidEntrypoint"),
                new Failure(
                                "provided, a bootstrap that may not be run",
                                "provided.al2023",
                                "any",
                                "bootstrap",
                                "no program",
                                30,
                                "{\"errorType\":\"Runtime.InvalidEntrypoint\",\"errorMessage\":\"RequestId: <id> Error:"
                                        + " fork/exec /var/task/bootstrap: permission denied\"}",
                                "")
                        .reporting("\tStatus: error\tError Type: Runtime.InvalidEntrypoint"),
                Failure.provided(
                        "an error of its own",
                        TAKE
                                + "post(f'invocation/{id}/error', '{\"errorType\":\"Mine\",\"errorMessage\":\"no\"}', 'Mine')",
                        "{\"errorType\":\"Mine\",\"errorMessage\":\"no\"}"),
                Failure.provided(
                                "an error of its initialization",
                                "post('init/error', '{\"errorType\":\"Mine.Init\",\"errorMessage\":\"no\"}', 'Mine.Init'); sys.exit(1)",
                                "{\"errorType\":\"Mine.Init\",\"errorMessage\":\"no\"}")
                        .reporting("\tStatus: error\tError Type: Runtime.Unknown"),
                Failure.provided(
                                "exits before its first event",
                                "sys.exit(3)",
                                EXITED + "Runtime exited with error: exit status 3\"}")
                        .reporting(EXIT),
                Failure.provided(
                                "exits with an event",
                                TAKE + "sys.exit(3)",
                                EXITED + "Runtime exited with error: exit status 3\"}")
                        .reporting(EXIT),
                Failure.provided("a timeout", TAKE + "time.sleep(60)", TIMED_OUT)
                        .within(1)
                        .reporting("\tStatus: timeout"));
    }

    @TestFactory
    Stream<DynamicTest> theCallerGetsTheBodyOfAws() {
        return Stream.of(python(), node(), java(), provided())
                .flatMap(each -> each)
                .map(failure -> DynamicTest.dynamicTest(failure.name(), () -> check(failure)));
    }

    private static String create(Failure failure) throws Exception {
        if (!failure.file().endsWith(".java")) {
            return stack.create(failure.runtime(), failure.handler(), failure.file(), failure.code());
        }
        var folder = Files.createTempDirectory(directory, "java");
        var source = Files.writeString(folder.resolve(failure.file()), failure.code());
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "21", "-proc:none", "-d", folder.toString(), source.toString());
        assertThat(status).isZero();
        var compiled = Files.readAllBytes(folder.resolve("App.class"));
        return stack.create(
                failure.runtime(),
                failure.handler(),
                new TestZip().file("App.class", 0644, compiled).bytes());
    }

    private static void check(Failure failure) throws Exception {
        var function = create(failure);
        client.updateFunctionConfiguration(
                update -> update.functionName(function).timeout(failure.seconds()));

        var response = client.invoke(request -> request.functionName(function).logType(LogType.TAIL));

        var id = response.responseMetadata().requestId();
        var body = response.payload().asUtf8String();
        var tail = new String(Base64.getDecoder().decode(response.logResult()), StandardCharsets.UTF_8);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.functionError()).isEqualTo("Unhandled");
        assertThat(withoutTrace(body))
                .as(tail)
                .isEqualTo(withoutTrace(failure.body().replace("<id>", id)));
        assertThat(tail.lines().toList().getLast())
                .startsWith("REPORT RequestId: " + id)
                .endsWith(failure.report().isEmpty() ? "\t" : failure.report());
    }

    private static String withoutTrace(String body) {
        var document = JsonMapper.shared().readValue(body, java.util.LinkedHashMap.class);
        document.remove("stackTrace");
        document.remove("trace");
        return document.toString().replaceFirst("(?s)\\nRequire stack:.*", "}");
    }

    @Test
    void anEventTooLargeNeverReachesTheFunction() {
        var function = stack.python("def handler(e, c): print('ran')");
        var event = SdkBytes.fromUtf8String("\"" + "x".repeat(6_291_456) + "\"");

        assertThatThrownBy(() ->
                        client.invoke(request -> request.functionName(function).payload(event)))
                .isInstanceOfSatisfying(
                        RequestTooLargeException.class,
                        e -> assertThat(e.statusCode()).isEqualTo(413))
                .hasMessageContaining("Request must be smaller than 6291456 bytes for the InvokeFunction operation");
        assertThat(stack.logs().of(function).lines()).isEmpty();
    }

    /** Init has a limit of its own; beyond it the process is started again, in the time of the invocation. */
    @Test
    void anInitThatOverrunsItsLimitIsTriedAgainWithinTheInvocation() {
        var function = stack.python("""
                import os, tempfile, time
                first = os.path.join(tempfile.gettempdir(), "first")
                if not os.path.exists(first):
                    open(first, "w").close()
                    time.sleep(60)
                def handler(event, context): return "started again"
                """);

        var response = client.invoke(request -> request.functionName(function).logType(LogType.TAIL));

        assertThat(response.functionError()).isNull();
        assertThat(response.payload().asUtf8String()).isEqualTo("\"started again\"");
        assertThat(stack.logs().of(function).lines())
                .anyMatch(line ->
                        line.message().matches("INIT_REPORT Init Duration: .* ms\tPhase: init\tStatus: timeout"));
    }
}
