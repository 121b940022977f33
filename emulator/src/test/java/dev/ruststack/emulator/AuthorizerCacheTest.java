package dev.ruststack.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;

/** How long the word of a REST API's authorizer holds. */
class AuthorizerCacheTest {
    @AutoClose
    private static final GatewayStack STACK = new GatewayStack();

    @AutoClose
    private static final ApiGatewayClient GATEWAY = STACK.client(ApiGatewayClient.builder());

    @BeforeAll
    static void create() {
        STACK.echo("echo");
        STACK.python("doorman", """
                asked = 0

                def handler(event, context):
                    global asked
                    asked += 1
                    return {"principalId": "somebody", "context": {"asked": asked}, "policyDocument": {
                        "Statement": [{"Action": "execute-api:Invoke", "Resource": "*", "Effect": "Allow"}]}}
                """);
    }

    private static String uri(String function) {
        return "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/" + GatewayStack.ARNS + function
                + "/invocations";
    }

    /** An API whose {@code GET} and {@code POST /} ask the doorman; his word holds for so long, or as long as usual. */
    private static String apiWhoseWordHolds(Integer seconds) {
        var api = GATEWAY.createRestApi(create -> create.name("shop")).id();
        var root = GATEWAY.getRestApi(get -> get.restApiId(api)).rootResourceId();
        var authorizer = GATEWAY.createAuthorizer(create -> create.restApiId(api)
                        .name("doorman")
                        .type("TOKEN")
                        .authorizerUri(uri("doorman"))
                        .identitySource("method.request.header.Authorization")
                        .authorizerResultTtlInSeconds(seconds))
                .id();
        GATEWAY.putMethod(put -> put.restApiId(api)
                .resourceId(root)
                .httpMethod("ANY")
                .authorizationType("CUSTOM")
                .authorizerId(authorizer));
        GATEWAY.putIntegration(put -> put.restApiId(api)
                .resourceId(root)
                .httpMethod("ANY")
                .type("AWS_PROXY")
                .integrationHttpMethod("POST")
                .uri(uri("echo")));
        GATEWAY.createDeployment(create -> create.restApiId(api).stageName("prod"));
        return api;
    }

    private static int asked(String api, String token) {
        return GatewayStack.json(STACK.get(api + ".execute-api.us-east-1.localhost", "/prod/", "Authorization", token))
                .path("requestContext")
                .path("authorizer")
                .path("asked")
                .asInt();
    }

    @Test
    void theSameTokenIsNotAskedAboutAgain() {
        var api = apiWhoseWordHolds(null);

        int first = asked(api, "one");

        assertThat(asked(api, "one")).isEqualTo(first);
        assertThat(asked(api, "two")).isGreaterThan(first);
    }

    @Test
    void withoutALifetimeEveryRequestIsAskedAbout() {
        var api = apiWhoseWordHolds(0);

        int first = asked(api, "one");

        assertThat(asked(api, "one")).isGreaterThan(first);
    }

    @Test
    void flushingForgetsWhatWasSaid() {
        var api = apiWhoseWordHolds(3600);
        int first = asked(api, "one");
        assertThat(asked(api, "one")).isEqualTo(first);

        GATEWAY.flushStageAuthorizersCache(flush -> flush.restApiId(api).stageName("prod"));

        assertThat(asked(api, "one")).isGreaterThan(first);
    }
}
