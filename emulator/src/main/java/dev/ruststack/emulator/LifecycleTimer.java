package dev.ruststack.emulator;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the lifecycle rules of S3 applied a minute after the start and then every hour. */
final class LifecycleTimer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LifecycleTimer.class);
    private static final long FIRST_MINUTES = 1;
    private static final long EVERY_MINUTES = 60;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("s3-lifecycle").factory());

    private LifecycleTimer() {}

    static LifecycleTimer start(Runnable sweep) {
        var timer = new LifecycleTimer();
        var _ = timer.executor.scheduleWithFixedDelay(() -> run(sweep), FIRST_MINUTES, EVERY_MINUTES, TimeUnit.MINUTES);
        return timer;
    }

    private static void run(Runnable sweep) {
        try {
            sweep.run();
        } catch (RuntimeException e) {
            LOG.error("The lifecycle rules of S3 could not be applied", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
