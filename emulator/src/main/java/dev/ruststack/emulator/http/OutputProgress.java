package dev.ruststack.emulator.http;

import io.netty.channel.Channel;

/** Notices that a client does not take what is sent to it. Confined to one event loop. */
final class OutputProgress {
    private long since;
    private long lastBusy = System.nanoTime();
    private long pending;
    private long progress;
    private int first;

    /** Whether bytes have waited for longer than the limit without any of them being taken; called again and again. */
    boolean isStalled(Channel channel, long now, long limitNanos) {
        var buffer = channel.unsafe().outboundBuffer();
        if (buffer == null || buffer.isEmpty()) {
            since = 0;
            return false;
        }
        lastBusy = now;
        long newPending = buffer.totalPendingWriteBytes();
        long newProgress = buffer.currentProgress();
        int newFirst = System.identityHashCode(buffer.current());
        if (since == 0 || newPending != pending || newProgress != progress || newFirst != first) {
            since = now | 1;
            pending = newPending;
            progress = newProgress;
            first = newFirst;
            return false;
        }
        return now - since > limitNanos;
    }

    /** When bytes were last seen to wait, as of the last check; when it was made where they never were. */
    long lastBusy() {
        return lastBusy;
    }
}
