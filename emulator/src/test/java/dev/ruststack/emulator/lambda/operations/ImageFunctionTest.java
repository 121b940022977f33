package dev.ruststack.emulator.lambda.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.lambda.LambdaStack;
import dev.ruststack.emulator.lambda.TestZip;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.Runtime;

class ImageFunctionTest {
    private static final LambdaStack STACK = new LambdaStack();
    private static final String IMAGE = "000000000000.dkr.ecr.us-east-1.amazonaws.com/app:1";

    @AfterAll
    static void stop() {
        STACK.close();
    }

    private static String create(Consumer<CreateFunctionRequest.Builder> change) {
        var name = "f-" + UUID.randomUUID();
        var request = CreateFunctionRequest.builder()
                .functionName(name)
                .role(LambdaStack.ROLE)
                .packageType(PackageType.IMAGE)
                .code(code -> code.imageUri(IMAGE));
        change.accept(request);
        STACK.client().createFunction(request.build());
        return name;
    }

    @Test
    void anImageHasNoRuntimeAndNoHandler() {
        var name = create(request -> {});

        var function = STACK.client().getFunction(request -> request.functionName(name));

        var configuration = function.configuration();
        assertThat(configuration.packageType()).isEqualTo(PackageType.IMAGE);
        assertThat(configuration.runtime()).isNull();
        assertThat(configuration.handler()).isNull();
        assertThat(configuration.imageConfigResponse()).isNull();
        assertThat(configuration.codeSize()).isZero();
        assertThat(configuration.codeSha256()).matches("[0-9a-f]{64}");
        assertThat(function.code().repositoryType()).isEqualTo("ECR");
        assertThat(function.code().imageUri()).isEqualTo(IMAGE);
        assertThat(function.code().resolvedImageUri())
                .isEqualTo(IMAGE.replace(":1", "") + "@sha256:" + configuration.codeSha256());
        assertThat(function.code().location()).isNull();
    }

    @Test
    void imageConfigIsKeptAndCanBeChanged() {
        var name = create(request -> request.imageConfig(
                config -> config.entryPoint("/entry").command("app.handler").workingDirectory("/srv")));

        var config = STACK.client()
                .getFunctionConfiguration(request -> request.functionName(name))
                .imageConfigResponse()
                .imageConfig();
        assertThat(config.entryPoint()).containsExactly("/entry");
        assertThat(config.command()).containsExactly("app.handler");
        assertThat(config.workingDirectory()).isEqualTo("/srv");

        var changed = STACK.client()
                .updateFunctionConfiguration(
                        request -> request.functionName(name).imageConfig(image -> image.command("app.other")))
                .imageConfigResponse()
                .imageConfig();
        assertThat(changed.command()).containsExactly("app.other");
        assertThat(changed.entryPoint()).isEmpty();
    }

    @Test
    void anotherImageKeepsHowItIsStarted() {
        var digest = "0123456789abcdef".repeat(4);
        var name = create(request -> request.imageConfig(config -> config.command("app.handler")));

        var updated = STACK.client()
                .updateFunctionCode(
                        request -> request.functionName(name).imageUri("registry.example/app@sha256:" + digest));

        assertThat(updated.codeSha256()).isEqualTo(digest);
        assertThat(updated.imageConfigResponse().imageConfig().command()).containsExactly("app.handler");
    }

    @Test
    void imagesAndPackagesDoNotMix() {
        var zip = SdkBytes.fromByteArray(TestZip.of("a", "b"));
        assertInvalid(() -> create(request -> request.runtime(Runtime.PYTHON3_12)), "Handler or Runtime");
        assertInvalid(() -> create(request -> request.code(code -> code.zipFile(zip))), "Please provide ImageUri");
        assertInvalid(() -> create(request -> request.packageType(PackageType.ZIP)), "do not provide ImageUri");
        var image = create(request -> {});
        assertInvalid(
                () -> STACK.client()
                        .updateFunctionCode(
                                request -> request.functionName(image).zipFile(zip)),
                "Please provide ImageUri");
        var packaged = "f-" + UUID.randomUUID();
        STACK.create(packaged);
        assertInvalid(
                () -> STACK.client()
                        .updateFunctionCode(
                                request -> request.functionName(packaged).imageUri(IMAGE)),
                "Please don't provide ImageUri");
    }

    private static void assertInvalid(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining(message);
    }
}
