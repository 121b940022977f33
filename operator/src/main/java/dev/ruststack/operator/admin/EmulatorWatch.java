package dev.ruststack.operator.admin;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one emulator process: one virtual thread in a long poll. It begins before the process listens, so it asks
 * often at first and ever less often later.
 */
public final class EmulatorWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmulatorWatch.class);
    private static final Duration WAIT = Duration.ofSeconds(50);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Target target;
    private final EmulatorClient client;
    private final Listener listener;
    private final Thread thread;
    private final Instant since = Instant.now();
    private final long begun = System.nanoTime();
    private volatile boolean closed;
    private volatile boolean wasHeard;
    private volatile @Nullable EmulatorState state;

    /**
     * What is followed; another pod, address or token is another target.
     *
     * @param address of the pod
     */
    public record Target(String podUid, String address, String token) {
        @Override
        public String toString() {
            return "Target[" + podUid + ", " + address + "]";
        }
    }

    /** Hears what is new, on the watch's thread. Null: the emulator is not heard, not yet or not any more. */
    public interface Listener {
        void heard(@Nullable EmulatorState before, @Nullable EmulatorState now);
    }

    public EmulatorWatch(Target target, EmulatorClient client, Listener listener) {
        this.target = target;
        this.client = client;
        this.listener = listener;
        thread = Thread.ofVirtual().name("watch " + target.address()).unstarted(this::follow);
    }

    /**
     * Begins.
     *
     * @param patience how long the first answer is waited for, which the listener does not hear then; zero: not at all
     */
    public void start(Duration patience) {
        if (patience.isPositive()) {
            try {
                state = client.state(-1, Duration.ZERO, patience);
                wasHeard = true;
            } catch (IOException e) {
                log.debug("The emulator at {} is not heard at once: {}", target.address(), e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        thread.start();
    }

    /** Whether it follows, or is about to: what no one catches, such as too little memory, ends its thread. */
    public boolean isAlive() {
        return thread.getState() != Thread.State.TERMINATED;
    }

    /** When it was begun: as soon as there was an address to ask at. */
    public Instant since() {
        return since;
    }

    public Target target() {
        return target;
    }

    public EmulatorClient client() {
        return client;
    }

    /** Whether it has only just begun, and an answer may yet come. */
    public boolean isYetToBeHeard(Duration patience) {
        return !wasHeard && System.nanoTime() - begun < patience.toNanos();
    }

    /** The last state heard; null before the first, and while the emulator cannot be heard. */
    public @Nullable EmulatorState state() {
        return state;
    }

    private void follow() {
        var pause = FIRST_PAUSE;
        var missed = 0;
        while (!closed && !Thread.currentThread().isInterrupted()) {
            try {
                var last = state;
                accept(client.state(
                        last == null ? -1 : last.sequence(), last == null ? Duration.ZERO : WAIT, PATIENCE));
                pause = FIRST_PAUSE;
                missed = 0;
            } catch (IOException e) {
                log.debug("The emulator at {} is not heard: {}", target.address(), e.toString());
                // One broken connection says nothing about the process.
                if (++missed > 1) {
                    lost();
                }
                if (!slept(pause)) {
                    return;
                }
                pause = next(pause);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.warn("Watching the emulator at {}", target.address(), e);
                if (!slept(LONGEST_PAUSE)) {
                    return;
                }
            }
        }
    }

    private void accept(EmulatorState heard) {
        var last = state;
        wasHeard = true;
        state = heard;
        if (last == null || !last.saysTheSameAs(heard)) {
            listener.heard(last, heard);
        }
    }

    private void lost() {
        var last = state;
        if (last != null) {
            state = null;
            listener.heard(last, null);
        }
    }

    /** Slower by a tenth each time: a JVM that starts is found at once, one that is gone is left in peace. */
    private static Duration next(Duration pause) {
        var longer = pause.multipliedBy(11).dividedBy(10);
        return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }

    private static boolean slept(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
