package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.runtime.RuntimeApi;
import dev.ruststack.emulator.lambda.sandbox.SandboxException;
import dev.ruststack.emulator.lambda.sandbox.SandboxLauncher;
import dev.ruststack.emulator.logs.FunctionLogs;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The execution environments of all functions. An environment is leased for one event at a time: the one used last, so
 * that those beyond need run idle and are ended; a new one where none is idle. Where this machine's limit is reached,
 * another function's idle environment gives way; where there is none, the caller waits for a while.
 *
 * <p>An environment whose function has answered is not idle before its process asks for the next event. A lease waits a
 * moment for such a one rather than start another.
 */
final class FunctionPool implements AutoCloseable {
    private static final long RETURN_GRACE = TimeUnit.MILLISECONDS.toNanos(50);

    private final LambdaSettings settings;
    private final RuntimeApi api;
    private final SandboxLauncher launcher;
    private final FunctionLogs logs;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Idle environments, the one used last at the end. */
    private final ArrayDeque<Idle> idle = new ArrayDeque<>();

    private final Set<ExecutionEnvironment> busy = new HashSet<>();

    /** Those that have answered and are not idle yet, with the time by which they have to be. */
    private final Map<ExecutionEnvironment, Long> returning = new LinkedHashMap<>();

    /** Those that are to end when they are done. */
    private final Set<ExecutionEnvironment> retired = new HashSet<>();

    /** How many of a version, by its ARN, are not to be ended for being idle. */
    private final Map<String, Integer> kept = new HashMap<>();

