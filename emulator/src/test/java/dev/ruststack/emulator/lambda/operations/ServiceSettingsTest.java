package dev.ruststack.emulator.lambda.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.lambda.LambdaStack;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.ApplicationLogLevel;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.LogFormat;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.lambda.model.SnapStartApplyOn;
import software.amazon.awssdk.services.lambda.model.SnapStartOptimizationStatus;
import software.amazon.awssdk.services.lambda.model.SystemLogLevel;
import software.amazon.awssdk.services.lambda.model.TracingMode;

/** What ties a function to other services: taken, kept and given back. */
class ServiceSettingsTest {
    private static final String KEY = "arn:aws:kms:us-east-1:000000000000:key/0a1b2c3d";
    private static final String ACCESS_POINT =
            "arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/fsap-0123456789abcdef0";

    @AutoClose
    private static final LambdaStack STACK = new LambdaStack();

    private static LambdaClient lambda() {
        return STACK.client();
    }

    private static GetFunctionConfigurationResponse create(
            String name, Consumer<CreateFunctionRequest.Builder> settings) {
        var request = LambdaStack.function(name);
        settings.accept(request);
        lambda().createFunction(request.build());
        return get(name);
    }

    private static GetFunctionConfigurationResponse get(String name) {
        return lambda().getFunctionConfiguration(get -> get.functionName(name));
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
            Consumer<CreateFunctionRequest.Builder> settings) {
        return assertThatThrownBy(() -> create("refused", settings)).isInstanceOf(LambdaException.class);
    }

    @Test
    void functionThatIsToldNothingHasAwssDefaults() {
        var function = create("defaults", request -> {});

        assertThat(function.loggingConfig().logFormat()).isEqualTo(LogFormat.TEXT);
        assertThat(function.loggingConfig().logGroup()).isEqualTo("/aws/lambda/defaults");
        assertThat(function.loggingConfig().applicationLogLevel()).isNull();
        assertThat(function.tracingConfig().mode()).isEqualTo(TracingMode.PASS_THROUGH);
        assertThat(function.snapStart().applyOn()).isEqualTo(SnapStartApplyOn.NONE);
        assertThat(function.snapStart().optimizationStatus()).isEqualTo(SnapStartOptimizationStatus.OFF);
        assertThat(function.vpcConfig()).isNull();
        assertThat(function.deadLetterConfig()).isNull();
        assertThat(function.kmsKeyArn()).isNull();
        assertThat(function.hasFileSystemConfigs()).isFalse();
        assertThat(function.runtimeVersionConfig().runtimeVersionArn())
                .matches("arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}");
    }

    @Test
    void jsonLogsHaveLevels() {
        var function = create(
                "json",
                request -> request.loggingConfig(
                        logging -> logging.logFormat(LogFormat.JSON).logGroup("/shared/group")));

        assertThat(function.loggingConfig().applicationLogLevel()).isEqualTo(ApplicationLogLevel.INFO);
        assertThat(function.loggingConfig().systemLogLevel()).isEqualTo(SystemLogLevel.INFO);
        assertThat(function.loggingConfig().logGroup()).isEqualTo("/shared/group");
    }

    @Test
    void changeOfTheLogKeepsWhatItLeavesOut() {
        create("logs", request -> request.loggingConfig(logging -> logging.logGroup("/shared/group")));

        lambda().updateFunctionConfiguration(update -> update.functionName("logs")
                .loggingConfig(
                        logging -> logging.logFormat(LogFormat.JSON).applicationLogLevel(ApplicationLogLevel.DEBUG)));

        var logging = get("logs").loggingConfig();
        assertThat(logging.logGroup()).isEqualTo("/shared/group");
        assertThat(logging.applicationLogLevel()).isEqualTo(ApplicationLogLevel.DEBUG);
        assertThat(logging.systemLogLevel()).isEqualTo(SystemLogLevel.INFO);
    }

    @Test
    void networkIsKeptAndCanBeLeft() {
        var attached = create(
                        "net",
                        request -> request.vpcConfig(
                                vpc -> vpc.subnetIds("subnet-1", "subnet-2").securityGroupIds("sg-1")))
                .vpcConfig();

        assertThat(attached.subnetIds()).containsExactly("subnet-1", "subnet-2");
        assertThat(attached.securityGroupIds()).containsExactly("sg-1");
        assertThat(attached.ipv6AllowedForDualStack()).isFalse();
        assertThat(attached.vpcId()).matches("vpc-[0-9a-f]{17}");

        lambda().updateFunctionConfiguration(update -> update.functionName("net")
                .vpcConfig(vpc -> vpc.subnetIds(List.of()).securityGroupIds(List.of())));
        var left = get("net").vpcConfig();
        assertThat(left.subnetIds()).isEmpty();
        assertThat(left.vpcId()).isEmpty();
    }

