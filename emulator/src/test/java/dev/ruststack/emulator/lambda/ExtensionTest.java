package dev.ruststack.emulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Extensions that live in the function's own process, and what they are told. */
class ExtensionTest {
    /** The Extensions API in a few lines. */
    private static final String CLIENT = """
            import http.client, json, os, signal, sys, threading, time
            from http.server import BaseHTTPRequestHandler, HTTPServer
            host, _, prefix = os.environ["AWS_LAMBDA_RUNTIME_API"].partition("/")
            def call(method, path, body=None, **headers):
                api = http.client.HTTPConnection(host)
                headers = {name.replace("_", "-"): value for name, value in headers.items()}
                api.request(method, f"/{prefix}{path}", None if body is None else json.dumps(body), headers)
                answer = api.getresponse()
                return answer.status, answer.headers, answer.read().decode()
            def register(name, events):
                return call("POST", "/2020-01-01/extension/register", {"events": events}, Lambda_Extension_Name=name)
            def next_event(id):
                return json.loads(call("GET", "/2020-01-01/extension/event/next", Lambda_Extension_Identifier=id)[2])
            """;

    @TempDir
    Path directory;

    LambdaRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = LambdaRig.in(directory);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void anExtensionHearsOfEveryInvocation() throws Exception {
        var function = rig.python(CLIENT + """
                heard = []
                status, headers, body = register("inner", ["INVOKE"])
                def listen():
                    while True:
                        heard.append(next_event(headers["Lambda-Extension-Identifier"]))
                threading.Thread(target=listen, daemon=True).start()
                def handler(event, context):
                    while not heard or heard[-1]["requestId"] != context.aws_request_id: time.sleep(0.001)
                    return {"status": status, "body": json.loads(body), "event": heard[-1], "count": len(heard)}
                """);

        var first = rig.result(function, "{}");
        var second = rig.result(function, "{}");

        assertThat(first.get("status").intValue()).isEqualTo(200);
        assertThat(first.get("body").toString())
                .isEqualTo("{\"functionName\":\"" + function.name()
                        + "\",\"functionVersion\":\"$LATEST\",\"handler\":\"main.handler\"}");
        assertThat(first.at("/event/eventType").stringValue()).isEqualTo("INVOKE");
        assertThat(first.at("/event/invokedFunctionArn").stringValue()).isEqualTo(function.arn());
        assertThat(first.at("/event/deadlineMs").longValue()).isPositive();
        assertThat(first.at("/event/tracing/type").stringValue()).isEqualTo("X-Amzn-Trace-Id");
        assertThat(second.get("count").intValue()).isEqualTo(2);
    }

    @Test
    void theNextEventWaitsForTheExtension() throws Exception {
        rig.close();
        rig = LambdaRig.in(
                directory, settings -> settings.withEnvironments(1, Duration.ofMinutes(1), Duration.ofMinutes(10)));
        var function = rig.python(CLIENT + """
                done = 0
                _, headers, _ = register("slow", ["INVOKE"])
                def listen():
                    global done
                    while True:
                        next_event(headers["Lambda-Extension-Identifier"])
                        time.sleep(0.2)
                        done += 1
                threading.Thread(target=listen, daemon=True).start()
                def handler(event, context): return done
                """);

        for (int i = 0; i < 3; i++) {
            assertThat(rig.result(function, "{}").intValue()).isEqualTo(i);
        }
    }

    @Test
    void whatIsNoRegistrationIsRefusedAsOnAws() throws Exception {
        var function = rig.python(CLIENT + """
                answers = [register("a", ["INVOKE"]), register("a", []), register("", []), register("b", ["SLEEP"]),
                    register("c", ["SHUTDOWN"]), call("GET", "/2020-01-01/extension/event/next"),
                    call("GET", "/2020-01-01/extension/event/next", Lambda_Extension_Identifier="nobody"),
                    call("POST", "/2020-01-01/extension/nothing")]
                threading.Thread(target=next_event, args=(answers[0][1]["Lambda-Extension-Identifier"],), daemon=True).start()
                def handler(event, context):
                    late = register("late", [])
                    return [[status, json.loads(body).get("errorType")] for status, _, body in answers + [late]]
                """);

        assertThat(rig.result(function, "{}").toString())
                .isEqualTo("[[200,null],[403,\"Extension.AlreadyRegistered\"],[403,\"Extension.InvalidExtensionName\"],"
                        + "[403,\"Extension.InvalidEventType\"],"
                        + "[403,\"ShutdownEventNotSupportedForInternalExtension\"],"
                        + "[403,\"Extension.MissingExtensionIdentifier\"],"
                        + "[403,\"Extension.UnknownExtensionIdentifier\"],[404,\"NotFound\"],"
                        + "[403,\"Extension.RegistrationClosed\"]]");
    }

