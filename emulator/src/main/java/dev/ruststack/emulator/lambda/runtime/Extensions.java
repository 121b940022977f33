package dev.ruststack.emulator.lambda.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    private final Runnable onChange;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Extension> byId = new LinkedHashMap<>();
    private final Set<String> exited = new HashSet<>();

    /** What kept an extension from being started, by its name. */
    private final Map<String, String> launchErrors = new TreeMap<>();

    /** The names of those that run as processes of their own, all of which have to register; null before it is known. */
    private @Nullable Set<String> external;

    private boolean closed;
    private boolean ended;

    private static final class Extension {
        private final String name;
        private final Set<String> events;
        private boolean waiting;
        private @Nullable String event;
        private @Nullable String failure;

        Extension(String name, Set<String> events) {
            this.name = name;
            this.events = events;
        }
    }

    /**
     * One extension as it is told of.
     *
     * @param error the type of the error that it told of; null where there was none
     */
    record View(
            String name,
            String state,
            List<String> events,
            @Nullable String error) {}

    /** @param onChange runs when one registers or begins to wait; not under a lock */
    Extensions(Runnable onChange) {
        this.onChange = onChange;
    }

    /** Tells which of them run as processes of their own: before that, nobody is let in, nor are they complete. */
    void expect(Set<String> names) {
        lock.lock();
        try {
            external = Set.copyOf(names);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        onChange.run();
    }

    /** Registers one; gives its id. */
    String register(String name, Set<String> events) throws RuntimeApiException, InterruptedException {
        var id = UUID.randomUUID().toString();
        lock.lock();
        try {
            while (external == null && !ended) {
                changed.await();
            }
            if (!isExternal(name) && events.contains(SHUTDOWN)) {
                throw RuntimeApiException.extension(
                        403,
                        "ShutdownEventNotSupportedForInternalExtension",
                        "SHUTDOWN event is not supported for internal extensions");
            }
            if (byId.values().stream().anyMatch(each -> each.name.equals(name))) {
                throw RuntimeApiException.extension(
                        403, "Extension.AlreadyRegistered", "Extension with name " + name + " already registered");
            }
            if (byId.size() >= MAX) {
                throw RuntimeApiException.extension(
                        403, "Extension.TooManyExtensions", "Extension limit (" + MAX + ") reached");
            }
            if (closed || ended) {
                throw RuntimeApiException.extension(
                        403, "Extension.RegistrationClosed", "Extension registration closed already");
            }
            byId.put(id, new Extension(name, Set.copyOf(events)));
        } finally {
            lock.unlock();
        }
        onChange.run();
        return id;
    }

    private boolean isExternal(String name) {
        return external != null && external.contains(name);
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
            return haveRegistered() && (byId.isEmpty() || byId.values().stream().allMatch(each -> each.waiting));
        } finally {
            lock.unlock();
        }
    }

    /** Whether every one that is a process of its own has registered. */
    boolean haveRegistered() {
        lock.lock();
        try {
            return external != null
                    && (external.isEmpty()
                            || byId.values().stream()
                                    .map(each -> each.name)
                                    .toList()
                                    .containsAll(external));
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

    /** Whether there is one that is a process of its own. */
    boolean hasExternal() {
        lock.lock();
        try {
            return external != null && !external.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Keeps the error that one has told of; gives whether it is a process of its own, which ends by itself. */
    boolean fail(String id, String error) throws RuntimeApiException {
        lock.lock();
        try {
            var extension = known(id);
            extension.failure = error;
            return isExternal(extension.name);
        } finally {
            lock.unlock();
        }
    }

    /** The process of one could not be started. */
    void notStarted(String name, String error) {
        lock.lock();
        try {
            launchErrors.put(name, error);
        } finally {
            lock.unlock();
        }
    }

    /** The process of one has ended. */
    void exited(String name) {
        lock.lock();
        try {
            exited.add(name);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the processes that were told of the end, for so long at most. */
    void awaitExits(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (left > 0
                    && byId.values().stream()
                            .anyMatch(each -> each.events.contains(SHUTDOWN) && !exited.contains(each.name))) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What there is to tell of them once the environment has initialized, or has not. */
    List<View> views() {
        lock.lock();
        try {
            var views = new ArrayList<View>();
            for (var each : byId.values()) {
                var state = each.failure != null ? "InitError" : each.waiting ? "Ready" : "Registered";
                views.add(
                        new View(each.name, state, each.events.stream().sorted().toList(), each.failure));
            }
            launchErrors.forEach((name, error) -> views.add(new View(name, "LaunchError", List.of(), error)));
            return views;
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
