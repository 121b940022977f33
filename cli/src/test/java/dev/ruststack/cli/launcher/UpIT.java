package dev.ruststack.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ruststack.cli.launcher.Launcher.Running;
import dev.ruststack.cli.terminal.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./ruststack up} as a process: from the YAML file to Ready, and to nothing. */
class UpIT {
    private static final Duration LONG = Duration.ofMinutes(3);

    private static final String STACK = """
            apiVersion: ruststack.dev/v1alpha1
            kind: RustStack
            metadata:
              name: shop
            spec:
              buckets:
              - name: uploads
                objects:
                - {key: hello.txt, contentType: text/plain, content: {text: hello}}
              tables:
              - name: orders
                attributeDefinitions: [{attributeName: id, attributeType: S}]
                keySchema: [{attributeName: id, keyType: HASH}]
                items: [{id: "1"}, {id: "2"}]
              functions:
              - name: greet
                runtime: python3.11
                handler: app.handler
                timeout: 20
                functionUrlConfig: {authType: NONE}
                code:
                  files:
                    app.py: |
                      def handler(event, context):
                          print("greeting", event.get("name"))
                          if event.get("fail"):
                              raise ValueError("on purpose")
                          return {"statusCode": 200, "body": "hello " + str(event.get("name"))}
              restApis:
              - name: front
                routes: [{path: /greet, method: GET, function: greet}]
            """;

    /** Without tables and without DynamoDB: sooner up. */
    private static final String LIGHT =
            STACK.replaceAll("(?s)  tables:.*?  functions:", "  dynamodb: {mode: Disabled}\n  functions:");

    /** What {@code up --output json} says once it is up. */
    record Ready(
            String name,
            long pid,
            boolean ready,
            Map<String, String> endpoints,
            Map<String, String> environment,
            List<Map<String, Object>> items,
            Map<String, Long> steps) {}

    @TempDir
    private Path folder;

    private Launcher launcher;
    private Path file;

    @BeforeEach
    void writeStack() throws IOException {
        launcher = Launcher.packaged(folder);
        file = Files.writeString(folder.resolve("stack.yaml"), STACK);
    }

    @Test
    void isReadyOnceEverythingIsThereAndAnswers() throws Exception {
        try (var up = up(file)) {
            var ready = ready(up);

            assertThat(ready.ready()).isTrue();
            assertThat(ready.pid()).isEqualTo(up.process().pid());
            assertThat(ready.items())
                    .extracting(item -> item.get("kind") + " " + item.get("name") + " " + item.get("state"))
                    .containsExactly(
                            "Bucket uploads Ready",
                            "Table orders Ready",
                            "Function greet Ready",
                            "RestApi front Ready");
            assertThat(get(ready.endpoints().get("aws") + "/uploads/hello.txt")).isEqualTo("hello");
            assertThat(get(ready.endpoints().get("http") + "/greet")).isEqualTo("hello None");
            assertThat(up.out().lines()).hasSize(1);
        }
    }

    @Test
    void theOtherCommandsFindIt() throws Exception {
        try (var up = up(file)) {
            var ready = ready(up);

            var status = launcher.run("status");
            assertThat(status.exitCode()).as(status.err()).isZero();
            assertThat(status.out()).contains("shop  Ready").containsPattern("Table +orders +Ready +2 items");

            var env = launcher.run("env", "--format", "json");
            assertThat(map(env.out())).isEqualTo(ready.environment());

            var invoked = launcher.run("invoke", "greet", "--payload", "{\"name\": \"Ada\"}", "--tail");
            assertThat(invoked.exitCode()).as(invoked.err()).isZero();
            assertThat(map(invoked.out())).containsEntry("body", "hello Ada");
            assertThat(invoked.err()).contains("greeting Ada").contains("REPORT RequestId:");

            var failed = launcher.run("invoke", "greet", "-p", "{\"fail\": true}", "-o", "json");
            assertThat(failed.exitCode()).isEqualTo(1);
            assertThat(map(failed.out())).containsEntry("functionError", "Unhandled");
            assertThat(failed.out()).contains("on purpose");

            assertThat(launcher.run("logs", "greet").out())
                    .contains("greeting Ada")
                    .contains("ValueError");
            assertThat(launcher.run("logs", "nobody").exitCode()).isEqualTo(1);
            assertThat(launcher.run("invoke", "nobody").err()).contains("nobody");
        }
    }

