package dev.ruststack.emulator.logs;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last lines of one function, or of one group that a client made: at most 10,000, and at most about 4 MB of text. Older ones are dropped, whether or
 * not they have been read, so that nobody who follows can hold up a function.
 */
public final class FunctionLog {
    private static final Logger LOG = LoggerFactory.getLogger(FunctionLog.class);
    private static final int MAX_LINES = 10_000;
    private static final long MAX_CHARACTERS = 4L * 1024 * 1024;

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();
    private final ArrayDeque<LogLine> lines = new ArrayDeque<>();
    private long characters;
    private long dropped;

    FunctionLog(String name) {
        this.name = name;
    }

    /** Adds a line. */
    public void append(LogLine line) {
        LOG.debug("{}: {}", name, line.message());
        lock.lock();
        try {
            lines.addLast(line);
            characters += line.message().length();
            while (lines.size() > MAX_LINES || characters > MAX_CHARACTERS && lines.size() > 1) {
                drop();
            }
            appended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The lines that are kept, oldest first. */
    public List<LogLine> lines() {
        lock.lock();
        try {
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The lines that are kept.
     *
     * @param first how many lines there were before the first of them
     */
    public record Snapshot(long first, List<LogLine> lines) {}

    /** The lines that are kept, with their place in all there ever were. */
    public Snapshot snapshot() {
        lock.lock();
        try {
            return new Snapshot(dropped, List.copyOf(lines));
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the lines of one stream. */
    public void remove(String stream) {
        lock.lock();
        try {
            var left =
                    lines.stream().filter(line -> !line.stream().equals(stream)).toList();
            while (!lines.isEmpty()) {
                drop();
            }
            left.forEach(line -> {
                lines.addLast(line);
                characters += line.message().length();
            });
        } finally {
            lock.unlock();
        }
    }

    /** Starts to read with the last {@code history} lines that are kept. */
    public Reader follow(int history) {
        lock.lock();
        try {
            return new Reader(dropped + Math.max(0, lines.size() - history));
        } finally {
            lock.unlock();
        }
    }

    /** Forgets every line. */
    public void clear() {
        lock.lock();
        try {
            while (!lines.isEmpty()) {
                drop();
            }
        } finally {
            lock.unlock();
        }
    }

    private void drop() {
        characters -= lines.removeFirst().message().length();
        dropped++;
    }

    /**
     * A place in the log, counted in lines since its beginning. Lines that are dropped before they are read are skipped.
     * For one thread; holds nothing that has to be closed.
     */
    public final class Reader {
        private long position;

        private Reader(long position) {
            this.position = position;
        }

        /** The lines since the last call, waiting up to {@code patience} for the first; empty where none came. */
        public List<LogLine> next(Duration patience) throws InterruptedException {
            long left = patience.toNanos();
            lock.lock();
            try {
                while (position >= dropped + lines.size()) {
                    if (left <= 0) {
                        return List.of();
                    }
                    left = appended.awaitNanos(left);
                }
                var fresh = new ArrayList<LogLine>();
                lines.stream().skip(Math.max(0, position - dropped)).forEach(fresh::add);
                position = dropped + lines.size();
                return fresh;
            } finally {
                lock.unlock();
            }
        }
    }
}
