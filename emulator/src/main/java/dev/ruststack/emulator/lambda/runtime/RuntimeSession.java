package dev.ruststack.emulator.lambda.runtime;

import dev.ruststack.emulator.lambda.runtime.RuntimeState.Answered;
import dev.ruststack.emulator.lambda.runtime.RuntimeState.Ended;
import dev.ruststack.emulator.lambda.runtime.RuntimeState.InitFailed;
import dev.ruststack.emulator.lambda.runtime.RuntimeState.Offered;
import dev.ruststack.emulator.lambda.runtime.RuntimeState.Responding;
import dev.ruststack.emulator.lambda.runtime.RuntimeState.Running;
import dev.ruststack.emulator.lambda.runtime.RuntimeState.Started;
import dev.ruststack.emulator.lambda.runtime.RuntimeState.Waiting;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The conversation with one process of a runtime, from its start to its end. On one side the routes of the Runtime API,
 * on the other the execution environment; each waits here for the other.
 */
public final class RuntimeSession {
    private final String address;
    private final Function function;
    private final Runnable onWaiting;
    private final Telemetry telemetry = new Telemetry();
    private final Extensions extensions;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private RuntimeState state = new Started();

    /** Kept until the next event: the process may ask for that before this has been seen. */
    private @Nullable End answer;

    private long turns;

    RuntimeSession(String address, Function function, Runnable onWaiting) {
        this.address = address;
        this.function = function;
        this.onWaiting = onWaiting;
        this.extensions = new Extensions(function.extensions(), this::extensionWaits);
    }

    /**
     * What a process may be told of its function.
     *
     * @param extensions the names of the extensions that run beside it
     */
    public record Function(String name, String version, String handler, String accountId, Set<String> extensions) {
        public Function {
            extensions = Set.copyOf(extensions);
        }
    }

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
            return state instanceof Waiting && extensions.areWaiting();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the runtime has initialized, or has not. */
    public InitEnd awaitInit(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (true) {
                switch (state) {
                    case Waiting _
                    when extensions.areWaiting() -> {
                        extensions.close();
                        return new InitEnd.Ready();
                    }
                    case InitFailed(var error) -> {
                        return error;
                    }
                    case Ended(var reason) -> {
                        return new End.Exited(reason);
                    }
                    case Started _, Waiting _, Offered _, Running _, Responding _, Answered _ -> {
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
        long left = limit.toNanos();
        lock.lock();
        try {
            if (!isWaiting()) {
                return new End.NotTaken();
            }
            answer = null;
            become(new Offered(event));
            extensions.offer(Extensions.INVOKE, ExtensionEvents.invoke(event));
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

    /** An extension waits for an event, as the runtime may do already. */
    private void extensionWaits() {
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

    /** An extension cannot go on: neither can the environment. */
    void extensionFailed(String name, String type) {
        var failed = new End.Failed(type, ExtensionEvents.failure(name, type));
        lock.lock();
        try {
            switch (state) {
                case Started _, Waiting _ -> become(new InitFailed(failed));
                case Offered _, Running _, Responding _ -> {
                    answer = failed;
                    become(new Ended(type));
                }
                case InitFailed _, Answered _, Ended _ -> {}
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is anyone who wants time at the end. */
    public boolean hasExtensions() {
        return !extensions.isEmpty();
    }

    /** Tells the extensions that the environment ends; whether one of them wants to know. */
    public boolean shutDown(String reason, long deadlineMillis) {
        extensions.offer(Extensions.SHUTDOWN, ExtensionEvents.shutdown(reason, deadlineMillis));
        return extensions.hearOfShutdown();
    }

    /** Waits until the process has gone, for so long at most. */
    public void awaitEnd(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (!(state instanceof Ended) && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The process has gone. What it answered before stands. */
    public void exited(String reason) {
        extensions.end();
        lock.lock();
        try {
            switch (state) {
                case Started _, Waiting _ -> become(new Ended(reason));
                case Offered _ -> {
                    answer = new End.NotTaken();
                    become(new Ended(reason));
                }
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

    /** Waits for an event on behalf of the process. */
    Event next() throws InterruptedException, RuntimeApiException {
        var waiting = beginWaiting();
        lock.lock();
        try {
            while (state.equals(waiting)) {
                changed.await();
            }
            if (state instanceof Offered(var event) && turns == waiting.turn()) {
                become(new Running(event));
                return event;
            }
            throw RuntimeApiException.invalidTransition(state, "Ready");
        } finally {
            lock.unlock();
        }
    }

    /** A second wait takes the place of the first, whose connection is gone. */
    private Waiting beginWaiting() throws RuntimeApiException {
        boolean wasBusy;
        Waiting waiting;
        lock.lock();
        try {
            wasBusy = state instanceof Started || state instanceof Answered;
            if (!wasBusy && !(state instanceof Waiting)) {
                throw RuntimeApiException.invalidTransition(state, "Ready");
            }
            turns++;
            waiting = new Waiting(turns);
            become(waiting);
        } finally {
            lock.unlock();
        }
        if (wasBusy) {
            onWaiting.run();
        }
        return waiting;
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
        state = next;
        changed.signalAll();
    }
}
