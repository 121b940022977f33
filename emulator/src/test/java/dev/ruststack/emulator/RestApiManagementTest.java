package dev.ruststack.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiGatewayException;
import software.amazon.awssdk.services.apigateway.model.BadRequestException;
import software.amazon.awssdk.services.apigateway.model.ConflictException;
import software.amazon.awssdk.services.apigateway.model.EndpointType;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.apigateway.model.NotFoundException;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.Resource;

/** REST APIs as clients make them through API Gateway's own API, and what is served of them. */
class RestApiManagementTest {
    @AutoClose
    private static final GatewayStack STACK = new GatewayStack();

    @AutoClose
    private static final ApiGatewayClient GATEWAY = STACK.client(ApiGatewayClient.builder());

    @BeforeAll
    static void create() {
        STACK.echo("echo");
    }

    private static String uri(String function) {
        return "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/" + GatewayStack.ARNS + function
                + "/invocations";
    }

    private static String newApi() {
        return GATEWAY.createRestApi(create -> create.name("shop")).id();
    }

    private static String root(String api) {
        return GATEWAY.getRestApi(get -> get.restApiId(api)).rootResourceId();
    }

    private static String resource(String api, String parent, String part) {
        return GATEWAY.createResource(
                        create -> create.restApiId(api).parentId(parent).pathPart(part))
                .id();
    }

    /** A method that a function answers. */
    private static void method(String api, String resource, String method, String function) {
        GATEWAY.putMethod(put ->
                put.restApiId(api).resourceId(resource).httpMethod(method).authorizationType("NONE"));
        integrate(api, resource, method, function);
    }

    private static void integrate(String api, String resource, String method, String function) {
        GATEWAY.putIntegration(put -> put.restApiId(api)
                .resourceId(resource)
                .httpMethod(method)
                .type(IntegrationType.AWS_PROXY)
                .integrationHttpMethod("POST")
                .uri(uri(function)));
    }

    private static String deploy(String api, String stage) {
        return GATEWAY.createDeployment(create -> create.restApiId(api).stageName(stage))
                .id();
    }

    private static HttpResponse<String> get(String api, String path, String... headers) {
        return STACK.get(api + ".execute-api.us-east-1.localhost", path, headers);
    }

    private static PatchOperation patch(Op op, String path, String value) {
        return PatchOperation.builder().op(op).path(path).value(value).build();
    }

    @Test
    void apiIsMadeChangedListedAndDeleted() {
        var made = GATEWAY.createRestApi(create -> create.name("made")
                .description("first")
                .binaryMediaTypes("image/png")
                .endpointConfiguration(endpoints -> endpoints.types(EndpointType.REGIONAL))
                .tags(Map.of("team", "web")));

        assertThat(made.id()).matches("[a-z0-9]{10}");
        assertThat(made.createdDate()).isNotNull();
        assertThat(made.apiKeySourceAsString()).isEqualTo("HEADER");
        assertThat(made.endpointConfiguration().types()).containsExactly(EndpointType.REGIONAL);
        assertThat(made.rootResourceId()).isNotEmpty();
        assertThat(made.tags()).containsEntry("team", "web");

        var changed = GATEWAY.updateRestApi(update -> update.restApiId(made.id())
                .patchOperations(
                        patch(Op.REPLACE, "/name", "renamed"),
                        patch(Op.ADD, "/binaryMediaTypes/application~1zip", null),
                        patch(Op.REMOVE, "/binaryMediaTypes/image~1png", null),
                        patch(Op.REPLACE, "/endpointConfiguration/types/REGIONAL", "EDGE"),
                        patch(Op.REPLACE, "/minimumCompressionSize", "1024")));
        assertThat(changed.name()).isEqualTo("renamed");
        assertThat(changed.binaryMediaTypes()).containsExactly("application/zip");
        assertThat(changed.endpointConfiguration().types()).containsExactly(EndpointType.EDGE);
        assertThat(changed.minimumCompressionSize()).isEqualTo(1024);
        assertThat(GATEWAY.getRestApisPaginator(list -> list.limit(1)).items())
                .anyMatch(api -> api.id().equals(made.id()));

        GATEWAY.deleteRestApi(delete -> delete.restApiId(made.id()));
        assertThatThrownBy(() -> GATEWAY.getRestApi(get -> get.restApiId(made.id())))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("Invalid API identifier specified 000000000000:" + made.id());
    }

