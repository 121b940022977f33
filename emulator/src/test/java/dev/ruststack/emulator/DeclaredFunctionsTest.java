package dev.ruststack.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.crds.yaml.ReadResult;
import dev.ruststack.crds.yaml.RustStackYaml;
import dev.ruststack.emulator.dynamodb.DynamoDbLocalProcess;
import dev.ruststack.emulator.lambda.TestZip;
import dev.ruststack.emulator.seed.SeedItem;
import dev.ruststack.emulator.seed.SeedProgress;
import dev.ruststack.emulator.seed.SeedReport;
import dev.ruststack.emulator.seed.SeedSources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.Architecture;
import software.amazon.awssdk.services.lambda.model.EventSourcePosition;
import software.amazon.awssdk.services.lambda.model.FunctionUrlAuthType;
import software.amazon.awssdk.services.lambda.model.InvokeMode;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.RecursiveLoop;
import software.amazon.awssdk.services.lambda.model.SnapStartApplyOn;
import software.amazon.awssdk.services.lambda.model.TracingMode;

/** What a stack declares of functions and layers, seen by a client. */
class DeclaredFunctionsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private static final String EVERYTHING = """
            buckets:
            - {name: failed}
            tables:
            - name: orders
              attributeDefinitions: [{attributeName: pk, attributeType: S}]
              keySchema: [{attributeName: pk, keyType: HASH}]
              streamSpecification: {streamEnabled: true, streamViewType: NEW_IMAGE}
            layers:
            - name: tools
              description: Shared code
              licenseInfo: Apache-2.0
              compatibleRuntimes: [python3.12]
              compatibleArchitectures: [x86_64, arm64]
              code: {files: {python/tools.py: "WORD = 'declared'"}}
            - {name: words, code: {path: words.zip}}
            functions:
            - {name: told, runtime: python3.12, handler: app.handler, code: {files: {app.py: "def handler(event, context): return None"}}}
            - name: all
              description: Has everything
              runtime: python3.12
              handler: app.handler
              code: {files: {app.py: "import tools, words\\ndef handler(event, context): return tools.WORD + ' ' + words.WORD"}}
              memorySize: 256
              timeout: 20
              ephemeralStorage: {size: 1024}
              layers: [tools, words]
              environment: {variables: {STAGE: test}}
              role: arn:aws:iam::000000000000:role/shop
              tracingConfig: {mode: Active}
              loggingConfig: {logFormat: JSON, applicationLogLevel: WARN, logGroup: /shop/all}
              deadLetterConfig: {function: told}
              vpcConfig: {subnetIds: [subnet-1], securityGroupIds: [sg-1]}
              kmsKeyArn: arn:aws:kms:us-east-1:000000000000:key/1
              snapStart: {applyOn: PublishedVersions}
              tags: {team: shop, "cost centre": "7"}
              reservedConcurrentExecutions: 5
              recursiveLoop: Allow
              functionEventInvokeConfig:
                maximumRetryAttempts: 1
                maximumEventAgeInSeconds: 120
                destinationConfig: {onSuccess: {function: told}, onFailure: {bucket: failed}}
              permissions:
              - {statementId: s3, action: "lambda:InvokeFunction", principal: s3.amazonaws.com, sourceArn: "arn:aws:s3:::failed", sourceAccount: "000000000000"}
              - {statementId: url, action: "lambda:InvokeFunctionUrl", principal: "*", functionUrlAuthType: NONE}
              functionUrlConfig:
                invokeMode: RESPONSE_STREAM
                cors: {allowOrigins: ["https://example.com"], allowMethods: [GET], allowHeaders: [x-a], exposeHeaders: [x-b], maxAge: 60, allowCredentials: true}
              aliases:
              - name: live
                description: Serves
                provisionedConcurrentExecutions: 1
                functionEventInvokeConfig: {maximumRetryAttempts: 0}
                permissions: [{statementId: sns, action: "lambda:*", principal: sns.amazonaws.com}]
                functionUrlConfig: {authType: AWS_IAM}
              - {name: next, functionVersion: $LATEST}
              eventSourceMappings:
              - table: orders
                startingPosition: TRIM_HORIZON
                enabled: false
                batchSize: 7
                maximumBatchingWindowInSeconds: 3
                parallelizationFactor: 2
                filterCriteria: {filters: [{pattern: '{"eventName": ["INSERT"]}'}]}
                functionResponseTypes: [ReportBatchItemFailures]
                bisectBatchOnFunctionError: true
                maximumRetryAttempts: 4
                maximumRecordAgeInSeconds: 600
                destinationConfig: {onFailure: {bucket: failed}}
            """;

    @TempDir
    static Path data;

    @TempDir
    static Path files;

    private static DynamoDbLocalProcess dynamoDbLocal;
    private static FunctionStack stack;

    @BeforeAll
    static void start() throws Exception {
        dynamoDbLocal = DynamoDbLocalProcess.start(0);
        stack = FunctionStack.start(
                data, Map.of("RUSTSTACK_DYNAMODB", dynamoDbLocal.uri().toString()));
        Files.write(files.resolve("words.zip"), TestZip.of("python/words.py", "WORD = 'words'"));
    }

    @AfterAll
    static void stop() throws Exception {
        stack.close();
        dynamoDbLocal.close();
    }

    @BeforeEach
    void forget() throws Exception {
        seed("{}");
        stack.emulator.reset();
    }

    private static SeedReport seed(String spec) throws Exception {
        var stack =
                "apiVersion: ruststack.dev/v1alpha1\nkind: RustStack\nmetadata: {name: shop}\nspec:\n" + spec.indent(2);
        return DeclaredFunctionsTest.stack.emulator.seed(spec(stack), new LocalSources(), SeedProgress.SILENT);
    }

    private static RustStackSpec spec(String stack) throws IOException {
        var read = RustStackYaml.read(new ByteArrayInputStream(stack.getBytes(UTF_8)), "stack.yaml");
        if (read instanceof ReadResult.Invalid invalid) {
            throw new AssertionError(invalid.problems());
        }
        return ((ReadResult.Valid) read).documents().getFirst().spec();
    }

    private record LocalSources() implements SeedSources {
        @Override
        public Path resolve(String path) {
            return files.resolve(path);
        }

        @Override
        public Path deploymentPackage(String functionName, String codePath) {
            return files.resolve(codePath);
        }
    }

    private static void seedReady(String spec) throws Exception {
        assertThat(seed(spec).items()).allSatisfy(item -> {
            assertThat(item.error()).isNull();
            assertThat(item.state()).isEqualTo(SeedItem.READY);
        });
    }

    private static StackItem item(String kind, String name) throws InterruptedException {
        return stack.emulator.state(0, Duration.ZERO).items().stream()
                .filter(item -> item.is(kind, name))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitDrift(String kind, String name, String message) {
        await().atMost(LONG).untilAsserted(() -> {
            var item = item(kind, name);
            assertThat(item.state()).isEqualTo("Drifted");
            assertThat(item.message()).isEqualTo(message);
        });
    }

    @Test
    void everythingThatIsDeclaredOfAFunctionIsThere() throws Exception {
        seedReady(EVERYTHING);

        var lambda = stack.lambda;
        var all = lambda.getFunction(request -> request.functionName("all"));
        var configuration = all.configuration();
        assertThat(configuration.description()).isEqualTo("Has everything");
        assertThat(configuration.memorySize()).isEqualTo(256);
        assertThat(configuration.timeout()).isEqualTo(20);
        assertThat(configuration.ephemeralStorage().size()).isEqualTo(1024);
        assertThat(configuration.layers())
                .extracting(layer -> layer.arn())
                .containsExactly(
                        "arn:aws:lambda:us-east-1:000000000000:layer:tools:1",
                        "arn:aws:lambda:us-east-1:000000000000:layer:words:1");
        assertThat(configuration.environment().variables()).containsExactly(Map.entry("STAGE", "test"));
        assertThat(configuration.role()).isEqualTo("arn:aws:iam::000000000000:role/shop");
        assertThat(configuration.tracingConfig().mode()).isEqualTo(TracingMode.ACTIVE);
        assertThat(configuration.loggingConfig().logFormatAsString()).isEqualTo("JSON");
        assertThat(configuration.loggingConfig().applicationLogLevelAsString()).isEqualTo("WARN");
        assertThat(configuration.loggingConfig().logGroup()).isEqualTo("/shop/all");
        assertThat(configuration.deadLetterConfig().targetArn()).endsWith(":function:told");
        assertThat(configuration.vpcConfig().subnetIds()).containsExactly("subnet-1");
        assertThat(configuration.kmsKeyArn()).endsWith("key/1");
        assertThat(configuration.snapStart().applyOn()).isEqualTo(SnapStartApplyOn.PUBLISHED_VERSIONS);
        assertThat(all.tags()).isEqualTo(Map.of("team", "shop", "cost centre", "7"));
        assertThat(all.concurrency().reservedConcurrentExecutions()).isEqualTo(5);
        assertThat(lambda.getFunctionRecursionConfig(request -> request.functionName("all"))
                        .recursiveLoop())
                .isEqualTo(RecursiveLoop.ALLOW);
        assertThat(lambda.invoke(request -> request.functionName("all"))
                        .payload()
                        .asUtf8String())
                .isEqualTo("\"declared words\"");
    }

    @Test
    void whatGovernsEventsAndCallersIsThere() throws Exception {
        seedReady(EVERYTHING);

        var lambda = stack.lambda;
        var events = lambda.getFunctionEventInvokeConfig(request -> request.functionName("all"));
        assertThat(events.maximumRetryAttempts()).isEqualTo(1);
        assertThat(events.maximumEventAgeInSeconds()).isEqualTo(120);
        assertThat(events.destinationConfig().onSuccess().destination()).endsWith(":function:told");
        assertThat(events.destinationConfig().onFailure().destination()).isEqualTo("arn:aws:s3:::failed");
        assertThat(lambda.getPolicy(request -> request.functionName("all")).policy())
                .contains("\"Sid\":\"s3\"")
                .contains("\"AWS:SourceAccount\":\"000000000000\"")
                .contains("\"AWS:SourceArn\":\"arn:aws:s3:::failed\"")
                .contains("\"Sid\":\"url\"")
                .contains("\"lambda:FunctionUrlAuthType\":\"NONE\"");
        var url = lambda.getFunctionUrlConfig(request -> request.functionName("all"));
        assertThat(url.authType()).isEqualTo(FunctionUrlAuthType.NONE);
        assertThat(url.invokeMode()).isEqualTo(InvokeMode.RESPONSE_STREAM);
        assertThat(url.cors().allowOrigins()).containsExactly("https://example.com");
        assertThat(url.cors().allowCredentials()).isTrue();
        assertThat(url.cors().maxAge()).isEqualTo(60);
        var mapping = lambda.listEventSourceMappings(request -> request.functionName("all"))
                .eventSourceMappings()
                .getFirst();
        assertThat(mapping.state()).isIn("Disabled", "Disabling", "Creating");
        assertThat(mapping.startingPosition()).isEqualTo(EventSourcePosition.TRIM_HORIZON);
        assertThat(mapping.batchSize()).isEqualTo(7);
        assertThat(mapping.maximumBatchingWindowInSeconds()).isEqualTo(3);
        assertThat(mapping.parallelizationFactor()).isEqualTo(2);
        assertThat(mapping.filterCriteria().filters().getFirst().pattern()).isEqualTo("{\"eventName\": [\"INSERT\"]}");
        assertThat(mapping.functionResponseTypesAsStrings()).containsExactly("ReportBatchItemFailures");
        assertThat(mapping.bisectBatchOnFunctionError()).isTrue();
        assertThat(mapping.maximumRetryAttempts()).isEqualTo(4);
        assertThat(mapping.maximumRecordAgeInSeconds()).isEqualTo(600);
        assertThat(mapping.destinationConfig().onFailure().destination()).isEqualTo("arn:aws:s3:::failed");
    }

    @Test
    void anAliasNamesThePublishedVersionAndHasSettingsOfItsOwn() throws Exception {
        seedReady(EVERYTHING);

        var lambda = stack.lambda;
        var live = lambda.getAlias(request -> request.functionName("all").name("live"));
        assertThat(live.functionVersion()).isEqualTo("1");
        assertThat(live.description()).isEqualTo("Serves");
        assertThat(lambda.getAlias(request -> request.functionName("all").name("next"))
                        .functionVersion())
                .isEqualTo("$LATEST");
        assertThat(lambda.getProvisionedConcurrencyConfig(
                                request -> request.functionName("all").qualifier("live"))
                        .statusAsString())
                .isEqualTo("READY");
        assertThat(lambda.getFunctionEventInvokeConfig(
                                request -> request.functionName("all").qualifier("live"))
                        .maximumRetryAttempts())
                .isZero();
        assertThat(lambda.getPolicy(request -> request.functionName("all").qualifier("live"))
                        .policy())
                .contains("\"Sid\":\"sns\"")
                .contains("function:all:live");
        assertThat(lambda.getFunctionUrlConfig(
                                request -> request.functionName("all").qualifier("live"))
                        .authType())
                .isEqualTo(FunctionUrlAuthType.AWS_IAM);

        seedReady(EVERYTHING.replace("memorySize: 256", "memorySize: 300"));

        assertThat(lambda.getAlias(request -> request.functionName("all").name("live"))
                        .functionVersion())
                .isEqualTo("2");
    }

    @Test
    void aLayerIsPublishedAgainOnlyWhereItDiffers() throws Exception {
        seedReady(EVERYTHING);
        seedReady(EVERYTHING);

        var lambda = stack.lambda;
        var version =
                lambda.listLayerVersions(request -> request.layerName("tools")).layerVersions();
        assertThat(version).hasSize(1);
        assertThat(version.getFirst().description()).isEqualTo("Shared code");
        assertThat(version.getFirst().licenseInfo()).isEqualTo("Apache-2.0");
        assertThat(version.getFirst().compatibleRuntimesAsStrings()).containsExactly("python3.12");
        assertThat(version.getFirst().compatibleArchitectures())
                .containsExactlyInAnyOrder(Architecture.X86_64, Architecture.ARM64);

        seedReady(EVERYTHING.replace("WORD = 'declared'", "WORD = 'changed'"));

        assertThat(lambda.listLayerVersions(request -> request.layerName("tools"))
                        .layerVersions())
                .hasSize(2);
        assertThat(lambda.invoke(request -> request.functionName("all"))
                        .payload()
                        .asUtf8String())
                .isEqualTo("\"changed words\"");
    }

    @Test
    void aSecondSeedingChangesNothing() throws Exception {
        seedReady(EVERYTHING);
        var before = revisions();

        seedReady(EVERYTHING);

        assertThat(revisions()).isEqualTo(before);
    }

    /** Of everything that has a revision, a time or an identifier. */
    private static List<String> revisions() {
        var lambda = stack.lambda;
        var mapping = lambda.listEventSourceMappings(request -> request.functionName("all"))
                .eventSourceMappings();
        var configuration = lambda.getFunctionConfiguration(request -> request.functionName("all"));
        return List.of(
                configuration.revisionId(),
                configuration.lastModified(),
                lambda.getPolicy(request -> request.functionName("all")).revisionId(),
                lambda.getAlias(request -> request.functionName("all").name("live"))
                        .revisionId(),
                lambda.getFunctionEventInvokeConfig(request -> request.functionName("all"))
                        .lastModified()
                        .toString(),
                lambda.getFunctionUrlConfig(request -> request.functionName("all"))
                        .lastModifiedTime(),
                lambda.getProvisionedConcurrencyConfig(
                                request -> request.functionName("all").qualifier("live"))
                        .lastModified(),
                mapping.getFirst().uuid() + mapping.getFirst().lastModified() + mapping.size(),
                lambda.listVersionsByFunction(request -> request.functionName("all"))
                        .versions()
                        .toString());
    }

    @Test
    void codeThatLiesInABucketIsNotPutAgainWhereItIsTheSame() throws Exception {
        Files.write(files.resolve("app.zip"), TestZip.of("app.py", "def handler(event, context): return 1"));
        var spec = """
                buckets:
                - {name: code, objects: [{key: "a b.zip", content: {path: app.zip}}]}
                layers:
                - {name: same, code: {s3: {bucket: code, key: "a b.zip"}}}
                functions:
                - {name: stored, runtime: python3.12, handler: app.handler, code: {s3: {bucket: code, key: "a b.zip"}}, layers: [same]}
                """;
        seedReady(spec);
        var before = stack.lambda
                .getFunctionConfiguration(request -> request.functionName("stored"))
                .revisionId();

        seedReady(spec);
        assertThat(stack.lambda
                        .getFunctionConfiguration(request -> request.functionName("stored"))
                        .revisionId())
                .isEqualTo(before);

        Files.write(files.resolve("app.zip"), TestZip.of("app.py", "def handler(event, context): return 2"));
        seedReady(spec);
        assertThat(stack.lambda
                        .invoke(request -> request.functionName("stored"))
                        .payload()
                        .asUtf8String())
                .isEqualTo("2");
    }

    /** What a client does of what is declared. */
    private enum Change {
        code {
            @Override
            void make() {
                stack.lambda.updateFunctionCode(request -> request.functionName("all")
                        .zipFile(SdkBytes.fromByteArray(TestZip.of("app.py", "def handler(event, context): pass"))));
            }
        },
        memorySize {
            @Override
            void make() {
                stack.lambda.updateFunctionConfiguration(
                        request -> request.functionName("all").memorySize(512));
            }
        },
        environment {
            @Override
            void make() {
                stack.lambda.updateFunctionConfiguration(request -> request.functionName("all")
                        .environment(environment -> environment.variables(Map.of("A1", "b"))));
            }
        },
        tags {
            @Override
            void make() {
                stack.lambda.untagResource(
                        request -> request.resource("arn:aws:lambda:us-east-1:000000000000:function:all")
                                .tagKeys("team"));
            }
        },
        reservedConcurrentExecutions {
            @Override
            void make() {
                stack.lambda.deleteFunctionConcurrency(request -> request.functionName("all"));
            }
        },
        permissions {
            @Override
            void make() {
                stack.lambda.removePermission(
                        request -> request.functionName("all").statementId("s3"));
            }
        },
        functionEventInvokeConfig {
            @Override
            void make() {
                stack.lambda.updateFunctionEventInvokeConfig(
                        request -> request.functionName("all").maximumRetryAttempts(2));
            }
        },
        functionUrlConfig {
            @Override
            void make() {
                stack.lambda.updateFunctionUrlConfig(
                        request -> request.functionName("all").invokeMode(InvokeMode.BUFFERED));
            }
        },
        aliases {
            @Override
            void make() {
                stack.lambda.deleteAlias(request -> request.functionName("all").name("next"));
            }
        },
        eventSourceMappings {
            @Override
            void make() {
                var mapping = stack.lambda
                        .listEventSourceMappings(request -> request.functionName("all"))
                        .eventSourceMappings()
                        .getFirst();
                stack.lambda.deleteEventSourceMapping(request -> request.uuid(mapping.uuid()));
            }
        };

        abstract void make();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code: code",
                "memorySize: memorySize",
                "environment: environment",
                "tags: tags",
                "reservedConcurrentExecutions: reservedConcurrentExecutions",
                "permissions: permissions",
                "functionEventInvokeConfig: functionEventInvokeConfig",
                "functionUrlConfig: functionUrlConfig",
                "aliases: aliases[1]",
                "eventSourceMappings: eventSourceMappings[0]"
            })
    void whatAClientChangesDriftsAndIsPutBack(String change) throws Exception {
        seedReady(EVERYTHING);

        Change.valueOf(change.substring(0, change.indexOf(':'))).make();

        awaitDrift("Function", "all", change.substring(change.indexOf(' ') + 1) + " was changed by a client");
        seedReady(EVERYTHING);
        assertThat(item("Function", "all").state()).isEqualTo("Ready");
        stack.lambda.tagResource(request -> request.resource("arn:aws:lambda:us-east-1:000000000000:function:told")
                .tags(Map.of("any", "thing")));
        assertThat(item("Function", "all").state()).isEqualTo("Ready");
    }

    @Test
    void aTableThatDynamoDbLocalLostHasItsNewStreamProcessed() throws Exception {
        seedReady(EVERYTHING);
        var before = stream();

        dynamoDbLocal.close();
        dynamoDbLocal = DynamoDbLocalProcess.start(dynamoDbLocal.uri().getPort());

        await().atMost(LONG).untilAsserted(() -> assertThat(stream()).isNotEqualTo(before));
    }

    private static String stream() {
        return stack.lambda
                .listEventSourceMappings(request -> request.functionName("all"))
                .eventSourceMappings()
                .getFirst()
                .eventSourceArn();
    }

    @Test
    void aLayerThatAClientDeletesDriftsAndIsPublishedAgain() throws Exception {
        seedReady(EVERYTHING);

        stack.lambda.deleteLayerVersion(request -> request.layerName("tools").versionNumber(1L));

        awaitDrift("Layer", "tools", "it was deleted by a client");
        seedReady(EVERYTHING);
        assertThat(stack.lambda
                        .getFunctionConfiguration(request -> request.functionName("all"))
                        .layers()
                        .getFirst()
                        .arn())
                .endsWith(":layer:tools:2");
    }

    @Test
    void whatIsNotDeclaredIsTheClientsToSet() throws Exception {
        var spec = """
                functions:
                - {name: plain, runtime: python3.12, handler: app.handler, code: {files: {app.py: "def handler(event, context): pass"}}}
                """;
        seedReady(spec);
        stack.lambda.putFunctionConcurrency(
                request -> request.functionName("plain").reservedConcurrentExecutions(3));
        stack.lambda.createAlias(
                request -> request.functionName("plain").name("mine").functionVersion("$LATEST"));

        seedReady(spec);
        assertThat(item("Function", "plain").state()).isEqualTo("Ready");
        assertThat(stack.lambda
                        .getFunctionConcurrency(request -> request.functionName("plain"))
                        .reservedConcurrentExecutions())
                .isEqualTo(3);

        seedReady("seedPolicy: {mode: Exact}\n" + spec);
        assertThat(stack.lambda
                        .getFunctionConcurrency(request -> request.functionName("plain"))
                        .reservedConcurrentExecutions())
                .isNull();
        assertThat(stack.lambda
                        .listAliases(request -> request.functionName("plain"))
                        .aliases())
                .isEmpty();
    }

    @Test
    void aLayerThatIsNotDeclaredGoesWithExact() throws Exception {
        stack.lambda.publishLayerVersion(request -> request.layerName("stray")
                .content(content -> content.zipFile(SdkBytes.fromByteArray(TestZip.of("a", "b")))));

        seedReady("seedPolicy: {mode: Exact}\n" + EVERYTHING);

        assertThat(stack.lambda.listLayers(request -> {}).layers())
                .extracting(layer -> layer.layerName())
                .containsExactly("tools", "words");
        assertThatThrownBy(() -> stack.lambda.getLayerVersion(
                        request -> request.layerName("stray").versionNumber(1L)))
                .isInstanceOf(LambdaException.class);
    }

    @Test
    void aFunctionThatMayNotRunIsReady() throws Exception {
        seedReady("""
                functions:
                - name: stopped
                  runtime: python3.12
                  handler: app.handler
                  reservedConcurrentExecutions: 0
                  code: {files: {app.py: "def handler(event, context): pass"}}
                """);
    }

    @Test
    void whatLambdaSaysAgainstASettingNamesItsField() throws Exception {
        var report = seed("""
                functions:
                - name: wrong
                  runtime: python3.12
                  handler: app.handler
                  code: {files: {app.py: "def handler(event, context): pass"}}
                  aliases: [{name: live, functionVersion: "9"}]
                """);

        assertThat(report.items().getFirst().error())
                .startsWith("aliases[0]: CreateAlias: ResourceNotFoundException: Function not found");
    }
}
