package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.lambda.FunctionConfiguration;
import dev.ruststack.emulator.lambda.FunctionConfiguration.State;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.Invocation;
import dev.ruststack.emulator.lambda.Invoker;
import dev.ruststack.emulator.lambda.Outcome;
import dev.ruststack.emulator.lambda.StreamedResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Invokes functions for fronts; whatever becomes of it is an {@link Answer}. */
final class FunctionCalls {
    private final Functions functions;
    private final Invoker invoker;

    FunctionCalls(Functions functions, Invoker invoker) {
        this.functions = functions;
        this.invoker = invoker;
    }

    /** What became of a call. */
    sealed interface Answer {
        /** The function returned this, JSON. */
        record Returned(byte[] payload) implements Answer {}

        /** The function failed. */
        record Failed(byte[] payload) implements Answer {}

        /** It takes longer than its caller waits; it runs on, as on AWS. */
        record TimedOut() implements Answer {}

        /** It could not be invoked. */
        record NotInvoked(String why) implements Answer {}

        /** There is no environment for it now. */
        record Throttled(String why) implements Answer {}

        /** A fault of ours. */
        record Broken(Throwable cause) implements Answer {}
    }

    /** Invokes a function, or a version or alias of it, and waits for as long as is said. */
    Answer call(String arn, byte[] event, String traceId, Duration timeout) throws InterruptedException {
        var function = find(arn);
        if (function == null || function.state().equals(State.PENDING)) {
            return new Answer.NotInvoked(function == null ? "the function is not there" : "the function is Pending");
        }
        var invocation = new Invocation(UUID.randomUUID().toString(), event, arn, null, traceId);
        var task = new FutureTask<>(() -> invoker.invoke(function, invocation));
        Thread.ofVirtual().name("httpfront " + invocation.requestId()).start(task);
        try {
            return switch (task.get(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                case Outcome.Returned returned -> new Answer.Returned(returned.payload());
                case Outcome.Failed failed -> new Answer.Failed(failed.payload());
            };
        } catch (TimeoutException e) {
            return new Answer.TimedOut();
        } catch (ExecutionException e) {
            return failure(e.getCause());
        }
    }

    /**
     * Invokes a function that answers while it still runs; what is returned has to be closed. Throws {@link AwsException}
     * where it cannot be invoked; null where it is not there.
     */
    @Nullable
    StreamedResponse stream(String arn, byte[] event, String traceId) throws InterruptedException {
        var function = find(arn);
        if (function == null || function.state().equals(State.PENDING)) {
            return null;
        }
        return invoker.invokeStreaming(
                function, new Invocation(UUID.randomUUID().toString(), event, arn, null, traceId));
    }

    private static Answer failure(@Nullable Throwable cause) {
        if (cause instanceof AwsException refused) {
            var why = refused.code().code() + ": " + refused.text();
            return refused.code().status() == 429 ? new Answer.Throttled(why) : new Answer.NotInvoked(why);
        }
        return new Answer.Broken(cause == null ? new IllegalStateException("no cause") : cause);
    }

    /** The version that an ARN means this time: an alias may share its invocations among two. */
    private @Nullable FunctionConfiguration find(String arn) {
        var latest = functions.find(arn);
        if (latest != null) {
            return latest.configuration();
        }
        int end = arn.lastIndexOf(':');
        var function = end < 0 ? null : functions.find(arn.substring(0, end));
        return function == null ? null : function.route(arn.substring(end + 1), ThreadLocalRandom.current());
    }
}
