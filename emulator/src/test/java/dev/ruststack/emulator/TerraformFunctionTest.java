package dev.ruststack.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ruststack.emulator.dynamodb.DynamoDbLocalProcess;
import dev.ruststack.emulator.lambda.TestZip;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Architecture;
import software.amazon.awssdk.services.lambda.model.EventSourcePosition;
import software.amazon.awssdk.services.lambda.model.FunctionUrlAuthType;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.InvokeMode;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.LogFormat;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.ProvisionedConcurrencyConfigNotFoundException;
import software.amazon.awssdk.services.lambda.model.ProvisionedConcurrencyStatusEnum;
import software.amazon.awssdk.services.lambda.model.RecursiveLoop;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.TracingMode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Terraform's provider calls for {@code aws_lambda_*}: create and wait, read every field back so that a plan is
 * empty, change, destroy and see it gone.
 */
class TerraformFunctionTest {
    private static final String ROLE = "arn:aws:iam::000000000000:role/any";
    private static final SdkBytes CODE =
            SdkBytes.fromByteArray(TestZip.of("app.py", "def handler(event, context): return 1"));

    @TempDir
    static Path data;

    private static DynamoDbLocalProcess dynamoDbLocal;
    private static FunctionStack stack;
    private static LambdaClient lambda;

