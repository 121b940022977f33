package dev.ruststack.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Cors;
import software.amazon.awssdk.services.lambda.model.FunctionUrlAuthType;
import software.amazon.awssdk.services.lambda.model.InvokeMode;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** Function URLs: how they are made, and what comes of requests to them. */
class FunctionUrlTest {
    @AutoClose
    private static final GatewayStack STACK = new GatewayStack();

    /** What it returns is what it is asked for. */
    private static final String SAYS = """
            import json
            def handler(event, context):
                body = event.get("body")
                if body == "boom":
                    raise ValueError("boom")
                return json.loads(body) if body else None
            """;

    @BeforeAll
    static void create() {
        STACK.echo("echo").python("says", SAYS);
    }

    private static LambdaClient lambda() {
        return STACK.lambda();
    }

    /** The host of the one URL of a function, made anew. */
    private static String host(String function, FunctionUrlAuthType auth, Cors cors) {
        lambda().listFunctionUrlConfigs(list -> list.functionName(function)).functionUrlConfigs().stream()
                .filter(url -> url.functionArn().endsWith(":" + function))
                .forEach(url -> lambda().deleteFunctionUrlConfig(delete -> delete.functionName(function)));
        var url = lambda().createFunctionUrlConfig(
                        create -> create.functionName(function).authType(auth).cors(cors))
                .functionUrl();
        return URI.create(url).getHost();
    }

    private static String host(String function) {
        return host(function, FunctionUrlAuthType.NONE, null);
    }

    private static HttpResponse<String> says(String body) {
        return STACK.send("POST", host("says"), "/", body, "Content-Type", "application/json");
    }