    @Test
    void deployedApiIsServedByHostAndByPath() {
        var api = newApi();
        var orders = resource(api, root(api), "orders");
        method(api, resource(api, orders, "{id}"), "GET", "echo");
        var deployment = deploy(api, "prod");

        var event = GatewayStack.json(get(api, "/prod/orders/7?a=1&a=2"));

        assertThat(event.path("resource").asString()).isEqualTo("/orders/{id}");
        assertThat(event.path("path").asString()).isEqualTo("/orders/7");
        assertThat(event.path("pathParameters").toString()).isEqualTo("{\"id\":\"7\"}");
        assertThat(event.path("multiValueQueryStringParameters").toString()).isEqualTo("{\"a\":[\"1\",\"2\"]}");
        var context = event.path("requestContext");
        assertThat(context.path("path").asString()).isEqualTo("/prod/orders/7");
        assertThat(context.path("stage").asString()).isEqualTo("prod");
        assertThat(context.path("apiId").asString()).isEqualTo(api);
        assertThat(context.path("accountId").asString()).isEqualTo("000000000000");
        assertThat(context.path("deploymentId").asString()).isEqualTo(deployment);
        assertThat(context.path("domainPrefix").asString()).isEqualTo(api);
        assertThat(GatewayStack.json(STACK.get("", "/restapis/" + api + "/prod/_user_request_/orders/8"))
                        .path("pathParameters")
                        .toString())
                .isEqualTo("{\"id\":\"8\"}");
    }

