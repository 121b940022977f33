package dev.ruststack.emulator.lambda;

import static dev.ruststack.emulator.lambda.LambdaRig.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Many invocations leave nothing behind, and many at once start no more than there may be. How many: the property {@code
 * invocations}, 2,000 where it is not set.
 */
class ManyInvocationsTest {
    private static final int INVOCATIONS = Integer.getInteger("invocations", 2_000);

    @TempDir
    Path directory;

    /** What could leak. Threads are those of the platform; bytes are those of the heap that are in use. */
    private record Held(long processes, long threads, long descriptors, long bytes) {
        static Held now() throws IOException {
            System.gc();
            try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
                return new Held(
                        ProcessHandle.current().descendants().count(),
                        ManagementFactory.getThreadMXBean().getThreadCount(),
                        descriptors.count(),
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            }
        }
    }

    @Test
    void warmInvocationsLeaveNothingBehind() throws Exception {
        try (var stack = new FunctionStack(directory)) {
            var client = stack.client();
            var python = stack.python("def handler(event, context): return event");
            var node = stack.node("exports.handler = async (event) => event;");
            Callable<Void> both = () -> {
                for (var function : new String[] {python, node}) {
                    var answer = client.invoke(
                            request -> request.functionName(function).payload(SdkBytes.fromUtf8String("{\"a\":1}")));
                    assertThat(answer.payload().asUtf8String().replace(" ", "")).isEqualTo("{\"a\":1}");
                }
                return null;
            };
            for (int i = 0; i < 300; i++) {
                both.call();
            }
            var before = Held.now();

            for (int i = 0; i < INVOCATIONS / 2; i++) {
                both.call();
            }

            // On a busy machine one more may start before a process that has answered asks for the next event.
            int more = stack.invoker().environments() - 2;
            assertThat(more).isBetween(0, 2);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                var after = Held.now();
                assertThat(after.processes()).isLessThanOrEqualTo(before.processes() + more);
                assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 4);
                assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + 4);
                assertThat(after.bytes()).isLessThan(before.bytes() + 16 * 1024 * 1024);
            });
        }
    }

    @Test
    void aBurstOfColdCallsStartsNoMoreThanThereMayBeAndLosesNone() throws Exception {
        int most = 4;
        try (var rig = LambdaRig.in(
                        directory,
                        settings -> settings.withEnvironments(most, Duration.ofMinutes(1), Duration.ofMinutes(1)));
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var function = rig.python("def handler(event, context): return event");
            var calls = new ArrayList<Future<Outcome>>();
            IntStream.range(0, 100)
                    .forEach(i -> calls.add(callers.submit(() -> rig.invoke(function, Integer.toString(i)))));

            for (int i = 0; i < calls.size(); i++) {
                assertThat(text(calls.get(i).get().payload())).isEqualTo(Integer.toString(i));
            }

            assertThat(rig.log(function).stream().filter(line -> line.startsWith("INIT_START")))
                    .hasSizeLessThanOrEqualTo(most);
            assertThat(rig.invoker.environments()).isLessThanOrEqualTo(most);
        }
    }
}
