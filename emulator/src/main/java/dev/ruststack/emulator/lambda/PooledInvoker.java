package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.runtime.RuntimeApi;
import dev.ruststack.emulator.lambda.sandbox.SandboxException;
import dev.ruststack.emulator.lambda.sandbox.SandboxLauncher;
import dev.ruststack.emulator.logs.FunctionLogs;
import dev.ruststack.emulator.logs.LogLine;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Runs functions in execution environments that are kept for the events that follow. */
public final class PooledInvoker implements Invoker, AutoCloseable {
    private final LambdaSettings settings;
    private final FunctionLogs logs;
    private final FunctionPool pool;
    private final AsynchronousInvocations asynchronous;
    private final AtomicInteger running = new AtomicInteger();

    /** The Runtime API and the launcher stay the caller's, to be closed after this. */
    public PooledInvoker(LambdaSettings settings, RuntimeApi api, SandboxLauncher launcher, FunctionLogs logs) {
        this.settings = settings;
        this.logs = logs;
        this.pool = new FunctionPool(settings, api, launcher, logs);
        this.asynchronous = new AsynchronousInvocations(this, settings, logs);
    }

    @Override
    public Outcome invoke(FunctionConfiguration function, Invocation invocation) throws InterruptedException {
        if (running.incrementAndGet() > settings.concurrencyLimit()) {
            running.decrementAndGet();
            throw FunctionPool.throttled();
        }
        try {
            var environment = lease(function);
            try {
                return environment.run(invocation);
            } finally {
                pool.release(environment);
            }
        } finally {
            running.decrementAndGet();
        }
    }

    @Override
    public void invokeAsync(FunctionConfiguration function, Invocation invocation) {
        asynchronous.submit(function, invocation);
    }

    @Override
    public Outcome.@Nullable Failed warm(FunctionConfiguration function) throws InterruptedException {
        var environment = lease(function);
        boolean stands = false;
        try {
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

    @Override
    public void retire(String functionArn) {
        pool.retire(functionArn);
    }

    private ExecutionEnvironment lease(FunctionConfiguration function) throws InterruptedException {
        try {
            return pool.lease(function);
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
