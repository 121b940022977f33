package dev.ruststack.emulator.lambda.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.lambda.LambdaStack;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.lambda.waiters.LambdaWaiter;

/** The waiters of the SDK, each begun before what it waits for. */
class WaitersTest {
    @AutoClose
    private final LambdaStack stack = new LambdaStack();

    @AutoClose
    private final LambdaWaiter waiter = LambdaWaiter.builder()
            .client(stack.client())
            .overrideConfiguration(configuration -> configuration
                    .maxAttempts(1000)
                    .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(20))))
            .build();

    /** Has something happen while a waiter waits for it. */
    private static <T> T meanwhile(Callable<T> waiting, Runnable happening) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waited = threads.submit(waiting);
            happening.run();
            return waited.get();
        }
    }

    @Test
    void functionExistsOnceItIsCreated() throws Exception {
        var found = meanwhile(
                () -> waiter.waitUntilFunctionExists(get -> get.functionName("soon")), () -> stack.create("soon"));

        assertThat(found.matched().response())
                .hasValueSatisfying(answer ->
                        assertThat(answer.configuration().functionName()).isEqualTo("soon"));
    }

    @Test
    void functionIsActiveOnceItHasSettled() throws Exception {
        stack.holdChanges();
        stack.create("pending");
        assertThat(stack.client()
                        .getFunctionConfiguration(get -> get.functionName("pending"))
                        .state())
                .isEqualTo(State.PENDING);

        var active = meanwhile(
                () -> {
                    waiter.waitUntilFunctionActive(get -> get.functionName("pending"));
                    return waiter.waitUntilFunctionActiveV2(get -> get.functionName("pending"));
                },
                stack::settle);

        assertThat(active.matched().response())
                .hasValueSatisfying(
                        answer -> assertThat(answer.configuration().state()).isEqualTo(State.ACTIVE));
    }

    @Test
    void functionIsUpdatedOnceItHasSettled() throws Exception {
        stack.create("updating");
        stack.holdChanges();
        stack.client()
                .updateFunctionConfiguration(
                        update -> update.functionName("updating").timeout(9));

        var updated = meanwhile(
                () -> {
                    waiter.waitUntilFunctionUpdated(get -> get.functionName("updating"));
                    return waiter.waitUntilFunctionUpdatedV2(get -> get.functionName("updating"));
                },
                stack::settle);

        assertThat(updated.matched().response())
                .hasValueSatisfying(answer ->
                        assertThat(answer.configuration().lastUpdateStatus()).isEqualTo(LastUpdateStatus.SUCCESSFUL));
    }

    @Test
    void permissionThatIsAddedWhileAFunctionSettlesDoesNotStopIt() throws Exception {
        stack.create("both");
        stack.holdChanges();
        stack.client()
                .updateFunctionConfiguration(
                        update -> update.functionName("both").timeout(9));
        stack.client()
                .addPermission(add -> add.functionName("both")
                        .statementId("s3")
                        .action("lambda:InvokeFunction")
                        .principal("s3.amazonaws.com"));

        var updated =
                meanwhile(() -> waiter.waitUntilFunctionUpdatedV2(get -> get.functionName("both")), stack::settle);

        assertThat(updated.matched().response()).isPresent();
    }

    @Test
    void publishedVersionIsActiveAtOnce() {
        stack.create("published");
        stack.client().publishVersion(publish -> publish.functionName("published"));

        var active = waiter.waitUntilPublishedVersionActive(
                get -> get.functionName("published").qualifier("1"));

        assertThat(active.matched().response())
                .hasValueSatisfying(answer -> assertThat(answer.version()).isEqualTo("1"));
    }
}