    @Test
    void subnetsAndSecurityGroupsComeTogether() {
        assertRefused(request -> request.vpcConfig(vpc -> vpc.subnetIds("subnet-1")))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("SubnetIds and SecurityIds must coexist or be both empty list.");
    }

    @Test
    void keyTracingAndFileSystemAreKeptAndTakenBack() {
        var function = create(
                "kept",
                request -> request.kmsKeyArn(KEY)
                        .tracingConfig(tracing -> tracing.mode(TracingMode.ACTIVE))
                        .fileSystemConfigs(files -> files.arn(ACCESS_POINT).localMountPath("/mnt/data")));

        assertThat(function.kmsKeyArn()).isEqualTo(KEY);
        assertThat(function.tracingConfig().mode()).isEqualTo(TracingMode.ACTIVE);
        assertThat(function.fileSystemConfigs()).singleElement().satisfies(files -> {
            assertThat(files.arn()).isEqualTo(ACCESS_POINT);
            assertThat(files.localMountPath()).isEqualTo("/mnt/data");
        });

        lambda().updateFunctionConfiguration(
                        update -> update.functionName("kept").kmsKeyArn("").fileSystemConfigs(List.of()));
        assertThat(get("kept").kmsKeyArn()).isNull();
        assertThat(get("kept").hasFileSystemConfigs()).isFalse();
        assertThat(get("kept").tracingConfig().mode()).isEqualTo(TracingMode.ACTIVE);
    }

    @Test
    void snapshotsAreOfVersions() {
        var latest = create("snap", request -> request.snapStart(snap -> snap.applyOn("PublishedVersions")))
                .snapStart();
        var version =
                lambda().publishVersion(publish -> publish.functionName("snap")).snapStart();

        assertThat(latest.applyOn()).isEqualTo(SnapStartApplyOn.PUBLISHED_VERSIONS);
        assertThat(latest.optimizationStatus()).isEqualTo(SnapStartOptimizationStatus.OFF);
        assertThat(version.optimizationStatus()).isEqualTo(SnapStartOptimizationStatus.ON);
        assertRefused(request ->
                        request.runtime(Runtime.NODEJS20_X).snapStart(snap -> snap.applyOn("PublishedVersions")))
                .hasMessageContaining("nodejs20.x is not supported for SnapStart enabled functions.");
    }

    @Test
    void deadLettersGoWhereThereIsSomething() {
        var bucket = "arn:aws:s3:::failed-events";
        var function = create("dead", request -> request.deadLetterConfig(dead -> dead.targetArn(bucket)));
        assertThat(function.deadLetterConfig().targetArn()).isEqualTo(bucket);

        lambda().updateFunctionConfiguration(
                        update -> update.functionName("dead").deadLetterConfig(dead -> dead.targetArn("")));
        assertThat(get("dead").deadLetterConfig()).isNull();

        assertRefused(request ->
                        request.deadLetterConfig(dead -> dead.targetArn("arn:aws:sqs:us-east-1:000000000000:queue")))
                .hasMessageContaining("A destination of the service sqs "
                        + "(arn:aws:sqs:us-east-1:000000000000:queue) is not implemented yet");
    }

    @Test
    void membersAreCheckedTogether() {
        assertRefused(request -> request.kmsKeyArn("key")
                        .tracingConfig(tracing -> tracing.mode("Always"))
                        .snapStart(snap -> snap.applyOn("All"))
                        .loggingConfig(logging -> logging.logFormat("XML").logGroup("no spaces")))
                .hasMessageContaining("5 validation errors detected: Value 'key' at 'kMSKeyArn' failed to satisfy "
                        + "constraint: Member must satisfy regular expression pattern: "
                        + "(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()")
                .hasMessageContaining("Value 'Always' at 'tracingConfig.mode' failed to satisfy constraint: "
                        + "Member must satisfy enum value set: [Active, PassThrough]")
                .hasMessageContaining("'loggingConfig.logGroup'");
    }
}
