package dev.ruststack.emulator;

import dev.ruststack.emulator.seed.SeedItem;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seeds items again whose failure may pass: a function for which no execution environment could be had, because an image
 * took long to be pulled or a cluster had no room; a table or function that a client deleted while it was seeded;
 * DynamoDB Local that started too late. Nobody else would, once the cause is gone. Pauses grow up to a limit.
 */
final class SeedRetries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SeedRetries.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Duration firstPause;
    private final Consumer<List<SeedItem>> outcomes;
    private @Nullable Thread running;
    private boolean closed;

    /** Seeds items that failed. */
    interface Seeding {
        List<SeedItem> seed(List<SeedItem> failed) throws InterruptedException;
    }

    /** {@code outcomes} hears of every attempt. */
    SeedRetries(Duration firstPause, Consumer<List<SeedItem>> outcomes) {
        this.firstPause = firstPause;
        this.outcomes = outcomes;
    }

    /** Goes on with the items of a seeding that need it; those of an earlier one are left alone from now on. */
    synchronized void goOn(List<SeedItem> seeded, Seeding seeding) {
        stop();
        var failed = failed(seeded);
        if (!closed && !failed.isEmpty()) {
            running = Thread.ofVirtual().name("seed-retries").start(() -> run(failed, seeding));
        }
    }

    /** Tries nothing any more, before another seeding. */
    synchronized void stop() {
        if (running != null) {
            running.interrupt();
            running = null;
        }
    }

    private void run(List<SeedItem> failed, Seeding seeding) {
        var left = failed;
        var pause = firstPause;
        try {
            while (!left.isEmpty()) {
                Thread.sleep(pause);
                LOG.info("Trying again: {}", names(left));
                var items = seeding.seed(left);
                if (Thread.interrupted()) {
                    return;
                }
                outcomes.accept(items);
                left = failed(items);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        } catch (InterruptedException e) {
            // Another seeding comes, or the emulator stops.
        }
    }

    private static List<SeedItem> failed(List<SeedItem> items) {
        return items.stream().filter(SeedItem::mayRecover).toList();
    }

    private static String names(List<SeedItem> items) {
        return items.stream().map(item -> item.kind() + " " + item.name()).collect(Collectors.joining(", "));
    }

    @Override
    public synchronized void close() {
        closed = true;
        stop();
    }
}
