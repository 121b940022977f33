package dev.ruststack.emulator.lambda.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.lambda.LambdaStack;
import dev.ruststack.emulator.lambda.TestZip;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.CodeSigningConfigNotFoundException;
import software.amazon.awssdk.services.lambda.model.CodeSigningPolicy;
import software.amazon.awssdk.services.lambda.model.CodeVerificationFailedException;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

class CodeSigningConfigTest {
    private static final String PROFILE = "arn:aws:signer:us-east-1:000000000000:/signing-profiles/p/abcdefghij";
    private static final String NOWHERE =
            "arn:aws:lambda:us-east-1:000000000000:code-signing-config:csc-00000000000000000";
    private static final SdkBytes OTHER = SdkBytes.fromByteArray(TestZip.of("app.py", "x = 1"));

    @AutoClose
    private static final LambdaStack STACK = new LambdaStack();

    private final String function = "f-" + UUID.randomUUID();

    private static String config(CodeSigningPolicy policy) {
        return STACK.client()
                .createCodeSigningConfig(
                        create -> create.allowedPublishers(publishers -> publishers.signingProfileVersionArns(PROFILE))
                                .codeSigningPolicies(policies -> policies.untrustedArtifactOnDeployment(policy)))
                .codeSigningConfig()
                .codeSigningConfigArn();
    }

    @Test
    void codeThatIsNotSignedPassesWithAWarning() {
        var arn = config(CodeSigningPolicy.WARN);

        STACK.client()
                .createFunction(
                        LambdaStack.function(function).codeSigningConfigArn(arn).build());
        STACK.client()
                .updateFunctionCode(update -> update.functionName(function).zipFile(OTHER));

        assertThat(STACK.client()
                        .getFunctionCodeSigningConfig(get -> get.functionName(function))
                        .codeSigningConfigArn())
                .isEqualTo(arn);
        assertThat(STACK.client()
                        .listFunctionsByCodeSigningConfig(list -> list.codeSigningConfigArn(arn))
                        .functionArns())
                .containsExactly("arn:aws:lambda:us-east-1:000000000000:function:" + function);
    }

    @Test
    void codeThatIsNotSignedIsRefusedWhereThatIsEnforced() {
        var arn = config(CodeSigningPolicy.ENFORCE);

        assertThatThrownBy(() -> STACK.client()
                        .createFunction(LambdaStack.function(function)
                                .codeSigningConfigArn(arn)
                                .build()))
                .isInstanceOf(CodeVerificationFailedException.class)
                .hasMessageContaining("Check the provided signature for " + function + ".");
        STACK.create(function);
        STACK.client()
                .putFunctionCodeSigningConfig(put -> put.functionName(function).codeSigningConfigArn(arn));
        assertThatThrownBy(() -> STACK.client()
                        .updateFunctionCode(
                                update -> update.functionName(function).zipFile(OTHER)))
                .isInstanceOf(CodeVerificationFailedException.class);
        STACK.client()
                .updateCodeSigningConfig(update -> update.codeSigningConfigArn(arn)
                        .codeSigningPolicies(
                                policies -> policies.untrustedArtifactOnDeployment(CodeSigningPolicy.WARN)));
        STACK.client()
                .updateFunctionCode(update -> update.functionName(function).zipFile(OTHER));
    }

    @Test
    void oneThatAFunctionHasStays() {
        STACK.create(function);
        var arn = config(CodeSigningPolicy.WARN);
        STACK.client()
                .putFunctionCodeSigningConfig(put -> put.functionName(function).codeSigningConfigArn(arn));

        assertThatThrownBy(() -> STACK.client().deleteCodeSigningConfig(delete -> delete.codeSigningConfigArn(arn)))
                .isInstanceOf(ResourceConflictException.class);

        STACK.client().deleteFunction(delete -> delete.functionName(function));
        STACK.client().deleteCodeSigningConfig(delete -> delete.codeSigningConfigArn(arn));
        assertThat(STACK.client().listCodeSigningConfigs(list -> {}).codeSigningConfigs())
                .noneMatch(config -> config.codeSigningConfigArn().equals(arn));
    }

    @Test
    void listsHavePages() {
        config(CodeSigningPolicy.WARN);
        config(CodeSigningPolicy.WARN);

        var pages = STACK.client().listCodeSigningConfigsPaginator(list -> list.maxItems(1)).stream()
                .toList();

        assertThat(pages)
                .hasSizeGreaterThan(1)
                .allSatisfy(page -> assertThat(page.codeSigningConfigs()).hasSize(1));
    }

    @Test
    void oneThatIsNotThereIsNamed() {
        STACK.create(function);

        assertThatThrownBy(() -> STACK.client()
                        .putFunctionCodeSigningConfig(
                                put -> put.functionName(function).codeSigningConfigArn(NOWHERE)))
                .isInstanceOf(CodeSigningConfigNotFoundException.class)
                .hasMessageContaining(NOWHERE);
        assertThatThrownBy(() -> STACK.client().getCodeSigningConfig(get -> get.codeSigningConfigArn(NOWHERE)))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> STACK.client().createCodeSigningConfig(create -> {}))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("'allowedPublishers'");
    }
}