    private final String name = "tf-" + UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        dynamoDbLocal = DynamoDbLocalProcess.start(0);
        stack = FunctionStack.start(
                data, Map.of("RUSTSTACK_DYNAMODB", dynamoDbLocal.uri().toString()));
        lambda = stack.lambda;
    }

    @AfterAll
    static void stop() throws Exception {
        stack.close();
        dynamoDbLocal.close();
    }

    private void function() {
        lambda.createFunction(create -> create.functionName(name)
                .runtime("python3.12")
                .handler("app.handler")
                .role(ROLE)
                .code(code -> code.zipFile(CODE)));
        lambda.waiter().waitUntilFunctionActiveV2(get -> get.functionName(name));
    }

    private String version() {
        return lambda.publishVersion(publish -> publish.functionName(name)).version();
    }

    private GetFunctionResponse read() {
        return lambda.getFunction(get -> get.functionName(name));
    }

    private static void isGone(Executable read) {
        assertThatThrownBy(read::execute).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void functionWithEveryBlock() {
        var layer = lambda.publishLayerVersion(publish -> publish.layerName(name)
                        .content(
                                content -> content.zipFile(SdkBytes.fromByteArray(TestZip.of("python/x.py", "x = 1")))))
                .layerVersionArn();
        lambda.createFunction(create -> create.functionName(name)
                .description("says one")
                .runtime("python3.12")
                .handler("app.handler")
                .role(ROLE)
                .timeout(7)
                .memorySize(256)
                .architectures(Architecture.X86_64)
                .ephemeralStorage(storage -> storage.size(1024))
                .environment(environment -> environment.variables(Map.of("LEVEL", "1")))
                .layers(layer)
                .loggingConfig(logging -> logging.logFormat(LogFormat.JSON))
                .tracingConfig(tracing -> tracing.mode(TracingMode.ACTIVE))
                .deadLetterConfig(letters -> letters.targetArn("arn:aws:s3:::letters"))
                .vpcConfig(vpc -> vpc.subnetIds("subnet-1").securityGroupIds("sg-1"))
                .kmsKeyArn("arn:aws:kms:us-east-1:000000000000:key/1")
                .tags(Map.of("team", "web"))
                .publish(true)
                .code(code -> code.zipFile(CODE)));
        await().until(() -> read().configuration().stateAsString().equals("Active"));
        lambda.putFunctionConcurrency(put -> put.functionName(name).reservedConcurrentExecutions(3));

        var read = read();
        var configuration = read.configuration();
        assertThat(configuration.description()).isEqualTo("says one");
        assertThat(configuration.timeout()).isEqualTo(7);
        assertThat(configuration.memorySize()).isEqualTo(256);
        assertThat(configuration.architectures()).containsExactly(Architecture.X86_64);
        assertThat(configuration.ephemeralStorage().size()).isEqualTo(1024);
        assertThat(configuration.environment().variables()).isEqualTo(Map.of("LEVEL", "1"));
        assertThat(configuration.layers()).extracting(each -> each.arn()).containsExactly(layer);
        assertThat(configuration.loggingConfig().logFormat()).isEqualTo(LogFormat.JSON);
        assertThat(configuration.loggingConfig().applicationLogLevelAsString()).isEqualTo("INFO");
        assertThat(configuration.loggingConfig().logGroup()).isEqualTo("/aws/lambda/" + name);
        assertThat(configuration.tracingConfig().mode()).isEqualTo(TracingMode.ACTIVE);
        assertThat(configuration.deadLetterConfig().targetArn()).isEqualTo("arn:aws:s3:::letters");
        assertThat(configuration.vpcConfig().subnetIds()).containsExactly("subnet-1");
        assertThat(configuration.kmsKeyArn()).endsWith(":key/1");
        assertThat(configuration.packageType()).isEqualTo(PackageType.ZIP);
        assertThat(configuration.snapStart().applyOnAsString()).isEqualTo("None");
        assertThat(configuration.fileSystemConfigs()).isEmpty();
        assertThat(configuration.imageConfigResponse()).isNull();
        assertThat(configuration.signingJobArn()).isNull();
        assertThat(read.code().imageUri()).isNull();
        assertThat(read.tags()).isEqualTo(Map.of("team", "web"));
        assertThat(read.concurrency().reservedConcurrentExecutions()).isEqualTo(3);
        assertThat(lastVersion()).isEqualTo("1");
        assertThat(lambda.getFunctionCodeSigningConfig(get -> get.functionName(name))
                        .codeSigningConfigArn())
                .isNull();
        assertThat(read().configuration()).as("a plan is empty").isEqualTo(configuration);

        changedAndDestroyed(configuration.functionArn());
    }

    /** The provider lists with a page as large as there is, and takes the last. */
    private String lastVersion() {
        return lambda
                .listVersionsByFunctionPaginator(list -> list.functionName(name).maxItems(10_000))
                .stream()
                .flatMap(page -> page.versions().stream())
                .toList()
                .getLast()
                .version();
    }

    private void changedAndDestroyed(String arn) {
        lambda.tagResource(tag -> tag.resource(arn).tags(Map.of("team", "shop")));
        lambda.updateFunctionConfiguration(update -> update.functionName(name)
                .environment(environment -> environment.variables(Map.of()))
                .deadLetterConfig(letters -> letters.targetArn(""))
                .kmsKeyArn("")
                .layers(List.of())
                .vpcConfig(vpc -> vpc.subnetIds(List.of()).securityGroupIds(List.of()))
                .tracingConfig(tracing -> tracing.mode(TracingMode.PASS_THROUGH)));
        awaitUpdated();
        lambda.updateFunctionCode(update -> update.functionName(name)
                .zipFile(SdkBytes.fromByteArray(TestZip.of("app.py", "def handler(event, context): return 2")))
                .architectures(Architecture.X86_64));
        awaitUpdated();
        lambda.deleteFunctionConcurrency(delete -> delete.functionName(name));
        assertThat(version()).isEqualTo("2");

        var read = read();
        assertThat(read.configuration().environment()).isNull();
        assertThat(read.configuration().deadLetterConfig()).isNull();
        assertThat(read.configuration().kmsKeyArn()).isNull();
        assertThat(read.configuration().layers()).isEmpty();
        assertThat(read.configuration().vpcConfig().subnetIds()).isEmpty();
        assertThat(read.configuration().tracingConfig().mode()).isEqualTo(TracingMode.PASS_THROUGH);
        assertThat(read.concurrency()).isNull();
        assertThat(read.tags()).isEqualTo(Map.of("team", "shop"));
        assertThat(lastVersion()).isEqualTo("2");

        lambda.deleteFunction(delete -> delete.functionName(name));
        isGone(this::read);
    }

    private void awaitUpdated() {
        await().until(() ->
                lambda.getFunctionConfiguration(get -> get.functionName(name)).lastUpdateStatus()
                        == LastUpdateStatus.SUCCESSFUL);
    }

    @Test
    void codeSigningConfigAndTheFunctionThatHasIt() {
        function();
        var profile = "arn:aws:signer:us-east-1:000000000000:/signing-profiles/p/abcdefghij";
        var arn = lambda.createCodeSigningConfig(create -> create.description("ours")
                        .allowedPublishers(publishers -> publishers.signingProfileVersionArns(profile))
                        .tags(Map.of("a", "1")))
                .codeSigningConfig()
                .codeSigningConfigArn();
        var read = lambda.getCodeSigningConfig(get -> get.codeSigningConfigArn(arn))
                .codeSigningConfig();
        assertThat(read.description()).isEqualTo("ours");
        assertThat(read.allowedPublishers().signingProfileVersionArns()).containsExactly(profile);
        assertThat(read.codeSigningPolicies().untrustedArtifactOnDeploymentAsString())
                .isEqualTo("Warn");
        assertThat(lambda.listTags(list -> list.resource(arn)).tags()).isEqualTo(Map.of("a", "1"));

        lambda.putFunctionCodeSigningConfig(put -> put.functionName(name).codeSigningConfigArn(arn));
        assertThat(lambda.getFunctionCodeSigningConfig(get -> get.functionName(name))
                        .codeSigningConfigArn())
                .isEqualTo(arn);

        lambda.deleteFunctionCodeSigningConfig(delete -> delete.functionName(name));
        lambda.deleteCodeSigningConfig(delete -> delete.codeSigningConfigArn(arn));
        isGone(() -> lambda.getCodeSigningConfig(get -> get.codeSigningConfigArn(arn)));
    }

    @Test
    void aliasWithWeights() {
        function();
        var one = version();
        lambda.updateFunctionConfiguration(update -> update.functionName(name).memorySize(256));
        awaitUpdated();
        var two = version();
        lambda.createAlias(create -> create.functionName(name)
                .name("live")
                .description("d")
                .functionVersion(one)
                .routingConfig(routing -> routing.additionalVersionWeights(Map.of(two, 0.25))));

        var read = lambda.getAlias(get -> get.functionName(name).name("live"));
        assertThat(read.functionVersion()).isEqualTo(one);
        assertThat(read.description()).isEqualTo("d");
        assertThat(read.routingConfig().additionalVersionWeights()).isEqualTo(Map.of(two, 0.25));

        lambda.updateAlias(update -> update.functionName(name)
                .name("live")
                .description("")
                .functionVersion(two)
                .routingConfig(routing -> routing.additionalVersionWeights(Map.of())));
        var changed = lambda.getAlias(get -> get.functionName(name).name("live"));
        assertThat(changed.functionVersion()).isEqualTo(two);
        assertThat(changed.routingConfig()).isNull();

        lambda.deleteAlias(delete -> delete.functionName(name).name("live"));
        isGone(() -> lambda.getAlias(get -> get.functionName(name).name("live")));
    }

    @Test
    void permission() {
        function();
        lambda.addPermission(add -> add.functionName(name)
                .statementId("api")
                .action("lambda:InvokeFunction")
                .principal("apigateway.amazonaws.com")
                .sourceAccount("000000000000")
                .sourceArn("arn:aws:execute-api:us-east-1:000000000000:abc/*"));

        var policy = JsonMapper.shared()
                .readTree(lambda.getPolicy(get -> get.functionName(name)).policy());
        var statement = policy.path("Statement").get(0);
        assertThat(statement.path("Sid").asString()).isEqualTo("api");
        assertThat(statement.path("Action").asString()).isEqualTo("lambda:InvokeFunction");
        assertThat(statement.path("Principal").path("Service").asString()).isEqualTo("apigateway.amazonaws.com");
        assertThat(statement.path("Resource").asString()).endsWith(":function:" + name);
        assertThat(statement
                        .path("Condition")
                        .path("ArnLike")
                        .path("AWS:SourceArn")
                        .asString())
                .isEqualTo("arn:aws:execute-api:us-east-1:000000000000:abc/*");
        assertThat(statement
                        .path("Condition")
                        .path("StringEquals")
                        .path("AWS:SourceAccount")
                        .asString())
                .isEqualTo("000000000000");

        lambda.removePermission(remove -> remove.functionName(name).statementId("api"));
        isGone(() -> lambda.getPolicy(get -> get.functionName(name)));
    }

    @Test
    void layerVersionAndItsPermission() {
        var published = lambda.publishLayerVersion(publish -> publish.layerName(name)
                .description("tools")
                .licenseInfo("MIT")
                .compatibleRuntimesWithStrings("python3.12")
                .compatibleArchitectures(Architecture.X86_64)
                .content(content -> content.zipFile(SdkBytes.fromByteArray(TestZip.of("python/x.py", "x = 1")))));

        var read = lambda.getLayerVersion(get -> get.layerName(name).versionNumber(published.version()));
        assertThat(read.layerArn()).endsWith(":layer:" + name);
        assertThat(read.description()).isEqualTo("tools");
        assertThat(read.licenseInfo()).isEqualTo("MIT");
        assertThat(read.compatibleRuntimesAsStrings()).containsExactly("python3.12");
        assertThat(read.compatibleArchitectures()).containsExactly(Architecture.X86_64);
        assertThat(read.content().codeSha256()).isNotEmpty();
        assertThat(read.content().codeSize()).isPositive();
        assertThat(read.createdDate()).isNotEmpty();

        lambda.addLayerVersionPermission(add -> add.layerName(name)
                .versionNumber(1L)
                .statementId("all")
                .action("lambda:GetLayerVersion")
                .principal("*"));
        assertThat(lambda.getLayerVersionPolicy(get -> get.layerName(name).versionNumber(1L))
                        .policy())
                .contains("\"Sid\":\"all\"");
        lambda.removeLayerVersionPermission(
                remove -> remove.layerName(name).versionNumber(1L).statementId("all"));
        isGone(() -> lambda.getLayerVersionPolicy(get -> get.layerName(name).versionNumber(1L)));
        lambda.deleteLayerVersion(delete -> delete.layerName(name).versionNumber(1L));
        isGone(() -> lambda.getLayerVersion(get -> get.layerName(name).versionNumber(1L)));
    }

    @Test
    void functionUrlOfAnAlias() {
        function();
        lambda.createAlias(create -> create.functionName(name).name("live").functionVersion(version()));
        lambda.createFunctionUrlConfig(create -> create.functionName(name)
                .qualifier("live")
                .authType(FunctionUrlAuthType.NONE)
                .cors(cors -> cors.allowOrigins("*").maxAge(60)));
        lambda.addPermission(add -> add.functionName(name)
                .qualifier("live")
                .statementId("FunctionURLAllowPublicAccess")
                .action("lambda:InvokeFunctionUrl")
                .principal("*")
                .functionUrlAuthType(FunctionUrlAuthType.NONE));

        var read = lambda.getFunctionUrlConfig(get -> get.functionName(name).qualifier("live"));
        assertThat(read.functionArn()).endsWith(":function:" + name + ":live");
        assertThat(read.authType()).isEqualTo(FunctionUrlAuthType.NONE);
        assertThat(read.invokeMode()).isEqualTo(InvokeMode.BUFFERED);
        assertThat(read.cors().allowOrigins()).containsExactly("*");
        assertThat(read.cors().maxAge()).isEqualTo(60);
        assertThat(read.functionUrl()).contains(".lambda-url.us-east-1.");

        lambda.updateFunctionUrlConfig(update -> update.functionName(name)
                .qualifier("live")
                .authType(FunctionUrlAuthType.AWS_IAM)
                .invokeMode(InvokeMode.RESPONSE_STREAM)
                .cors(cors -> {}));
        var changed = lambda.getFunctionUrlConfig(get -> get.functionName(name).qualifier("live"));
        assertThat(changed.authType()).isEqualTo(FunctionUrlAuthType.AWS_IAM);
        assertThat(changed.invokeMode()).isEqualTo(InvokeMode.RESPONSE_STREAM);

        lambda.deleteFunctionUrlConfig(delete -> delete.functionName(name).qualifier("live"));
        isGone(() -> lambda.getFunctionUrlConfig(get -> get.functionName(name).qualifier("live")));
    }

    @Test
    void eventInvokeConfig() {
        function();
        var arn = stack.python("told-" + name, "def handler(event, context): pass");
        lambda.putFunctionEventInvokeConfig(put -> put.functionName(name)
                .qualifier("$LATEST")
                .maximumEventAgeInSeconds(60)
                .maximumRetryAttempts(0)
                .destinationConfig(destinations -> destinations
                        .onSuccess(success -> success.destination(arn))
                        .onFailure(failure -> failure.destination("arn:aws:s3:::failed"))));

        var read = lambda.getFunctionEventInvokeConfig(
                get -> get.functionName(name).qualifier("$LATEST"));
        assertThat(read.functionArn()).endsWith(":function:" + name + ":$LATEST");
        assertThat(read.maximumEventAgeInSeconds()).isEqualTo(60);
        assertThat(read.maximumRetryAttempts()).isZero();
        assertThat(read.destinationConfig().onSuccess().destination()).isEqualTo(arn);
        assertThat(read.destinationConfig().onFailure().destination()).isEqualTo("arn:aws:s3:::failed");

        lambda.putFunctionEventInvokeConfig(
                put -> put.functionName(name).qualifier("$LATEST").maximumRetryAttempts(1));
        var changed = lambda.getFunctionEventInvokeConfig(
                get -> get.functionName(name).qualifier("$LATEST"));
        assertThat(changed.maximumEventAgeInSeconds()).isNull();

        lambda.deleteFunctionEventInvokeConfig(
                delete -> delete.functionName(name).qualifier("$LATEST"));
        isGone(() -> lambda.getFunctionEventInvokeConfig(
                get -> get.functionName(name).qualifier("$LATEST")));
    }

    @Test
    void provisionedConcurrencyRecursionAndRuntimeManagement() {
        function();
        var version = version();
        lambda.putProvisionedConcurrencyConfig(
                put -> put.functionName(name).qualifier(version).provisionedConcurrentExecutions(1));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> lambda.getProvisionedConcurrencyConfig(
                                        get -> get.functionName(name).qualifier(version))
                                .status()
                        == ProvisionedConcurrencyStatusEnum.READY);
        assertThat(lambda.getProvisionedConcurrencyConfig(
                                get -> get.functionName(name).qualifier(version))
                        .requestedProvisionedConcurrentExecutions())
                .isEqualTo(1);
        lambda.deleteProvisionedConcurrencyConfig(
                delete -> delete.functionName(name).qualifier(version));
        assertThatThrownBy(() -> lambda.getProvisionedConcurrencyConfig(
                        get -> get.functionName(name).qualifier(version)))
                .isInstanceOf(ProvisionedConcurrencyConfigNotFoundException.class);

        lambda.putFunctionRecursionConfig(put -> put.functionName(name).recursiveLoop(RecursiveLoop.ALLOW));
        assertThat(lambda.getFunctionRecursionConfig(get -> get.functionName(name))
                        .recursiveLoop())
                .isEqualTo(RecursiveLoop.ALLOW);
        lambda.putRuntimeManagementConfig(put -> put.functionName(name).updateRuntimeOn("FunctionUpdate"));
        assertThat(lambda.getRuntimeManagementConfig(get -> get.functionName(name))
                        .updateRuntimeOnAsString())
                .isEqualTo("FunctionUpdate");
    }

    @Test
    void eventSourceMappingOfATable() {
        function();
        var stream = stream();
        var created = lambda.createEventSourceMapping(create -> create.eventSourceArn(stream)
                .functionName(name)
                .startingPosition(EventSourcePosition.LATEST)
                .batchSize(10)
                .maximumRetryAttempts(2)
                .bisectBatchOnFunctionError(true)
                .filterCriteria(filters -> filters.filters(filter -> filter.pattern("{\"eventName\":[\"INSERT\"]}")))
                .destinationConfig(to -> to.onFailure(failure -> failure.destination("arn:aws:s3:::failed")))
                .tags(Map.of("team", "web")));
        var uuid = created.uuid();
        awaitState(uuid, "Enabled");

        var read = lambda.getEventSourceMapping(get -> get.uuid(uuid));
        assertThat(read.eventSourceArn()).isEqualTo(stream);
        assertThat(read.functionArn()).endsWith(":function:" + name);
        assertThat(read.batchSize()).isEqualTo(10);
        assertThat(read.maximumRetryAttempts()).isEqualTo(2);
        assertThat(read.maximumRecordAgeInSeconds()).isEqualTo(-1);
        assertThat(read.parallelizationFactor()).isEqualTo(1);
        assertThat(read.tumblingWindowInSeconds()).isZero();
        assertThat(read.bisectBatchOnFunctionError()).isTrue();
        assertThat(read.startingPosition()).isEqualTo(EventSourcePosition.LATEST);
        assertThat(read.filterCriteria().filters()).hasSize(1);
        assertThat(read.destinationConfig().onFailure().destination()).isEqualTo("arn:aws:s3:::failed");
        var arn = read.eventSourceMappingArn();
        assertThat(lambda.listTags(list -> list.resource(arn)).tags()).isEqualTo(Map.of("team", "web"));

        lambda.untagResource(untag -> untag.resource(arn).tagKeys("team"));
        lambda.updateEventSourceMapping(
                update -> update.uuid(uuid).enabled(false).batchSize(20));
        awaitState(uuid, "Disabled");
        assertThat(lambda.getEventSourceMapping(get -> get.uuid(uuid)).batchSize())
                .isEqualTo(20);
        assertThat(lambda.listTags(list -> list.resource(arn)).tags()).isEmpty();

        lambda.deleteEventSourceMapping(delete -> delete.uuid(uuid));
        await().untilAsserted(() -> isGone(() -> lambda.getEventSourceMapping(get -> get.uuid(uuid))));
        isGone(() -> lambda.listTags(list -> list.resource(arn)));
    }

    private static void awaitState(String uuid, String state) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> lambda.getEventSourceMapping(get -> get.uuid(uuid))
                        .state()
                        .equals(state));
    }

    private String stream() {
        try (var dynamoDb = DynamoDbClient.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + stack.emulator.ports().aws()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("AKIDEXAMPLE", "the-secret-access-key")))
                .build()) {
            await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> dynamoDb.listTables() != null);
            return dynamoDb.createTable(create -> create.tableName(name)
                            .billingMode(BillingMode.PAY_PER_REQUEST)
                            .attributeDefinitions(a -> a.attributeName("id").attributeType(ScalarAttributeType.S))
                            .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH))
                            .streamSpecification(on -> on.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)))
                    .tableDescription()
                    .latestStreamArn();
        }
    }
}
