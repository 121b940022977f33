package dev.ruststack.emulator.dynamodb;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * DynamoDB Local at an address: whether it is there, and whether it still has its tables. One that keeps everything in
 * memory is empty after a restart. A table with a random name, in a data set that no client can reach, tells
 * them apart; a connection that only waits tells at once when the process is gone.
 *
 * <p>DynamoDB Local must run without {@code -sharedDb}, which would put all accounts and regions together.
 */
public final class DynamoDbBackend implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbBackend.class);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CHECK_EVERY = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final URI address;
    private final BackendPool pool;
    private final List<RestartListener> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> readiness = new CopyOnWriteArrayList<>();
    private final TableNotes notes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread watch;
    private volatile State state = State.DOWN;
    private final AtomicLong generation = new AtomicLong();
    private volatile boolean closed;
    private volatile @Nullable BackendConnection checked;
    private String bootId = "";

    /** Hears that DynamoDB Local was restarted and is empty. Clients are refused until the listener returns. */
    @FunctionalInterface
    public interface RestartListener {
        void restarted(long generation) throws Exception;
    }

    private enum State {
        DOWN,
        /** The listeners are at work; calls from within the emulator pass. */
        RESTARTED,
        READY
    }

    private DynamoDbBackend(URI address, TableNotes notes) {
        this.address = address;
        this.notes = notes;
        this.pool = new BackendPool(address);
        this.watch = Thread.ofVirtual().name("dynamodb-watch").unstarted(this::watch);
    }

    /** Begins to watch DynamoDB Local at {@code address}, such as {@code http://127.0.0.1:8000}. */
    public static DynamoDbBackend watch(URI address) {
        return watch(address, TableNotes.inMemory());
    }

    /**
     * Begins to watch DynamoDB Local.
     *
     * @param notes what it does not keep itself; those that outlive the process where its tables do
     */
    public static DynamoDbBackend watch(URI address, TableNotes notes) {
        var backend = new DynamoDbBackend(address, notes);
        backend.watch.start();
        return backend;
    }

    TableNotes notes() {
        return notes;
    }

    /** Has something run each time that {@link #ready} has changed; it must not block. */
    public void onReadiness(Runnable listener) {
        readiness.add(listener);
    }

    /** Adds a listener for every restart from now on. */
    public void onRestart(RestartListener listener) {
        listeners.add(listener);
    }

    /** Whether clients are served. */
    public boolean ready() {
        return state == State.READY;
    }

    /** How many times DynamoDB Local was found new: 1 after the first contact, 0 before. */
    public long generation() {
        return generation.get();
    }

    /**
     * Waits until clients are served.
     *
     * @throws TimeoutException where they are not in time
     */
    public void awaitReady(Duration timeout) throws InterruptedException, TimeoutException {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while (state != State.READY) {
                if (left <= 0) {
                    throw new TimeoutException(
                            "DynamoDB Local at " + address + " did not answer within " + timeout.toSeconds() + " s");
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends a request to DynamoDB Local.
     *
     * @param within whether it comes from within the emulator, as a seed does
     */
    BackendPool.Answer exchange(String target, DataSet dataSet, byte[] body, boolean within)
            throws InterruptedException {
        var now = state;
        if (now == State.DOWN || (now == State.RESTARTED && !within)) {
            throw DynamoDbError.SERVICE_UNAVAILABLE.error().withHeader("Retry-After", "1");
        }
        notes.use(dataSet);
        try {
            return pool.exchange(target, dataSet, body);
        } catch (IOException e) {
            LOG.debug("An exchange with DynamoDB Local failed", e);
            suspect();
            throw DynamoDbError.SERVICE_UNAVAILABLE.error().withHeader("Retry-After", "1");
        }
    }

    /** Calls an operation and reads its answer, an error as any other. */
    JsonNode call(String operation, DataSet dataSet, JsonNode input, boolean within) throws InterruptedException {
        var body = DynamoDbProtocol.JSON.writeValueAsBytes(input);
        try (var answer = exchange(DynamoDbOperation.target(operation), dataSet, body, within)) {
            return DynamoDbProtocol.JSON.readTree(answer.readBody());
        }
    }

    /** Deletes every table of every account and region, those that are protected against it too. */
    public void clear() throws InterruptedException {
        for (var dataSet : notes.dataSets()) {
            new TableSweep(this, dataSet).sweep();
        }
    }

    /** Has the watch look at once. */
    void suspect() {
        var connection = checked;
        if (connection != null) {
            connection.close();
        }
    }

    private void watch() {
        while (!closed) {
            boolean answered = false;
            try (var connection = BackendConnection.open(address, CONNECT_TIMEOUT, CHECK_TIMEOUT)) {
                checked = connection;
                while (!closed) {
                    check(connection);
                    answered = true;
                    awaitEnd(connection);
                }
            } catch (IOException e) {
                LOG.trace("DynamoDB Local does not answer", e);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("DynamoDB Local could not be checked", e);
            }
            pool.close();
            if (!answered) {
                become(State.DOWN);
                pause();
            }
        }
    }

    /** Waits until it is time for the next check; throws where DynamoDB Local closes the connection. */
    private static void awaitEnd(BackendConnection connection) throws IOException {
        connection.readTimeout(CHECK_EVERY);
        try {
            connection.awaitEnd();
        } catch (SocketTimeoutException e) {
            connection.readTimeout(CHECK_TIMEOUT);
        }
    }

    private void check(BackendConnection connection) throws IOException, InterruptedException {
        var found = BootMarker.find(connection);
        if (found.equals(bootId)) {
            become(State.READY);
            return;
        }
        bootId = found;
        if (generation.incrementAndGet() > 1) {
            become(State.RESTARTED);
            notes.forgetAll();
            for (var listener : listeners) {
                tell(listener);
            }
        }
        become(State.READY);
    }

    private void tell(RestartListener listener) throws InterruptedException {
        try {
            listener.restarted(generation.get());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.error("After the restart of DynamoDB Local", e);
        }
    }

    private void become(State next) {
        boolean news;
        lock.lock();
        try {
            news = state != next;
            state = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (news) {
            readiness.forEach(Runnable::run);
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    /** Stops watching and closes the connections; DynamoDB Local itself runs on. */
    @Override
    public void close() {
        closed = true;
        watch.interrupt();
        suspect();
        become(State.DOWN);
        pool.close();
    }
}
