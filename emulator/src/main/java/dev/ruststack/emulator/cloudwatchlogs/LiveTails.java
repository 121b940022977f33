package dev.ruststack.emulator.cloudwatchlogs;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The sessions of Live Tail: so many at a time, each for so long. AWS: Amazon CloudWatch Logs User Guide, Live Tail quotas. */
public final class LiveTails implements AutoCloseable {
    private static final int MAX_SESSIONS = 15;
    private static final Duration LONGEST = Duration.ofHours(3);
    private static final Duration UPDATE = Duration.ofSeconds(1);

    private final Duration longest;
    private final Duration update;
    private final AtomicInteger sessions = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);

    public LiveTails() {
        this(LONGEST, UPDATE);
    }

    /**
     * Makes sessions of another kind, for tests.
     *
     * @param longest after which a session ends
     * @param update between two updates
     */
    LiveTails(Duration longest, Duration update) {
        this.longest = longest;
        this.update = update;
    }

    Duration longest() {
        return longest;
    }

    /** How many there are. */
    int size() {
        return sessions.get();
    }

    /** Counts a session; throws {@code LimitExceededException} where there are too many. */
    void begin() {
        if (sessions.incrementAndGet() > MAX_SESSIONS) {
            sessions.decrementAndGet();
            throw LogsError.LIMIT_EXCEEDED.saying(
                    "You have reached the maximum number of concurrent Live Tail sessions: " + MAX_SESSIONS + ".");
        }
    }

    void end() {
        sessions.decrementAndGet();
    }

    /** Waits for the next update; false where there is to be none. */
    boolean awaitUpdate() throws InterruptedException {
        return !closing.await(update.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends every session. */
    @Override
    public void close() {
        closing.countDown();
    }
}
