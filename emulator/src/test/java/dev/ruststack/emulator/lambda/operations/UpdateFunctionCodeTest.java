package dev.ruststack.emulator.lambda.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.lambda.LambdaStack;
import dev.ruststack.emulator.lambda.TestZip;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.Architecture;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;

class UpdateFunctionCodeTest {
    @AutoClose
    private static final LambdaStack STACK = new LambdaStack();

    @Test
    void functionRunsTheNewCode() {
        STACK.create("new-code");
        var before = STACK.client().getFunctionConfiguration(get -> get.functionName("new-code"));

        var answer = STACK.client()
                .updateFunctionCode(update -> update.functionName("new-code").zipFile(zip("version two")));
        STACK.client().invoke(invoke -> invoke.functionName("new-code"));

        assertThat(answer.codeSha256()).isNotEqualTo(before.codeSha256());
        assertThat(answer.lastUpdateStatusAsString()).isEqualTo("InProgress");
        var run = STACK.invoker().lastAsked().function();
        assertThat(run.code().directory().resolve("app.py")).hasContent("version two");
        assertThat(STACK.invoker().retired()).contains(run.arn() + ":$LATEST");
    }

    @Test
    void oldCodeStaysForInvocationsThatRun() {
        STACK.create("old-code");
        STACK.client().invoke(invoke -> invoke.functionName("old-code"));
        var old = STACK.invoker().lastAsked().function().code();

        STACK.client()
                .updateFunctionCode(update -> update.functionName("old-code").zipFile(zip("other")));

        assertThat(old.directory().resolve("app.py")).exists();
    }

    @Test
    void sameCodeAgainIsAnUpdateAllTheSame() {
        STACK.create("same");
        var before = STACK.client().getFunctionConfiguration(get -> get.functionName("same"));
        var zip = LambdaStack.function("same").build().code().zipFile();

        var answer = STACK.client()
                .updateFunctionCode(update -> update.functionName("same").zipFile(zip));

        assertThat(answer.codeSha256()).isEqualTo(before.codeSha256());
        assertThat(answer.revisionId()).isNotEqualTo(before.revisionId());
    }

    @Test
    void dryRunChangesNothingAndTellsWhatWouldBe() {
        STACK.create("dry");
        var before = STACK.client().getFunctionConfiguration(get -> get.functionName("dry"));

        var answer = STACK.client()
                .updateFunctionCode(
                        update -> update.functionName("dry").zipFile(zip("dry")).dryRun(true));

        assertThat(answer.codeSha256()).isNotEqualTo(before.codeSha256());
        var after = STACK.client().getFunctionConfiguration(get -> get.functionName("dry"));
        assertThat(after.codeSha256()).isEqualTo(before.codeSha256());
        assertThat(after.revisionId()).isEqualTo(before.revisionId());
    }

    @Test
    void architectureChangesWithTheCode() {
        STACK.create("arm");

        var answer = STACK.client()
                .updateFunctionCode(
                        update -> update.functionName("arm").zipFile(zip("x")).architectures(Architecture.ARM64));

        assertThat(answer.architectures()).containsExactly(Architecture.ARM64);
    }

    @Test
    void codeFromS3() {
        STACK.create("s3");
        STACK.object("packages", "two.zip", TestZip.of("app.py", "two"));

        var answer = STACK.client()
                .updateFunctionCode(
                        update -> update.functionName("s3").s3Bucket("packages").s3Key("two.zip"));

        assertThat(answer.codeSize()).isEqualTo(TestZip.of("app.py", "two").length);
    }

    @Test
    void brokenCodeLeavesTheFunctionAsItWas() {
        STACK.create("broken");
        var before = STACK.client().getFunctionConfiguration(get -> get.functionName("broken"));

        assertThatThrownBy(() -> STACK.client()
                        .updateFunctionCode(
                                update -> update.functionName("broken").zipFile(SdkBytes.fromUtf8String("broken"))))
                .isInstanceOf(InvalidParameterValueException.class);

        var after = STACK.client().getFunctionConfiguration(get -> get.functionName("broken"));
        assertThat(after.codeSha256()).isEqualTo(before.codeSha256());
        assertThat(after.revisionId()).isEqualTo(before.revisionId());
    }

    private static SdkBytes zip(String text) {
        return SdkBytes.fromByteArray(TestZip.of("app.py", text));
    }
}
