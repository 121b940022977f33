package dev.ruststack.e2e;

import static dev.ruststack.e2e.harness.Stack.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.e2e.harness.Cluster;
import dev.ruststack.e2e.harness.Stack;
import dev.ruststack.e2e.harness.TestNamespace;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** What a resource declares of layers and functions, in pods, and seen by a client. */
@Order(8)
final class DeclaredFunctionsIT {
    private static final String SPEC = """
            buckets: [{name: failed}]
            tables:
            - name: orders
              attributeDefinitions: [{attributeName: id, attributeType: S}]
              keySchema: [{attributeName: id, keyType: HASH}]
              streamSpecification: {streamEnabled: true, streamViewType: NEW_IMAGE}
            layers:
            - {name: words, code: {files: {python/words.py: "WORD = 'layered'"}}}
            - {name: more, code: {configMapRef: {name: layer}}}
            lambda: {maxRunners: 8}
            functions:
            - name: web
              runtime: python3.11
              handler: app.handler
              code:
                files:
                  app.py: |
                    import more, words
                    def handler(event, context):
                        return {'statusCode': 200, 'body': words.WORD + ' ' + more.WORD + ' ' + context.function_version}
              layers: [words, more]
              ephemeralStorage: {size: 600}
              tags: {team: shop}
              reservedConcurrentExecutions: 4
              functionUrlConfig: {}
              functionEventInvokeConfig: {maximumRetryAttempts: 0, destinationConfig: {onFailure: {bucket: failed}}}
              permissions: [{statementId: s3, action: "lambda:InvokeFunction", principal: s3.amazonaws.com}]
              aliases: [{name: live, provisionedConcurrentExecutions: 1}]
            - name: fails
              runtime: python3.11
              handler: app.handler
              code: {files: {app.py: "def handler(event, context): raise ValueError('always')"}}
              eventSourceMappings:
              - table: orders
                startingPosition: TRIM_HORIZON
                maximumRetryAttempts: 0
                destinationConfig: {onFailure: {bucket: failed}}
            httpApis:
            - {name: api, routes: [{routeKey: "GET /live", function: "web:live"}, {routeKey: $default, function: web}]}
            """;

    @RegisterExtension
    private static final TestNamespace NAMESPACE = new TestNamespace();

    private static Stack stack;

    @BeforeAll
    static void apply() throws Exception {
        Cluster.kubectlWith("""
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: layer, namespace: %s}
                        binaryData: {layer.zip: %s}
                        """.formatted(NAMESPACE.name(), zip()), "apply", "-f", "-")
                .succeeded();
        stack = Stack.apply(NAMESPACE.name(), "declared", SPEC).awaitReady();
    }

    private static String zip() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("python/more.py"));
            zip.write("WORD = 'mapped'".getBytes(StandardCharsets.UTF_8));
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    @Test
    void everythingThatIsDeclaredIsThere() throws Exception {
        try (var outside = stack.outside();
                var lambda = outside.lambda()) {
            var web = lambda.getFunction(request -> request.functionName("web"));
            assertThat(web.configuration().layers()).hasSize(2);
            assertThat(web.configuration().ephemeralStorage().size()).isEqualTo(600);
            assertThat(web.tags()).containsEntry("team", "shop");
            assertThat(web.concurrency().reservedConcurrentExecutions()).isEqualTo(4);
            assertThat(lambda.getFunctionUrlConfig(request -> request.functionName("web"))
                            .functionUrl())
                    .contains("lambda-url");
            assertThat(lambda.getProvisionedConcurrencyConfig(
                                    request -> request.functionName("web").qualifier("live"))
                            .requestedProvisionedConcurrentExecutions())
                    .isEqualTo(1);
            assertThat(outside.get("/live").body())
                    .startsWith("layered mapped ")
                    .doesNotEndWith("$LATEST");
            assertThat(outside.get("/anything").body()).isEqualTo("layered mapped $LATEST");
        }
        assertThat(stack.status().path("resources").findValuesAsText("kind")).contains("Layer", "HttpApi");
    }

    @Test
    void aDeclaredEventSourceIsProcessedAndWhatFailsGoesToItsBucket() {
        try (var outside = stack.outside();
                var dynamoDb = outside.dynamoDb();
                var s3 = outside.s3()) {
            dynamoDb.putItem(request -> request.tableName("orders").item(Map.of("id", AttributeValue.fromS("1"))));

            eventually(() -> assertThat(s3.listObjectsV2(request -> request.bucket("failed"))
                            .contents())
                    .isNotEmpty());
        }
    }

    @Test
    void whatAClientChangesIsPutBack() {
        try (var outside = stack.outside();
                var lambda = outside.lambda()) {
            lambda.deleteFunctionConcurrency(request -> request.functionName("web"));
            eventually(() -> assertThat(reserved(lambda)).isEqualTo(4));

            lambda.deleteLayerVersion(request -> request.layerName("words").versionNumber(1L));
            eventually(() -> assertThat(lambda.getFunctionConfiguration(request -> request.functionName("web"))
                            .layers()
                            .getFirst()
                            .arn())
                    .endsWith(":words:2"));
            stack.awaitReady();
        }
    }

    private static Integer reserved(LambdaClient lambda) {
        return lambda.getFunctionConcurrency(request -> request.functionName("web"))
                .reservedConcurrentExecutions();
    }
}
