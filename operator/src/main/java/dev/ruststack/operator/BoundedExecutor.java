package dev.ruststack.operator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Virtual threads, of which only so many work at once: a thousand stacks are no thousand calls to the API server. */
final class BoundedExecutor extends AbstractExecutorService {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places;
    private final Set<Work> working = ConcurrentHashMap.newKeySet();

    private static final class Work {
        final Instant since = Instant.now();
    }

    BoundedExecutor(int places) {
        this.places = new Semaphore(places, true);
    }

    @Override
    public void execute(Runnable command) {
        threads.execute(() -> {
            places.acquireUninterruptibly();
            var work = new Work();
            working.add(work);
            try {
                command.run();
            } finally {
                working.remove(work);
                places.release();
            }
        });
    }

    /** Whether any work takes longer than that: every call has a timeout, so something hangs. */
    boolean hangs(Duration limit) {
        var earliest = Instant.now().minus(limit);
        return working.stream().anyMatch(work -> work.since.isBefore(earliest));
    }

    @Override
    public void shutdown() {
        threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return threads.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
