package dev.ruststack.emulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ruststack.emulator.lambda.LambdaRig.Function;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code minRunners} promises: so many environments stand, whatever happens to them. */
class KeptWarmTest {
    private static final Duration IDLE = Duration.ofMillis(200);

    @TempDir
    private Path directory;

    private final Map<String, FunctionConfiguration> functions = new ConcurrentHashMap<>();
    private LambdaRig rig;
    private KeptWarm kept;

    @BeforeEach
    void start() throws Exception {
        rig = LambdaRig.in(directory, settings -> settings.withEnvironments(3, Duration.ofSeconds(5), IDLE));
        kept = new KeptWarm(rig.invoker, functions::get);
    }

    @AfterEach
    void stop() throws Exception {
        kept.close();
        rig.close();
    }

    private Function pids() throws Exception {
        var function = rig.python("""
                import os, time
                def handler(event, context):
                    time.sleep(event.get('seconds', 0))
                    return os.getpid()
                """);
        functions.put(function.arn(), function.configuration());
        return function;
    }

    private void awaitEnvironments(int count) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(rig.invoker.environments()).isEqualTo(count));
    }

    private void awaitStanding(Function function, int count) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(rig.invoker.environments(function.configuration()))
                        .isEqualTo(count));
    }

    private String pid(Function function) throws Exception {
        return rig.result(function, "{}").asString();
    }

    /** Of two environments: two invocations at a time need both. */
    private Set<String> bothPids(Function function) throws Exception {
        try (var background = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> slow =
                    () -> rig.result(function, "{\"seconds\": 1}").asString();
            var first = background.submit(slow);
            var second = background.submit(slow);
            return Set.of(first.get(), second.get());
        }
    }

    @Test
    void soManyAreStartedAndStayWhenOthersThatIdleAreEnded() throws Exception {
        var function = pids();
        var other = pids();

        kept.keep(function.arn(), 2);
        awaitStanding(function, 2);
        // While one of them starts, an invocation may have one more for a moment.
        await().until(() -> bothPids(function).equals(bothPids(function)));
        var before = bothPids(function);
        pid(other);

        awaitStanding(other, 0);
        assertThat(rig.invoker.environments(function.configuration())).isEqualTo(2);
        assertThat(bothPids(function)).isEqualTo(before).hasSize(2);
    }

    @Test
    void oneThatDiesIsReplaced() throws Exception {
        var function = pids();
        kept.keep(function.arn(), 1);
        awaitStanding(function, 1);
        var before = pid(function);

        rig.invoker.retire(function.arn());

        awaitStanding(function, 1);
        assertThat(pid(function)).isNotEqualTo(before);
    }

    @Test
    void anotherFunctionDoesNotTakeTheirPlace() throws Exception {
        var function = pids();
        kept.keep(function.arn(), 2);
        awaitStanding(function, 2);
        var first = pids();
        var second = pids();

        pid(first);
        pid(second);

        assertThat(rig.invoker.environments(function.configuration())).isEqualTo(2);
        assertThat(rig.invoker.environments()).isEqualTo(3);
    }

    @Test
    void aChangedFunctionHasThemAnew() throws Exception {
        var function = pids();
        kept.keep(function.arn(), 1);
        awaitStanding(function, 1);

        var changed = function.environment(Map.of("NEW", "1")).configuration();
        functions.put(function.arn(), changed);
        rig.invoker.retire(function.arn());

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(rig.invoker.environments(changed)).isEqualTo(1));
    }

    @Test
    void oneThatDoesNotStartIsTriedAgain() throws Exception {
        var broken = rig.python("raise ValueError(1)");
        functions.put(broken.arn(), broken.configuration());
        kept.keep(broken.arn(), 1);
        await().atMost(Duration.ofSeconds(20)).until(() -> rig.log(broken).size() > 2);

        broken.with("main.py", "def handler(event, context):\n    return 1\n");

        awaitStanding(broken, 1);
    }

    @Test
    void noneAreKeptOnceTheNumberIsZero() throws Exception {
        var function = pids();
        kept.keep(function.arn(), 2);
        awaitStanding(function, 2);

        kept.keep(function.arn(), 0);

        awaitEnvironments(0);
    }

    @Test
    void noneAreKeptOfAFunctionThatHasGoneAndCameBack() throws Exception {
        var function = pids();
        kept.keep(function.arn(), 1);
        awaitStanding(function, 1);

        functions.remove(function.arn());
        rig.invoker.retire(function.arn());
        awaitEnvironments(0);
        functions.put(function.arn(), function.configuration());
        kept.changed();
        pid(function);

        awaitEnvironments(0);
    }

    @Test
    void noneAreKeptOfAFunctionThatIsDeclaredNoMore() throws Exception {
        var function = pids();
        var other = pids();
        kept.keep(function.arn(), 1);
        kept.keep(other.arn(), 1);
        awaitStanding(function, 1);
        awaitStanding(other, 1);

        kept.keepOnly(Set.of(other.arn()));

        awaitStanding(function, 0);
        assertThat(rig.invoker.environments(other.configuration())).isEqualTo(1);
    }
}
