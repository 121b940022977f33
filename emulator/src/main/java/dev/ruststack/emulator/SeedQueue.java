package dev.ruststack.emulator;

import dev.ruststack.emulator.seed.InvalidBundleException;
import dev.ruststack.emulator.seed.SeedBundle;
import dev.ruststack.emulator.seed.SeedMount;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seeds bundles in the background, one at a time: a later one ends the one before. */
final class SeedQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SeedQueue.class);

    /** A mount that is not whole is looked at ever less often. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Target target;
    private @Nullable Thread running;
    private @Nullable Thread waiting;
    private boolean closed;

    /** Where bundles go. */
    interface Target {
        /** Notes that a bundle is about to be seeded; returns what seeds it. */
        Seeding requested(SeedBundle bundle);

        /** A bundle cannot be used. */
        void refused(String reason);
    }

    /** Seeds one bundle. */
    interface Seeding {
        void run() throws InterruptedException;
    }

    SeedQueue(Target target) {
        this.target = target;
    }

    /** Seeds a bundle; what is being seeded is given up. */
    synchronized void submit(SeedBundle bundle) {
        if (closed) {
            return;
        }
        if (running != null) {
            running.interrupt();
        }
        if (waiting != null && waiting != Thread.currentThread()) {
            waiting.interrupt();
        }
        waiting = null;
        var seeding = target.requested(bundle);
        running = Thread.ofVirtual().name("seed").start(() -> run(seeding, bundle));
    }

    private void run(Seeding seeding, SeedBundle bundle) {
        try {
            seeding.run();
        } catch (InterruptedException e) {
            LOG.info("Seeding of {} is given up", bundle.revision());
        } catch (RuntimeException e) {
            LOG.error("Seeding of {} failed", bundle.revision(), e);
        }
    }

    /** Seeds the bundle that is mounted, once it is whole, unless another comes first. */
    synchronized void submitMounted(Path directory) {
        if (!closed) {
            waiting = Thread.ofVirtual().name("seed-mount").start(() -> await(new SeedMount(directory)));
        }
    }

    private void await(SeedMount mount) {
        var pause = FIRST_PAUSE;
        try {
            while (true) {
                var bundle = read(mount);
                if (bundle != null) {
                    submitFirst(bundle);
                    return;
                }
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        } catch (InterruptedException e) {
            // Another bundle came first, or the emulator stops.
        }
    }

    private synchronized void submitFirst(SeedBundle bundle) {
        if (waiting == Thread.currentThread()) {
            submit(bundle);
        }
    }

    private @Nullable SeedBundle read(SeedMount mount) {
        try {
            return mount.read();
        } catch (IOException | InvalidBundleException e) {
            target.refused("the mounted seed cannot be used: " + e.getMessage());
            return null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (waiting != null) {
            waiting.interrupt();
        }
        if (running != null) {
            running.interrupt();
        }
    }
}
