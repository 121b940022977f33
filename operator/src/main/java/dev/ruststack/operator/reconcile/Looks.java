package dev.ruststack.operator.reconcile;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
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
    static final Duration SOON = Duration.ofSeconds(5);

    private final Consumer<ResourceID> wake;
    private final Duration soon;
    private final Map<ResourceID, Future<?>> putOff = new ConcurrentHashMap<>();

    /** Stacks of which a look was asked for at once, and has yet to begin: it may have to wait for its turn. */
    private final Set<ResourceID> imminent = ConcurrentHashMap.newKeySet();

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("looks").factory(), new ThreadPoolExecutor.DiscardPolicy());

    /**
     * @param wake has a stack looked at; does not block
     * @param soon how long a look that can wait is put off
     */
    Looks(Consumer<ResourceID> wake, Duration soon) {
        this.wake = wake;
        this.soon = soon;
        timer.setRemoveOnCancelPolicy(true);
    }

    void now(ResourceID id) {
        isImminent(id);
        wake.accept(id);
    }

    /** Someone else has the stack looked at, at once. */
    void isImminent(ResourceID id) {
        imminent.add(id);
        cancel(id);
    }

    void soon(ResourceID id) {
        if (!imminent.contains(id)) {
            putOff.computeIfAbsent(id, _ -> timer.schedule(() -> due(id), soon.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    private void due(ResourceID id) {
        putOff.remove(id);
        wake.accept(id);
    }

    /** To be called before a look takes in anything: what comes later is news again. */
    void begins(ResourceID id) {
        imminent.remove(id);
        cancel(id);
    }

    private void cancel(ResourceID id) {
        var look = putOff.remove(id);
        if (look != null) {
            look.cancel(false);
        }
    }

    /** There is nothing to look at any more. */
    void forget(ResourceID id) {
        begins(id);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        putOff.clear();
    }
}
