package dev.ruststack.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ruststack.emulator.seed.SeedItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeedRetriesTest {
    private final List<SeedItem> outcomes = Collections.synchronizedList(new ArrayList<>());
    private final SeedRetries retries = new SeedRetries(Duration.ofMillis(5), outcomes::addAll);
    private final List<Set<String>> attempts = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        retries.close();
    }

    private static SeedItem unavailable(String name) {
        return SeedItem.failed("Function", name, SeedItem.RUNNER_UNAVAILABLE, "ServiceException: no pod");
    }

    private static SeedItem ready(String name) {
        return SeedItem.ready("Function", name, "arn", null);
    }

    @Test
    void itemsAreTriedUntilTheyAreReady() {
        retries.goOn(List.of(unavailable("a"), unavailable("b"), ready("c")), failed -> {
            attempts.add(failed.stream().map(SeedItem::name).collect(Collectors.toSet()));
            return switch (attempts.size()) {
                case 1 -> List.of(unavailable("a"), ready("b"));
                case 2 -> List.of(unavailable("a"));
                default -> List.of(ready("a"));
            };
        });

        await().until(() -> outcomes.contains(ready("a")));
        assertThat(attempts).containsExactly(Set.of("a", "b"), Set.of("a"), Set.of("a"));
        assertThat(outcomes).contains(ready("b"));
    }

    @Test
    void whatIsBrokenIsNotTriedAgain() {
        retries.goOn(
                List.of(SeedItem.failed("Function", "broken", "SeedFailed", "it does not start"), ready("c")),
                failed -> {
                    attempts.add(failed.stream().map(SeedItem::name).collect(Collectors.toSet()));
                    return List.of();
                });
        retries.goOn(List.of(unavailable("a")), failed -> List.of(ready("a")));

        await().until(() -> outcomes.contains(ready("a")));
        assertThat(attempts).isEmpty();
    }

    @Test
    void anotherSeedingEndsTheAttempt() throws Exception {
        var began = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        retries.goOn(List.of(unavailable("a")), failed -> {
            began.countDown();
            try {
                Thread.sleep(Duration.ofMinutes(5));
                return List.of(ready("a"));
            } finally {
                ended.countDown();
            }
        });
        began.await();

        retries.stop();

        ended.await();
        assertThat(outcomes).isEmpty();
    }
}
