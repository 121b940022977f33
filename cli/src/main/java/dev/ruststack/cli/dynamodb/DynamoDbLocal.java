package dev.ruststack.cli.dynamodb;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DynamoDB Local, kept running: in memory or on a database in files, on a port of loopback that stays the same, in a process that ends with this
 * one however this one ends. When it dies it is started again, at once the first time and then after growing pauses,
 * and is empty where it runs in memory: the emulator sees that by itself and seeds it anew.
 */
public final class DynamoDbLocal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbLocal.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** A run at least as long counts as a good one: the next pause is none again. */
    private static final Duration GOOD_RUN = Duration.ofSeconds(60);

    private final Installation installation;
    private final Options options;
    private final Listener listener;
    private final int port;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread watch;
    private volatile Child child;

    /**
     * How to run it.
     *
     * @param heapMegabytes its Java heap; the items themselves are outside of it
     * @param startTimeout how long a start may take
     * @param database the folder of its files; null for memory
     */
    public record Options(
            int heapMegabytes,
            Duration startTimeout,
            @Nullable Path database) {
        public static final Options DEFAULT = new Options(256, Duration.ofSeconds(60), null);

        public Options {
            if (heapMegabytes < 32) {
                throw new IllegalArgumentException("DynamoDB Local needs 32 MB of heap, not " + heapMegabytes);
            }
        }

        public Options withDatabase(Path folder) {
            return new Options(heapMegabytes, startTimeout, folder);
        }
    }

    /** Hears what becomes of the process, on threads of its own; must not block. */
    public interface Listener {
        Listener SILENT = new Listener() {};

        /** The process is being started, for the first time or again. */
        default void starting() {}

        /** It listens, {@code took} after its start. */
        default void started(Duration took) {}

        /** It ended without being told to; {@code reason} is for the user. It will be started again. */
        default void died(String reason) {}
    }

    private DynamoDbLocal(Installation installation, Options options, Listener listener, Child child, int port) {
        this.installation = installation;
        this.options = options;
        this.listener = listener;
        this.child = child;
        this.port = port;
        this.watch = Thread.ofPlatform().daemon().name("dynamodb-local-watch").unstarted(this::keepRunning);
    }

    /**
     * Starts it on a free port and waits until it listens.
     *
     * @throws IOException where it does not start, with its last lines; nothing is left running then
     */
    public static DynamoDbLocal start(Installation installation, Options options, Listener listener)
            throws IOException, InterruptedException {
        var child = Child.start(installation, options, 0);
        int port = awaitPort(child, options, listener);
        var dynamoDb = new DynamoDbLocal(installation, options, listener, child, port);
        dynamoDb.watch.start();
        return dynamoDb;
    }

    /** Where it listens; stays the same when it is started again. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The process that runs now. */
    public long pid() {
        return child.pid();
    }

    private static int awaitPort(Child child, Options options, Listener listener)
            throws IOException, InterruptedException {
        listener.starting();
        long start = System.nanoTime();
        boolean listens = false;
        try {
            int port = child.awaitPort(options.startTimeout);
            listens = true;
            listener.started(Duration.ofNanos(System.nanoTime() - start));
            return port;
        } finally {
            if (!listens) {
                child.close();
            }
        }
    }

    private void keepRunning() {
        try {
            var pause = Duration.ZERO;
            while (true) {
                long start = System.nanoTime();
                child.awaitExit();
                if (closing.getCount() == 0) {
                    return;
                }
                report(child);
                boolean goodRun = System.nanoTime() - start > GOOD_RUN.toNanos();
                pause = restart(goodRun ? Duration.ZERO : pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(Child dead) throws InterruptedException {
        var lost = options.database == null ? "; its tables are lost." : ".";
        var reason = "DynamoDB Local ended (" + dead.exit() + ") and is started again" + lost;
        LOG.warn("{} {}", reason, dead.said());
        listener.died(reason);
    }

    /** Tries until it runs or this is closed; returns the pause before the next restart. */
    private Duration restart(Duration pause) throws InterruptedException {
        var wait = pause;
        while (!closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            wait = longer(wait);
            try {
                child = Child.start(installation, options, port);
                if (closing.getCount() == 0) {
                    child.close();
                    return wait;
                }
                awaitPort(child, options, listener);
                return wait;
            } catch (IOException e) {
                LOG.error("{} Next attempt in {} s.", e.getMessage(), wait.toSeconds());
            }
        }
        return wait;
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.isZero() ? Duration.ofSeconds(1) : pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    /** Ends the process; returns when it has gone. */
    @Override
    public void close() {
        closing.countDown();
        child.close();
        try {
            watch.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
