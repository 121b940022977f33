package dev.ruststack.emulator.lambda.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.RequestBody;
import dev.ruststack.emulator.lambda.LambdaStack;
import dev.ruststack.emulator.lambda.TestZip;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.Architecture;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.SnapStartApplyOn;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.lambda.model.TracingMode;

class CreateFunctionTest {
    @AutoClose
    private static final LambdaStack STACK = new LambdaStack();

    @Test
    void answersWithThePendingFunctionAndItsDefaults() {
        var zip = TestZip.of("app.py", "def handler(event, context): return event");

        var created = STACK.client()
                .createFunction(LambdaStack.function("defaults")
                        .code(code -> code.zipFile(SdkBytes.fromByteArray(zip)))
                        .build());

        assertThat(created.sdkHttpResponse().statusCode()).isEqualTo(201);
        assertThat(created.functionArn()).isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:defaults");
        assertThat(created.stateAsString()).isEqualTo("Pending");
        assertThat(created.stateReason()).isEqualTo("The function is being created.");
        assertThat(created.stateReasonCodeAsString()).isEqualTo("Creating");
        assertThat(created.lastUpdateStatus()).isNull();
        assertThat(created.version()).isEqualTo("$LATEST");
        assertThat(created.memorySize()).isEqualTo(128);
        assertThat(created.timeout()).isEqualTo(3);
        assertThat(created.ephemeralStorage().size()).isEqualTo(512);
        assertThat(created.architectures()).containsExactly(Architecture.X86_64);
        assertThat(created.packageType()).isEqualTo(PackageType.ZIP);
        assertThat(created.tracingConfig().mode()).isEqualTo(TracingMode.PASS_THROUGH);
        assertThat(created.snapStart().applyOn()).isEqualTo(SnapStartApplyOn.NONE);
        assertThat(created.loggingConfig().logGroup()).isEqualTo("/aws/lambda/defaults");
        assertThat(created.environment()).isNull();
        assertThat(created.description()).isEmpty();
        assertThat(created.codeSize()).isEqualTo(zip.length);
        assertThat(created.lastModified()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+0000");
    }

    @Test
    void becomesActiveWithANewRevision() {
        var created =
                STACK.client().createFunction(LambdaStack.function("activates").build());

        var waited = STACK.client().waiter().waitUntilFunctionActiveV2(get -> get.functionName("activates"));

        var function = waited.matched().response().orElseThrow().configuration();
        assertThat(function.state()).isEqualTo(State.ACTIVE);
        assertThat(function.lastUpdateStatusAsString()).isEqualTo("Successful");
        assertThat(function.revisionId()).isNotEqualTo(created.revisionId());
    }

    @Test
    void keepsEverySetting() {
        STACK.client()
                .createFunction(LambdaStack.function("settings")
                        .description("what it does")
                        .memorySize(256)
                        .timeout(30)
                        .ephemeralStorage(storage -> storage.size(1024))
                        .environment(environment -> environment.variables(Map.of("STAGE", "test")))
                        .architectures(Architecture.ARM64)
                        .tags(Map.of("team", "a"))
                        .build());

        var function = STACK.client().getFunction(get -> get.functionName("settings"));

        assertThat(function.configuration().description()).isEqualTo("what it does");
        assertThat(function.configuration().memorySize()).isEqualTo(256);
        assertThat(function.configuration().timeout()).isEqualTo(30);
        assertThat(function.configuration().ephemeralStorage().size()).isEqualTo(1024);
        assertThat(function.configuration().environment().variables()).isEqualTo(Map.of("STAGE", "test"));
        assertThat(function.configuration().architectures()).containsExactly(Architecture.ARM64);
        assertThat(function.tags()).isEqualTo(Map.of("team", "a"));
    }

    @Test
    void takesItsCodeFromS3() {
        var zip = TestZip.of("app.py", "from s3");
        STACK.object("packages", "v1/app.zip", zip);

        var created = STACK.client()
                .createFunction(LambdaStack.function("from-s3")
                        .code(code -> code.s3Bucket("packages").s3Key("v1/app.zip"))
                        .build());

        assertThat(created.codeSize()).isEqualTo(zip.length);
    }

    @Test
    void objectThatIsNotThereIsNamedWithS3sOwnError() {
        assertRefused(request -> request.code(code -> code.s3Bucket("packages").s3Key("missing.zip")))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: "
                        + "The specified key does not exist.");
    }

