package dev.ruststack.emulator.lambda.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What a process writes, as lines. Only ever takes what is there and never waits for more: so whoever must have
 * everything written so far (the end of an invocation) takes it, and a descendant that keeps the pipe open holds up
 * nobody.
 */
final class ProcessOutput {
    /** CloudWatch Logs' limit for one event, in bytes; longer lines are cut into several. */
    private static final int MAX_LINE = 256 * 1024;

    private final InputStream in;
    private final Consumer<String> lines;
    private final ReentrantLock lock = new ReentrantLock();
    private final byte[] buffer = new byte[8 * 1024];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean lineWasFlushed;

    ProcessOutput(InputStream in, Consumer<String> lines) {
        this.in = in;
        this.lines = lines;
    }

    /** Delivers the whole lines that are there; tells whether there was anything. */
    boolean drain() {
        lock.lock();
        try {
            return readAvailable();
        } finally {
            lock.unlock();
        }
    }

    /** Delivers everything that is there, a line without an end too. */
    void flush() {
        lock.lock();
        try {
            readAvailable();
            if (line.size() > 0) {
                endLine();
                lineWasFlushed = true;
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean readAvailable() {
        boolean any = false;
        try {
            for (int available = in.available(); available > 0; available = in.available()) {
                int read = in.read(buffer, 0, Math.min(available, buffer.length));
                if (read < 0) {
                    return any;
                }
                any = true;
                accept(read);
            }
        } catch (IOException e) {
            // The process has been destroyed and its pipe with it.
            return any;
        }
        return any;
    }

    private void accept(int length) {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (buffer[i] == '\n') {
                line.write(buffer, start, i - start);
                start = i + 1;
                if (line.size() > 0 || !lineWasFlushed) {
                    endLine();
                }
                lineWasFlushed = false;
            }
        }
        line.write(buffer, start, length - start);
        if (line.size() >= MAX_LINE) {
            endLine();
        }
    }

    private void endLine() {
        var text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
}
