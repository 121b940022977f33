package dev.ruststack.emulator.lambda.runtime;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What happens in an environment, told in batches to the HTTP listeners of its extensions. A listener that does not
 * keep up loses the oldest events. AWS: Lambda Developer Guide, Accessing real-time telemetry data for extensions using
 * the Telemetry API.
 */
public final class Telemetry {
    /** The name by which an extension knows its own environment. */
    private static final String SANDBOX = "sandbox.localdomain";

    private static final Set<String> TYPES = Set.of("platform", "function", "extension");
    private static final Duration POST_LIMIT = Duration.ofSeconds(5);

    private final Map<String, Listener> listeners = new ConcurrentHashMap<>();

    Telemetry() {}

    /**
     * What an extension asks for.
     *
     * @param maxBytes of the events of one batch
     * @param timeout how long the first event of a batch waits for others
     */
    record Subscription(Set<String> types, int maxItems, int maxBytes, Duration timeout, URI destination) {
        static Subscription of(JsonNode asked) throws RuntimeApiException {
            var types = new java.util.LinkedHashSet<String>();
            asked.path("types").forEach(type -> types.add(type.asString("")));
            var destination = asked.path("destination");
            if (types.isEmpty() || !TYPES.containsAll(types)) {
                throw invalid("types have to be of " + TYPES.stream().sorted().toList());
            }
            if (!destination.path("protocol").asString("").equals("HTTP")) {
                throw invalid("RustStack sends telemetry by the protocol HTTP only");
            }
            var buffering = asked.path("buffering");
            return new Subscription(
                    Set.copyOf(types),
                    within(buffering, "maxItems", 10_000, 1000, 10_000),
                    within(buffering, "maxBytes", 262_144, 262_144, 1_048_576),
                    Duration.ofMillis(within(buffering, "timeoutMs", 1000, 25, 30_000)),
                    address(destination.path("URI").asString("")));
        }

        private static int within(JsonNode buffering, String name, int usual, int least, int most)
                throws RuntimeApiException {
            int value = buffering.path(name).asInt(usual);
            if (value < least || value > most) {
                throw invalid("buffering." + name + " has to be from " + least + " to " + most);
            }
            return value;
        }

        private static URI address(String text) throws RuntimeApiException {
            try {
                var uri = new URI(text);
                if ("http".equals(uri.getScheme()) && SANDBOX.equals(uri.getHost())) {
                    return URI.create(text.replaceFirst(SANDBOX, "127.0.0.1"));
                }
            } catch (java.net.URISyntaxException e) {
                // Told below.
            }
            throw invalid("destination.URI has to begin with http://" + SANDBOX);
        }

        private static RuntimeApiException invalid(String why) {
            return RuntimeApiException.extension(400, "ValidationError", why);
        }
    }

    /** Begins to tell an extension, or tells it otherwise from now on. */
    void subscribe(String extension, Subscription subscription) {
        var before = listeners.put(extension, new Listener(subscription));
        if (before != null) {
            before.close();
        }
        var record = new LinkedHashMap<String, Object>();
        record.put("name", extension);
        record.put("state", "Subscribed");
        record.put("types", subscription.types().stream().sorted().toList());
        event("platform.telemetrySubscription", record);
    }

    /** Tells of an event: {@code platform.start}, {@code function}; costs nothing where nobody listens. */
    public void event(String type, Object content) {
        if (listeners.isEmpty()) {
            return;
        }
        var kind = type.indexOf('.') < 0 ? type : type.substring(0, type.indexOf('.'));
        var event = new LinkedHashMap<String, Object>();
        event.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        event.put("type", type);
        event.put("record", content);
        var json = JsonMapper.shared().writeValueAsString(event);
        for (var listener : listeners.values()) {
            if (listener.subscription.types().contains(kind)) {
                listener.add(json);
            }
        }
    }

    /** Sends what waits, and no more. */
    void close() {
        listeners.values().forEach(Listener::close);
        listeners.clear();
    }

    /** One destination; its thread is there as long as the subscription. */
    private static final class Listener {
        private final Subscription subscription;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final ArrayList<String> waiting = new ArrayList<>();
        private long bytes;
        private boolean closed;

        Listener(Subscription subscription) {
            this.subscription = subscription;
            Thread.ofVirtual().name("lambda-telemetry").start(this::run);
        }

        void add(String event) {
            lock.lock();
            try {
                waiting.add(event);
                bytes += event.length();
                while (waiting.size() > 2 * subscription.maxItems() || bytes > 4L * subscription.maxBytes()) {
                    bytes -= waiting.removeFirst().length();
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
            try (var client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
                for (var batch = batch(); batch != null; batch = batch()) {
                    post(client, "[" + String.join(",", batch) + "]");
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
                while (!closed
                        && left > 0
                        && waiting.size() < subscription.maxItems()
                        && bytes < subscription.maxBytes()) {
                    left = changed.awaitNanos(left);
                }
                if (waiting.isEmpty()) {
                    return null;
                }
                var batch = List.copyOf(waiting.subList(0, Math.min(waiting.size(), subscription.maxItems())));
                waiting.subList(0, batch.size()).clear();
                bytes -= batch.stream().mapToLong(String::length).sum();
                return batch;
            } finally {
                lock.unlock();
            }
        }

        private void post(HttpClient client, String body) throws InterruptedException {
            var request = HttpRequest.newBuilder(subscription.destination())
                    .timeout(POST_LIMIT)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                    .build();
            try {
                client.send(request, BodyHandlers.discarding());
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(100); // It does not listen yet, or any more.
            }
        }
    }
}