    @Test
    void takesTheVersionOfAnObjectThatIsNamed() {
        var zip = TestZip.of("app.py", "the first version");
        STACK.object("packages", "app.zip?first", zip);
        STACK.object("packages", "app.zip", TestZip.of("app.py", "2"));

        var created = STACK.client()
                .createFunction(LambdaStack.function("from-a-version")
                        .code(code -> code.s3Bucket("packages").s3Key("app.zip").s3ObjectVersion("first"))
                        .build());

        assertThat(created.codeSize()).isEqualTo(zip.length);
    }

    @Test
    void secondOfTheSameNameIsAConflict() {
        STACK.create("twice");

        assertThatThrownBy(() -> STACK.create("twice"))
                .isInstanceOf(ResourceConflictException.class)
                .hasMessageContaining("Function already exist: twice");
    }

    @Test
    void codeThatIsNoZipIsRefusedAndNothingIsMade() {
        assertRefused(request ->
                        request.functionName("no-zip").code(code -> code.zipFile(SdkBytes.fromUtf8String("not a zip"))))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining(
                        "Could not unzip uploaded file. Please check your file, then try to upload again.");
        assertThat(STACK.client().listFunctions().functions())
                .noneMatch(each -> each.functionName().equals("no-zip"));
    }

    @Test
    void codeMustComeFromSomewhere() {
        assertRefused(request -> request.code(code -> {}))
                .hasMessageContaining("Please provide a source for function code.");
    }

    @Test
    void codeComesFromOnePlaceOnly() {
        assertRefused(request -> request.code(code -> code.zipFile(SdkBytes.fromUtf8String("x"))
                        .s3Bucket("packages")
                        .s3Key("key")))
                .hasMessageContaining("Please do not provide other FunctionCode parameters when providing a ZipFile.");
    }

    @Test
    void runtimeAndHandlerAreMandatory() {
        assertRefused(request -> request.handler(null))
                .hasMessageContaining(
                        "Runtime and Handler are mandatory parameters for functions created with deployment packages.");
    }

    @Test
    void unknownRuntimeIsRefusedWithThoseThereAre() {
        assertRefused(request -> request.runtime("cobol1"))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("Value cobol1 at 'runtime' failed to satisfy constraint: Member must satisfy "
                        + "enum value set: [nodejs18.x,")
                .hasMessageContaining("] or be a valid ARN");
    }

    @Test
    void runtimeThatIsGoneIsRefusedWithItsSuccessor() {
        assertRefused(request -> request.runtime("python2.7"))
                .hasMessageContaining("The runtime parameter of python2.7 is no longer supported for creating or "
                        + "updating AWS Lambda functions. We recommend you use python3.14 while creating or updating "
                        + "functions.");
    }

    @Test
    void everyViolationIsToldAtOnce() {
        assertRefused(request -> request.role("me").memorySize(64).timeout(901))
                .hasMessageContaining(
                        "3 validation errors detected: Value 'me' at 'role' failed to satisfy constraint: "
                                + "Member must satisfy regular expression pattern: "
                                + "arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+; "
                                + "Value '901' at 'timeout' failed to satisfy constraint: "
                                + "Member must have value less than or equal to 900; "
                                + "Value '64' at 'memorySize' failed to satisfy constraint: "
                                + "Member must have value greater than or equal to 128");
    }

