package dev.ruststack.emulator.lambda.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The two streams of one runner, each a JSON document a line: orders out, events in. Whichever ends first ends both. A
 * runner that answers no ping for a minute counts as gone.
 */
final class RunnerConnection {
    private static final Duration PING = Duration.ofSeconds(15);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    /** Ends the wait for an order; never written. */
    private static final byte[] WAKE_UP = {};

    private static final byte[] PING_LINE = line(Map.of("do", "ping"));

    private final BlockingQueue<byte[]> orders = new LinkedBlockingQueue<>();
    private final Listener listener;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable InputStream events;
    private volatile long heard = System.nanoTime();

    /** Hears of a runner; events come one at a time. */
    interface Listener {
        void event(JsonNode event);

        /** The runner is gone; told once. */
        void lost();
    }

    RunnerConnection(Listener listener) {
        this.listener = listener;
    }

    /** Sends an order, after those before it. What is sent to a runner that is gone is lost. */
    void send(Map<String, ?> order) {
        orders.add(line(order));
    }

    private static byte[] line(Map<String, ?> order) {
        return (JsonMapper.shared().writeValueAsString(order) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Writes orders for as long as the connection lives. */
    void writeOrders(OutputStream out) throws IOException {
        try {
            out.flush();
            while (!ended.get()) {
                var next = orders.poll(PING.toMillis(), TimeUnit.MILLISECONDS);
                if (ended.get() || System.nanoTime() - heard > SILENCE.toNanos()) {
                    break;
                }
                out.write(next == null ? PING_LINE : next);
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    /** Reads events until there are no more. */
    void readEvents(InputStream in) {
        events = in;
        try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null && !ended.get(); line = reader.readLine()) {
                heard = System.nanoTime();
                listener.event(JsonMapper.shared().readTree(line));
            }
        } catch (IOException | JacksonException e) {
            // The runner is gone, or is none.
        } finally {
            end();
        }
    }

    /** Ends both streams, at which the runner kills its function and exits. */
    void end() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        orders.add(WAKE_UP);
        var reading = events;
        if (reading != null) {
            try {
                reading.close();
            } catch (IOException e) {
                // It has gone already.
            }
        }
        listener.lost();
    }
}
