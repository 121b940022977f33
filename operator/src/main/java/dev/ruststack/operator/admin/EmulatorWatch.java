package dev.ruststack.operator.admin;

import java.io.IOException;
import java.time.Duration;
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
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Target target;
    private final EmulatorClient client;
    private final Runnable changed;
    private final Thread thread;
    private final long begun = System.nanoTime();
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

    /** @param changed called from the watch's thread when the state says something new */
    public EmulatorWatch(Target target, EmulatorClient client, Runnable changed) {
        this.target = target;
        this.client = client;
        this.changed = changed;
        thread = Thread.ofVirtual().name("watch " + target.address()).unstarted(this::follow);
    }

    public void start() {
        thread.start();
    }

    /** Whether it follows at all: what no one catches, such as too little memory, ends its thread. */
    public boolean isAlive() {
        return thread.isAlive();
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
        while (!Thread.currentThread().isInterrupted()) {
            try {
                var last = state;
                accept(client.state(last == null ? -1 : last.sequence(), last == null ? Duration.ZERO : WAIT));
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
            changed.run();
        }
    }

    private void lost() {
        if (state != null) {
            state = null;
            changed.run();
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
        thread.interrupt();
    }
}