    @Test
    void urlIsMadeChangedListedAndTakenAway() {
        STACK.echo("made");

        var created = lambda().createFunctionUrlConfig(
                        create -> create.functionName("made").authType(FunctionUrlAuthType.NONE));

        assertThat(created.sdkHttpResponse().statusCode()).isEqualTo(201);
        assertThat(created.functionUrl())
                .matches("http://[a-z0-9]{32}\\.lambda-url\\.us-east-1\\.localhost:" + STACK.port() + "/");
        assertThat(created.functionArn()).isEqualTo(GatewayStack.ARNS + "made");
        assertThat(created.invokeMode()).isEqualTo(InvokeMode.BUFFERED);
        assertThat(created.creationTime()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z");
        assertThat(created.cors()).isNull();

        var updated = lambda().updateFunctionUrlConfig(update -> update.functionName("made")
                .authType(FunctionUrlAuthType.AWS_IAM)
                .cors(cors -> cors.allowOrigins("*").maxAge(60)));
        assertThat(updated.functionUrl()).isEqualTo(created.functionUrl());
        assertThat(updated.authType()).isEqualTo(FunctionUrlAuthType.AWS_IAM);
        assertThat(updated.cors().maxAge()).isEqualTo(60);
        assertThat(lambda().getFunctionUrlConfig(get -> get.functionName("made"))
                        .cors())
                .isEqualTo(updated.cors());
        assertThat(lambda().listFunctionUrlConfigs(list -> list.functionName("made"))
                        .functionUrlConfigs())
                .hasSize(1);

        assertThat(lambda().deleteFunctionUrlConfig(delete -> delete.functionName("made"))
                        .sdkHttpResponse()
                        .statusCode())
                .isEqualTo(204);
        assertThatThrownBy(() -> lambda().getFunctionUrlConfig(get -> get.functionName("made")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("The resource you requested does not exist.");
    }

    @Test
    void aFunctionThatIsMadeAgainHasTheSameUrl() {
        var urls = IntStream.range(0, 2)
                .mapToObj(time -> {
                    STACK.echo("again");
                    var url = lambda().createFunctionUrlConfig(
                                    create -> create.functionName("again").authType(FunctionUrlAuthType.NONE))
                            .functionUrl();
                    lambda().deleteFunction(delete -> delete.functionName("again"));
                    return url;
                })
                .toList();

        assertThat(urls.getFirst()).isEqualTo(urls.getLast());
    }

    @Test
    void functionHasOneUrlAndEachAliasOne() {
        STACK.echo("aliased");
        lambda().publishVersion(publish -> publish.functionName("aliased"));
        lambda().createAlias(
                        create -> create.functionName("aliased").name("live").functionVersion("1"));
        lambda().createFunctionUrlConfig(
                        create -> create.functionName("aliased").authType(FunctionUrlAuthType.NONE));
        var live = lambda().createFunctionUrlConfig(create ->
                create.functionName("aliased").qualifier("live").authType(FunctionUrlAuthType.NONE));

        assertThat(live.functionArn()).isEqualTo(GatewayStack.ARNS + "aliased:live");
        assertThat(STACK.get(URI.create(live.functionUrl()).getHost(), "/")
                        .headers()
                        .firstValue("x-by"))
                .hasValue(GatewayStack.ARNS + "aliased:live");
        assertThat(lambda().listFunctionUrlConfigs(
                                list -> list.functionName("aliased").maxItems(1))
                        .nextMarker())
                .isNotNull();
        assertThatThrownBy(() -> lambda().createFunctionUrlConfig(
                                create -> create.functionName("aliased").authType(FunctionUrlAuthType.NONE)))
                .isInstanceOf(ResourceConflictException.class)
                .hasMessageContaining("Failed to create function url config for [functionArn = " + GatewayStack.ARNS
                        + "aliased]. Error message:  FunctionUrlConfig exists for this Lambda function");
    }

    @Test
    void versionAndMissingFunctionHaveNone() {
        assertThatThrownBy(() -> lambda().createFunctionUrlConfig(create ->
                        create.functionName("says").qualifier("1").authType("NONE")))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("'qualifier' failed to satisfy constraint");
        assertThatThrownBy(() -> lambda().createFunctionUrlConfig(
                                create -> create.functionName("missing").authType("NONE")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Function not found: " + GatewayStack.ARNS + "missing");
        assertThatThrownBy(() -> lambda().createFunctionUrlConfig(
                                create -> create.functionName("says").authType("WHATEVER")))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("Member must satisfy enum value set: [NONE, AWS_IAM]");
    }

    @Test
    void urlGoesWithItsFunction() {
        STACK.echo("short-lived");
        var host = host("short-lived");

        lambda().deleteFunction(delete -> delete.functionName("short-lived"));
        STACK.echo("short-lived");

        var answer = STACK.get(host, "/");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("{\"Message\":null}");
    }

    @Test
    void eventIsOfFormat2() {
        var host = host("echo");

        var event = GatewayStack.json(STACK.send(
                "POST",
                host,
                "/a%20b/c?x=1&x=2&y=%C3%BC&empty",
                "{\"n\": 1}",
                "Content-Type",
                "application/json",
                "Cookie",
                "one=1; two=2",
                "X-Mixed",
                "a",
                "X-Mixed",
                "b",
                "User-Agent",
                "test/1"));

        assertThat(event.propertyNames())
                .containsExactly(
                        "version",
                        "routeKey",
                        "rawPath",
                        "rawQueryString",
                        "cookies",
                        "headers",
                        "queryStringParameters",
                        "requestContext",
                        "body",
                        "isBase64Encoded");
        assertThat(event.path("version").asString()).isEqualTo("2.0");
        assertThat(event.path("routeKey").asString()).isEqualTo("$default");
        assertThat(event.path("rawPath").asString()).isEqualTo("/a%20b/c");
        assertThat(event.path("rawQueryString").asString()).isEqualTo("x=1&x=2&y=%C3%BC&empty");
        assertThat(event.path("cookies").toString()).isEqualTo("[\"one=1\",\"two=2\"]");
        assertThat(event.path("queryStringParameters").toString())
                .isEqualTo("{\"x\":\"1,2\",\"y\":\"ü\",\"empty\":\"\"}");
        var headers = event.path("headers");
        assertThat(headers.path("x-mixed").asString()).isEqualTo("a,b");
        assertThat(headers.path("host").asString()).isEqualTo(host + ":" + STACK.port());
        assertThat(headers.path("content-length").asString()).isEqualTo("8");
        assertThat(headers.path("x-forwarded-for").asString()).isEqualTo("127.0.0.1");
        assertThat(headers.path("x-forwarded-proto").asString()).isEqualTo("http");
        assertThat(headers.path("x-amzn-trace-id").asString()).startsWith("Root=1-");
        assertThat(headers.has("cookie")).isFalse();
        assertThat(event.path("body").asString()).isEqualTo("{\"n\": 1}");
        assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
        var context = event.path("requestContext");
        var id = host.substring(0, host.indexOf('.'));
        assertThat(context.path("accountId").asString()).isEqualTo("anonymous");
        assertThat(context.path("apiId").asString()).isEqualTo(id);
        assertThat(context.path("domainName").asString()).isEqualTo(host);
        assertThat(context.path("domainPrefix").asString()).isEqualTo(id);
        assertThat(context.path("stage").asString()).isEqualTo("$default");
        assertThat(context.path("time").asString()).matches("\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000");
        assertThat(context.path("timeEpoch").asLong()).isPositive();
        assertThat(context.path("http").toString())
                .isEqualTo("{\"method\":\"POST\",\"path\":\"/a%20b/c\",\"protocol\":\"HTTP/1.1\","
                        + "\"sourceIp\":\"127.0.0.1\",\"userAgent\":\"test/1\"}");
    }

    @Test
    void eventWithoutBodyCookiesAndQueryHasNoneOfThem() {
        var event = GatewayStack.json(STACK.get(host("echo"), "/"));

        assertThat(event.propertyNames())
                .containsExactly(
                        "version",
                        "routeKey",
                        "rawPath",
                        "rawQueryString",
                        "headers",
                        "requestContext",
                        "isBase64Encoded");
        assertThat(event.path("rawQueryString").asString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, false",
        "application/json; charset=utf-8, false",
        "application/xml, false",
        "application/javascript, false",
        "application/x-www-form-urlencoded, true",
        "multipart/form-data; boundary=x, true",
        "application/octet-stream, true",
        "image/png, true"
    })
    void bodyThatIsNoTextTravelsInBase64(String type, boolean base64) {
        var event = GatewayStack.json(STACK.send("POST", host("echo"), "/", "abc", "Content-Type", type));

        assertThat(event.path("isBase64Encoded").asBoolean()).isEqualTo(base64);
        assertThat(event.path("body").asString()).isEqualTo(base64 ? "YWJj" : "abc");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "text"                | "text"
            {"any": [1]}          | {"any": [1]}
            [1, null]             | [1, null]
            7                     | 7
            {"body": "no status"} | {"body": "no status"}
            """)
    void resultWithoutStatusIsTheDocument(String result, String body) {
        var answer = says(result);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body()).isEqualTo(body);
    }

    @Test
    void resultWithStatusIsTheResponse() {
        var answer = says("""
                {"statusCode": "201", "headers": {"X-A": "1", "Content-Type": "text/plain", "N": 7},
                 "cookies": ["a=1; Secure", "b=2"], "body": "aGVsbG8=", "isBase64Encoded": true}""");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("hello");
        assertThat(answer.headers().allValues("Set-Cookie")).containsExactly("a=1; Secure", "b=2");
        assertThat(GatewayStack.headers(answer, "X-A", "Content-Type", "N"))
                .containsEntry("X-A", "1")
                .containsEntry("Content-Type", "text/plain")
                .containsEntry("N", "7");
        assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            boom
            {"statusCode": "many"}
            {"statusCode": 200, "headers": []}
            {"statusCode": 200, "cookies": "a"}
            {"statusCode": 200, "body": "!", "isBase64Encoded": true}
            """)
    void failureAndMalformedResultAreA502(String body) {
        var answer = says(body);

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).isEqualTo("Internal Server Error");
    }

    @Test
    void longBodyIsRefused() {
        var answer = STACK.send("POST", host("echo"), "/", "x".repeat(6 * 1024 * 1024 + 1));

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void preflightIsAnsweredWithoutTheFunction() {
        var cors = Cors.builder()
                .allowOrigins(List.of("https://shop.example"))
                .allowMethods("GET", "POST")
                .allowHeaders("x-a", "x-b")
                .exposeHeaders("x-by")
                .allowCredentials(true)
                .maxAge(600)
                .build();
        var host = host("echo", FunctionUrlAuthType.NONE, cors);

        var preflight = STACK.send(
                "OPTIONS", host, "/", "", "Origin", "https://shop.example", "Access-Control-Request-Method", "POST");
        var stranger = STACK.send(
                "OPTIONS", host, "/", "", "Origin", "https://else.example", "Access-Control-Request-Method", "POST");
        var request = STACK.get(host, "/", "Origin", "https://shop.example");

        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.body()).isEmpty();
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("https://shop.example");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
                .hasValue("GET,POST");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValue("x-a,x-b");
        assertThat(preflight.headers().firstValue("Access-Control-Max-Age")).hasValue("600");
        assertThat(stranger.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(request.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://shop.example");
        assertThat(request.headers().firstValue("Access-Control-Allow-Credentials"))
                .hasValue("true");
        assertThat(request.headers().firstValue("Access-Control-Expose-Headers"))
                .hasValue("x-by");
        assertThat(GatewayStack.json(request).path("version").asString()).isEqualTo("2.0");
    }

    @Test
    void withoutCorsPreflightsAreTheFunctionsOwn() {
        var answer = STACK.send(
                "OPTIONS", host("echo"), "/", "", "Origin", "https://a", "Access-Control-Request-Method", "POST");

        assertThat(GatewayStack.json(answer)
                        .path("requestContext")
                        .path("http")
                        .path("method")
                        .asString())
                .isEqualTo("OPTIONS");
    }

    @Test
    void withIamOnlySignedRequestsPass() {
        var host = host("echo", FunctionUrlAuthType.AWS_IAM, null);

        var unsigned = STACK.get(host, "/");
        assertThat(unsigned.statusCode()).isEqualTo(403);
        assertThat(unsigned.body()).isEqualTo("{\"Message\":\"Forbidden\"}");

        var event = GatewayStack.json(signed(host, "lambda"));
        var iam = event.path("requestContext").path("authorizer").path("iam");
        assertThat(iam.path("accessKey").asString()).isEqualTo("AKIDEXAMPLE");
        assertThat(iam.path("userArn").asString()).isEqualTo("arn:aws:iam::000000000000:root");
        assertThat(event.path("requestContext").path("accountId").asString()).isEqualTo("000000000000");

        assertThat(signed(host, "s3").statusCode()).isEqualTo(403);
        assertThat(STACK.get(host, "/x", STACK.signature(host, "/", "lambda")).statusCode())
                .isEqualTo(403);
    }

    private static HttpResponse<String> signed(String host, String service) {
        return STACK.get(host, "/", STACK.signature(host, "/", service));
    }

    @Test
    void streamIsSentAsItIsWritten() throws Exception {
        STACK.node("streams", """
                exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                  stream = awslambda.HttpResponseStream.from(stream, {
                    statusCode: 201, headers: { "Content-Type": "text/plain" }, cookies: ["a=1"] });
                  stream.write("first ");
                  await new Promise(resolve => setTimeout(resolve, 50));
                  stream.end("second");
                });
                """);
        var url = lambda().createFunctionUrlConfig(create -> create.functionName("streams")
                .authType(FunctionUrlAuthType.NONE)
                .invokeMode(InvokeMode.RESPONSE_STREAM));

        var answer = STACK.get(URI.create(url.functionUrl()).getHost(), "/");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("first second");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain");
        assertThat(answer.headers().firstValue("Set-Cookie")).hasValue("a=1");
        assertThat(answer.headers().firstValue("Transfer-Encoding")).hasValue("chunked");
    }

    @Test
    void functionThatDoesNotStreamAnswersAUrlThatDoes() {
        STACK.echo("whole");
        var url = lambda().createFunctionUrlConfig(create ->
                create.functionName("whole").authType(FunctionUrlAuthType.NONE).invokeMode(InvokeMode.RESPONSE_STREAM));

        assertThat(GatewayStack.json(STACK.get(URI.create(url.functionUrl()).getHost(), "/"))
                        .path("version")
                        .asString())
                .isEqualTo("2.0");
    }

    @Test
    void frontPortServesThemToo() {
        assertThat(STACK.send(STACK.frontPort(), "GET", host("echo"), "/", "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void urlsOutliveTheProcess() throws Exception {
        try (var stack = new GatewayStack(true)) {
            stack.echo("kept");
            var made = stack.lambda()
                    .createFunctionUrlConfig(create ->
                            create.functionName("kept").authType("NONE").cors(cors -> cors.allowOrigins("*")));

            stack.restart();

            var kept = stack.lambda().getFunctionUrlConfig(get -> get.functionName("kept"));
            assertThat(URI.create(kept.functionUrl()).getHost())
                    .isEqualTo(URI.create(made.functionUrl()).getHost());
            assertThat(kept.cors()).isEqualTo(made.cors());
            assertThat(stack.get(URI.create(kept.functionUrl()).getHost(), "/").statusCode())
                    .isEqualTo(200);
        }
    }
}