    @Test
    void aChangedSourceIsLiveAtTheNextInvocation() throws Exception {
        var code = Files.createDirectories(folder.resolve("greet/inner")).getParent();
        Files.writeString(
                code.resolve("app.py"),
                "from inner import words\ndef handler(event, context):\n"
                        + "    return {'statusCode': 200, 'body': words.GREETING}\n");
        var words = Files.writeString(code.resolve("inner/words.py"), "GREETING = 'hello'\n");
        Files.writeString(file, LIGHT.replaceAll("(?s)      files:.*?  restApis:", "      path: greet\n  restApis:"));
        try (var up = up(file)) {
            var front = ready(up).endpoints().get("http") + "/greet";
            assertThat(get(front)).isEqualTo("hello");

            for (var greeting : List.of("hi", "good morning")) {
                Files.writeString(words, "GREETING = '" + greeting + "'\n");
                await().atMost(LONG).until(() -> get(front).equals(greeting));
            }
            assertThat(up.err()).contains("greet: its source changed, reloaded in");

            Files.writeString(words, "GREETING = \n");
            await().atMost(LONG).until(() -> up.err().contains("greet: its source changed, it does not start"));
            assertThat(up.err()).contains("SyntaxError");

            var made = Files.createDirectory(code.resolve("made"));
            Files.writeString(made.resolve("later.py"), "GREETING = 'hey'\n");
            Files.writeString(code.resolve("inner/words.py"), "from made.later import GREETING\n");
            await().atMost(LONG).until(() -> get(front).equals("hey"));
            Files.writeString(made.resolve("later.py"), "GREETING = 'bye'\n");
            await().atMost(LONG).until(() -> get(front).equals("bye"));
        }
    }

    @Test
    void aLogIsFollowedWhileItIsWritten() throws Exception {
        Files.writeString(file, LIGHT);
        try (var up = up(file)) {
            ready(up);
            try (var follow = launcher.start("logs", "greet", "--follow", "-o", "json")) {
                await().atMost(LONG).until(() -> {
                    launcher.run("invoke", "greet", "--payload", "{\"name\": \"Grace\"}");
                    return follow.out().contains("greeting Grace");
                });
                assertThat(follow.process().isAlive()).isTrue();
                assertThat(follow.out().lines())
                        .allSatisfy(line -> assertThat(map(line)).containsKey("message"));
            }
        }
    }