    private volatile Runnable onLoss = () -> {};
    private final ExecutorService closing = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("lambda-close-", 0).factory());
    private final Thread reaper;
    private int total;
    private boolean closed;

    private record Idle(ExecutionEnvironment environment, long since) {}

    FunctionPool(LambdaSettings settings, RuntimeApi api, SandboxLauncher launcher, FunctionLogs logs) {
        this.settings = settings;
        this.api = api;
        this.launcher = launcher;
        this.logs = logs;
        this.reaper = Thread.ofVirtual().name("lambda-reaper").unstarted(this::reap);
        reaper.start();
    }

    /** Takes an environment for one event; it has to be given back. Throws where none could be had in time. */
    ExecutionEnvironment lease(FunctionConfiguration function) throws InterruptedException, SandboxException {
        var environment = idleOrPlace(function);
        return environment == null ? launched(function, InitializationType.ON_DEMAND) : environment;
    }

    /** Takes a new environment, whether or not one is idle; throws at once where there is no room for it. */
    ExecutionEnvironment leaseNew(FunctionConfiguration function) throws InterruptedException, SandboxException {
        lock.lock();
        try {
            if (closed) {
                throw stopping();
            }
            if (total >= settings.maxEnvironments() && !makeRoom()) {
                throw throttled();
            }
            total++;
        } finally {
            lock.unlock();
        }
        // What is kept of a version is its provisioned concurrency.
        return launched(
                function,
                function.version().equals(FunctionName.LATEST)
                        ? InitializationType.ON_DEMAND
                        : InitializationType.PROVISIONED_CONCURRENCY);
    }

    private ExecutionEnvironment launched(FunctionConfiguration function, InitializationType initialization)
            throws InterruptedException, SandboxException {
        ExecutionEnvironment launched;
        try {
            launched = launch(function, initialization);
        } catch (SandboxException | InterruptedException | RuntimeException e) {
            forget(null);
            throw e;
        }
        lock.lock();
        try {
            busy.add(launched);
            if (!closed) {
                return launched;
            }
        } finally {
            lock.unlock();
        }
        discard(launched);
        throw stopping();
    }

    private ExecutionEnvironment launch(FunctionConfiguration function, InitializationType initialization)
            throws InterruptedException, SandboxException {
        var image = function.image();
        var sandbox = launcher.launch(new SandboxLauncher.Request(
                function.name(),
                image == null ? function.runtime() : null,
                image == null ? null : image.uri(),
                function.architectures().getFirst(),
                function.memorySize(),
                function.ephemeralStorage(),
                settings.debugPorts().port(function)));
        return new ExecutionEnvironment(function, initialization, settings, api, sandbox, logs, this::settled);
    }

    /** An idle environment, or null for the right to launch one. */
    private @Nullable ExecutionEnvironment idleOrPlace(FunctionConfiguration function) throws InterruptedException {
        long began = System.nanoTime();
        lock.lock();
        try {
            while (true) {
                if (closed) {
                    throw stopping();
                }
                var environment = takeIdle(function);
                if (environment != null) {
                    busy.add(environment);
                    return environment;
                }
                long waited = System.nanoTime() - began;
                long graceLeft = isReturning(function) ? RETURN_GRACE - waited : 0;
                if (graceLeft > 0) {
                    changed.awaitNanos(graceLeft);
                } else if (total < settings.maxEnvironments() || makeRoom()) {
                    total++;
                    return null;
                } else if (waited < settings.patience().toNanos()) {
                    changed.awaitNanos(settings.patience().toNanos() - waited);
                } else {
                    throw throttled();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    static RuntimeException throttled() {
        return ConcurrencyGate.throttled("ConcurrentInvocationLimitExceeded");
    }

    static RuntimeException stopping() {
        return LambdaError.SERVICE.saying("The emulator is stopping.");
    }

    private @Nullable ExecutionEnvironment takeIdle(FunctionConfiguration function) {
        for (Iterator<Idle> latest = idle.descendingIterator(); latest.hasNext(); ) {
            var environment = latest.next().environment();
            if (!environment.isUsable()) {
                latest.remove();
                closeLater(environment);
                gone();
            } else if (environment.serves(function)) {
                latest.remove();
                return environment;
            }
        }
        return null;
    }

    private boolean isReturning(FunctionConfiguration function) {
        return returning.keySet().stream().anyMatch(environment -> environment.serves(function));
    }

    /** Ends the environment that has been idle for longest, of whatever function, but for those that are kept. */
    private boolean makeRoom() {
        return endIdle(System.nanoTime());
    }

    /** Ends the environment that is idle for longest, if that is since a time or before, and it is not kept. */
    private boolean endIdle(long latest) {
        for (Iterator<Idle> oldest = idle.iterator(); oldest.hasNext(); ) {
            var each = oldest.next();
            if (each.since() - latest > 0) {
                return false;
            }
            if (!isKept(each.environment().function())) {
                oldest.remove();
                closeLater(each.environment());
                gone();
                return true;
            }
        }
        return false;
    }

    private boolean isKept(FunctionConfiguration function) {
        var least = kept.get(function.versionArn());
        return least != null && count(function) <= least;
    }

    private int count(FunctionConfiguration function) {
        return (int) (idle.stream()
                        .filter(each -> each.environment().serves(function))
                        .count()
                + busy.stream().filter(each -> each.serves(function)).count()
                + returning.keySet().stream()
                        .filter(each -> each.serves(function))
                        .count());
    }

    private void gone() {
        total--;
        changed.signalAll();
        onLoss.run();
    }

    /** Gives an environment back after an event. */
    void release(ExecutionEnvironment environment) {
        lock.lock();
        try {
            busy.remove(environment);
            if (closed || retired.remove(environment) || !environment.isUsable()) {
                closeLater(environment);
                gone();
            } else if (environment.isSettled()) {
                idle.addLast(new Idle(environment, System.nanoTime()));
            } else {
                var released = environment.function();
                var limit = settings.debugPorts().limit(released, Duration.ofSeconds(released.timeout()));
                returning.put(environment, System.nanoTime() + limit.toNanos());
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Gives an environment back that is not to be used again. */
    void discard(ExecutionEnvironment environment) {
        forget(environment);
        environment.close();
    }

    private void forget(@Nullable ExecutionEnvironment environment) {
        lock.lock();
        try {
            if (environment != null) {
                busy.remove(environment);
                retired.remove(environment);
            }
            gone();
        } finally {
            lock.unlock();
        }
    }

    private void settled(ExecutionEnvironment environment) {
        lock.lock();
        try {
            if (environment.isSettled() && returning.remove(environment) != null) {
                idle.addLast(new Idle(environment, System.nanoTime()));
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Does not end so many environments of a function for being idle, nor for another function; 0 for none. */
    void keep(String functionArn, int environments) {
        lock.lock();
        try {
            if (environments == 0) {
                kept.remove(functionArn);
            } else {
                kept.put(functionArn, environments);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Has something run whenever an environment is gone; it must not block. */
    void onLoss(Runnable listener) {
        onLoss = listener;
    }

    /** How many environments of this revision of a function there are, without those that start. */
    int size(FunctionConfiguration function) {
        lock.lock();
        try {
            return count(function);
        } finally {
            lock.unlock();
        }
    }

    /** How many environments of this revision of a function have initialised. */
    int standing(FunctionConfiguration function) {
        lock.lock();
        try {
            return count(function)
                    - (int) busy.stream()
                            .filter(each -> each.serves(function) && !each.isInitialised())
                            .count();
        } finally {
            lock.unlock();
        }
    }

    /** How many environments there are, with those that start. */
    int size() {
        lock.lock();
        try {
            return total;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the environments of some functions: the idle ones now, the others when they are done. */
    void retire(Predicate<FunctionConfiguration> which) {
        lock.lock();
        try {
            for (var each : List.copyOf(idle)) {
                if (which.test(each.environment().function())) {
                    idle.remove(each);
                    closeLater(each.environment());
                    gone();
                }
            }
            for (var each : List.copyOf(returning.keySet())) {
                if (which.test(each.function())) {
                    returning.remove(each);
                    closeLater(each);
                    gone();
                }
            }
            busy.stream().filter(each -> which.test(each.function())).forEach(retired::add);
        } finally {
            lock.unlock();
        }
    }

    private void closeLater(ExecutionEnvironment environment) {
        if (closing.isShutdown()) {
            Thread.startVirtualThread(environment::close);
        } else {
            closing.execute(environment::close);
        }
    }

    /** Ends environments that have been idle for too long, and processes that answered but do not come back. */
    private void reap() {
        long most = TimeUnit.MILLISECONDS.toNanos(500);
        long least = TimeUnit.MILLISECONDS.toNanos(10);
        var interval = Duration.ofNanos(Math.clamp(settings.idle().toNanos() / 4, least, most));
        try {
            while (true) {
                Thread.sleep(interval);
                for (var environment : expired()) {
                    environment.stop();
                    release(environment);
                }
            }
        } catch (InterruptedException e) {
            // The pool is closed.
        }
    }

    /** Ends what has been idle for too long; takes, as if for an event, what should have come back by now. */
    private List<ExecutionEnvironment> expired() {
        lock.lock();
        try {
            long now = System.nanoTime();
            long latest = now - settings.idle().toNanos();
            boolean ended = true;
            while (ended) {
                ended = endIdle(latest);
            }
            var lingering = returning.entrySet().stream()
                    .filter(each -> each.getValue() - now <= 0)
                    .map(Map.Entry::getKey)
                    .toList();
            lingering.forEach(returning::remove);
            busy.addAll(lingering);
            return lingering;
        } finally {
            lock.unlock();
        }
    }

    /** Kills everything that runs and waits until it is gone. Callers that wait get an error. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            idle.forEach(each -> closeLater(each.environment()));
            returning.keySet().forEach(this::closeLater);
            // Their callers give them back, which closes them.
            busy.forEach(environment -> closing.execute(environment::end));
            idle.clear();
            returning.clear();
            changed.signalAll();
            awaitBusy();
        } finally {
            lock.unlock();
        }
        reaper.interrupt();
        closing.close();
    }

    private void awaitBusy() {
        long left = TimeUnit.SECONDS.toNanos(10);
        try {
            while (!busy.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
