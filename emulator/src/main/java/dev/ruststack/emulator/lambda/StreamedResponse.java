package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.runtime.ResponseSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a function while the function still writes it. At most 256 KiB wait here: a function that writes faster
 * than its caller reads is held back. One that does not stream gives its whole result at once. AWS: Lambda Developer
 * Guide, Response streaming for Lambda functions.
 *
 * <p>For one reader. Whoever has one closes it; what the function writes then goes nowhere, and the function runs to its
 * end, as it does on AWS when a client has gone.
 */
public final class StreamedResponse implements AutoCloseable {
    private static final int CAPACITY = 256 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    private final Pieces body = new Pieces();
    private final Incoming sink = new Incoming();
    private int waiting;
    private @Nullable String contentType;
    private @Nullable Outcome outcome;
    private @Nullable RuntimeException refusal;
    private boolean closed;

    StreamedResponse() {}

    /** The answer of a function that has answered. */
    public static StreamedResponse of(Outcome outcome) {
        var response = new StreamedResponse();
        response.end(outcome);
        return response;
    }

    /** The content type that the runtime gave; {@code application/json} where the function does not stream. */
    public String contentType() {
        lock.lock();
        try {
            return contentType == null ? "application/json" : contentType;
        } finally {
            lock.unlock();
        }
    }

    /** The failure of a function that had not begun to answer; else null, and {@link #outcome} tells in the end. */
    public Outcome.@Nullable Failed failureBeforeStart() {
        lock.lock();
        try {
            return contentType == null && outcome instanceof Outcome.Failed failed ? failed : null;
        } finally {
            lock.unlock();
        }
    }

    /** What the function writes, always the same stream: it ends with the invocation, however that ends. */
    public InputStream body() {
        return body;
    }

    /** How the invocation ended, once it has; the payload of a success has been the body's. */
    public Outcome outcome() throws InterruptedException {
        lock.lock();
        try {
            while (outcome == null) {
                changed.await();
            }
            return outcome;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            pieces.clear();
            waiting = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // The function's side.

    ResponseSink sink() {
        return sink;
    }

    /** Waits until there is something to tell the caller; throws where the function could not be run. */
    void awaitStart() throws InterruptedException {
        lock.lock();
        try {
            while (contentType == null && outcome == null && refusal == null) {
                changed.await();
            }
            if (refusal != null) {
                throw refusal;
            }
        } finally {
            lock.unlock();
        }
    }

    void end(Outcome end) {
        lock.lock();
        try {
            if (contentType == null && end instanceof Outcome.Returned) {
                pieces.add(end.payload());
            }
            outcome = end;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void refuse(RuntimeException why) {
        lock.lock();
        try {
            refusal = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private final class Incoming implements ResponseSink {
        @Override
        public void begin(String type) {
            lock.lock();
            try {
                contentType = type;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            lock.lock();
            try {
                while (waiting >= CAPACITY && !closed && outcome == null) {
                    changed.await();
                }
                if (outcome != null) {
                    throw new IOException("the invocation is over");
                }
                if (!closed && bytes.length > 0) {
                    pieces.add(bytes);
                    waiting += bytes.length;
                    changed.signalAll();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while a caller reads");
            } finally {
                lock.unlock();
            }
        }
    }

    private final class Pieces extends InputStream {
        private byte[] piece = {};
        private int position;

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int size) throws IOException {
            Objects.checkFromIndexSize(offset, size, target.length);
            if (size == 0) {
                return 0;
            }
            while (position == piece.length) {
                var next = next();
                if (next == null) {
                    return -1;
                }
                piece = next;
                position = 0;
            }
            int count = Math.min(size, piece.length - position);
            System.arraycopy(piece, position, target, offset, count);
            position += count;
            return count;
        }

        private byte @Nullable [] next() throws IOException {
            lock.lock();
            try {
                while (pieces.isEmpty() && outcome == null && !closed) {
                    changed.await();
                }
                if (closed) {
                    throw new IOException("the response is closed");
                }
                var next = pieces.poll();
                waiting -= next == null ? 0 : next.length;
                changed.signalAll();
                return next;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while a function writes");
            } finally {
                lock.unlock();
            }
        }

        @Override
        public int available() {
            lock.lock();
            try {
                return piece.length
                        - position
                        + pieces.stream().mapToInt(each -> each.length).sum();
            } finally {
                lock.unlock();
            }
        }
    }
}
