package dev.ruststack.emulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Functions that a debugger can attach to, as processes of this machine. */
class DebugPortTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    static FunctionStack stack;
    static LambdaClient lambda;
    static DebugPorts ports;

    @BeforeAll
    static void start() throws Exception {
        stack = new FunctionStack(directory, settings -> {
            ports = settings.debugPorts();
            return settings;
        });
        lambda = stack.client();
    }

    @AfterAll
    static void stop() throws Exception {
        stack.close();
    }

    private static int debugged(String function) throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ports.set(Map.of("arn:aws:lambda:us-east-1:000000000000:function:" + function, port));
        return port;
    }

    private static InvokeResponse invoke(String function, String event) {
        return lambda.invoke(request -> request.functionName(function).payload(SdkBytes.fromUtf8String(event)));
    }

    private static JsonNode targets(int port) throws Exception {
        // Node takes the offer of HTTP/2 for one of a WebSocket.
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                    .build();
            return JsonMapper.shared()
                    .readTree(http.send(list, BodyHandlers.ofString()).body());
        }
    }

    @Test
    void nodesInspectorEvaluatesInTheFunction() throws Exception {
        var function = stack.node("globalThis.answer = 42; exports.handler = async () => answer");
        int port = debugged(function);
        assertThat(invoke(function, "{}").payload().asUtf8String()).isEqualTo("42");

        var target = targets(port).get(0);
        assertThat(target.path("type").asString()).isEqualTo("node");
        var said = new CompletableFuture<String>();
        try (var http = HttpClient.newHttpClient()) {
            var socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create(target.path("webSocketDebuggerUrl").asString()), new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                            said.complete(text.toString());
                            return CompletableFuture.completedFuture(null);
                        }
                    })
                    .join();
            socket.request(1);
            socket.sendText(
                            "{\"id\":1,\"method\":\"Runtime.evaluate\",\"params\":{\"expression\":\"answer + 1\"}}",
                            true)
                    .join();

            assertThat(said.get(60, TimeUnit.SECONDS)).contains("\"value\":43");
            socket.abort();
        }
    }

    @Test
    void aFunctionThatIsDebuggedHasNoTimeoutAndRunsOneEventAtATime() throws Exception {
        var function = stack.node("exports.handler = (e) => new Promise(r => setTimeout(() => r('slow'), e.wait))");
        lambda.updateFunctionConfiguration(
                request -> request.functionName(function).timeout(1));
        debugged(function);

        var slow = CompletableFuture.supplyAsync(() -> invoke(function, "{\"wait\":2500}"));

        await().atMost(LONG).until(() -> {
            var refused = catchThrowable(() -> invoke(function, "{\"wait\":0}"));
            return refused instanceof TooManyRequestsException || slow.isDone();
        });
        assertThat(slow.get().payload().asUtf8String()).isEqualTo("\"slow\"");
        assertThat(slow.get().functionError()).isNull();
    }

    @Test
    void newCodeIsAtTheSamePortAndTheSamePlace() throws Exception {
        var function = stack.node("exports.handler = async () => [1, __filename]");
        int port = debugged(function);
        var file = Path.of(System.getProperty("java.io.tmpdir"), "ruststack-debug", function, "index.js");
        assertThat(invoke(function, "{}").payload().asUtf8String()).isEqualTo("[1,\"" + file + "\"]");

        lambda.updateFunctionCode(request -> request.functionName(function)
                .zipFile(SdkBytes.fromByteArray(zip("exports.handler = async () => [2, __filename]"))));

        assertThat(invoke(function, "{}").payload().asUtf8String()).isEqualTo("[2,\"" + file + "\"]");
        assertThat(targets(port)).hasSize(1);
    }

    private static byte[] zip(String code) {
        return new TestZip()
                .file("index.js", 0644, code.getBytes(StandardCharsets.UTF_8))
                .bytes();
    }

    @Test
    void pythonWithoutDebugpySaysWhatToInstall() throws Exception {
        var function = stack.python("def handler(event, context): pass");
        debugged(function);

        var answer = invoke(function, "{}");

        assertThat(answer.functionError()).isEqualTo("Unhandled");
        assertThat(answer.payload().asUtf8String()).contains("pip install debugpy");
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            var function = stack.node("exports.handler = async () => 1");
            ports.set(Map.of("arn:aws:lambda:us-east-1:000000000000:function:" + function, taken.getLocalPort()));

            var answer = invoke(function, "{}");

            assertThat(answer.payload().asUtf8String())
                    .contains("its debugPort " + taken.getLocalPort() + " is in use");
        }
    }

    @Test
    void runtimesWithoutADebuggerAreRefusedByName() throws Exception {
        var function = stack.create("provided.al2023", "none", "bootstrap", "#!/bin/sh\nexit 1\n");
        debugged(function);

        assertThat(invoke(function, "{}").payload().asUtf8String())
                .contains("debugPort is for functions in Python, Node.js and Java");
    }
}