    @Test
    void validationErrorHasNoTypeOnTheWire() {
        var response = STACK.send("POST", "/2015-03-31/functions", "{\"FunctionName\":\"f\",\"Code\":{}}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("x-amzn-ErrorType")).hasValue("ValidationException");
        assertThat(response.body())
                .isEqualTo("{\"message\":\"1 validation error detected: Value null at 'role' failed to satisfy "
                        + "constraint: Member must not be null\"}");
    }

    @Test
    void reservedVariablesAreRefused() {
        assertRefused(request -> request.environment(
                        environment -> environment.variables(Map.of("AWS_REGION", "x", "MINE", "y"))))
                .hasMessageContaining("Lambda was unable to configure your environment variables because the "
                        + "environment variables you have provided contains reserved keys that are currently not "
                        + "supported for modification. Reserved keys used in this request: AWS_REGION");
    }

    @Test
    void environmentHasAtMost4KB() {
        assertRefused(request ->
                        request.environment(environment -> environment.variables(Map.of("BIG", "x".repeat(4096)))))
                .hasMessageContaining("exceeded the 4KB limit. Measured size: 4106 bytes");
    }

    @Test
    void variablesMustHaveNames() {
        assertRefused(request -> request.environment(environment -> environment.variables(Map.of("1st", "x"))))
                .hasMessageContaining("1 validation error detected: Value at 'environment.variables' failed to satisfy "
                        + "constraint: Map keys must satisfy constraint: [Member must satisfy regular expression "
                        + "pattern: [a-zA-Z]([a-zA-Z0-9_])+]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"TenancyConfig\":{\"TenantIsolationMode\":\"PER_TENANT\"} | CreateFunction with TenancyConfig",
                "\"DurableConfig\":{\"ExecutionTimeout\":1} | CreateFunction with DurableConfig"
            })
    void whatRustStackDoesNotDoIsRefusedByName(String member, String named) {
        var zip = Base64.getEncoder().encodeToString(TestZip.of("a", "b"));

        var response = STACK.send(
                "POST",
                "/2015-03-31/functions",
                "{\"FunctionName\":\"refused\",\"Runtime\":\"python3.12\",\"Handler\":\"a.b\",\"Role\":\""
                        + LambdaStack.ROLE + "\",\"Code\":{\"ZipFile\":\"" + zip + "\"}," + member + "}");

        assertThat(response.statusCode()).isEqualTo(501);
        assertThat(response.headers().firstValue("x-amzn-ErrorType")).hasValue("NotImplemented");
        assertThat(response.body())
                .isEqualTo("{\"Type\":\"Service\",\"message\":\"" + named + " is not implemented yet.\"}");
    }

    @Test
    void whatAsksForNothingIsTaken() {
        var created = STACK.client()
                .createFunction(LambdaStack.function("harmless")
                        .publish(false)
                        .packageType(PackageType.ZIP)
                        .vpcConfig(vpc -> vpc.subnetIds(java.util.List.of()).securityGroupIds(java.util.List.of()))
                        .tracingConfig(tracing -> tracing.mode(TracingMode.PASS_THROUGH))
                        .snapStart(snapStart -> snapStart.applyOn(SnapStartApplyOn.NONE))
                        .loggingConfig(logging -> logging.logFormat("Text").logGroup("/aws/lambda/harmless"))
                        .layers(java.util.List.of())
                        .build());

        assertThat(created.functionName()).isEqualTo("harmless");
    }

    @Test
    void requestThatIsTooLongIsRefusedBeforeItIsSent() {
        var response = STACK.send("POST", "/2015-03-31/functions", "{\"FunctionName\":\"" + "x".repeat(70_200_000));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body())
                .isEqualTo("{\"Type\":\"User\",\"message\":\"Request must be smaller than 70167211 bytes for the "
                        + "CreateFunction operation\"}");
    }

    @Test
    void accountsAndRegionsHaveFunctionsOfTheirOwn() {
        STACK.create("mine");
        try (var other = STACK.client("111111111111", software.amazon.awssdk.regions.Region.EU_WEST_1)) {
            var created = other.createFunction(LambdaStack.function("mine").build());

            assertThat(created.functionArn()).isEqualTo("arn:aws:lambda:eu-west-1:111111111111:function:mine");
            assertThat(other.listFunctions().functions()).hasSize(1);
        }
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
            Consumer<CreateFunctionRequest.Builder> change) {
        var request = LambdaStack.function("refused");
        change.accept(request);
        return assertThatThrownBy(() -> STACK.client().createFunction(request.build()))
                .isInstanceOf(LambdaException.class);
    }

    /** Of one that has gone, the address may be unknown. */
    @Test
    void clientThatHasGoneIsNotTheEmulatorItself() {
        try (var stack = new LambdaStack()) {
            stack.functions().denyClients();
            var gone = InetSocketAddress.createUnresolved("unknown", 0);
            var body = RequestBody.of("{}".getBytes(StandardCharsets.UTF_8));

            var answer =
                    stack.handle(new Request("POST", "/2015-03-31/functions", "", Headers.empty(), body, gone, false));

            assertThat(answer.status()).isEqualTo(403);
        }
    }
}
