package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.journal.KeptTable;
import dev.ruststack.emulator.lambda.runtime.RuntimeApi;
import dev.ruststack.emulator.lambda.sandbox.SandboxException;
import dev.ruststack.emulator.lambda.sandbox.SandboxLauncher;
import dev.ruststack.emulator.logs.FunctionLogs;
import dev.ruststack.emulator.logs.LogLine;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs functions in execution environments that are kept for the events that follow. */
public final class PooledInvoker implements Invoker, AutoCloseable {
    private final LambdaSettings settings;
    private final FunctionLogs logs;
    private final FunctionPool pool;
    private final AsynchronousInvocations asynchronous;
    private final ConcurrencyGate gate;
    private volatile InvocationObserver observer = InvocationObserver.NONE;

    /** The Runtime API and the launcher stay the caller's, to be closed after this. */
    public PooledInvoker(LambdaSettings settings, RuntimeApi api, SandboxLauncher launcher, FunctionLogs logs) {
        this.settings = settings;
        this.logs = logs;
        this.gate = new ConcurrencyGate(settings.concurrencyLimit());
        this.pool = new FunctionPool(settings, api, launcher, logs);
        this.asynchronous = new AsynchronousInvocations(this, settings, logs);
    }

    @Override
    public Outcome invoke(FunctionConfiguration function, Invocation invocation) throws InterruptedException {
        long began = System.nanoTime();
        var cold = new AtomicBoolean();
        var end = "refused";
        try {
            var outcome = run(function, invocation, cold);
            end = outcome instanceof Outcome.Returned ? "returned" : "failed";
            return outcome;
        } finally {
            observer.invoked(
                    new InvocationObserver.Invoked(function.name(), end, System.nanoTime() - began, cold.get()));
        }
    }

    @Override
    public StreamedResponse invokeStreaming(FunctionConfiguration function, Invocation invocation)
            throws InterruptedException {
        var response = new StreamedResponse();
        var streaming = invocation.streamingTo(response.sink());
        Thread.ofVirtual().name("lambda-stream-" + invocation.requestId()).start(() -> {
            try {
                response.end(invoke(function, streaming));
            } catch (RuntimeException e) {
                response.refuse(e);
            } catch (InterruptedException e) {
                response.refuse(FunctionPool.stopping());
            }
        });
        try {
            response.awaitStart();
            return response;
        } catch (InterruptedException e) {
            response.close();
            throw e;
        }
    }

    private Outcome run(FunctionConfiguration function, Invocation invocation, AtomicBoolean cold)
            throws InterruptedException {
        try (var _ = gate.enter(function.arn())) {
            var environment = leased(function, pool::lease);
            cold.set(environment.isFresh());
            try {
                return environment.run(invocation);
            } finally {
                pool.release(environment);
            }
        }
    }

    /** Has what functions have reserved respected from now on. */
    public void limit(ConcurrencyLimits limits) {
        var all = settings.debugPorts().over(limits);
        gate.limit(all);
        asynchronous.limit(all);
    }

    /** Has asynchronous invocations follow what is configured for them from now on. */
    public void follow(EventRules rules, EventOutlet outlet) {
        asynchronous.follow(rules, outlet);
    }

    /** Has asynchronous events that wait survive the process; the table stays the caller's, to be closed after this. */
    public void keep(KeptTable<WaitingEvent> waiting, Function<String, @Nullable FunctionConfiguration> functions) {
        asynchronous.keep(waiting, functions);
    }

    @Override
    public void invokeAsync(FunctionConfiguration function, Invocation invocation) {
        asynchronous.submit(function, invocation);
    }

    @Override
    public Outcome.@Nullable Failed warm(FunctionConfiguration function) throws InterruptedException {
        return warm(function, 1);
    }

    /**
     * Starts so many execution environments of a function side by side, as {@link #warm(FunctionConfiguration)} does
     * one; not more than there may be at a time. Those that are idle count.
     */
    public Outcome.@Nullable Failed warm(FunctionConfiguration function, int environments) throws InterruptedException {
        return warm(function, environments, pool::lease);
    }

    /** Starts so many execution environments of a function beside those that there are; as {@code warm} otherwise. */
    Outcome.@Nullable Failed start(FunctionConfiguration function, int environments) throws InterruptedException {
        return warm(function, environments, pool::leaseNew);
    }

    private Outcome.@Nullable Failed warm(FunctionConfiguration function, int environments, Lease lease)
            throws InterruptedException {
        int count = Math.clamp(environments, 1, settings.maxEnvironments());
        var together = new CountDownLatch(count);
        Callable<Optional<Outcome.Failed>> each = () -> Optional.ofNullable(warm(function, together, lease));
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var outcome : executor.invokeAll(Collections.nCopies(count, each))) {
                if (outcome.get().isPresent()) {
                    return outcome.get().get();
                }
            }
            return null;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    /** None is given back before all are leased, or one would be leased again and again. */
    private Outcome.@Nullable Failed warm(FunctionConfiguration function, CountDownLatch together, Lease lease)
            throws InterruptedException {
        ExecutionEnvironment environment;
        try {
            environment = leased(function, lease);
        } finally {
            together.countDown();
        }
        boolean stands = false;
        try {
            together.await();
            var failed = environment.warm();
            stands = failed == null;
            return failed;
        } finally {
            if (stands) {
                pool.release(environment);
            } else {
                pool.discard(environment);
            }
        }
    }

    /** Does not end so many environments of a function for being idle, nor for another function; 0 for none. */
    void keep(String functionArn, int environments) {
        pool.keep(functionArn, environments);
    }

    /** Has something run after an environment is gone; it must not block. There is one listener. */
    void onLoss(Runnable listener) {
        pool.onLoss(listener);
    }

    /** How many environments of this revision of a function there are, without those that start. */
    int environments(FunctionConfiguration function) {
        return pool.size(function);
    }

    /** How many environments of this revision of a function have initialised. */
    int standing(FunctionConfiguration function) {
        return pool.standing(function);
    }

    /** How many environments there may be at a time, over all functions. */
    int maxEnvironments() {
        return settings.maxEnvironments();
    }

    /** Has every invocation told to an observer from now on; there is one. */
    public void observe(InvocationObserver newObserver) {
        observer = newObserver;
    }

    /** How many execution environments there are. */
    public int environments() {
        return pool.size();
    }

    @Override
    public void retire(String functionArn) {
        pool.retire(function -> function.arn().equals(functionArn));
    }

    @Override
    public void retire(String functionArn, String version) {
        pool.retire(function ->
                function.arn().equals(functionArn) && function.version().equals(version));
    }

    /** How an environment is taken from the pool. */
    private interface Lease {
        ExecutionEnvironment take(FunctionConfiguration function) throws InterruptedException, SandboxException;
    }

    private ExecutionEnvironment leased(FunctionConfiguration function, Lease lease) throws InterruptedException {
        try {
            return lease.take(function);
        } catch (SandboxException e) {
            logs.of(function.name())
                    .append(new LogLine(settings.clock().instant(), "emulator", null, "[RustStack] " + e.text()));
            throw switch (e.kind()) {
                case RUNTIME_MISSING -> LambdaError.INVALID_RUNTIME.saying(e.text());
                case INVALID_ENTRYPOINT, UNAVAILABLE -> LambdaError.SERVICE.saying(e.text());
            };
        }
    }

    /** Kills every function and returns when all are gone. Invocations under way end with an error. */
    @Override
    public void close() {
        asynchronous.close();
        pool.close();
    }
}
