package dev.ruststack.emulator.lambda.runtime;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What happens in an environment, told in batches to the listeners of its extensions. A listener that does not keep up
 * loses the oldest events. AWS: Lambda Developer Guide, Accessing real-time telemetry data for extensions using the
 * Telemetry API; Lambda Telemetry API Event schema reference, 2022-12-13.
 */
public final class Telemetry {
    /** The name by which an extension knows its own environment. */
    private static final String SANDBOX = "sandbox.localdomain";

    private static final Set<String> TYPES = Set.of("platform", "function", "extension");

    /** What happened before the extensions could subscribe is kept for them, so many events of it. */
    private static final int MAX_EARLY = 1_000;

    private final Map<String, TelemetryListener> listeners = new ConcurrentHashMap<>();
    private final Transport transport;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable List<Event> early = new ArrayList<>();
    private volatile boolean closed;

    /** How the listeners of an environment are reached. */
    @FunctionalInterface
    public interface Transport {
        /**
         * Sends one batch.
         *
         * @param destination a URI of {@code http}, to be posted to, or of {@code tcp}, to be written to; its host is
         *     the environment itself
         * @param body JSON, or a line of JSON for each event where it goes by TCP
         */
        void send(URI destination, byte[] body) throws IOException, InterruptedException;
    }

    private record Event(String kind, String json) {}

    Telemetry(Transport transport) {
        this.transport = transport;
    }

    /**
     * What an extension asks for.
     *
     * @param maxBytes of the events of one batch
     * @param timeout how long the first event of a batch waits for others
     */
    record Subscription(Set<String> types, int maxItems, int maxBytes, Duration timeout, URI destination) {
        static Subscription of(JsonNode asked) throws RuntimeApiException {
            var types = new LinkedHashSet<String>();
            asked.path("types").forEach(type -> types.add(type.asString("")));
            if (types.isEmpty() || !TYPES.containsAll(types)) {
                throw invalid("types have to be of " + TYPES.stream().sorted().toList());
            }
            var buffering = asked.path("buffering");
            return new Subscription(
                    Set.copyOf(types),
                    within(buffering, "maxItems", 10_000, 1000, 10_000),
                    within(buffering, "maxBytes", 262_144, 262_144, 1_048_576),
                    Duration.ofMillis(within(buffering, "timeoutMs", 1000, 25, 30_000)),
                    destination(asked.path("destination")));
        }

        private static int within(JsonNode buffering, String name, int usual, int least, int most)
                throws RuntimeApiException {
            int value = buffering.path(name).asInt(usual);
            if (value < least || value > most) {
                throw invalid("buffering." + name + " has to be from " + least + " to " + most);
            }
            return value;
        }

        private static URI destination(JsonNode destination) throws RuntimeApiException {
            var protocol = destination.path("protocol").asString("");
            if (protocol.equals("TCP")) {
                int port = destination.path("port").asInt(0);
                if (port < 1 || port > 65_535) {
                    throw invalid("destination.port has to be a port");
                }
                return URI.create("tcp://127.0.0.1:" + port);
            }
            if (!protocol.equals("HTTP")) {
                throw invalid("destination.protocol has to be HTTP or TCP");
            }
            return address(destination.path("URI").asString(""));
        }

        private static URI address(String text) throws RuntimeApiException {
            try {
                var uri = new URI(text);
                if ("http".equals(uri.getScheme()) && SANDBOX.equals(uri.getHost())) {
                    return URI.create(text.replaceFirst(SANDBOX, "127.0.0.1"));
                }
            } catch (URISyntaxException e) {
                // Told below.
            }
            throw invalid("destination.URI has to begin with http://" + SANDBOX);
        }

        private static RuntimeApiException invalid(String why) {
            return RuntimeApiException.extension(400, "ValidationError", why);
        }
    }

    /** Begins to tell an extension, or tells it otherwise from now on; what happened before too. */
    void subscribe(String extension, Subscription subscription) throws RuntimeApiException {
        var listener = new TelemetryListener(subscription, transport);
        lock.lock();
        try {
            if (early == null) {
                listener.close();
                throw RuntimeApiException.extension(
                        403, "Telemetry.SubscriptionClosed", "Telemetry API subscription is closed already");
            }
            early.forEach(event -> tell(listener, event));
            var before = listeners.put(extension, listener);
            if (before != null) {
                before.close();
            }
        } finally {
            lock.unlock();
        }
        var record = new LinkedHashMap<String, Object>();
        record.put("name", extension);
        record.put("state", "Subscribed");
        record.put("types", subscription.types().stream().sorted().toList());
        event("platform.telemetrySubscription", record);
    }

    /** Lets nobody subscribe any more: the environment has initialized. */
    public void closeSubscriptions() {
        lock.lock();
        try {
            early = null;
            closed = listeners.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is anyone who listens, or may yet. */
    public boolean isHeard() {
        return !closed;
    }

    /** Tells of an event: {@code platform.start}, {@code function}; costs nothing where nobody can listen. */
    public void event(String type, Object content) {
        if (closed) {
            return;
        }
        var document = new LinkedHashMap<String, Object>();
        document.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        document.put("type", type);
        document.put("record", content);
        int dot = type.indexOf('.');
        var event = new Event(
                dot < 0 ? type : type.substring(0, dot), JsonMapper.shared().writeValueAsString(document));
        lock.lock();
        try {
            if (early != null && early.size() < MAX_EARLY) {
                early.add(event);
            }
            listeners.values().forEach(listener -> tell(listener, event));
        } finally {
            lock.unlock();
        }
    }

    private static void tell(TelemetryListener listener, Event event) {
        if (listener.wants(event.kind())) {
            listener.add(event.json());
        }
    }

    /** Sends what waits, and no more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            early = null;
            listeners.values().forEach(TelemetryListener::close);
            listeners.clear();
        } finally {
            lock.unlock();
        }
    }
}
