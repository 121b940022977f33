package dev.ruststack.emulator.journal;

import dev.ruststack.emulator.journal.JournalFile.Tail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only journal of the changes of some state. A record counts from the moment on in which {@link #append}
 * returns: it survives the end of the process, by {@code kill -9} too. It may not survive the end of the machine before
 * the kernel has written it, within half a minute as a rule; {@link #close} waits for that.
 *
 * <p>The state is written out in the background whenever the journal has grown by as much as the state takes, by 4 MiB at
 * least; then older records go. So the journal takes about twice the room of the state, and its replay as long.
 *
 * <p>Safe for use by several threads.
 */
public final class Journal implements AutoCloseable {
    /** A journal smaller than this is left as it is. */
    static final long LEAST = 4L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final JournalFolder folder;
    private final Journaled state;
    private final long least;

    /** Held while a record is handed to the kernel, which takes microseconds: records have an order. */
    private final ReentrantLock lock = new ReentrantLock();

    private Log log;
    private long number;

    /** The size of the log at which the state is written out again. */
    private long limit;

    private @Nullable Thread compaction;
    private boolean closed;

    private Journal(JournalFolder folder, Journaled state, long least, Opened opened) {
        this.folder = folder;
        this.state = state;
        this.least = least;
        this.log = opened.log;
        this.number = opened.number;
        this.limit = opened.limit;
    }

    private record Opened(Log log, long number, long limit) {}

    /**
     * Opens a journal, made where there is none, and replays it into the state.
     *
     * @param path a directory of the journal's own, of which this is the only user
     * @throws IOException where it cannot be used, or is damaged beyond what a crash of the process does; the message
     *     says what to do
     */
    public static Journal open(Path path, Journaled state) throws IOException {
        return open(path, state, LEAST);
    }

    static Journal open(Path path, Journaled state, long least) throws IOException {
        var folder = new JournalFolder(path);
        var states = folder.states();
        long first = states.isEmpty() ? 0 : states.last();
        long stateSize = 0;
        if (!states.isEmpty()) {
            stateSize = Files.size(folder.state(first));
            if (JournalFile.replay(folder.state(first), state).tail() != Tail.NONE) {
                throw new IOException(folder.state(first) + " is cut off; restore it, or remove the data");
            }
        }
        var last = replayLogs(folder, first, state);
        folder.removeBefore(first);
        folder.reserve();
        return new Journal(folder, state, least, new Opened(last.log, last.number, Math.max(least, stateSize)));
    }

    private static Opened replayLogs(JournalFolder folder, long first, Journaled state) throws IOException {
        var logs = folder.logs().tailSet(first);
        long whole = -1;
        long number = first;
        for (long each : logs) {
            if (each != first && each != number + 1) {
                throw new IOException(folder.log(number + 1) + " is missing; restore it, or remove the data");
            }
            number = each;
            var read = JournalFile.replay(folder.log(number), state);
            if (read.tail() == Tail.TORN && number != logs.last()) {
                throw new IOException(folder.log(number) + " is cut off; restore it, or remove the data");
            }
            whole = read.whole();
        }
        var path = folder.log(number);
        return new Opened(whole <= 0 ? Log.create(path) : Log.open(path, whole), number, 0);
    }

    /**
     * Appends a record.
     *
     * @param json a JSON document without line feeds
     * @throws IOException where it cannot be kept, for want of space mostly; the journal is as it was then
     */
    public void append(byte[] json) throws IOException {
        append(json, false);
    }

    /** Appends a record of something that goes, and with it gives room back: there is some kept free for such. */
    public void appendFreeing(byte[] json) throws IOException {
        append(json, true);
    }

    private void append(byte[] json, boolean freeing) throws IOException {
        var line = Line.of(json);
        lock.lock();
        try {
            if (closed) {
                throw new IOException("the journal is closed");
            }
            write(line, freeing);
            if (log.size() > limit && compaction == null) {
                limit = log.size() + least;
                compaction = Thread.ofVirtual().name("journal").start(this::compactQuietly);
            }
        } finally {
            lock.unlock();
        }
    }

    private void write(byte[] line, boolean freeing) throws IOException {
        try {
            log.append(line);
        } catch (IOException e) {
            if (!freeing || !folder.useReserve()) {
                throw e;
            }
            log.append(line);
        }
    }

    private void compactQuietly() {
        try {
            compact();
        } catch (IOException | RuntimeException e) {
            if (!isClosed()) {
                LOG.warn("The journal could not be written anew; it goes on growing until that succeeds", e);
            }
        } finally {
            lock.lock();
            try {
                compaction = null;
            } finally {
                lock.unlock();
            }
        }
    }

    /** Writes the state out and removes the records that it stands for. */
    private void compact() throws IOException {
        long next = number + 1;
        Log before = begin(next);
        try (before) {
            before.force();
        }
        state.settle();
        folder.writeState(
                next,
                sink -> state.write(json -> {
                    requireOpen();
                    sink.accept(json);
                }));
        folder.removeBefore(next);
        folder.reserve();
        lock.lock();
        try {
            limit = Math.max(least, Files.size(folder.state(next)));
        } finally {
            lock.unlock();
        }
    }

    /** Has records go into a new log from now on; returns the one before, which stays as it is from then on. */
    private Log begin(long next) throws IOException {
        lock.lock();
        try {
            var before = log;
            log = Log.create(folder.log(next));
            number = next;
            return before;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the writing of a state once the journal is closed: the logs before have it all. */
    private void requireOpen() throws IOException {
        if (isClosed()) {
            throw new IOException("the journal was closed meanwhile");
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Returns once the disk has every record. Nothing can be appended after. */
    @Override
    public void close() throws IOException {
        if (isClosed()) {
            return;
        }
        var running = end();
        if (running != null) {
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        lock.lock();
        try (var last = log) {
            last.force();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Thread end() {
        lock.lock();
        try {
            closed = true;
            return compaction;
        } finally {
            lock.unlock();
        }
    }
}
