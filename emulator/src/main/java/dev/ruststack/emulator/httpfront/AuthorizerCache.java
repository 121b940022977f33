package dev.ruststack.emulator.httpfront;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an authorizer said, by the values of its identity sources: it holds for every method of the stage until its time
 * is over. At most 1,000 are kept, those used last. AWS: API Gateway Developer Guide, Configure a Lambda authorizer,
 * Authorization caching.
 */
public final class AuthorizerCache {
    private static final int MOST = 1_000;

    private final Duration lifetime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<List<String>, Kept> results = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, Kept> eldest) {
            return size() > MOST;
        }
    };

    private record Kept(JsonNode result, Instant until) {}

    private AuthorizerCache(Duration lifetime) {
        this.lifetime = lifetime;
    }

    /** One that keeps results for so long; zero for none that keeps any. */
    public static AuthorizerCache lasting(Duration lifetime) {
        return new AuthorizerCache(lifetime);
    }

    @Nullable
    JsonNode get(List<String> identity, Instant now) {
        lock.lock();
        try {
            var kept = results.get(identity);
            return kept == null || !now.isBefore(kept.until) ? null : kept.result;
        } finally {
            lock.unlock();
        }
    }

    /** Without any identity there is nothing that would tell one caller from another. */
    void put(List<String> identity, JsonNode result, Instant now) {
        if (lifetime.isZero() || identity.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            results.put(List.copyOf(identity), new Kept(result, now.plus(lifetime)));
        } finally {
            lock.unlock();
        }
    }
}
