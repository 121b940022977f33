package dev.ruststack.emulator;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether the emulator can be used, and whether everything that was declared is there: two questions. */
final class Health {
    private final StackState state;
    private final BooleanSupplier dynamoDbAnswers;
    private volatile boolean seeded;
    private volatile boolean stopping;

    Health(StackState state, BooleanSupplier dynamoDbAnswers) {
        this.state = state;
        this.dynamoDbAnswers = dynamoDbAnswers;
    }

    /** A seeding has come to its end. */
    void seeded() {
        seeded = true;
    }

    void stopping() {
        stopping = true;
    }

    /** Why clients had better wait; null once all of it answers and a seeding came to its end, with failures or not. */
    @Nullable
    String notStarted() {
        if (stopping) {
            return "the emulator is stopping";
        }
        if (!dynamoDbAnswers.getAsBoolean()) {
            return "DynamoDB Local does not answer yet";
        }
        if (seeded) {
            return null;
        }
        var refusal = state.refusal();
        return refusal == null ? "not seeded yet" : refusal;
    }

    /** Why not everything that was declared is there; null where it is. */
    @Nullable
    String notReady() {
        var notStarted = notStarted();
        if (notStarted != null) {
            return notStarted;
        }
        var failed = state.snapshot().items().stream()
                .filter(item -> !item.ready() && !item.state().equals(StackItem.DRIFTED))
                .toList();
        return failed.isEmpty() ? null : describe(failed);
    }

    /** What is in the way; null as soon as nothing is, before {@code wait} is over. */
    @Nullable
    String await(Supplier<@Nullable String> obstacle, Duration wait) throws InterruptedException {
        long until = System.nanoTime() + wait.toNanos();
        while (true) {
            long known = state.snapshot().sequence();
            var reason = obstacle.get();
            long left = until - System.nanoTime();
            if (reason == null || left <= 0 || stopping) {
                return reason;
            }
            state.await(known, Duration.ofNanos(left));
        }
    }

    private static String describe(List<StackItem> failed) {
        return String.join(
                "; ",
                failed.stream()
                        .map(item -> item.kind() + " " + item.name() + ": " + item.message())
                        .toList());
    }
}
