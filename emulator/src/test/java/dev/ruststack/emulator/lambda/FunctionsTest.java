package dev.ruststack.emulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.lambda.FunctionConfiguration.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of the store no single operation shows. */
class FunctionsTest {
    private static final FunctionName ORDERS = new FunctionName("000000000000", "us-east-1", "orders", null);
    private static final FunctionSettings SETTINGS =
            new FunctionSettings("python3.12", "app.handler", "r", null, null, null, null, null, null);

    private final TestClock clock = new TestClock(Instant.parse("2026-11-23T10:00:00Z"));
    private final ScriptedInvoker invoker = new ScriptedInvoker();

    @TempDir
    Path root;

    private CodeArchives archives;
    private Functions functions;

    @BeforeEach
    void open() throws IOException {
        archives = new CodeArchives(root, clock);
        functions = new Functions(archives, invoker, clock, Runnable::run);
    }

    @AfterEach
    void close() {
        archives.close();
    }

    @Test
    void packageOfADeletedFunctionGoesOnceNoInvocationCanNeedIt() throws IOException {
        functions.create(ORDERS, SETTINGS, code("one"), Map.of());
        functions.delete(ORDERS);
        assertThat(packages()).isEqualTo(1);

        clock.advance(Duration.ofMinutes(10));
        functions.create(ORDERS, SETTINGS, code("two"), Map.of());

        assertThat(packages()).isEqualTo(1);
    }

    @Test
    void updateWithTheSamePackageLeavesNothingBehind() throws IOException {
        functions.create(ORDERS, SETTINGS, code("same"), Map.of());
        functions.update(ORDERS, null, code("same"), SETTINGS);
        functions.delete(ORDERS);

        clock.advance(Duration.ofMinutes(10));
        archives.release(code("other"), Duration.ZERO);

        assertThat(packages()).isZero();
    }

    @Test
    void twoFunctionsShareAPackage() throws IOException {
        var other = new FunctionName("000000000000", "us-east-1", "other", null);
        functions.create(ORDERS, SETTINGS, code("same"), Map.of());
        functions.create(other, SETTINGS, code("same"), Map.of());
        functions.delete(other);

        clock.advance(Duration.ofMinutes(10));
        archives.release(code("third"), Duration.ZERO);

        var directory = functions.require(ORDERS).configuration().code().directory();
        assertThat(directory.resolve("app.py")).hasContent("same");
    }

    @Test
    void clearRemovesEveryFunctionAndEndsItsEnvironments() throws IOException {
        functions.create(ORDERS, SETTINGS, code("one"), Map.of());

        functions.clear();

        assertThat(functions.list("000000000000", "us-east-1")).isEmpty();
        assertThat(invoker.retired()).containsExactly(ORDERS.arn());
    }

    @Test
    void ofManyUpdatesAtATimeNoneIsLost() throws Exception {
        functions.create(ORDERS, SETTINGS, code("one"), Map.of());

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tagging = IntStream.range(0, 50)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> functions.change(ORDERS, function -> {
                        var more = new java.util.HashMap<>(function.tags());
                        more.put("key" + i, "value");
                        return function.withTags(more);
                    })))
                    .toList();
            for (var each : tagging) {
                each.get();
            }
        }

        assertThat(functions.require(ORDERS).tags()).hasSize(50);
    }

    private Code code(String text) throws IOException {
        return archives.add(new ByteArrayInputStream(TestZip.of("app.py", text)));
    }

    private long packages() throws IOException {
        try (var list = Files.list(root)) {
            return list.count();
        }
    }

    @Test
    void whereClientsAreDeniedOnlyTheEmulatorMakesFunctions() {
        functions.requireMayCreate(false);
        functions.denyClients();

        functions.requireMayCreate(true);
        assertThatThrownBy(() -> functions.requireMayCreate(false)).hasMessageContaining("runtimeFunctions: Deny");
    }
}
