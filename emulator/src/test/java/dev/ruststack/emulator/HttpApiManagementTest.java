package dev.ruststack.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.ApiGatewayV2Exception;
import software.amazon.awssdk.services.apigatewayv2.model.ConflictException;
import software.amazon.awssdk.services.apigatewayv2.model.NotFoundException;
import software.amazon.awssdk.services.apigatewayv2.model.ProtocolType;
import software.amazon.awssdk.services.apigatewayv2.model.Route;

/** HTTP APIs as clients make them through API Gateway's own API, and what is served of them. */
class HttpApiManagementTest {
    @AutoClose
    private static final GatewayStack STACK = new GatewayStack();

    @AutoClose
    private static final ApiGatewayV2Client GATEWAY = STACK.client(ApiGatewayV2Client.builder());

    @BeforeAll
    static void create() {
        STACK.echo("echo").python("says", """
                import json
                def handler(event, context):
                    if event.get("body") == "boom":
                        raise ValueError("boom")
                    return json.loads(event["body"])
                """);
    }

    private static String newApi() {
        return GATEWAY.createApi(create -> create.name("shop").protocolType(ProtocolType.HTTP))
                .apiId();
    }

    private static void stage(String api, String name, boolean autoDeploy) {
        GATEWAY.createStage(create ->
                create.apiId(api).stageName(name).autoDeploy(autoDeploy).stageVariables(Map.of("colour", "blue")));
    }

    private static void route(String api, String function, String format, String... keys) {
        var integration = GATEWAY.createIntegration(create -> create.apiId(api)
                        .integrationType("AWS_PROXY")
                        .integrationUri(GatewayStack.ARNS + function)
                        .payloadFormatVersion(format))
                .integrationId();
        for (var key : keys) {
            GATEWAY.createRoute(create -> create.apiId(api).routeKey(key).target("integrations/" + integration));
        }
    }

    private static HttpResponse<String> send(String method, String api, String path, String body, String... headers) {
        return STACK.send(method, api + ".execute-api.us-east-1.localhost", path, body, headers);
    }

    private static HttpResponse<String> get(String api, String path, String... headers) {
        return send("GET", api, path, "", headers);
    }

    @Test
    void quickCreateServesAFunction() {
        var made = GATEWAY.createApi(
                create -> create.name("quick").protocolType(ProtocolType.HTTP).target(GatewayStack.ARNS + "echo"));

        assertThat(made.apiEndpoint())
                .isEqualTo("http://" + made.apiId() + ".execute-api.us-east-1.localhost:" + STACK.port());
        assertThat(made.routeSelectionExpression()).isEqualTo("$request.method $request.path");
        var event = GatewayStack.json(STACK.get(URI.create(made.apiEndpoint()).getHost(), "/a/b?x=1"));
        assertThat(event.path("version").asString()).isEqualTo("2.0");
        assertThat(event.path("routeKey").asString()).isEqualTo("$default");
        assertThat(event.path("rawPath").asString()).isEqualTo("/a/b");
        var context = event.path("requestContext");
        assertThat(context.path("apiId").asString()).isEqualTo(made.apiId());
        assertThat(context.path("accountId").asString()).isEqualTo("000000000000");
        assertThat(context.path("stage").asString()).isEqualTo("$default");
        assertThat(GATEWAY.getRoutes(get -> get.apiId(made.apiId())).items())
                .extracting(Route::routeKey)
                .containsExactly("$default");
        assertThat(GATEWAY.getStage(get -> get.apiId(made.apiId()).stageName("$default"))
                        .autoDeploy())
                .isTrue();
    }

