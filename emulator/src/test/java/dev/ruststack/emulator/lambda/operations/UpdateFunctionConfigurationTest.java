package dev.ruststack.emulator.lambda.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.lambda.LambdaStack;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.PreconditionFailedException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

class UpdateFunctionConfigurationTest {
    @AutoClose
    private static final LambdaStack STACK = new LambdaStack();

    @Test
    void changesWhatIsSaidAndKeepsTheRest() {
        STACK.client()
                .createFunction(LambdaStack.function("partly")
                        .memorySize(256)
                        .environment(environment -> environment.variables(Map.of("AA", "1", "BB", "2")))
                        .build());

        STACK.client()
                .updateFunctionConfiguration(update -> update.functionName("partly")
                        .timeout(20)
                        .environment(environment -> environment.variables(Map.of("CC", "3"))));

        var function = STACK.client().getFunctionConfiguration(get -> get.functionName("partly"));
        assertThat(function.timeout()).isEqualTo(20);
        assertThat(function.memorySize()).isEqualTo(256);
        assertThat(function.environment().variables()).isEqualTo(Map.of("CC", "3"));
    }

    @Test
    void isInProgressAndThenSuccessfulEachWithANewRevision() {
        STACK.create("progress");
        var before = STACK.client().getFunctionConfiguration(get -> get.functionName("progress"));

        var answer = STACK.client()
                .updateFunctionConfiguration(
                        update -> update.functionName("progress").description("new"));

        assertThat(answer.stateAsString()).isEqualTo("Active");
        assertThat(answer.lastUpdateStatusAsString()).isEqualTo("InProgress");
        assertThat(answer.lastUpdateStatusReason()).isEqualTo("The function is being created.");
        assertThat(answer.lastUpdateStatusReasonCodeAsString()).isEqualTo("Creating");
        assertThat(answer.revisionId()).isNotEqualTo(before.revisionId());
        var after = STACK.client()
                .waiter()
                .waitUntilFunctionUpdatedV2(get -> get.functionName("progress"))
                .matched()
                .response()
                .orElseThrow()
                .configuration();
        assertThat(after.revisionId()).isNotIn(answer.revisionId(), before.revisionId());
        assertThat(after.lastUpdateStatusReason()).isNull();
    }

    @Test
    void endsTheEnvironmentsOfTheOldConfiguration() {
        STACK.create("retired");

        STACK.client()
                .updateFunctionConfiguration(
                        update -> update.functionName("retired").timeout(9));

        assertThat(STACK.invoker().retired())
                .contains("arn:aws:lambda:us-east-1:000000000000:function:retired:$LATEST");
    }

    @Test
    void whileOneUpdateRunsAnotherIsAConflict() {
        STACK.create("busy");
        STACK.holdChanges();
        try {
            STACK.client()
                    .updateFunctionConfiguration(
                            update -> update.functionName("busy").timeout(9));

            assertThatThrownBy(() -> STACK.client()
                            .updateFunctionConfiguration(
                                    update -> update.functionName("busy").timeout(10)))
                    .isInstanceOf(ResourceConflictException.class)
                    .hasMessageContaining("The operation cannot be performed at this time. An update is in progress "
                            + "for resource: arn:aws:lambda:us-east-1:000000000000:function:busy");
        } finally {
            STACK.settle();
        }
    }

    @Test
    void revisionThatIsNotTheLatestIsRefused() {
        STACK.create("revision");

        assertThatThrownBy(() -> STACK.client()
                        .updateFunctionConfiguration(
                                update -> update.functionName("revision").revisionId("not-this-one")))
                .isInstanceOf(PreconditionFailedException.class);
    }

    @Test
    void latestRevisionIsTaken() {
        STACK.create("latest");
        var revision = STACK.client()
                .getFunctionConfiguration(get -> get.functionName("latest"))
                .revisionId();

        var answer = STACK.client()
                .updateFunctionConfiguration(update ->
                        update.functionName("latest").revisionId(revision).timeout(4));

        assertThat(answer.timeout()).isEqualTo(4);
    }

    @Test
    void requestHasAtMost5120Bytes() {
        STACK.create("long");

        assertThatThrownBy(() -> STACK.client()
                        .updateFunctionConfiguration(update -> update.functionName("long")
                                .environment(environment -> environment.variables(Map.of("BIG", "x".repeat(5100))))))
                .isInstanceOfSatisfying(LambdaException.class, e -> {
                    assertThat(e.statusCode()).isEqualTo(413);
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("RequestEntityTooLargeException");
                    assertThat(e.awsErrorDetails().errorMessage())
                            .isEqualTo("Request must be smaller than 5120 bytes for the UpdateFunctionConfiguration "
                                    + "operation");
                });
    }

    @Test
    void functionThatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> STACK.client()
                        .updateFunctionConfiguration(
                                update -> update.functionName("missing").timeout(4)))
                .isInstanceOf(ResourceNotFoundException.class);
    }
}
