package dev.ruststack.emulator.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private static final int MEGABYTE = 1 << 20;

    @Test
    void whoComesLateWaitsUntilThereIsMemoryAgain() throws Exception {
        var budget = new MemoryBudget(2 * MEGABYTE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Void> late;
            try (var lease = budget.take(2 * MEGABYTE)) {
                assertThat(lease).isNotNull();
                late = CompletableFuture.runAsync(() -> take(budget, MEGABYTE), threads);
                assertThat(late).isNotDone();
            }
            late.get(9, TimeUnit.SECONDS);
        }
    }

    @Test
    void smallBodiesAreNotCounted() throws Exception {
        var budget = new MemoryBudget(MEGABYTE);

        try (var _ = budget.take(MEGABYTE)) {
            take(budget, 1000);
        }
    }

    @Test
    void moreThanThereIsTakesAll() throws Exception {
        var budget = new MemoryBudget(MEGABYTE);

        for (int i = 0; i < 3; i++) {
            try (var _ = budget.take(100L * MEGABYTE)) {
                take(budget, 1);
            }
        }
    }

    private static void take(MemoryBudget budget, long bytes) {
        try (var _ = budget.take(bytes)) {
            Thread.onSpinWait();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
