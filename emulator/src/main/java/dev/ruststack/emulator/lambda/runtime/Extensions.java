package dev.ruststack.emulator.lambda.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The extensions of one process of a runtime. Each registers before its runtime is initialized, and then waits for
 * events; an environment is idle when all of them do. AWS: Lambda Developer Guide, Using the Lambda Extensions API.
 */
final class Extensions {
    static final String INVOKE = "INVOKE";
    static final String SHUTDOWN = "SHUTDOWN";

    private static final int MAX = 10;

    private final Set<String> external;
    private final Runnable onChange;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Extension> byId = new LinkedHashMap<>();
    private boolean closed;
    private boolean ended;

    private static final class Extension {
        private final String name;
        private final Set<String> events;
        private boolean waiting;
        private @Nullable String event;

        Extension(String name, Set<String> events) {
            this.name = name;
            this.events = events;
        }
    }

    /**
     * @param external the names of those that run as processes of their own, all of which have to register
     * @param onChange runs when one begins to wait; not under a lock
     */
    Extensions(Set<String> external, Runnable onChange) {
        this.external = Set.copyOf(external);
        this.onChange = onChange;
    }

    /** Registers one; gives its id. */
    String register(String name, Set<String> events) throws RuntimeApiException {
        boolean isExternal = external.contains(name);
        lock.lock();
        try {
            if (!isExternal && events.contains(SHUTDOWN)) {
                throw RuntimeApiException.extension(
                        403,
                        "ShutdownEventNotSupportedForInternalExtension",
                        "SHUTDOWN event is not supported for internal extensions");
            }
            if (byId.values().stream().anyMatch(each -> each.name.equals(name))) {
                throw RuntimeApiException.extension(
                        403, "Extension.AlreadyRegistered", "Extension with name " + name + " already registered");
            }
            if (closed || byId.size() >= MAX) {
                throw RuntimeApiException.extension(
                        403, "Extension.RegistrationClosed", "Extension registration closed already");
            }
            var id = UUID.randomUUID().toString();
            byId.put(id, new Extension(name, Set.copyOf(events)));
            return id;
        } finally {
            lock.unlock();
        }
    }

    /** Lets no more in: the runtime has initialized. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** The name of one that has registered. */
    String require(String id) throws RuntimeApiException {
        lock.lock();
        try {
            return known(id).name;
        } finally {
            lock.unlock();
        }
    }

    private Extension known(String id) throws RuntimeApiException {
        if (id.isEmpty()) {
            throw RuntimeApiException.extension(
                    403, "Extension.MissingExtensionIdentifier", "Missing Lambda-Extension-Identifier header");
        }
        var extension = byId.get(id);
        if (extension == null) {
            throw RuntimeApiException.extension(403, "Extension.UnknownExtensionIdentifier", "Unknown extension " + id);
        }
        return extension;
    }

    /** Waits for an event on behalf of one, for as long as it takes; null where the environment ends. */
    @Nullable
    String next(String id) throws InterruptedException, RuntimeApiException {
        lock.lock();
        try {
            known(id).waiting = true;
        } finally {
            lock.unlock();
        }
        onChange.run();
        lock.lock();
        try {
            var extension = known(id);
            while (extension.event == null && !ended) {
                changed.await();
            }
            var event = extension.event;
            extension.event = null;
            return event;
        } finally {
            lock.unlock();
        }
    }

    /** Whether every one that there has to be waits for an event. */
    boolean areWaiting() {
        lock.lock();
        try {
            return byId.values().stream().allMatch(each -> each.waiting)
                    && external.stream()
                            .allMatch(name -> byId.values().stream().anyMatch(each -> each.name.equals(name)));
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return byId.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether one is told of the end. */
    boolean hearOfShutdown() {
        lock.lock();
        try {
            return byId.values().stream().anyMatch(each -> each.events.contains(SHUTDOWN));
        } finally {
            lock.unlock();
        }
    }

    /** Gives an event to those that registered for its kind. */
    void offer(String kind, String event) {
        lock.lock();
        try {
            for (var each : byId.values()) {
                if (each.events.contains(kind)) {
                    each.waiting = false;
                    each.event = event;
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The environment has ended: nobody waits any more. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
