package dev.ruststack.emulator.lambda.sandbox;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread that ends the functions which hold more memory than they have. It looks ten times a second, so one may
 * hold more for that long; where there is no /proc there is no limit.
 */
final class MemoryWatch implements AutoCloseable {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final Set<Watched> all = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;

    /** What has a limit. */
    interface Watched {
        /** Ends it where it holds more than it may. */
        void check();
    }

    MemoryWatch() {
        thread = Thread.ofPlatform().daemon().name("lambda-memory").unstarted(this::run);
        thread.start();
    }

    void add(Watched watched) {
        all.add(watched);
        LockSupport.unpark(thread);
    }

    void remove(Watched watched) {
        all.remove(watched);
    }

    private void run() {
        while (!closed) {
            if (all.isEmpty()) {
                LockSupport.park(this);
            } else {
                all.forEach(Watched::check);
                LockSupport.parkNanos(this, PAUSE);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