    @Test
    void resetPutsBackWhatWasDeclared() throws Exception {
        Files.writeString(file, LIGHT);
        try (var up = up(file)) {
            var aws = ready(up).endpoints().get("aws");
            send("PUT", aws + "/uploads/hello.txt");
            send("PUT", aws + "/uploads/other.txt");
            assertThat(get(aws + "/uploads/hello.txt")).isEmpty();

            var reset = launcher.run("reset");

            assertThat(reset.exitCode()).as(reset.err()).isZero();
            assertThat(get(aws + "/uploads/hello.txt")).isEqualTo("hello");
            assertThat(get(aws + "/uploads/other.txt")).contains("NoSuchKey");
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalEndsItWithEverything(String signal, int exitCode) throws Exception {
        try (var up = up(file)) {
            get(ready(up).endpoints().get("http") + "/greet");
            var children = up.process().descendants().toList();
            assertThat(children).hasSizeGreaterThanOrEqualTo(2);

            up.signal(signal);

            assertThat(up.process().waitFor(1, TimeUnit.MINUTES)).as("it ended").isTrue();
            assertThat(up.process().exitValue()).isEqualTo(exitCode);
            assertThat(up.err()).contains("Stopping shop").contains("Stopped");
            assertNothingIsLeft(children);
        }
    }

    @Test
    void downEndsItWithEverything() throws Exception {
        Files.writeString(file, LIGHT);
        try (var up = up(file)) {
            ready(up);
            var children = up.process().descendants().toList();

            assertThat(launcher.run("down").exitCode()).isZero();

            assertThat(up.process().isAlive()).isFalse();
            assertNothingIsLeft(children);
            assertThat(launcher.run("status").exitCode()).isEqualTo(5);
        }
    }

    @Test
    void killedItLeavesNothingThatRunsOrMisleads() throws Exception {
        try (var up = up(file)) {
            get(ready(up).endpoints().get("http") + "/greet");
            var children = up.process().descendants().toList();

            up.process().destroyForcibly().waitFor();

            assertThat(launcher.run("status").exitCode()).isEqualTo(5);
            assertNothingIsLeft(children);
        }
        try (var again = up(file)) {
            assertThat(ready(again).ready()).isTrue();
        }
    }

    @Test
    void killedItKeepsTheDataThatIsToBeKept() throws Exception {
        Files.writeString(file, STACK + "  storage: {type: Persistent}\n  seedPolicy: {mode: Once}\n");
        try (var up = up(file)) {
            var aws = ready(up).endpoints().get("aws");
            send("PUT", aws + "/uploads/mine.txt");
            send("DELETE", aws + "/uploads/hello.txt");
            dynamoDb(aws, "PutItem", "{\"TableName\": \"orders\", \"Item\": {\"id\": {\"S\": \"mine\"}}}");
            var children = up.process().descendants().toList();

            var second = launcher.run("up", "--free-ports", file.toString());
            assertThat(second.exitCode()).isEqualTo(4);
            assertThat(second.err()).contains("is in use by a stack that runs");

            up.process().destroyForcibly().waitFor();
            assertNothingIsLeft(children);
        }
        try (var up = up(file)) {
            var ready = ready(up);
            var aws = ready.endpoints().get("aws");

            assertThat(ready.ready()).isTrue();
            assertThat(get(aws + "/uploads?list-type=2"))
                    .contains("<Key>mine.txt</Key>")
                    .doesNotContain("hello.txt");
            assertThat(dynamoDb(aws, "Scan", "{\"TableName\": \"orders\"}"))
                    .contains("mine")
                    .contains("\"Count\":3");
            assertThat(get(ready.endpoints().get("http") + "/greet")).isEqualTo("hello None");

            assertThat(launcher.run("reset").exitCode()).isZero();
            assertThat(get(aws + "/uploads?list-type=2")).contains("hello.txt").doesNotContain("mine.txt");
        }
        assertThat(folder.resolve(".ruststack/shop/ruststack/s3")).isDirectory();
        assertThat(folder.resolve(".ruststack/.gitignore")).hasContent("*");
    }

    private static String dynamoDb(String aws, String operation, String body) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(aws))
                    .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                    .header("Content-Type", "application/x-amz-json-1.0")
                    .header(
                            "Authorization",
                            "AWS4-HMAC-SHA256 Credential=ruststack/20260101/us-east-1/dynamodb/aws4_request, "
                                    + "SignedHeaders=host;x-amz-date, Signature=" + "0".repeat(64))
                    .header("X-Amz-Date", "20260101T000000Z")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            var answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body();
        }
    }

    @Test
    void aSignalInTheMiddleOfTheStartLeavesNothingToo() throws Exception {
        try (var up = up(file)) {
            await().atMost(LONG).until(() -> !isEmpty(launcher.temporaryFolder()));
            var children = up.process().descendants().toList();

            up.signal("INT");

            assertThat(up.process().waitFor(1, TimeUnit.MINUTES)).as("it ended").isTrue();
            assertThat(up.process().exitValue()).isEqualTo(130);
            assertNothingIsLeft(children);
        }
    }

    @Test
    void aPortInUseIsNamedWithWhoHasItAndWhatToDo() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = String.valueOf(other.getLocalPort());

            var ended = launcher.run(
                    "up",
                    "--port",
                    port,
                    "--front-port",
                    "0",
                    "--admin-port",
                    "0",
                    "--runtime-port",
                    "0",
                    file.toString());

            assertThat(ended.exitCode()).isEqualTo(4);
            assertThat(ended.err())
                    .contains("port --port " + port + ": is in use by process "
                            + ProcessHandle.current().pid())
                    .contains("--free-ports");
            assertNothingIsLeft(List.of());
        }
    }

    @Test
    void aSecondUpOnTheSamePortsNamesTheStackThatHasThem() throws Exception {
        Files.writeString(file, LIGHT);
        try (var up = up(file)) {
            var port =
                    String.valueOf(URI.create(ready(up).endpoints().get("aws")).getPort());

            var second = launcher.run(
                    "up",
                    "--port",
                    port,
                    "--front-port",
                    "0",
                    "--admin-port",
                    "0",
                    "--runtime-port",
                    "0",
                    file.toString());

            assertThat(second.exitCode()).isEqualTo(4);
            assertThat(second.err())
                    .contains("by stack shop (pid " + up.process().pid())
                    .contains("down --name shop");
            assertThat(launcher.run("status").exitCode()).isZero();
        }
    }

    @Test
    void aFailedItemIsExplainedTheOthersAreSeededAndNothingIsLeft() throws Exception {
        Files.writeString(file, LIGHT.replace("handler: app.handler", "handler: nowhere.handler"));

        var ended = launcher.run("up", "--free-ports", file.toString());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out())
                .containsPattern("Bucket +uploads +Ready")
                .containsPattern("Function +greet +Failed")
                .doesNotContain("is Ready");
        assertThat(ended.err()).contains("Function greet: ").contains("nowhere").contains("everything was stopped");
        assertNothingIsLeft(List.of());
    }

    @Test
    void keepGoingStaysUpWithWhatWorks() throws Exception {
        Files.writeString(file, LIGHT.replace("handler: app.handler", "handler: nowhere.handler"));
        try (var up = launcher.start("up", "--free-ports", "--keep-going", "-o", "json", file.toString())) {
            var ready = ready(up);

            assertThat(ready.ready()).isFalse();
            assertThat(get(ready.endpoints().get("aws") + "/uploads/hello.txt")).isEqualTo("hello");
            assertThat(launcher.run("status").exitCode()).isEqualTo(1);
            assertThat(up.err()).contains("1 of 3 items failed");
        }
    }

    @Test
    void mistakesInTheFileAreShownAndNothingIsStarted() throws Exception {
        Files.writeString(
                file, STACK.replace("keyType: HASH", "keyType: HSH").replace("runtime: python3.11", "runtim: x"));

        var ended = launcher.run("up", "--free-ports", file.toString());

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.err()).contains("keyType").contains("runtim").contains("nothing was started");
        assertNothingIsLeft(List.of());
    }

    @Test
    void theScreenTellsHowToUseAndHowToStopIt() throws Exception {
        try (var up = launcher.start("up", "--free-ports", file.toString())) {
            await().atMost(LONG)
                    .until(() -> up.out().contains("Ctrl-C") || !up.process().isAlive());

            assertThat(up.out())
                    .contains("shop is Ready after ")
                    .containsPattern(
                            "Function +http://[a-z0-9]{32}[.]lambda-url[.]us-east-1[.]localhost:[0-9]+/ +greet")
                    .contains("export AWS_ENDPOINT_URL=http://127.0.0.1:")
                    .contains("GET /greet")
                    .contains("arn:aws:dynamodb:us-east-1:000000000000:table/orders")
                    .contains("down");
        }
    }

    private Running up(Path stack) throws IOException {
        return launcher.start("up", "--free-ports", "--output", "json", stack.toString());
    }

    private static Ready ready(Running up) {
        await().atMost(LONG)
                .until(() -> up.out().endsWith("\n") || !up.process().isAlive());
        assertThat(up.out()).as(up.err()).isNotEmpty();
        return Json.read(up.out(), Ready.class);
    }

    private void assertNothingIsLeft(List<ProcessHandle> children) {
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(launcher.temporaryFolder()).isEmptyDirectory();
            assertThat(isEmpty(launcher.runtimeFolder())).isTrue();
        });
    }

    private static boolean isEmpty(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return true;
        }
        try (var files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private static String get(String url) throws Exception {
        return send("GET", url);
    }

    private static String send(String method, String url) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(url))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(String json) {
        return Json.read(json, Map.class);
    }
}
