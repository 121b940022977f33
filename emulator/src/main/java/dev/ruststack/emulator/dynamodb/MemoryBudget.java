package dev.ruststack.emulator.dynamodb;

import dev.ruststack.emulator.aws.AwsException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Bounds the memory that large bodies take together. Small ones are not counted: connections bound them. */
final class MemoryBudget {
    static final int SMALL = 64 * 1024;
    private static final int PERMIT = 64 * 1024;
    private static final int PATIENCE_SECONDS = 10;

    private final Semaphore permits;
    private final int most;

    MemoryBudget(long bytes) {
        most = Math.toIntExact(Math.max(1, bytes / PERMIT));
        permits = new Semaphore(most, true);
    }

    /** A share of the memory, given back by closing it. */
    interface Lease extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for memory. Whoever has a lease must not wait for another.
     *
     * @throws AwsException where there is none for long: the client is to try again
     */
    Lease take(long bytes) throws InterruptedException {
        if (bytes <= SMALL) {
            return () -> {};
        }
        int count = (int) Math.min(most, (bytes + PERMIT - 1) / PERMIT);
        if (!permits.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw DynamoDbError.SERVICE_UNAVAILABLE.saying("Too many large requests at a time. Retry the request.");
        }
        var once = new AtomicBoolean();
        return () -> {
            if (once.compareAndSet(false, true)) {
                permits.release(count);
            }
        };
    }
}
