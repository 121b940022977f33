package dev.ruststack.emulator.httpfront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.http.HttpServer;
import dev.ruststack.emulator.http.HttpServerConfig;
import dev.ruststack.emulator.lambda.CodeArchives;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.FunctionSettings;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.LambdaSettings;
import dev.ruststack.emulator.lambda.PooledInvoker;
import dev.ruststack.emulator.lambda.TestZip;
import dev.ruststack.emulator.lambda.runtime.RuntimeApi;
import dev.ruststack.emulator.lambda.sandbox.ProcessLauncher;
import dev.ruststack.emulator.logs.FunctionLogs;
import dev.ruststack.emulator.process.ProcessGuard;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real functions behind the real front: deployed as zips, run by Python, called over HTTP. */
class PythonBehindTheFrontTest {
    private static final FunctionName WEB = new FunctionName("000000000000", "us-east-1", "web", null);

    private static final String APP = """
            import base64, json

            def handler(event, context):
                path = event["path"]
                if path == "/boom":
                    raise ValueError("boom")
                if path == "/image":
                    return {"statusCode": 200, "headers": {"Content-Type": "image/png"},
                            "isBase64Encoded": True, "body": event["body"]}
                if path == "/cookies":
                    return {"statusCode": 302, "headers": {"Location": "/"},
                            "multiValueHeaders": {"Set-Cookie": ["a=1", "b=2"]}}
                if path == "/none":
                    return None
                if path == "/whoami":
                    return {"body": json.dumps({"arn": context.invoked_function_arn,
                                                "id": context.aws_request_id,
                                                "ms": context.get_remaining_time_in_millis()})}
                return {"body": json.dumps(event)}
            """;

    @TempDir
    private static Path directory;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static ProcessGuard guard;
    private static RuntimeApi api;
    private static ProcessLauncher launcher;
    private static PooledInvoker invoker;
    private static CodeArchives archives;
    private static Functions functions;
    private static HttpServer server;

    @BeforeAll
    static void start() throws IOException {
        guard = ProcessGuard.start();
        api = RuntimeApi.start("127.0.0.1", 0);
        launcher = ProcessLauncher.in(directory.resolve("work"), System.getenv("PATH"), guard);
        var settings = LambdaSettings.of("us-east-1", URI.create("http://127.0.0.1:1"), "AKIDTEST", "secret");
        invoker = new PooledInvoker(settings, api, launcher, new FunctionLogs());
        archives = new CodeArchives(directory.resolve("code"), Clock.systemUTC());
        functions = new Functions(archives, invoker, Clock.systemUTC(), Runnable::run);
        var front = new HttpFront(
                new HttpFront.Behind(functions, NoUrls.of(functions), invoker, NoUrls.SIGNED),
                Target.REST_TIMEOUT,
                Clock.systemUTC());
        front.routes(
                List.of(Api.declared(
                        "000000000000",
                        "web",
                        "prod",
                        List.of(),
                        List.of(
                                new Route("ANY", "/", WEB.arn()),
                                new Route("ANY", "/{proxy+}", WEB.arn()),
                                new Route("GET", "/changing", changing().arn())))),
                List.of());
        server = HttpServer.start(HttpServerConfig.of("front", "127.0.0.1", 0), front);
        create(WEB, APP);
    }

    @AfterAll
    static void stop() {
        CLIENT.close();
        server.close();
        invoker.close();
        archives.close();
        launcher.close();
        api.close();
        guard.close();
    }

    private static FunctionName changing() {
        return new FunctionName("000000000000", "us-east-1", "changing", null);
    }

    private static void create(FunctionName name, String code) throws IOException {
        var settings = new FunctionSettings("python3.12", "app.handler", "r", null, 256, 30, null, null, null);
        functions.create(name, settings, archives.add(zip(code)), Map.of());
    }

    private static ByteArrayInputStream zip(String code) {
        return new ByteArrayInputStream(TestZip.of("app.py", code));
    }

    @Test
    void functionGetsTheEventOfTheRequest() throws Exception {
        var event = json(send("/orders/7?a=1&a=2", BodyPublishers.ofString("h\u00e9llo")));

        assertThat(event.path("path").asString()).isEqualTo("/orders/7");
        assertThat(event.path("pathParameters").path("proxy").asString()).isEqualTo("orders/7");
        assertThat(event.path("multiValueQueryStringParameters").path("a")).hasSize(2);
        assertThat(event.path("body").asString()).isEqualTo("h\u00e9llo");
    }

    @Test
    void binaryBodiesOfMegabytesGoBothWays() throws Exception {
        var image = new byte[4_000_000];
        new Random(11).nextBytes(image);

        var request = HttpRequest.newBuilder(uri("/image"))
                .header("Content-Type", "image/png")
                .POST(BodyPublishers.ofByteArray(image))
                .build();
        var response = CLIENT.send(request, BodyHandlers.ofByteArray());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(response.body()).isEqualTo(image);
    }

    @Test
    void severalCookiesAreSet() throws Exception {
        var response = send("/cookies", BodyPublishers.noBody());

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().allValues("Set-Cookie")).containsExactly("a=1", "b=2");
    }

    @Test
    void exceptionIsABadGateway() throws Exception {
        var response = send("/boom", BodyPublishers.noBody());

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).isEqualTo("{\"message\":\"Internal server error\"}");
    }

    @Test
    void noResultIsABadGateway() throws Exception {
        assertThat(send("/none", BodyPublishers.noBody()).statusCode()).isEqualTo(502);
    }

    @Test
    void functionKnowsWhoItIs() throws Exception {
        var context = json(send("/whoami", BodyPublishers.noBody()));

        assertThat(context.path("arn").asString()).isEqualTo(WEB.arn());
        assertThat(context.path("ms").asInt()).isBetween(1, 30_000);
    }

    @Test
    void newCodeAnswersTheNextRequest() throws Exception {
        create(changing(), "def handler(event, context): return {'body': 'one'}");
        assertThat(send("/changing", null).body()).isEqualTo("one");

        functions.update(
                changing(),
                null,
                archives.add(zip("def handler(event, context): return {'body': 'two'}")),
                new FunctionSettings(null, null, null, null, null, null, null, null, null));

        assertThat(send("/changing", null).body()).isEqualTo("two");
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static HttpResponse<String> send(String path, HttpRequest.BodyPublisher body) throws Exception {
        var request = HttpRequest.newBuilder(uri(path));
        return CLIENT.send((body == null ? request.GET() : request.POST(body)).build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }
}
