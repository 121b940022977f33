package dev.ruststack.emulator.lambda;

import static dev.ruststack.emulator.lambda.LambdaRig.json;
import static dev.ruststack.emulator.lambda.LambdaRig.tail;
import static dev.ruststack.emulator.lambda.LambdaRig.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Custom runtimes, and the Runtime API as they see it. */
class ProvidedFunctionTest {
    /** A runtime of its own, with an HTTP client that knows nothing of Lambda. */
    private static final String CLIENT = """
            #!/usr/bin/env python3
            import json, os, sys, urllib.error, urllib.request
            ROOT = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime"
            def call(path, body=None, **headers):
                names = {name.replace("_", "-"): value for name, value in headers.items()}
                request = urllib.request.Request(ROOT + path, data=body, headers=names)
                try:
                    with urllib.request.urlopen(request) as response:
                        return response.status, response.headers, response.read()
                except urllib.error.HTTPError as error:
                    return error.code, error.headers, error.read()
            def take():
                _, headers, event = call("/invocation/next")
                return headers["Lambda-Runtime-Aws-Request-Id"], headers, json.loads(event)
            def answer(id, result):
                return call(f"/invocation/{id}/response", json.dumps(result).encode())
            """;

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
    void theBootstrapOfThePackageServesEvents() throws Exception {
        var function = rig.provided(CLIENT + """
                while True:
                    id, headers, event = take()
                    print("got", event["n"], flush=True)
                    answer(id, {"n": event["n"] + 1, "headers": dict(headers), "env": dict(os.environ)})
                """);

        var outcome = rig.invoke(function, "{\"n\": 41}");
        var result = json(outcome.payload());

        assertThat(result.get("n").intValue()).isEqualTo(42);
        assertThat(tail(outcome)).contains("\ngot 41\nEND");
        var headers = result.get("headers");
        assertThat(headers.get("Content-Type").stringValue()).isEqualTo("application/json");
        assertThat(headers.get("Lambda-Runtime-Aws-Request-Id").stringValue()).hasSize(36);
        assertThat(headers.get("Lambda-Runtime-Invoked-Function-Arn").stringValue())
                .isEqualTo(function.arn());
        assertThat(headers.get("Lambda-Runtime-Trace-Id").stringValue()).startsWith("Root=1-");
        assertThat(Long.parseLong(headers.get("Lambda-Runtime-Deadline-Ms").stringValue()))
                .isBetween(System.currentTimeMillis(), System.currentTimeMillis() + 30_000);
        assertThat(headers.has("Lambda-Runtime-Client-Context")).isFalse();
        assertThat(result.get("env").has("AWS_EXECUTION_ENV")).isFalse();
        assertThat(rig.result(function, "{\"n\": 1}").get("n").intValue()).isEqualTo(2);
    }

    @Test
    void shellScriptsWork() throws Exception {
        var function = rig.provided("""
                #!/bin/sh
                exit 5
                """);

        assertThat(rig.error(function, "{}").get("errorMessage").stringValue()).endsWith("exit status 5");
    }

    @Test
    void errorsArePassedOnAsPosted() throws Exception {
        var function = rig.provided(CLIENT + """
                while True:
                    id, _, event = take()
                    call(f"/invocation/{id}/error", b'{"errorMessage":"no","errorType":"Mine","more":[1]}',
                         Lambda_Runtime_Function_Error_Type="Mine")
                """);

        assertThat(text(rig.failure(function, "{}").payload()))
                .isEqualTo("{\"errorMessage\":\"no\",\"errorType\":\"Mine\",\"more\":[1]}");
    }

    @Test
    void acceptedRequestsGetTheBodyThatDotnetReads() throws Exception {
        var function = rig.provided(CLIENT + """
                id, _, event = take()
                status, headers, body = answer(id, 1)
                while True:
                    id, _, event = take()
                    answer(id, [status, headers["Content-Type"], json.loads(body)])
                """);

        rig.result(function, "{}");

        assertThat(rig.result(function, "{}").toString()).isEqualTo("[202,\"application/json\",{\"status\":\"OK\"}]");
    }

    @Test
    void requestsOutOfTurnAreRefused() throws Exception {
        var function = rig.provided(CLIENT + """
                seen = []
                def note(reply):
                    error = json.loads(reply[2])
                    seen.append([reply[0], error["errorType"], error["errorMessage"]])
                note(answer("8476a536-e9f4-11e8-9739-2dfe598c3fcd", 1))
                id, _, event = take()
                note(answer("8476a536-e9f4-11e8-9739-2dfe598c3fcd", 1))
                note(call("/invocation/next"))
                note(call("/init/error", b"{}"))
                note(call("/invocation/" + id + "/response", b"{}", Lambda_Runtime_Function_Response_Mode="odd"))
                note(call("/elsewhere"))
                answer(id, 0)
                note(answer(id, 0))
                id, _, event = take()
                answer(id, seen)
                take()
                """);

        rig.result(function, "{}");
        var seen = rig.result(function, "{}");

        assertThat(seen).hasSize(7);
        assertThat(seen.get(0).toString())
                .isEqualTo(
                        "[403,\"InvalidStateTransition\",\"State transition from Started to InvocationResponse failed"
                                + " for runtime. Error: State transition is not allowed\"]");
        assertThat(seen.get(1).toString()).isEqualTo("[400,\"InvalidRequestID\",\"Invalid request ID\"]");
        assertThat(seen.get(2).toString())
                .startsWith("[403,\"InvalidStateTransition\",\"State transition from Running to Ready");
        assertThat(seen.get(3).toString())
                .startsWith("[403,\"InvalidStateTransition\",\"State transition from Running to InitError");
        assertThat(seen.get(4).toString()).startsWith("[400,\"InvalidFunctionResponseMode\"");
        assertThat(seen.get(5).toString()).startsWith("[404,");
        assertThat(seen.get(6).toString())
                .startsWith("[403,\"InvalidStateTransition\",\"State transition from RuntimeResponseSent");
    }

