package dev.ruststack.emulator.lambda.runtime;

import dev.ruststack.emulator.lambda.runtime.Telemetry.Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One destination of telemetry; its thread is there as long as the subscription. */
final class TelemetryListener {
    private static final int ATTEMPTS = 5;
    private static final long PAUSE_MILLIS = 100;

    private final Subscription subscription;
    private final Telemetry.Transport transport;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayList<String> waiting = new ArrayList<>();
    private long bytes;
    private long droppedRecords;
    private long droppedBytes;
    private boolean closed;

    TelemetryListener(Subscription subscription, Telemetry.Transport transport) {
        this.subscription = subscription;
        this.transport = transport;
        Thread.ofVirtual().name("lambda-telemetry").start(this::run);
    }

    boolean wants(String kind) {
        return subscription.types().contains(kind);
    }

    void add(String event) {
        lock.lock();
        try {
            waiting.add(event);
            bytes += event.length();
            while (waiting.size() > 2 * subscription.maxItems() || bytes > 4L * subscription.maxBytes()) {
                int length = waiting.removeFirst().length();
                bytes -= length;
                droppedBytes += length;
                droppedRecords++;
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            for (var batch = batch(); batch != null; batch = batch()) {
                send(batch);
            }
        } catch (InterruptedException e) {
            // The emulator stops.
        }
    }

    /** The next events to send together; null at the end. */
    private @Nullable List<String> batch() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.await();
            }
            long left = subscription.timeout().toNanos();
            while (!closed && left > 0 && waiting.size() < subscription.maxItems() && bytes < subscription.maxBytes()) {
                left = changed.awaitNanos(left);
            }
            if (waiting.isEmpty()) {
                return null;
            }
            var next = waiting.subList(0, Math.min(waiting.size(), subscription.maxItems()));
            var batch = new ArrayList<>(next);
            next.clear();
            bytes -= batch.stream().mapToLong(String::length).sum();
            if (droppedRecords > 0) {
                batch.addFirst(dropped());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private String dropped() {
        var record = new LinkedHashMap<String, Object>();
        record.put("reason", "Consumer seems to have fallen behind as it has not acknowledged receipt of logs.");
        record.put("droppedRecords", droppedRecords);
        record.put("droppedBytes", droppedBytes);
        droppedRecords = 0;
        droppedBytes = 0;
        var document = new LinkedHashMap<String, Object>();
        document.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        document.put("type", "platform.logsDropped");
        document.put("record", record);
        return JsonMapper.shared().writeValueAsString(document);
    }

    /** It may not listen yet, or no more. */
    private void send(List<String> batch) throws InterruptedException {
        var isHttp = "http".equals(subscription.destination().getScheme());
        var text = isHttp ? "[" + String.join(",", batch) + "]" : String.join("\n", batch) + "\n";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                transport.send(subscription.destination(), text.getBytes(StandardCharsets.UTF_8));
                return;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }
}
