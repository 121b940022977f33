package dev.ruststack.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.EndpointType;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.apigateway.model.NotFoundException;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.ProtocolType;

/**
 * What Terraform's provider calls for {@code aws_api_gateway_*} and {@code aws_apigatewayv2_*}: create, read every field
 * back so that a plan is empty, change, destroy in the order of dependencies.
 */
class TerraformGatewayTest {
    @AutoClose
    private static final GatewayStack STACK = new GatewayStack();

    @AutoClose
    private static final ApiGatewayClient V1 = STACK.client(ApiGatewayClient.builder());

    @AutoClose
    private static final ApiGatewayV2Client V2 = STACK.client(ApiGatewayV2Client.builder());

    @BeforeAll
    static void create() {
        STACK.echo("web");
    }

    @Test
    void restApiWithResourceMethodIntegrationDeploymentAndStage() {
        var api = V1.createRestApi(create -> create.name("shop")
                        .description("all of it")
                        .endpointConfiguration(endpoints -> endpoints.types(EndpointType.REGIONAL))
                        .tags(Map.of("team", "web")))
                .id();
        var read = V1.getRestApi(get -> get.restApiId(api));
        assertThat(read.name()).isEqualTo("shop");
        assertThat(read.description()).isEqualTo("all of it");
        assertThat(read.endpointConfiguration().types()).containsExactly(EndpointType.REGIONAL);
        assertThat(read.tags()).isEqualTo(Map.of("team", "web"));
        assertThat(read.disableExecuteApiEndpoint()).isFalse();

        var resource = V1.createResource(create ->
                        create.restApiId(api).parentId(read.rootResourceId()).pathPart("{proxy+}"))
                .id();
        assertThat(V1.getResource(get -> get.restApiId(api).resourceId(resource))
                        .path())
                .isEqualTo("/{proxy+}");
        methodAndIntegration(api, resource);

        var deployment = V1.createDeployment(create -> create.restApiId(api).description("one"))
                .id();
        assertThat(V1.getDeployment(get -> get.restApiId(api).deploymentId(deployment))
                        .description())
                .isEqualTo("one");
        V1.createStage(create ->
                create.restApiId(api).stageName("prod").deploymentId(deployment).variables(Map.of("a", "1")));
        var stage = V1.getStage(get -> get.restApiId(api).stageName("prod"));
        assertThat(stage.deploymentId()).isEqualTo(deployment);
        assertThat(stage.variables()).isEqualTo(Map.of("a", "1"));
        assertThat(stage.cacheClusterEnabled()).isFalse();
        assertThat(stage.tracingEnabled()).isFalse();
        STACK.lambda()
                .addPermission(add -> add.functionName("web")
                        .statementId("AllowApi")
                        .action("lambda:InvokeFunction")
                        .principal("apigateway.amazonaws.com")
                        .sourceArn("arn:aws:execute-api:us-east-1:000000000000:" + api + "/*"));
        assertThat(STACK.get(api + ".execute-api.us-east-1.localhost", "/prod/x")
                        .statusCode())
                .isEqualTo(200);

        V1.updateStage(update -> update.restApiId(api)
                .stageName("prod")
                .patchOperations(PatchOperation.builder()
                        .op(Op.REMOVE)
                        .path("/variables/a")
                        .build()));
        assertThat(V1.getStage(get -> get.restApiId(api).stageName("prod")).variables())
                .isEmpty();

        V1.deleteStage(delete -> delete.restApiId(api).stageName("prod"));
        V1.deleteDeployment(delete -> delete.restApiId(api).deploymentId(deployment));
        V1.deleteIntegration(
                delete -> delete.restApiId(api).resourceId(resource).httpMethod("ANY"));
        V1.deleteMethod(delete -> delete.restApiId(api).resourceId(resource).httpMethod("ANY"));
        V1.deleteResource(delete -> delete.restApiId(api).resourceId(resource));
        V1.deleteRestApi(delete -> delete.restApiId(api));
        assertThatThrownBy(() -> V1.getRestApi(get -> get.restApiId(api))).isInstanceOf(NotFoundException.class);
    }

