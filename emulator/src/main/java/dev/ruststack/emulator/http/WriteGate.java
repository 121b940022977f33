package dev.ruststack.emulator.http;

import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Holds a thread that writes to a channel back while the client is slow. */
final class WriteGate {
    private final Channel channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    WriteGate(Channel channel) {
        this.channel = channel;
    }

    /** Waits until the channel takes more; throws where it is closed. */
    void await() throws IOException {
        if (!channel.isWritable()) {
            lock.lock();
            try {
                while (!channel.isWritable() && channel.isActive()) {
                    changed.await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while sending a response");
            } finally {
                lock.unlock();
            }
        }
        if (!channel.isActive()) {
            throw new IOException("the client closed the connection");
        }
    }

    /** The channel became writable, or closed. */
    void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
