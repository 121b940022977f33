package dev.ruststack.emulator.lambda.sandbox;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread that delivers the output of all processes. A pipe of Java cannot be waited for without a thread of its
 * own that nothing can call back, so it looks: at once again while there is output, up to 50 ms later while there is
 * none, never while there is no process.
 */
final class OutputPump implements AutoCloseable {
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final Set<ProcessOutput> outputs = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;

    OutputPump() {
        thread = Thread.ofPlatform().daemon().name("lambda-output").unstarted(this::run);
        thread.start();
    }

    void add(ProcessOutput output) {
        outputs.add(output);
        LockSupport.unpark(thread);
    }

    void remove(ProcessOutput output) {
        outputs.remove(output);
    }

    private void run() {
        long pause = SHORTEST_PAUSE;
        while (!closed) {
            if (outputs.isEmpty()) {
                LockSupport.park(this);
                pause = SHORTEST_PAUSE;
                continue;
            }
            boolean any = false;
            for (var output : outputs) {
                any |= output.drain();
            }
            pause = any ? SHORTEST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE);
            LockSupport.parkNanos(this, pause);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
