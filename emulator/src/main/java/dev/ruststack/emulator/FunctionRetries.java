package dev.ruststack.emulator;

import dev.ruststack.emulator.seed.SeedItem;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seeds functions again for which no execution environment could be had: an image that took long to be pulled, a
 * cluster without room. Nobody else would, once the cause is gone. Pauses grow up to a limit.
 */
final class FunctionRetries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FunctionRetries.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Duration firstPause;
    private final Consumer<List<SeedItem>> outcomes;
    private @Nullable Thread running;
    private boolean closed;

    /** Seeds functions by their names. */
    interface Seeding {
        List<SeedItem> seed(Set<String> functions) throws InterruptedException;
    }

    /** {@code outcomes} hears of every attempt. */
    FunctionRetries(Duration firstPause, Consumer<List<SeedItem>> outcomes) {
        this.firstPause = firstPause;
        this.outcomes = outcomes;
    }

    /** Goes on with the functions of a seeding that need it; those of an earlier one are left alone from now on. */
    synchronized void goOn(List<SeedItem> seeded, Seeding seeding) {
        stop();
        var functions = unavailable(seeded);
        if (!closed && !functions.isEmpty()) {
            running = Thread.ofVirtual().name("function-retries").start(() -> run(functions, seeding));
        }
    }

    /** Tries nothing any more, before another seeding. */
    synchronized void stop() {
        if (running != null) {
            running.interrupt();
            running = null;
        }
    }

    private void run(Set<String> functions, Seeding seeding) {
        var left = functions;
        var pause = firstPause;
        try {
            while (!left.isEmpty()) {
                Thread.sleep(pause);
                LOG.info("Trying functions again that could not run: {}", left);
                var items = seeding.seed(left);
                if (Thread.interrupted()) {
                    return;
                }
                outcomes.accept(items);
                left = unavailable(items);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        } catch (InterruptedException e) {
            // Another seeding comes, or the emulator stops.
        }
    }

    private static Set<String> unavailable(List<SeedItem> items) {
        return items.stream()
                .filter(item -> SeedItem.RUNNER_UNAVAILABLE.equals(item.reason()))
                .map(SeedItem::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public synchronized void close() {
        closed = true;
        stop();
    }
}