    @Test
    void anExtensionThatCannotStartEndsTheEnvironment() throws Exception {
        var function = rig.python(CLIENT + """
                _, headers, _ = register("broken", [])
                call("POST", "/2020-01-01/extension/init/error", {"errorMessage": "no"},
                    Lambda_Extension_Identifier=headers["Lambda-Extension-Identifier"],
                    Lambda_Extension_Function_Error_Type="Extension.NoConfig")
                def handler(event, context): pass
                """);

        assertThat(rig.error(function, "{}").get("errorType").stringValue()).isEqualTo("Extension.InitError");
    }

    @Test
    void withAnExtensionTheEndIsPolite() throws Exception {
        var ended = directory.resolve("ended");
        var polite = CLIENT + """
                def end(signum, frame):
                    open("%s" + name, "w").close()
                    sys.exit(0)
                signal.signal(signal.SIGTERM, end)
                def handler(event, context): pass
                """.formatted(ended);
        var with = rig.python("name = 'with'\n" + polite + """
                _, headers, _ = register("any", [])
                threading.Thread(target=next_event, args=(headers["Lambda-Extension-Identifier"],), daemon=True).start()
                """);
        var without = rig.python("name = 'without'\n" + polite);
        rig.invoke(with, "{}");
        rig.invoke(without, "{}");

        rig.invoker.retire(with.arn());
        rig.invoker.retire(without.arn());

        await().until(() -> directory.resolve("endedwith").toFile().exists());
        await().until(() -> rig.invoker.environments() == 0);
        assertThat(directory.resolve("endedwithout")).doesNotExist();
    }

    @Test
    void telemetryComesInBatchesToTheExtensionsListener() throws Exception {
        var function = rig.python(CLIENT + """
                told = []
                class Listener(BaseHTTPRequestHandler):
                    def do_POST(self):
                        told.extend(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                        self.send_response(200); self.send_header("Content-Length", "0"); self.end_headers()
                    def log_message(self, *values): pass
                server = HTTPServer(("127.0.0.1", 0), Listener)
                threading.Thread(target=server.serve_forever, daemon=True).start()
                _, headers, _ = register("telemetry", [])
                id = headers["Lambda-Extension-Identifier"]
                subscribed = call("PUT", "/2022-07-01/telemetry", {"schemaVersion": "2022-12-13",
                    "types": ["platform", "function"], "buffering": {"timeoutMs": 25},
                    "destination": {"protocol": "HTTP", "URI": f"http://sandbox.localdomain:{server.server_port}/here"}},
                    Lambda_Extension_Identifier=id)
                refused = call("PUT", "/2022-07-01/telemetry", {"types": ["nothing"],
                    "destination": {"protocol": "HTTP", "URI": "http://elsewhere:80"}}, Lambda_Extension_Identifier=id)
                threading.Thread(target=next_event, args=(id,), daemon=True).start()
                def handler(event, context):
                    print("from the function")
                    return {"subscribed": subscribed[0], "refused": refused[0], "told": told}
                """);

        rig.result(function, "{}");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            var result = rig.result(function, "{}");
            var told = result.get("told").toString();
            assertThat(result.get("subscribed").intValue()).isEqualTo(200);
            assertThat(result.get("refused").intValue()).isEqualTo(400);
            assertThat(told)
                    .contains(
                            "\"type\":\"platform.telemetrySubscription\"",
                            "\"type\":\"platform.start\"",
                            "\"type\":\"function\",\"record\":\"from the function\"",
                            "\"type\":\"platform.runtimeDone\"",
                            "\"type\":\"platform.report\"",
                            "\"status\":\"success\"",
                            "\"billedDurationMs\":");
        });
    }
}
