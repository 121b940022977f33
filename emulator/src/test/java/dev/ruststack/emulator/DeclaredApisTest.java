package dev.ruststack.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.crds.yaml.ReadResult;
import dev.ruststack.crds.yaml.RustStackYaml;
import dev.ruststack.emulator.seed.SeedProgress;
import dev.ruststack.emulator.seed.SeedReport;
import dev.ruststack.emulator.seed.SeedSources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a stack declares of APIs, at the port of the HTTP front. */
class DeclaredApisTest {
    private static final String FUNCTION = """
            functions:
            - name: web
              runtime: python3.12
              handler: app.handler
              code: {files: {app.py: "import json\\ndef handler(event, context): return {'statusCode': 200, 'body': json.dumps([event, context.invoked_function_arn])}"}}
              aliases: [{name: live}]
            """;

    private static final String APIS = FUNCTION + """
            restApis:
            - name: old
              stageVariables: {colour: red}
              routes: [{path: "/old/{id}", method: GET, function: "web:live"}]
            httpApis:
            - name: new
              stageVariables: {colour: blue}
              corsConfiguration: {allowOrigins: ["https://example.com"], allowMethods: [GET], maxAge: 60}
              routes:
              - {routeKey: "GET /new/{id}", function: web}
              - {routeKey: "POST /new/{id}", function: "web:live", payloadFormatVersion: "1.0"}
            - name: rest
              routes: [{routeKey: "ANY /rest/{proxy+}", function: web}]
            """;

    @TempDir
    static Path data;

    private static FunctionStack stack;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        stack = FunctionStack.start(data, Map.of());
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        stack.close();
    }

    private static SeedReport seed(String spec) throws Exception {
        var document =
                "apiVersion: ruststack.dev/v1alpha1\nkind: RustStack\nmetadata: {name: shop}\nspec:\n" + spec.indent(2);
        return stack.emulator.seed(spec(document), SeedSources.NONE, SeedProgress.SILENT);
    }

    private static RustStackSpec spec(String document) throws IOException {
        var read = RustStackYaml.read(new ByteArrayInputStream(document.getBytes(UTF_8)), "stack.yaml");
        if (read instanceof ReadResult.Invalid invalid) {
            throw new AssertionError(invalid.problems());
        }
        return ((ReadResult.Valid) read).documents().getFirst().spec();
    }

    private static HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + stack.emulator.ports().front() + path))
                .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode event(String method, String path) throws Exception {
        return JsonMapper.shared().readTree(send(method, path).body());
    }

    @Test
    void routesOfHttpApisAndOfRestApisShareAPort() throws Exception {
        var report = seed(APIS);

        assertThat(report.items()).allSatisfy(item -> assertThat(item.error()).isNull());
        assertThat(report.items())
                .extracting(item -> item.kind() + " " + item.name() + " " + item.items())
                .contains("RestApi old 1", "HttpApi new 2", "HttpApi rest 1");

        var rest = event("GET", "/old/7");
        assertThat(rest.at("/0/version").isMissingNode()).isTrue();
        assertThat(rest.at("/0/stageVariables/colour").asString()).isEqualTo("red");
        assertThat(rest.at("/0/pathParameters/id").asString()).isEqualTo("7");
        assertThat(rest.at("/1").asString()).endsWith(":function:web:live");

        var two = event("GET", "/new/8?a=b");
        assertThat(two.at("/0/version").asString()).isEqualTo("2.0");
        assertThat(two.at("/0/routeKey").asString()).isEqualTo("GET /new/{id}");
        assertThat(two.at("/0/rawPath").asString()).isEqualTo("/new/8");
        assertThat(two.at("/0/stageVariables/colour").asString()).isEqualTo("blue");
        assertThat(two.at("/0/requestContext/stage").asString()).isEqualTo("$default");

        var one = event("POST", "/new/8");
        assertThat(one.at("/0/version").asString()).isEqualTo("1.0");
        assertThat(one.at("/1").asString()).endsWith(":function:web:live");

        assertThat(event("DELETE", "/rest/a/b").at("/0/pathParameters/proxy").asString())
                .isEqualTo("a/b");
        assertThat(send("GET", "/nowhere").statusCode()).isEqualTo(403);
    }

    @Test
    void anHttpApiAnswersPreflightsForItsFunctions() throws Exception {
        seed(APIS);

        var preflight =
                send("OPTIONS", "/new/8", "Origin", "https://example.com", "Access-Control-Request-Method", "GET");

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("access-control-allow-origin"))
                .hasValue("https://example.com");
        assertThat(preflight.headers().firstValue("access-control-max-age")).hasValue("60");
        assertThat(send("GET", "/new/8", "Origin", "https://example.com")
                        .headers()
                        .firstValue("access-control-allow-origin"))
                .hasValue("https://example.com");
    }

    @Test
    void withHttpApisAloneTheDefaultRouteTakesTheRestAndElseNotFoundIsTheirs() throws Exception {
        seed(FUNCTION + "httpApis: [{name: all, routes: [{routeKey: \"GET /a\", function: web}]}]");
        assertThat(send("GET", "/b").statusCode()).isEqualTo(404);

        seed(FUNCTION + "httpApis: [{name: all, routes: [{routeKey: $default, function: web}]}]");
        assertThat(event("PUT", "/b").at("/0/routeKey").asString()).isEqualTo("$default");
    }
}
