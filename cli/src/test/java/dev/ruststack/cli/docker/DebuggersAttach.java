package dev.ruststack.cli.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.cli.clients.StackProcess;
import dev.ruststack.cli.launcher.Launcher;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code debugPort} with real debuggers, of which PyPI has Python's. Run by e2e/docker. */
class DebuggersAttach {
    private static final String STACK = """
            apiVersion: ruststack.dev/v1alpha1
            kind: RustStack
            metadata: {name: debugged}
            spec:
              dynamodb: {mode: Disabled}
              lambda: {executor: %s}
              functions:
              - {name: python, runtime: python3.11, handler: app.handler, code: {path: app}, debugPort: %d}
              - name: node
                runtime: nodejs20.x
                handler: index.handler
                code: {files: {index.js: "exports.handler = async () => 1"}}
                debugPort: %d
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"Process", "Docker"})
    void debuggersOfPythonAndNodeAttach(String executor) throws Exception {
        var app = Files.createDirectories(folder.resolve("app"));
        Files.writeString(app.resolve("app.py"), "def handler(event, context):\n    return 1\n");
        Files.writeString(app.resolve("requirements.txt"), "debugpy==1.8.22\n");
        int python = freePort();
        int node = freePort();
        var file = Files.writeString(folder.resolve("stack.yaml"), STACK.formatted(executor, python, node));
        var launcher = Launcher.packaged(folder).with("DOCKER_HOST", System.getenv("DOCKER_HOST"));

        try (var _ = StackProcess.up(launcher, file);
                var http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            var list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node + "/json/list"))
                    .build();
            assertThat(http.send(list, BodyHandlers.ofString()).body()).contains("\"type\": \"node\"");
            assertThat(initialized(python)).contains("\"command\": \"initialize\"", "\"success\": true");
        }
    }

    /** The answer to the first request of the Debug Adapter Protocol, after whatever events come before it. */
    private static String initialized(int port) throws IOException {
        var request =
                "{\"seq\":1,\"type\":\"request\",\"command\":\"initialize\",\"arguments\":{\"adapterID\":\"test\"}}";
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("Content-Length: " + request.length() + "\r\n\r\n" + request)
                            .getBytes(StandardCharsets.US_ASCII));
            var said = new StringBuilder();
            var in = socket.getInputStream();
            while (!said.toString().contains("\"success\"")) {
                int next = in.read();
                if (next < 0) {
                    break;
                }
                said.append((char) next);
            }
            while (in.available() > 0) {
                said.append((char) in.read());
            }
            return said.toString();
        }
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
