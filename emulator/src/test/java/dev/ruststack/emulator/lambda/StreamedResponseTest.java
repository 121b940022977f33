package dev.ruststack.emulator.lambda;

import static dev.ruststack.emulator.lambda.LambdaRig.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.ProtocolException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streamed answers as the HTTP fronts take them. */
class StreamedResponseTest {
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

    private static StreamedResponse stream(LambdaRig.Function function, String event) throws InterruptedException {
        return rig.invoker.invokeStreaming(function.configuration(), rig.invocation(function, event));
    }

    @Test
    void thePreludeIsTakenOffTheBody() throws Exception {
        var function = rig.node("""
                exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                  const http = awslambda.HttpResponseStream.from(stream, {
                    statusCode: 404, headers: { "Content-Type": "text/plain", "X-N": 1 }, cookies: ["a=1; Secure", "b=2"] });
                  http.write("nothing "); http.end("here");
                });
                """);

        try (var response = stream(function, "{}")) {
            var prelude = HttpPrelude.take(response);

            assertThat(prelude)
                    .isEqualTo(new HttpPrelude(
                            404,
                            Map.of("Content-Type", "text/plain", "X-N", "1"),
                            Map.of(),
                            List.of("a=1; Secure", "b=2")));
            assertThat(text(response.body().readAllBytes())).isEqualTo("nothing here");
            assertThat(response.outcome()).isInstanceOf(Outcome.Returned.class);
        }
    }

    @Test
    void withoutAPreludeTheContentTypeIsTheRuntimes() throws Exception {
        var streaming = rig.node("""
                exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                  stream.setContentType("text/event-stream"); stream.end("data: 1");
                });
                """);
        var plain = rig.python("def handler(event, context): return 1");

        try (var response = stream(streaming, "{}")) {
            assertThat(HttpPrelude.take(response)).isNull();
            assertThat(response.contentType()).isEqualTo("text/event-stream");
            assertThat(text(response.body().readAllBytes())).isEqualTo("data: 1");
        }
        try (var response = stream(plain, "{}")) {
            assertThat(response.contentType()).isEqualTo("application/json");
            assertThat(response.failureBeforeStart()).isNull();
            assertThat(text(response.body().readAllBytes())).isEqualTo("1");
        }
    }

    @Test
    void aPreludeThatDoesNotEndOrIsNoObjectIsRefused() throws Exception {
        var function = rig.node("""
                exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                  stream.setContentType("application/vnd.awslambda.http-integration-response"); stream.end(event);
                });
                """);

        for (var prelude : List.of("\"{}\"", "\"[]\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\"")) {
            try (var response = stream(function, prelude)) {
                assertThatThrownBy(() -> HttpPrelude.take(response)).isInstanceOf(ProtocolException.class);
            }
        }
    }

    @Test
    void aFailureBeforeTheAnswerIsToldAtOnce() throws Exception {
        var function = rig.node("exports.handler = async () => { throw new Error('early'); };");

        try (var response = stream(function, "{}")) {
            assertThat(response.failureBeforeStart()).isNotNull();
            assertThat(response.body().read()).isEqualTo(-1);
        }
    }

    /** The function tells how much it has written without being held back. */
    @Test
    void aFastFunctionIsHeldBackByASlowReader() throws Exception {
        var function = rig.node("""
                exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                  let written = 0;
                  const piece = Buffer.alloc(64 * 1024);
                  while (written < 64 * 1024 * 1024) {
                    written += piece.length;
                    if (!stream.write(piece)) {
                      console.log("wrote " + written);
                      await new Promise((r) => stream.once("drain", r));
                    }
                  }
                  stream.end();
                });
                """);

        try (var response = stream(function, "{}")) {
            await().until(() -> rig.log(function).stream().anyMatch(line -> line.contains("wrote ")));
            assertThat(response.body().readNBytes(64 * 1024)).hasSize(64 * 1024);
            assertThat(rig.log(function)).noneMatch(line -> line.contains("REPORT"));
            assertThat(response.body().available()).isLessThan(512 * 1024);

            assertThat(response.body().readAllBytes()).hasSize(64 * 1024 * 1024 - 64 * 1024);
        }
    }

    @Test
    void aReaderThatGoesAwayLeavesTheFunctionRunningToItsEnd() throws Exception {
        var function = rig.node("""
                exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                  for (let i = 0; i < 256; i++) {
                    if (!stream.write(Buffer.alloc(64 * 1024))) await new Promise((r) => stream.once("drain", r));
                  }
                  stream.end(); console.log("the end");
                });
                """);

        stream(function, "{}").close();

        await().until(() -> rig.log(function).stream().anyMatch(line -> line.startsWith("REPORT")));
        assertThat(rig.log(function)).anyMatch(line -> line.endsWith("the end"));
        assertThat(rig.log(function)).noneMatch(line -> line.contains("Error"));
    }

    @Test
    void aRuntimeThatCutsItsAnswerOffAndLivesOnIsToldOf() throws Exception {
        var function = rig.provided("""
                #!/usr/bin/env python3
                import os, socket, time, urllib.request
                api = os.environ["AWS_LAMBDA_RUNTIME_API"]
                host, _, prefix = api.partition("/")
                with urllib.request.urlopen(f"http://{api}/2018-06-01/runtime/invocation/next") as event:
                    request_id = event.headers["Lambda-Runtime-Aws-Request-Id"]
                name, _, port = host.partition(":")
                with socket.create_connection((name, int(port))) as connection:
                    connection.sendall((
                        f"POST /{prefix}/2018-06-01/runtime/invocation/{request_id}/response HTTP/1.1\\r\\n"
                        "Host: x\\r\\nTransfer-Encoding: chunked\\r\\n"
                        "Lambda-Runtime-Function-Response-Mode: streaming\\r\\n\\r\\n4\\r\\npart\\r\\n").encode())
                time.sleep(60)
                """);

        try (var response = stream(function, "{}")) {
            assertThat(text(response.body().readAllBytes())).isIn("", "part");
            assertThat(text(response.outcome().payload())).contains("Runtime.TruncatedResponse");
        }
    }
}