    @Test
    void strangersAreNotServed() throws Exception {
        var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create(
                        "http://127.0.0.1:" + rig.api.port() + "/2018-06-01/runtime/invocation/next"))
                .build();
        try (var client = java.net.http.HttpClient.newHttpClient()) {
            assertThat(client.send(request, java.net.http.HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void largeEventsAndResultsPass() throws Exception {
        var function = rig.provided(CLIENT + """
                while True:
                    id, _, event = take()
                    answer(id, event)
                """);
        var payload = "\"" + "x".repeat(5_900_000) + "\"";

        assertThat(text(rig.invoke(function, payload).payload())).isEqualTo(payload);
    }

    @Test
    void aResultBeyondTheLimitIsAnErrorAndTheRuntimeGoesOn() throws Exception {
        var function = rig.provided(CLIENT + """
                status = 0
                while True:
                    id, _, event = take()
                    if event == "big":
                        try:
                            status = call(f"/invocation/{id}/response", b" " * 6291557)[0]
                        except urllib.error.URLError:
                            status = "connection closed"
                    elif event == "most":
                        call(f"/invocation/{id}/response", b"1" * 6291556)
                    else:
                        answer(id, status)
                """);

        assertThat(text(rig.failure(function, "\"big\"").payload()))
                .isEqualTo(
                        "{\"errorMessage\":\"Response payload size exceeded maximum allowed payload size (6291556 bytes).\","
                                + "\"errorType\":\"Function.ResponseSizeTooLarge\"}");
        assertThat(rig.result(function, "\"status\"").toString()).isIn("413", "\"connection closed\"");
        assertThat(rig.invoke(function, "\"most\"").payload()).hasSize(6_291_556);
    }

    @Test
    void errorTrailersOfAStreamMakeItAFailure() throws Exception {
        var function = rig.provided(CLIENT + """
                import base64, socket
                host, port = os.environ["AWS_LAMBDA_RUNTIME_API"].split("/")[0].split(":")
                prefix = os.environ["AWS_LAMBDA_RUNTIME_API"].split("/")[1]
                while True:
                    id, _, event = take()
                    error = base64.b64encode(b'{"errorMessage":"cut"}').decode()
                    with socket.create_connection((host, int(port))) as connection:
                        connection.sendall((
                            f"POST /{prefix}/2018-06-01/runtime/invocation/{id}/response HTTP/1.1\\r\\n"
                            "Host: x\\r\\nTransfer-Encoding: chunked\\r\\nConnection: close\\r\\n"
                            "Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\\r\\n"
                            "Lambda-Runtime-Function-Response-Mode: streaming\\r\\n\\r\\n"
                            "4\\r\\npart\\r\\n0\\r\\n"
                            "Lambda-Runtime-Function-Error-Type: Mine\\r\\n"
                            f"Lambda-Runtime-Function-Error-Body: {error}\\r\\n\\r\\n").encode())
                        connection.recv(1000)
                """);

        assertThat(text(rig.failure(function, "{}").payload())).isEqualTo("{\"errorMessage\":\"cut\"}");
    }

    @Test
    void withoutABootstrapTheEntrypointIsInvalid() throws Exception {
        var missing = rig.failure(rig.function("provided.al2023"), "{}");
        var notExecutable = rig.error(rig.function("provided.al2023").with("bootstrap", "echo"), "{}");

        var id = tail(missing).split("START RequestId: ")[1].split(" ")[0];
        assertThat(text(missing.payload()))
                .isEqualTo("{\"errorType\":\"Runtime.InvalidEntrypoint\",\"errorMessage\":\"RequestId: " + id
                        + " Error: Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]\"}");
        assertThat(tail(missing)).contains("Error Type: Runtime.InvalidEntrypoint");
        assertThat(notExecutable.get("errorMessage").stringValue())
                .endsWith("fork/exec /var/task/bootstrap: permission denied");
    }

    @Test
    void outputWithoutALineEndIsALine() throws Exception {
        var function = rig.provided(CLIENT + """
                end = b""
                while True:
                    id, _, event = take()
                    os.write(1, end + b"no end")
                    end = b"\\nnext\\n"
                    answer(id, 1)
                """);

        assertThat(tail(rig.invoke(function, "{}"))).contains("\nno end\nEND");
        assertThat(tail(rig.invoke(function, "{}"))).contains("\nnext\nno end\nEND");
        assertThat(rig.log(function)).doesNotContain("");
    }
}
