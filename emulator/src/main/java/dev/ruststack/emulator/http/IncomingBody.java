package dev.ruststack.emulator.http;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A request body on its way from the event loop, which offers buffers, to the handler's thread, which reads them. The
 * event loop stops to read from the socket above the high water mark, and is told when the queue is short again.
 */
final class IncomingBody extends InputStream implements RequestBody {
    private static final int HIGH_WATER_MARK = 256 * 1024;
    private static final int LOW_WATER_MARK = 64 * 1024;
    private static final int TRANSFER_SIZE = 64 * 1024;

    /** What a buffer counts beside its bytes, so that many tiny chunks do not take much memory. */
    private static final int BUFFER_COST = 512;

    private final long length;
    private final Runnable onFirstRead;
    private final Runnable onSpace;

    /** Guards the queue; never held while bytes are copied. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final ArrayDeque<ByteBuf> queue = new ArrayDeque<>();
    private long queued;
    private boolean ended;
    private boolean closed;
    private @Nullable IOException failure;
    private Headers trailers = Headers.empty();
    private volatile long waitingSince;

    /** Guards what the reader has in its hands, so that closing never frees a buffer that is being copied. */
    private final ReentrantLock reading = new ReentrantLock();

    private @Nullable ByteBuf current;
    private boolean started;

    /**
     * @param onFirstRead runs on the reader's thread before it waits for the first byte
     * @param onSpace runs on the reader's thread when the queue falls below the low water mark, and at the close
     */
    IncomingBody(long length, Runnable onFirstRead, Runnable onSpace) {
        this.length = length;
        this.onFirstRead = onFirstRead;
        this.onSpace = onSpace;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public InputStream stream() {
        return this;
    }

    @Override
    public Headers trailers() {
        lock.lock();
        try {
            return trailers;
        } finally {
            lock.unlock();
        }
    }

    // The event loop's side.

    /** Takes a buffer over: queued for the reader, or released where nobody reads any more. */
    void offer(ByteBuf buffer) {
        lock.lock();
        try {
            if (closed || failure != null) {
                buffer.release();
                return;
            }
            queue.add(buffer);
            queued += BUFFER_COST + buffer.readableBytes();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void end(Headers newTrailers) {
        lock.lock();
        try {
            ended = true;
            trailers = newTrailers;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Lets every further read fail; without effect once the body is complete. */
    void fail(IOException cause) {
        lock.lock();
        try {
            if (!ended && failure == null) {
                failure = cause;
                releaseQueue();
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    IOException failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the event loop shall read on. */
    boolean hasSpace() {
        lock.lock();
        try {
            return queued < HIGH_WATER_MARK;
        } finally {
            lock.unlock();
        }
    }

    /** Since when the reader waits for bytes, in {@link System#nanoTime} units; 0 where it does not. */
    long waitingSince() {
        return waitingSince;
    }

    // The reader's side.

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
        reading.lock();
        try {
            var buffer = next();
            if (buffer == null) {
                return -1;
            }
            int count = Math.min(size, buffer.readableBytes());
            buffer.readBytes(target, offset, count);
            if (!buffer.isReadable()) {
                current = null;
                buffer.release();
            }
            return count;
        } finally {
            reading.unlock();
        }
    }

    @Override
    public int available() {
        reading.lock();
        lock.lock();
        try {
            long ready = current == null ? 0 : current.readableBytes();
            for (var buffer : queue) {
                ready += buffer.readableBytes();
            }
            return (int) Math.min(Integer.MAX_VALUE, ready);
        } finally {
            lock.unlock();
            reading.unlock();
        }
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
        var bytes = new byte[TRANSFER_SIZE];
        long total = 0;
        for (int count = read(bytes); count >= 0; count = read(bytes)) {
            out.write(bytes, 0, count);
            total += count;
        }
        return total;
    }

    /** The buffer to read from, which has at least one byte; null at the end. */
    private @Nullable ByteBuf next() throws IOException {
        if (current != null) {
            return current;
        }
        if (!started) {
            started = true;
            onFirstRead.run();
        }
        boolean space;
        lock.lock();
        try {
            awaitChange();
            if (closed) {
                throw new IOException("the request body is closed");
            }
            if (failure != null) {
                throw failure;
            }
            current = queue.poll();
            long before = queued;
            queued -= current == null ? 0 : BUFFER_COST + current.readableBytes();
            space = before >= LOW_WATER_MARK && queued < LOW_WATER_MARK;
        } finally {
            lock.unlock();
        }
        if (space) {
            onSpace.run();
        }
        return current;
    }

    private void awaitChange() throws IOException {
        while (queue.isEmpty() && !ended && !closed && failure == null) {
            waitingSince = System.nanoTime() | 1;
            try {
                changed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while reading a request body");
            } finally {
                waitingSince = 0;
            }
        }
    }

    /** Drops what was not read, and all that still comes. */
    @Override
    public void close() {
        boolean more;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            more = !ended;
            releaseQueue();
            changed.signal();
        } finally {
            lock.unlock();
        }
        reading.lock();
        try {
            if (current != null) {
                current.release();
                current = null;
            }
        } finally {
            reading.unlock();
        }
        if (more) {
            onSpace.run();
        }
    }

    private void releaseQueue() {
        queue.forEach(ByteBuf::release);
        queue.clear();
        queued = 0;
    }
}