    @Test
    void whatIsNotThereIsRefusedAsAwsDoes() {
        var api = newApi();
        method(api, root(api), "GET", "echo");
        deploy(api, "prod");

        var unknown = get(api, "/prod/nowhere");
        assertThat(unknown.statusCode()).isEqualTo(403);
        assertThat(unknown.body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
        assertThat(unknown.headers().firstValue("x-amzn-ErrorType")).hasValue("MissingAuthenticationTokenException");
        assertThat(get(api, "/else/nowhere").body()).isEqualTo("{\"message\":\"Forbidden\"}");
        assertThat(get("nosuchapi0", "/prod/").statusCode()).isEqualTo(403);
    }

    @Test
    void changeIsServedOnceItIsDeployed() {
        var api = newApi();
        method(api, root(api), "GET", "echo");
        deploy(api, "prod");
        method(api, resource(api, root(api), "{proxy+}"), "ANY", "echo");

        assertThat(get(api, "/prod/later").statusCode()).isEqualTo(403);
        var second = deploy(api, "beta");
        assertThat(get(api, "/prod/later").statusCode()).isEqualTo(403);
        assertThat(get(api, "/beta/later").statusCode()).isEqualTo(200);

        GATEWAY.updateStage(update ->
                update.restApiId(api).stageName("prod").patchOperations(patch(Op.REPLACE, "/deploymentId", second)));
        assertThat(get(api, "/prod/later").statusCode()).isEqualTo(200);
        assertThatThrownBy(() ->
                        GATEWAY.deleteDeployment(delete -> delete.restApiId(api).deploymentId(second)))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("Active stages pointing to this deployment must be moved or deleted");
    }

    @Test
    void stageHasVariablesAndSettings() {
        var api = newApi();
        method(api, root(api), "GET", "${stageVariables.function}");
        var deployment = deploy(api, "prod");
        GATEWAY.createStage(create -> create.restApiId(api)
                .stageName("vars")
                .deploymentId(deployment)
                .variables(Map.of("function", "echo", "colour", "blue")));

        var event = GatewayStack.json(get(api, "/vars/"));
        assertThat(event.path("stageVariables").path("colour").asString()).isEqualTo("blue");

        var stage = GATEWAY.updateStage(update -> update.restApiId(api)
                .stageName("vars")
                .patchOperations(
                        patch(Op.REPLACE, "/variables/colour", "red"),
                        patch(Op.REPLACE, "/*/*/throttling/burstLimit", "5"),
                        patch(Op.REPLACE, "/~1orders/GET/logging/loglevel", "INFO"),
                        patch(Op.REPLACE, "/tracingEnabled", "true")));
        assertThat(stage.variables()).containsEntry("colour", "red");
        assertThat(stage.methodSettings().get("*/*").throttlingBurstLimit()).isEqualTo(5);
        assertThat(stage.methodSettings().get("orders/GET").loggingLevel()).isEqualTo("INFO");
        assertThat(stage.tracingEnabled()).isTrue();
        assertThat(GatewayStack.json(get(api, "/vars/"))
                        .path("stageVariables")
                        .path("colour")
                        .asString())
                .isEqualTo("red");
        assertThat(get(api, "/prod/").statusCode()).isEqualTo(500);
    }

    @Test
    void resourcesAreATreeWithMethods() {
        var api = newApi();
        var orders = resource(api, root(api), "orders");
        var one = resource(api, orders, "{id}");
        method(api, one, "GET", "echo");

        assertThat(GATEWAY.getResources(get -> get.restApiId(api)).items())
                .extracting(Resource::path)
                .containsExactly("/", "/orders", "/orders/{id}");
        var embedded =
                GATEWAY.getResource(get -> get.restApiId(api).resourceId(one).embed("methods"));
        assertThat(embedded.resourceMethods().get("GET").methodIntegration().uri())
                .isEqualTo(uri("echo"));
        assertThat(GATEWAY.getResource(get -> get.restApiId(api).resourceId(one))
                        .resourceMethods()
                        .get("GET")
                        .methodIntegration())
                .isNull();
        assertThatThrownBy(() -> resource(api, root(api), "orders"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("Another resource with the same parent already has this name: orders");
        assertThatThrownBy(() -> resource(api, orders, "{other}"))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining(
                        "A sibling ({id}) of this resource already has a variable path part -- only one is allowed");

        GATEWAY.deleteResource(delete -> delete.restApiId(api).resourceId(orders));
        assertThat(GATEWAY.getResources(get -> get.restApiId(api)).items()).hasSize(1);
    }

    @Test
    void mockAnswersWithFixedHeaders() {
        var api = newApi();
        var root = root(api);
        GATEWAY.putMethod(
                put -> put.restApiId(api).resourceId(root).httpMethod("OPTIONS").authorizationType("NONE"));
        GATEWAY.putIntegration(put -> put.restApiId(api)
                .resourceId(root)
                .httpMethod("OPTIONS")
                .type(IntegrationType.MOCK)
                .requestTemplates(Map.of("application/json", "{\"statusCode\": 204}")));
        GATEWAY.putMethodResponse(put -> put.restApiId(api)
                .resourceId(root)
                .httpMethod("OPTIONS")
                .statusCode("204")
                .responseParameters(Map.of("method.response.header.Access-Control-Allow-Origin", true)));
        GATEWAY.putIntegrationResponse(put -> put.restApiId(api)
                .resourceId(root)
                .httpMethod("OPTIONS")
                .statusCode("204")
                .responseParameters(Map.of("method.response.header.Access-Control-Allow-Origin", "'*'")));
        deploy(api, "prod");

        var answer = STACK.send("OPTIONS", api + ".execute-api.us-east-1.localhost", "/prod/", "");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    }

    @Test
    void otherServerAnswersThroughAProxy() {
        var behind = newApi();
        method(behind, resource(behind, root(behind), "{proxy+}"), "ANY", "echo");
        deploy(behind, "prod");
        var api = newApi();
        var proxy = resource(api, root(api), "{proxy+}");
        GATEWAY.putMethod(put -> put.restApiId(api)
                .resourceId(proxy)
                .httpMethod("ANY")
                .authorizationType("NONE")
                .requestParameters(Map.of("method.request.path.proxy", true)));
        GATEWAY.putIntegration(put -> put.restApiId(api)
                .resourceId(proxy)
                .httpMethod("ANY")
                .type(IntegrationType.HTTP_PROXY)
                .integrationHttpMethod("ANY")
                .uri("http://127.0.0.1:" + STACK.port() + "/restapis/" + behind + "/prod/_user_request_/{path}")
                .requestParameters(Map.of("integration.request.path.path", "method.request.path.proxy")));
        deploy(api, "prod");

        assertThat(GatewayStack.json(get(api, "/prod/a/b?c=1")).path("path").asString())
                .isEqualTo("/a/b");
    }

    @Test
    void integrationThatCannotBeServedIsRefusedByName() {
        var api = newApi();
        GATEWAY.putMethod(put ->
                put.restApiId(api).resourceId(root(api)).httpMethod("GET").authorizationType("NONE"));

        assertThatThrownBy(() -> GATEWAY.putIntegration(put -> put.restApiId(api)
                        .resourceId(root(api))
                        .httpMethod("GET")
                        .type(IntegrationType.AWS)
                        .uri(uri("echo"))))
                .isInstanceOf(ApiGatewayException.class)
                .hasMessageContaining("PutIntegration with type AWS is not implemented yet");
        assertThatThrownBy(() -> GATEWAY.createVpcLink(
                        create -> create.name("link").targetArns("arn:aws:elasticloadbalancing:x")))
                .isInstanceOfSatisfying(
                        ApiGatewayException.class,
                        e -> assertThat(e.statusCode()).isEqualTo(501))
                .hasMessageContaining("CreateVpcLink is not implemented yet.");
        assertThatThrownBy(() -> deploy(api, "prod"))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("No integration defined for method");
        assertThatThrownBy(() -> deploy(newApi(), "prod"))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("The REST API doesn't contain any methods");
    }

    @Test
    void keyOfAUsagePlanOpensAMethod() {
        var api = newApi();
        GATEWAY.putMethod(put -> put.restApiId(api)
                .resourceId(root(api))
                .httpMethod("GET")
                .authorizationType("NONE")
                .apiKeyRequired(true));
        integrate(api, root(api), "GET", "echo");
        deploy(api, "prod");
        var key = GATEWAY.createApiKey(create -> create.name("k").enabled(true));
        var plan = GATEWAY.createUsagePlan(
                create -> create.name("p").apiStages(stage -> stage.apiId(api).stage("prod")));

        assertThat(get(api, "/prod/").body()).isEqualTo("{\"message\":\"Forbidden\"}");
        assertThat(get(api, "/prod/", "x-api-key", key.value()).statusCode()).isEqualTo(403);

        GATEWAY.createUsagePlanKey(
                create -> create.usagePlanId(plan.id()).keyId(key.id()).keyType("API_KEY"));
        assertThat(get(api, "/prod/", "x-api-key", key.value()).statusCode()).isEqualTo(200);
        assertThat(GATEWAY.getApiKey(get -> get.apiKey(key.id())).value()).isNull();
        assertThat(GATEWAY.getApiKey(get -> get.apiKey(key.id()).includeValue(true))
                        .value())
                .isEqualTo(key.value());
    }

    @Test
    void authorizerDecides() {
        STACK.python("doorman", """
                def handler(event, context):
                    token = event["authorizationToken"]
                    if token == "unknown":
                        raise Exception("Unauthorized")
                    if token == "broken":
                        return {}
                    return {"principalId": token, "context": {"colour": "blue"}, "policyDocument": {
                        "Version": "2012-10-17",
                        "Statement": [{"Action": "execute-api:Invoke", "Resource": event["methodArn"],
                                       "Effect": "Allow" if token == "friend" else "Deny"}]}}
                """);
        var api = newApi();
        var authorizer = GATEWAY.createAuthorizer(create -> create.restApiId(api)
                        .name("doorman")
                        .type("TOKEN")
                        .authorizerUri(uri("doorman"))
                        .identitySource("method.request.header.Authorization"))
                .id();
        GATEWAY.putMethod(put -> put.restApiId(api)
                .resourceId(root(api))
                .httpMethod("GET")
                .authorizationType("CUSTOM")
                .authorizerId(authorizer));
        integrate(api, root(api), "GET", "echo");
        deploy(api, "prod");

        var friend = GatewayStack.json(get(api, "/prod/", "Authorization", "friend"))
                .path("requestContext")
                .path("authorizer");
        assertThat(friend.path("principalId").asString()).isEqualTo("friend");
        assertThat(friend.path("colour").asString()).isEqualTo("blue");
        assertThat(get(api, "/prod/", "Authorization", "foe").body())
                .isEqualTo("{\"Message\":\"User is not authorized to access this resource with an explicit deny\"}");
        assertThat(get(api, "/prod/").body()).isEqualTo("{\"message\":\"Unauthorized\"}");
        assertThat(get(api, "/prod/", "Authorization", "unknown").statusCode()).isEqualTo(401);
        var broken = get(api, "/prod/", "Authorization", "broken");
        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(broken.body()).isEqualTo("{\"message\":null}");
    }

    @Test
    void methodIsTestedBeforeItIsDeployed() {
        var api = newApi();
        method(api, root(api), "POST", "echo");

        var tested = GATEWAY.testInvokeMethod(test -> test.restApiId(api)
                .resourceId(root(api))
                .httpMethod("POST")
                .pathWithQueryString("/?a=1")
                .body("hello")
                .headers(Map.of("Content-Type", "text/plain")));

        assertThat(tested.status()).isEqualTo(200);
        assertThat(tested.body()).contains("\"test-invoke-stage\"").contains("\"hello\"");
        assertThat(tested.log()).isNotEmpty();
    }

    @Test
    void openApiBecomesAnApi() {
        var yaml = """
                openapi: 3.0.1
                info: {title: imported, version: "1.0"}
                x-amazon-apigateway-binary-media-types: ["image/*"]
                paths:
                  /pets/{id}:
                    get:
                      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                      responses: {"200": {description: ok}}
                      x-amazon-apigateway-integration:
                        type: aws_proxy
                        httpMethod: POST
                        uri: %s
                  /{proxy+}:
                    x-amazon-apigateway-any-method:
                      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: "%s"}
                """.formatted(uri("echo"), uri("echo"));

        var api = GATEWAY.importRestApi(imported -> imported.body(SdkBytes.fromUtf8String(yaml))
                .parameters(Map.of("endpointConfigurationTypes", "REGIONAL")));
        deploy(api.id(), "api");

        assertThat(api.name()).isEqualTo("imported");
        assertThat(api.binaryMediaTypes()).containsExactly("image/*");
        assertThat(api.endpointConfiguration().types()).containsExactly(EndpointType.REGIONAL);
        assertThat(GatewayStack.json(get(api.id(), "/api/pets/3"))
                        .path("resource")
                        .asString())
                .isEqualTo("/pets/{id}");
        assertThat(GatewayStack.json(get(api.id(), "/api/x/y")).path("resource").asString())
                .isEqualTo("/{proxy+}");

        GATEWAY.putRestApi(put -> put.restApiId(api.id())
                .mode("overwrite")
                .body(SdkBytes.fromUtf8String("{\"swagger\":\"2.0\",\"info\":{\"title\":\"again\"},\"paths\":{}}")));
        assertThat(GATEWAY.getResources(get -> get.restApiId(api.id())).items()).hasSize(1);
        assertThat(get(api.id(), "/api/x/y").statusCode()).isEqualTo(200);
        assertThatThrownBy(
                        () -> GATEWAY.importRestApi(imported -> imported.body(SdkBytes.fromUtf8String("no: openapi"))))
                .isInstanceOf(BadRequestException.class);
    }

    @Test
    void tagsAndAccountAreKept() {
        var api = newApi();
        var arn = "arn:aws:apigateway:us-east-1::/restapis/" + api;

        GATEWAY.tagResource(tag -> tag.resourceArn(arn).tags(Map.of("a", "1", "b", "2")));
        GATEWAY.untagResource(untag -> untag.resourceArn(arn).tagKeys("a"));

        assertThat(GATEWAY.getTags(get -> get.resourceArn(arn)).tags()).isEqualTo(Map.of("b", "2"));
        GATEWAY.updateAccount(update ->
                update.patchOperations(patch(Op.REPLACE, "/cloudwatchRoleArn", "arn:aws:iam::000000000000:role/logs")));
        assertThat(GATEWAY.getAccount().cloudwatchRoleArn()).isEqualTo("arn:aws:iam::000000000000:role/logs");
        assertThat(GATEWAY.getAccount().throttleSettings().burstLimit()).isEqualTo(5000);
    }

    @Test
    void signatureIsAskedForWithIam() {
        var api = newApi();
        GATEWAY.putMethod(put ->
                put.restApiId(api).resourceId(root(api)).httpMethod("GET").authorizationType("AWS_IAM"));
        integrate(api, root(api), "GET", "echo");
        deploy(api, "prod");

        var host = api + ".execute-api.us-east-1.localhost";
        assertThat(get(api, "/prod/").body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
        assertThat(get(api, "/prod/", STACK.signature(host, "/prod/", "execute-api"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(api, "/prod/", STACK.signature(host, "/else/", "execute-api"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void functionThatTakesTooLongIsNotWaitedFor() {
        STACK.python("slow", "import time\ndef handler(event, context):\n    time.sleep(3)\n");
        var api = newApi();
        method(api, root(api), "GET", "slow");
        GATEWAY.updateIntegration(update -> update.restApiId(api)
                .resourceId(root(api))
                .httpMethod("GET")
                .patchOperations(patch(Op.REPLACE, "/timeoutInMillis", "50")));
        deploy(api, "prod");

        var answer = get(api, "/prod/");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Endpoint request timed out\"}");
    }

    @Test
    void longBodyIsRefused() {
        var api = newApi();
        method(api, root(api), "POST", "echo");
        deploy(api, "prod");

        var answer = STACK.send(
                "POST", api + ".execute-api.us-east-1.localhost", "/prod/", "x".repeat(10 * 1024 * 1024 + 1));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Request Too Long\"}");
    }

    @Test
    void apisOutliveTheProcess() throws Exception {
        try (var stack = new GatewayStack(true)) {
            stack.echo("echo");
            String api;
            try (var gateway = stack.client(ApiGatewayClient.builder())) {
                var yaml = "{\"openapi\":\"3.0.1\",\"info\":{\"title\":\"kept\"},\"paths\":{\"/\":{\"get\":"
                        + "{\"x-amazon-apigateway-integration\":{\"type\":\"AWS_PROXY\",\"uri\":\"" + uri("echo")
                        + "\"}}}}}";
                api = gateway.importRestApi(imported -> imported.body(SdkBytes.fromUtf8String(yaml)))
                        .id();
                gateway.createDeployment(create -> create.restApiId(api).stageName("prod"));
            }

            stack.restart();

            assertThat(stack.get(api + ".execute-api.us-east-1.localhost", "/prod/")
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