    /** REST APIs and function URLs leave it as it was sent. */
    @Test
    void functionsGetThePathDecoded() {
        var api = newApi();
        route(api, "echo", "2.0", "GET /new/{name}");
        route(api, "echo", "1.0", "GET /old/{name}");
        stage(api, "$default", true);

        var event = GatewayStack.json(get(api, "/new/a%20b%2Fc?q=%20"));
        assertThat(event.path("rawPath").asString()).isEqualTo("/new/a b/c");
        assertThat(event.path("requestContext").path("http").path("path").asString())
                .isEqualTo("/new/a b/c");
        assertThat(event.path("rawQueryString").asString()).isEqualTo("q=%20");
        assertThat(GatewayStack.json(get(api, "/old/%C3%BC")).path("path").asString())
                .isEqualTo("/old/ü");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /pets/dog/1, GET /pets/dog/1",
        "GET, /pets/dog/2, GET /pets/dog/{id}",
        "GET, /pets/cat/1, GET /pets/{proxy+}",
        "POST, /test/5, ANY /{proxy+}",
        "POST, /pets/dog/1, ANY /{proxy+}",
        "GET, /, $default"
    })
    void mostSpecificRouteAnswers(String method, String path, String key) {
        assertThat(GatewayStack.json(send(method, Routes.API, path, ""))
                        .path("routeKey")
                        .asString())
                .isEqualTo(key);
    }

    /** The example of AWS's page on routes. */
    private static final class Routes {
        static final String API = newApi();

        static {
            route(
                    API,
                    "echo",
                    "2.0",
                    "GET /pets/dog/1",
                    "GET /pets/dog/{id}",
                    "GET /pets/{proxy+}",
                    "ANY /{proxy+}",
                    "$default");
            stage(API, "$default", true);
        }
    }

    @Test
    void namedStageIsInThePath() {
        var api = newApi();
        route(api, "echo", "2.0", "GET /orders/{id}");
        stage(api, "beta", true);

        var event = GatewayStack.json(get(api, "/beta/orders/7"));

        assertThat(event.path("rawPath").asString()).isEqualTo("/beta/orders/7");
        assertThat(event.path("requestContext").path("http").path("path").asString())
                .isEqualTo("/beta/orders/7");
        assertThat(event.path("pathParameters").toString()).isEqualTo("{\"id\":\"7\"}");
        assertThat(event.path("stageVariables").toString()).isEqualTo("{\"colour\":\"blue\"}");
        var unknown = get(api, "/orders/7");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).isEqualTo("{\"message\":\"Not Found\"}");
        assertThat(unknown.headers().firstValue("apigw-requestid")).isPresent();
    }

    @Test
    void format1IsThatOfRestApis() {
        var api = newApi();
        route(api, "echo", "1.0", "GET /old");
        stage(api, "$default", true);

        var event = GatewayStack.json(get(api, "/old?a=1"));

        assertThat(event.path("version").asString()).isEqualTo("1.0");
        assertThat(event.path("httpMethod").asString()).isEqualTo("GET");
        assertThat(event.path("queryStringParameters").toString()).isEqualTo("{\"a\":\"1\"}");
        assertThat(event.path("requestContext")
                        .path("identity")
                        .path("sourceIp")
                        .asString())
                .isEqualTo("127.0.0.1");
    }

    @Test
    void failuresAreThoseOfHttpApis() {
        var api = newApi();
        route(api, "says", "2.0", "POST /");
        stage(api, "$default", true);

        var failed = send("POST", api, "/", "boom", "Content-Type", "text/plain");
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
        assertThat(send("POST", api, "/", "\"text\"", "Content-Type", "application/json")
                        .body())
                .isEqualTo("\"text\"");
        var plain = send("POST", api, "/", "{\"statusCode\":200,\"body\":\"hi\"}", "Content-Type", "application/json");
        assertThat(plain.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(plain.body()).isEqualTo("hi");
    }

    @Test
    void stageWithoutAutoDeployServesItsDeployment() {
        var api = newApi();
        route(api, "echo", "2.0", "GET /first");
        stage(api, "prod", false);
        assertThat(get(api, "/prod/first").statusCode()).isEqualTo(404);

        GATEWAY.createDeployment(create -> create.apiId(api).stageName("prod"));
        route(api, "echo", "2.0", "GET /second");

        assertThat(get(api, "/prod/first").statusCode()).isEqualTo(200);
        assertThat(get(api, "/prod/second").statusCode()).isEqualTo(404);
    }

    @Test
    void corsIsTheApisOwn() {
        var api = GATEWAY.createApi(create -> create.name("cors")
                        .protocolType(ProtocolType.HTTP)
                        .target(GatewayStack.ARNS + "echo")
                        .corsConfiguration(cors -> cors.allowOrigins("https://a.example")
                                .allowMethods("GET")
                                .allowHeaders("x-a")
                                .maxAge(5)))
                .apiId();

        var preflight =
                send("OPTIONS", api, "/", "", "Origin", "https://a.example", "Access-Control-Request-Method", "GET");

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
                .hasValue("GET");
        assertThat(get(api, "/", "Origin", "https://a.example").headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("https://a.example");
        GATEWAY.deleteCorsConfiguration(delete -> delete.apiId(api));
        assertThat(GATEWAY.getApi(get -> get.apiId(api)).corsConfiguration()).isNull();
    }

    @Test
    void simpleAuthorizerDecides() {
        STACK.python("simple", """
                def handler(event, context):
                    return {"isAuthorized": event["identitySource"] == ["friend"], "context": {"who": "friend"}}
                """);
        var api = newApi();
        route(api, "echo", "2.0", "GET /");
        stage(api, "$default", true);
        var authorizer = GATEWAY.createAuthorizer(create -> create.apiId(api)
                        .name("simple")
                        .authorizerType("REQUEST")
                        .authorizerUri("arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                                + GatewayStack.ARNS + "simple/invocations")
                        .authorizerPayloadFormatVersion("2.0")
                        .enableSimpleResponses(true)
                        .identitySource("$request.header.Authorization"))
                .authorizerId();
        var route = GATEWAY.getRoutes(get -> get.apiId(api)).items().getFirst().routeId();
        GATEWAY.updateRoute(update ->
                update.apiId(api).routeId(route).authorizationType("CUSTOM").authorizerId(authorizer));

        assertThat(GatewayStack.json(get(api, "/", "Authorization", "friend"))
                        .path("requestContext")
                        .path("authorizer")
                        .path("lambda")
                        .path("who")
                        .asString())
                .isEqualTo("friend");
        assertThat(get(api, "/", "Authorization", "foe").body()).isEqualTo("{\"message\":\"Forbidden\"}");
        assertThat(get(api, "/").body()).isEqualTo("{\"message\":\"Unauthorized\"}");
    }

    @Test
    void openApiBecomesAnApi() {
        var api = GATEWAY.importApi(imported -> imported.body("""
                {"openapi": "3.0.1", "info": {"title": "imported"}, "paths": {
                  "/pets": {"get": {"x-amazon-apigateway-integration":
                    {"type": "AWS_PROXY", "httpMethod": "POST", "payloadFormatVersion": "2.0", "uri": "%s"}}}}}
                """.formatted(GatewayStack.ARNS + "echo")));
        stage(api.apiId(), "$default", true);

        assertThat(api.name()).isEqualTo("imported");
        assertThat(GatewayStack.json(get(api.apiId(), "/pets")).path("routeKey").asString())
                .isEqualTo("GET /pets");
    }

    @Test
    void whatIsWrongOrNotBuiltIsRefused() {
        var api = newApi();
        route(api, "echo", "2.0", "GET /");

        assertThatThrownBy(() -> route(api, "echo", "2.0", "GET /"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("Route with key GET / already exists for this API");
        assertThatThrownBy(() -> GATEWAY.getApi(get -> get.apiId("missing")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("Invalid API identifier specified");
        assertThatThrownBy(() -> GATEWAY.createApi(create -> create.name("ws").protocolType(ProtocolType.WEBSOCKET)))
                .isInstanceOf(ApiGatewayV2Exception.class)
                .hasMessageContaining("CreateApi with protocolType WEBSOCKET is not implemented yet.");
        assertThatThrownBy(() -> GATEWAY.createDomainName(create -> create.domainName("a.example")))
                .isInstanceOf(ApiGatewayV2Exception.class)
                .hasMessageContaining("CreateDomainName is not implemented yet.");
        GATEWAY.deleteApi(delete -> delete.apiId(api));
        assertThat(get(api, "/").statusCode()).isEqualTo(403);
    }
}
