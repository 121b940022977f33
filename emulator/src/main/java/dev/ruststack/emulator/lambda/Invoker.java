package dev.ruststack.emulator.lambda;

import org.jspecify.annotations.Nullable;

/**
 * Runs functions. Throws {@link dev.ruststack.emulator.aws.AwsException} with a {@code LambdaError} only where no
 * environment could be had (throttled, runtime not there); everything a function does wrong is an {@link Outcome}.
 */
public interface Invoker {
    /** Runs an event and waits for its outcome. */
    Outcome invoke(FunctionConfiguration function, Invocation invocation) throws InterruptedException;

    /**
     * Runs an event and returns once the function begins to answer, or has failed; the rest comes through what is
     * returned, which has to be closed.
     */
    default StreamedResponse invokeStreaming(FunctionConfiguration function, Invocation invocation)
            throws InterruptedException {
        return StreamedResponse.of(invoke(function, invocation));
    }

    /** Accepts an event; retried twice on failure, as asynchronous invocation on AWS. */
    void invokeAsync(FunctionConfiguration function, Invocation invocation);

    /**
     * Starts an execution environment ahead of the first event and waits until it has initialised, for at most the
     * init limit.
     *
     * @return null where it stands ready, else why not: what the first invocation would have got
     */
    Outcome.@Nullable Failed warm(FunctionConfiguration function) throws InterruptedException;

    /** Ends the idle environments of a function, of whatever version; those that are busy end after their invocation. */
    void retire(String functionArn);

    /** As {@link #retire(String)}, of one version. */
    void retire(String functionArn, String version);
}
