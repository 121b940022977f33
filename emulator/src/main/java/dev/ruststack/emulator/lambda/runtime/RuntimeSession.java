package dev.ruststack.emulator.lambda.runtime;

import dev.ruststack.emulator.lambda.runtime.RuntimeState.Answered;
import dev.ruststack.emulator.lambda.runtime.RuntimeState.Ended;
import dev.ruststack.emulator.lambda.runtime.RuntimeState.InitFailed;
import dev.ruststack.emulator.lambda.runtime.RuntimeState.Responding;
import dev.ruststack.emulator.lambda.runtime.RuntimeState.Running;
import dev.ruststack.emulator.lambda.runtime.RuntimeState.Started;
import dev.ruststack.emulator.lambda.runtime.RuntimeState.Waiting;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The conversation with one process of a runtime, from its start to its end. On one side the routes of the Runtime API,
 * on the other the execution environment; each waits here for the other.
 */
public final class RuntimeSession {
    private final String address;
    private final Function function;
    private final Runnable onWaiting;
    private final Telemetry telemetry;
    private final Extensions extensions;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private RuntimeState state = new Started();

    /** Kept until the next event: the process may ask for that before this has been seen. */
    private @Nullable End answer;

    private boolean initialised;
    private boolean exited;
    private volatile boolean shuttingDown;

    /** The first error that an extension told of, which is what its end is called by. */
    private @Nullable String fatalError;

    RuntimeSession(String address, Function function, Runnable onWaiting, Telemetry.Transport transport) {
        this.address = address;
        this.function = function;
        this.onWaiting = onWaiting;
        this.telemetry = new Telemetry(transport);
        this.extensions = new Extensions(this::extensionsChanged);
    }

    /**
     * What a process may be told of its function.
     *
     * @param requestId the invocation that it is started for
     */
    public record Function(String name, String version, String handler, String accountId, String requestId) {}

    Function function() {
        return function;
    }

    Extensions extensions() {
        return extensions;
    }

    /** Tells the extensions of what happens. */
    public Telemetry telemetry() {
        return telemetry;
    }

    /** What the process finds in {@code AWS_LAMBDA_RUNTIME_API}: known to no one else, so it tells who calls. */
    public String address() {
        return address;
    }

    /** Whether the process waits for an event, and so do its extensions. */
    public boolean isWaiting() {
        lock.lock();
        try {
            return state instanceof Waiting(var taker) && taker.isThere() && extensions.areWaiting();
        } finally {
            lock.unlock();
        }
    }

    /** Tells which extensions run as processes of their own; nothing is ready before. */
    public void expect(Set<String> names) {
        extensions.expect(names);
    }