    private static void methodAndIntegration(String api, String resource) {
        V1.putMethod(put -> put.restApiId(api)
                .resourceId(resource)
                .httpMethod("ANY")
                .authorizationType("NONE")
                .requestParameters(Map.of("method.request.path.proxy", true)));
        var method = V1.getMethod(get -> get.restApiId(api).resourceId(resource).httpMethod("ANY"));
        assertThat(method.authorizationType()).isEqualTo("NONE");
        assertThat(method.apiKeyRequired()).isFalse();
        assertThat(method.requestParameters()).isEqualTo(Map.of("method.request.path.proxy", true));

        var uri = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/" + GatewayStack.ARNS
                + "web/invocations";
        V1.putIntegration(put -> put.restApiId(api)
                .resourceId(resource)
                .httpMethod("ANY")
                .type(IntegrationType.AWS_PROXY)
                .integrationHttpMethod("POST")
                .uri(uri));
        var integration =
                V1.getIntegration(get -> get.restApiId(api).resourceId(resource).httpMethod("ANY"));
        assertThat(integration.uri()).isEqualTo(uri);
        assertThat(integration.httpMethod()).isEqualTo("POST");
        assertThat(integration.timeoutInMillis()).isEqualTo(29_000);
        assertThat(integration.passthroughBehavior()).isEqualTo("WHEN_NO_MATCH");
        assertThat(integration.cacheNamespace()).isEqualTo(resource);
    }

    @Test
    void httpApiWithIntegrationRouteAndStage() {
        var api = V2.createApi(create -> create.name("shop")
                        .protocolType(ProtocolType.HTTP)
                        .corsConfiguration(cors -> cors.allowOrigins("*").allowMethods("GET"))
                        .tags(Map.of("team", "web")))
                .apiId();
        var read = V2.getApi(get -> get.apiId(api));
        assertThat(read.corsConfiguration().allowOrigins()).containsExactly("*");
        assertThat(read.apiKeySelectionExpression()).isEqualTo("$request.header.x-api-key");
        assertThat(read.disableExecuteApiEndpoint()).isFalse();
        assertThat(read.tags()).isEqualTo(Map.of("team", "web"));

        var integration = V2.createIntegration(create -> create.apiId(api)
                        .integrationType("AWS_PROXY")
                        .integrationUri(GatewayStack.ARNS + "web")
                        .payloadFormatVersion("2.0"))
                .integrationId();
        var readIntegration = V2.getIntegration(get -> get.apiId(api).integrationId(integration));
        assertThat(readIntegration.integrationMethod()).isEqualTo("POST");
        assertThat(readIntegration.timeoutInMillis()).isEqualTo(30_000);
        assertThat(readIntegration.connectionTypeAsString()).isEqualTo("INTERNET");

        var route = V2.createRoute(
                        create -> create.apiId(api).routeKey("GET /x").target("integrations/" + integration))
                .routeId();
        assertThat(V2.getRoute(get -> get.apiId(api).routeId(route)).authorizationTypeAsString())
                .isEqualTo("NONE");
        V2.updateRoute(update -> update.apiId(api).routeId(route).routeKey("GET /y"));
        assertThat(V2.getRoute(get -> get.apiId(api).routeId(route)).routeKey()).isEqualTo("GET /y");

        V2.createStage(create -> create.apiId(api).stageName("$default").autoDeploy(true));
        var stage = V2.getStage(get -> get.apiId(api).stageName("$default"));
        assertThat(stage.autoDeploy()).isTrue();
        assertThat(stage.deploymentId()).isNotEmpty();
        assertThat(stage.stageVariables()).isEmpty();
        assertThat(stage.defaultRouteSettings().detailedMetricsEnabled()).isFalse();
        assertThat(STACK.get(api + ".execute-api.us-east-1.localhost", "/y").statusCode())
                .isEqualTo(200);

        V2.deleteStage(delete -> delete.apiId(api).stageName("$default"));
        V2.deleteRoute(delete -> delete.apiId(api).routeId(route));
        V2.deleteIntegration(delete -> delete.apiId(api).integrationId(integration));
        V2.deleteApi(delete -> delete.apiId(api));
        assertThat(V2.getApis().items()).extracting(each -> each.apiId()).doesNotContainAnyElementsOf(List.of(api));
    }
}
