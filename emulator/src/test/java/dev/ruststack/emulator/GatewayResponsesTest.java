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
import software.amazon.awssdk.services.apigateway.model.BadRequestException;
import software.amazon.awssdk.services.apigateway.model.GatewayResponse;
import software.amazon.awssdk.services.apigateway.model.GatewayResponseType;
import software.amazon.awssdk.services.apigateway.model.NotFoundException;
import software.amazon.awssdk.services.apigateway.model.Op;

/** What a REST API answers in the place of the gateway. */
class GatewayResponsesTest {
    private static final Map<String, String> CORS =
            Map.of("gatewayresponse.header.Access-Control-Allow-Origin", "'https://shop.example'");

    @AutoClose
    private static final GatewayStack STACK = new GatewayStack();

    @AutoClose
    private static final ApiGatewayClient GATEWAY = STACK.client(ApiGatewayClient.builder());

    @BeforeAll
    static void create() {
        STACK.echo("echo");
    }

    /** An API with one method, {@code GET /}, that needs a key. */
    private static String newApi() {
        var api = GATEWAY.createRestApi(create -> create.name("shop")).id();
        var root = GATEWAY.getRestApi(get -> get.restApiId(api)).rootResourceId();
        GATEWAY.putMethod(put -> put.restApiId(api)
                .resourceId(root)
                .httpMethod("GET")
                .authorizationType("NONE")
                .apiKeyRequired(true));
        GATEWAY.putIntegration(put -> put.restApiId(api)
                .resourceId(root)
                .httpMethod("GET")
                .type("AWS_PROXY")
                .integrationHttpMethod("POST")
                .uri("arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/" + GatewayStack.ARNS
                        + "echo/invocations"));
        return api;
    }

    private static HttpResponse<String> deployedAndAsked(String api, String path, String... headers) {
        GATEWAY.createDeployment(create -> create.restApiId(api).stageName("prod"));
        return STACK.get(api + ".execute-api.us-east-1.localhost", "/prod" + path, headers);
    }

    @Test
    void withoutAnyTheGatewayAnswersAsItDoes() {
        var api = newApi();

        var refused = deployedAndAsked(api, "/");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).isEqualTo("{\"message\":\"Forbidden\"}");
        var usual =
                GATEWAY.getGatewayResponse(get -> get.restApiId(api).responseType(GatewayResponseType.INVALID_API_KEY));
        assertThat(usual.defaultResponse()).isTrue();
        assertThat(usual.statusCode()).isEqualTo("403");
        assertThat(usual.responseTemplates())
                .containsEntry("application/json", "{\"message\":$context.error.messageString}");
        assertThat(GATEWAY.getGatewayResponses(get -> get.restApiId(api)).items())
                .hasSize(21)
                .allMatch(GatewayResponse::defaultResponse);
    }

    @Test
    void oneForAllRefusalsAddsHeadersToEachAndLeavesItsStatus() {
        var api = newApi();
        GATEWAY.putGatewayResponse(put -> put.restApiId(api)
                .responseType(GatewayResponseType.DEFAULT_4_XX)
                .responseParameters(CORS));

        var refused = deployedAndAsked(api, "/");
        var unknown = deployedAndAsked(api, "/nowhere");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://shop.example");
        assertThat(refused.body()).isEqualTo("{\"message\":\"Forbidden\"}");
        assertThat(unknown.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://shop.example");
        assertThat(unknown.body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
    }

    @Test
    void oneForATypeGoesBeforeThatAndHasStatusBodyAndHeadersOfTheRequest() {
        var api = newApi();
        GATEWAY.putGatewayResponse(put -> put.restApiId(api)
                .responseType(GatewayResponseType.DEFAULT_4_XX)
                .statusCode("418"));
        GATEWAY.putGatewayResponse(
                put -> put.restApiId(api)
                        .responseType(GatewayResponseType.MISSING_AUTHENTICATION_TOKEN)
                        .statusCode("404")
                        .responseParameters(Map.of(
                                "gatewayresponse.header.x-asked", "method.request.header.x-ask",
                                "gatewayresponse.header.x-query", "method.request.querystring.q"))
                        .responseTemplates(
                                Map.of(
                                        "application/json",
                                        "{\"m\":$context.error.messageString,\"t\":\"$context.error.responseType\",\"s\":\"${context.stage}\"}")));

        var unknown = deployedAndAsked(api, "/nowhere?q=7", "x-ask", "me");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body())
                .isEqualTo(
                        "{\"m\":\"Missing Authentication Token\",\"t\":\"MISSING_AUTHENTICATION_TOKEN\",\"s\":\"prod\"}");
        assertThat(unknown.headers().firstValue("x-asked")).hasValue("me");
        assertThat(unknown.headers().firstValue("x-query")).hasValue("7");
        assertThat(deployedAndAsked(api, "/").statusCode()).isEqualTo(418);
    }

    @Test
    void isChangedListedAndDeleted() {
        var api = newApi();
        var type = GatewayResponseType.THROTTLED;
        GATEWAY.updateGatewayResponse(update -> update.restApiId(api)
                .responseType(type)
                .patchOperations(
                        patch -> patch.op(Op.REPLACE).path("/statusCode").value("503"),
                        patch -> patch.op(Op.ADD)
                                .path("/responseParameters/gatewayresponse.header.Retry-After")
                                .value("'1'")));

        var changed = GATEWAY.getGatewayResponse(get -> get.restApiId(api).responseType(type));
        assertThat(changed.defaultResponse()).isFalse();
        assertThat(changed.statusCode()).isEqualTo("503");
        assertThat(changed.responseParameters()).containsEntry("gatewayresponse.header.Retry-After", "'1'");

        GATEWAY.deleteGatewayResponse(delete -> delete.restApiId(api).responseType(type));
        assertThat(GATEWAY.getGatewayResponse(get -> get.restApiId(api).responseType(type))
                        .defaultResponse())
                .isTrue();
        assertThatThrownBy(() -> GATEWAY.deleteGatewayResponse(
                        delete -> delete.restApiId(api).responseType(type)))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("Gateway response type not defined on api");
    }

    @Test
    void whatIsNoTypeOrNoHeaderIsRefusedByName() {
        var api = newApi();

        assertThatThrownBy(() ->
                        GATEWAY.putGatewayResponse(put -> put.restApiId(api).responseType("TEAPOT")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("Value 'TEAPOT' at 'responseType'");
        assertThatThrownBy(() -> GATEWAY.putGatewayResponse(put -> put.restApiId(api)
                        .responseType(GatewayResponseType.THROTTLED)
                        .responseParameters(Map.of("method.response.header.A", "'b'"))))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("method.response.header.A");
    }

    @Test
    void isImportedWithADocument() {
        var document = """
                {"openapi": "3.0.1", "info": {"title": "imported"},
                 "paths": {"/": {"get": {"x-amazon-apigateway-integration": {"type": "mock",
                   "requestTemplates": {"application/json": "{\\"statusCode\\": 200}"},
                   "responses": {"default": {"statusCode": "200"}}}}}},
                 "x-amazon-apigateway-gateway-responses": {
                   "DEFAULT_4XX": {"responseParameters": {
                     "gatewayresponse.header.Access-Control-Allow-Origin": "'*'"}}}}
                """;
        var api = GATEWAY.importRestApi(create -> create.body(SdkBytes.fromUtf8String(document)))
                .id();

        var unknown = deployedAndAsked(api, "/nowhere");

        assertThat(unknown.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    }
}
