package dev.ruststack.emulator.s3.store;

import java.util.concurrent.ArrayBlockingQueue;

/** Arrays that are used again: a bounded number is kept, further ones are left to the collector. */
final class BufferPool {
    private final int size;
    private final ArrayBlockingQueue<byte[]> free;

    BufferPool(int size, int kept) {
        this.size = size;
        this.free = new ArrayBlockingQueue<>(kept);
    }

    byte[] take() {
        var buffer = free.poll();
        return buffer == null ? new byte[size] : buffer;
    }

    void give(byte[] buffer) {
        free.offer(buffer);
    }
}
