package dev.ruststack.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ThrottleReason;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** Reserved concurrency, where functions really run. */
class ConcurrencyTest {
    /** Tells that it runs by a file, and ends when it is told by another. */
    private static final String SLOW = """
            import os, time, uuid
            def handler(event, context):
                open(os.path.join(event["folder"], "ran-" + str(uuid.uuid4())), "w").close()
                while not os.path.exists(os.path.join(event["folder"], "go")): time.sleep(0.01)
                return event["n"]
            """;

    @TempDir
    Path data;

    @TempDir
    Path folder;

    private SdkBytes event(int n) {
        return SdkBytes.fromUtf8String("{\"folder\": \"" + folder + "\", \"n\": " + n + "}");
    }

    private long ran() {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("ran-"))
                    .count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void ofFiftyInvocationsAtATimeTenRunWhereTenAreReserved() throws Exception {
        try (var stack = FunctionStack.start(data, Map.of("RUSTSTACK_MAX_RUNNERS", "20"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            stack.python("slow", SLOW);
            stack.lambda.putFunctionConcurrency(put -> put.functionName("slow").reservedConcurrentExecutions(10));

            var answers = new ArrayList<Future<InvokeResponse>>();
            for (int i = 0; i < 50; i++) {
                int n = i;
                answers.add(threads.submit(() -> stack.lambda.invoke(
                        invoke -> invoke.functionName("slow").payload(event(n)))));
            }
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> ran() == 10
                            && answers.stream().filter(Future::isDone).count() == 40);
            Files.createFile(folder.resolve("go"));

            int throttled = 0;
            for (int n = 0; n < 50; n++) {
                var answer = answers.get(n);
                try {
                    assertThat(answer.get().payload().asUtf8String()).isEqualTo(Integer.toString(n));
                } catch (java.util.concurrent.ExecutionException e) {
                    var error = (TooManyRequestsException) e.getCause();
                    assertThat(error.statusCode()).isEqualTo(429);
                    assertThat(error.reason())
                            .isEqualTo(ThrottleReason.RESERVED_FUNCTION_CONCURRENT_INVOCATION_LIMIT_EXCEEDED);
                    assertThat(error.awsErrorDetails().errorMessage()).isEqualTo("Rate Exceeded.");
                    throttled++;
                }
            }
            assertThat(throttled).isEqualTo(40);
            assertThat(ran()).isEqualTo(10);
        }
    }

    @Test
    void eventsThatAreThrottledRunLater() throws Exception {
        try (var stack = FunctionStack.start(data, Map.of())) {
            stack.python("slow", SLOW);
            stack.lambda.putFunctionConcurrency(put -> put.functionName("slow").reservedConcurrentExecutions(1));

            for (int i = 0; i < 3; i++) {
                int n = i;
                stack.lambda.invoke(invoke -> invoke.functionName("slow")
                        .invocationType(InvocationType.EVENT)
                        .payload(event(n)));
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> ran() == 1);
            Files.createFile(folder.resolve("go"));

            await().atMost(Duration.ofMinutes(1)).until(() -> ran() == 3);
        }
    }
}
