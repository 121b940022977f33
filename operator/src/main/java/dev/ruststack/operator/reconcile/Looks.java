package dev.ruststack.operator.reconcile;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Has stacks looked at: at once, or soon, where there is nothing to do about the news and more is likely to follow. A look
 * sees everything, so that whatever was put off is done with as soon as one begins.
 */
final class Looks implements AutoCloseable {
    /** How much later than it could a status may tell how far a start has come. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Consumer<ResourceID> wake;
    private final Map<ResourceID, Future<?>> pending = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("looks").factory(), new ThreadPoolExecutor.DiscardPolicy());

    /** @param wake has a stack looked at; does not block */
    Looks(Consumer<ResourceID> wake) {
        this.wake = wake;
        timer.setRemoveOnCancelPolicy(true);
    }

    void now(ResourceID id) {
        wake.accept(id);
    }

    void soon(ResourceID id) {
        pending.computeIfAbsent(id, _ -> timer.schedule(() -> due(id), SOON.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void due(ResourceID id) {
        pending.remove(id);
        wake.accept(id);
    }

    /** To be called before a look takes in anything: what comes later is news again. */
    void begins(ResourceID id) {
        var putOff = pending.remove(id);
        if (putOff != null) {
            putOff.cancel(false);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        pending.clear();
    }
}