    /** Waits until the extensions have registered, without which no runtime is started; null where they have. */
    public @Nullable InitEnd awaitRegistration(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (!extensions.haveRegistered()) {
                switch (state) {
                    case InitFailed(var error) -> {
                        return error;
                    }
                    case Ended(var reason) -> {
                        return new End.Exited(reason);
                    }
                    case Started _, Waiting _, Running _, Responding _, Answered _ -> {
                        if (left <= 0) {
                            return new End.TimedOut();
                        }
                        left = changed.awaitNanos(left);
                    }
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the runtime and the extensions have initialized, or have not. */
    public InitEnd awaitInit(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (true) {
                switch (state) {
                    case Waiting _
                    when extensions.areWaiting() -> {
                        extensions.close();
                        initialised = true;
                        return new InitEnd.Ready();
                    }
                    case InitFailed(var error) -> {
                        return error;
                    }
                    case Ended(var reason) -> {
                        return new End.Exited(reason);
                    }
                    case Started _, Waiting _, Running _, Responding _, Answered _ -> {
                        if (left <= 0) {
                            return new End.TimedOut();
                        }
                        left = changed.awaitNanos(left);
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives the waiting process an event and waits for the answer. */
    public End run(Event event, Duration limit) throws InterruptedException {
        var taker = begin(event);
        if (taker == null) {
            return new End.NotTaken();
        }
        taker.take(event);
        return awaitAnswer(limit);
    }

    private @Nullable EventTaker begin(Event event) {
        lock.lock();
        try {
            if (!isWaiting() || !(state instanceof Waiting(var taker))) {
                return null;
            }
            answer = null;
            become(new Running(event));
            if (!extensions.isEmpty()) {
                extensions.offer(Extensions.INVOKE, ExtensionEvents.invoke(event));
            }
            return taker;
        } finally {
            lock.unlock();
        }
    }

    private End awaitAnswer(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (answer == null) {
                if (left <= 0) {
                    return new End.TimedOut();
                }
                left = changed.awaitNanos(left);
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }

    /** An extension has registered or waits for an event, as the runtime may do already. */
    private void extensionsChanged() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (isWaiting()) {
            onWaiting.run();
        }
    }

    /** An extension tells that it cannot go on. One with a process of its own is about to exit. */
    void extensionFailed(String id, String error, String detail) throws RuntimeApiException {
        boolean exits = extensions.fail(id, detail);
        lock.lock();
        try {
            fatalError = fatalError == null ? error : fatalError;
        } finally {
            lock.unlock();
        }
        if (!exits) {
            extensionEnds(error, detail);
        }
    }

    /** The process of an extension has gone, which nobody asked it to; {@code reason} is that of its exit. */
    public void extensionExited(String name, String reason) {
        extensions.exited(name);
        if (!shuttingDown) {
            extensionEnds("Extension.Crash", reason.isEmpty() ? "exit code 0" : reason);
        }
    }

    /** An extension could not be started; {@code why} is in the words of Lambda. */
    public void extensionNotStarted(String name, String why) {
        extensions.notStarted(name, why.endsWith("permission denied") ? "PermissionDenied" : "UnknownError");
        extensionEnds("Extension.LaunchError", why);
    }

    /** Without its extensions the environment cannot go on. */
    private void extensionEnds(String type, String cause) {
        lock.lock();
        try {
            var error = fatalError == null ? type : fatalError;
            switch (state) {
                case Started _ -> become(new InitFailed(ExtensionEvents.failure(error, function.requestId(), cause)));
                case Waiting _ ->
                    become(
                            initialised
                                    ? new Ended(error)
                                    : new InitFailed(ExtensionEvents.failure(error, function.requestId(), cause)));
                case Running(var event) -> fail(event, error, cause);
                case Responding(var event) -> fail(event, error, cause);
                case Answered _ -> become(new Ended(error));
                case InitFailed _, Ended _ -> {}
            }
        } finally {
            lock.unlock();
        }
        onWaiting.run();
    }

    private void fail(Event event, String type, String cause) {
        answer = ExtensionEvents.failure(type, event.requestId(), cause);
        become(new Ended(type));
    }

    /** Whether nothing can be run here any more: the runtime has gone, or an extension that it needs. */
    public boolean isOver() {
        lock.lock();
        try {
            return state instanceof Ended;
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is anyone who wants time at the end. */
    public boolean hasExtensions() {
        return !extensions.isEmpty();
    }

    /** Whether one of them is a process of its own. */
    public boolean hasExternalExtensions() {
        return extensions.hasExternal();
    }

    /** Tells the extensions that the environment ends. */
    public void shutDown(String reason, long deadlineMillis) {
        shuttingDown = true;
        extensions.offer(Extensions.SHUTDOWN, ExtensionEvents.shutdown(reason, deadlineMillis));
    }

    /** Waits until those have gone that were told of the end, for so long at most. */
    public void awaitExtensions(Duration limit) throws InterruptedException {
        extensions.awaitExits(limit);
    }

    /** Tells the extensions' listeners, and {@code log}, what has become of each. */
    public void tellOfExtensions(Consumer<String> log) {
        for (var each : extensions.views()) {
            log.accept(ExtensionEvents.line(each));
            telemetry.event("platform.extension", ExtensionEvents.record(each));
        }
    }

    /** Waits until the runtime has gone, for so long at most. */
    public void awaitEnd(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (!exited && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of everyone who waits here. */
    void close() {
        exited("");
        extensions.end();
        telemetry.close();
    }

    /** The process has gone. What it answered before stands. */
    public void exited(String reason) {
        lock.lock();
        try {
            exited = true;
            changed.signalAll();
            switch (state) {
                case Started _, Waiting _ -> become(new Ended(reason));
                case Running _, Responding _ -> {
                    answer = new End.Exited(reason);
                    become(new Ended(reason));
                }
                case Answered _ -> become(new Ended(reason));
                case InitFailed _, Ended _ -> {}
            }
        } finally {
            lock.unlock();
        }
    }

    /** There is no process after all, for the reason given. */
    public void notStarted(End.Failed error) {
        lock.lock();
        try {
            if (state instanceof Started) {
                become(new InitFailed(error));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Has the next event given to the process. A second wait takes the place of the first, whose connection is gone. */
    void next(EventTaker taker) throws RuntimeApiException {
        boolean wasBusy;
        lock.lock();
        try {
            wasBusy = state instanceof Started || state instanceof Answered;
            if (!wasBusy && !(state instanceof Waiting)) {
                throw RuntimeApiException.invalidTransition(state, "Ready");
            }
            become(new Waiting(taker));
        } finally {
            lock.unlock();
        }
        if (wasBusy) {
            onWaiting.run();
        }
    }

    /** Refuses an answer to an invocation that is not under way. */
    Event requireRunning(String requestId, String transition) throws RuntimeApiException {
        lock.lock();
        try {
            if (!(state instanceof Running(var event))) {
                throw RuntimeApiException.invalidTransition(state, transition);
            }
            if (!event.requestId().equals(requestId)) {
                throw RuntimeApiException.invalidRequestId();
            }
            return event;
        } finally {
            lock.unlock();
        }
    }

    /** The answer to the invocation that is under way has begun, and goes on until {@link #responded}. */
    void respond(String requestId, String transition) throws RuntimeApiException {
        lock.lock();
        try {
            become(new Responding(requireRunning(requestId, transition)));
        } finally {
            lock.unlock();
        }
    }

    /** An answer that had begun is complete; without effect where the process has gone in the meantime. */
    void responded(End end) {
        lock.lock();
        try {
            if (state instanceof Responding) {
                answer = end;
                become(new Answered());
            }
        } finally {
            lock.unlock();
        }
    }

    /** An answer that had begun was cut. The process that did it is about to exit, or is wrong. */
    void truncated(End otherwise, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (state instanceof Responding && left > 0) {
                left = changed.awaitNanos(left);
            }
            responded(otherwise);
        } finally {
            lock.unlock();
        }
    }

    /** Takes the answer to the invocation that is under way. */
    void answer(String requestId, String transition, End end) throws RuntimeApiException {
        lock.lock();
        try {
            var _ = requireRunning(requestId, transition);
            answer = end;
            become(new Answered());
        } finally {
            lock.unlock();
        }
    }

    /** Takes the error of an initialization. */
    void failInit(End.Failed error) throws RuntimeApiException {
        lock.lock();
        try {
            if (!(state instanceof Started)) {
                throw RuntimeApiException.invalidTransition(state, "InitError");
            }
            become(new InitFailed(error));
        } finally {
            lock.unlock();
        }
    }

    private void become(RuntimeState next) {
        if (state instanceof Waiting(var taker) && !(next instanceof Running)) {
            taker.refuse(RuntimeApiException.invalidTransition(next, "Ready"));
        }
        state = next;
        changed.signalAll();
    }
}
