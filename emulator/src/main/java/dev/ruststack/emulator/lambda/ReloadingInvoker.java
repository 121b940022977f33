package dev.ruststack.emulator.lambda;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Invokes functions with the code that their source has now: see {@link CodeReloads}. */
public final class ReloadingInvoker implements Invoker {
    private final Invoker invoker;
    private final CodeReloads reloads;
    private final Function<String, @Nullable FunctionConfiguration> latest;

    /** @param latest finds the configuration of {@code $LATEST} by a function's ARN; null where it is gone */
    public ReloadingInvoker(
            Invoker invoker, CodeReloads reloads, Function<String, @Nullable FunctionConfiguration> latest) {
        this.invoker = invoker;
        this.reloads = reloads;
        this.latest = latest;
    }

    private FunctionConfiguration fresh(FunctionConfiguration function) throws InterruptedException {
        if (!function.version().equals(FunctionName.LATEST) || !reloads.await(function.arn())) {
            return function;
        }
        var now = latest.apply(function.arn());
        return now == null ? function : now;
    }

    @Override
    public Outcome invoke(FunctionConfiguration function, Invocation invocation) throws InterruptedException {
        return invoker.invoke(fresh(function), invocation);
    }

    @Override
    public StreamedResponse invokeStreaming(FunctionConfiguration function, Invocation invocation)
            throws InterruptedException {
        return invoker.invokeStreaming(fresh(function), invocation);
    }

    @Override
    public void invokeAsync(FunctionConfiguration function, Invocation invocation) {
        invoker.invokeAsync(function, invocation);
    }

    @Override
    public Outcome.@Nullable Failed warm(FunctionConfiguration function) throws InterruptedException {
        return invoker.warm(function);
    }

    @Override
    public void retire(String functionArn) {
        invoker.retire(functionArn);
    }

    @Override
    public void retire(String functionArn, String version) {
        invoker.retire(functionArn, version);
    }
}
