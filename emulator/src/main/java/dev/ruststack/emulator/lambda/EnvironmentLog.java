package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.logs.FunctionLog;
import dev.ruststack.emulator.logs.LogLine;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The log stream of one execution environment, and the tail of the invocation that is under way. AWS: Lambda API
 * Reference, Invoke, LogType.
 */
final class EnvironmentLog {
    private static final int TAIL_BYTES = 4 * 1024;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);

    private final List<FunctionLog> logs;
    private final Clock clock;
    private final String stream;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<byte[]> tail = new ArrayDeque<>();
    private int tailBytes;
    private volatile @Nullable String requestId;

    /** Writes to each of the logs: the function's, and that of a group which the function was given. */
    EnvironmentLog(List<FunctionLog> logs, String version, Clock clock) {
        this.logs = List.copyOf(logs);
        this.clock = clock;
        this.stream = DATE.format(clock.instant()) + "/[" + version + "]"
                + UUID.randomUUID().toString().replace("-", "");
    }

    /** The name of the stream, {@code yyyy/MM/dd/[$LATEST]<32 hex>}. */
    String stream() {
        return stream;
    }

    /** The invocation that lines belong to from now on. */
    void request(@Nullable String newRequestId) {
        requestId = newRequestId;
    }

    /** Forgets the tail of the invocation before. */
    void beginTail() {
        lock.lock();
        try {
            tail.clear();
            tailBytes = 0;
        } finally {
            lock.unlock();
        }
    }

    /** A line that callers see in the tail. */
    void line(String message) {
        untailed(message);
        var bytes = (message + "\n").getBytes(StandardCharsets.UTF_8);
        lock.lock();
        try {
            tail.addLast(bytes);
            tailBytes += bytes.length;
            while (tailBytes - tail.getFirst().length >= TAIL_BYTES) {
                tailBytes -= tail.removeFirst().length;
            }
        } finally {
            lock.unlock();
        }
    }

    /** A line that only the log shows. */
    void untailed(String message) {
        var line = new LogLine(clock.instant(), stream, requestId, message);
        logs.forEach(log -> log.append(line));
    }

    /** The last 4 KB since {@link #beginTail}. */
    byte[] tail() {
        lock.lock();
        try {
            var all = new byte[tailBytes];
            int position = 0;
            for (var line : tail) {
                System.arraycopy(line, 0, all, position, line.length);
                position += line.length;
            }
            return Arrays.copyOfRange(all, Math.max(0, all.length - TAIL_BYTES), all.length);
        } finally {
            lock.unlock();
        }
    }
}
