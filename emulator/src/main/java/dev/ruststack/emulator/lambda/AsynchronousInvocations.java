package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.logs.FunctionLogs;
import dev.ruststack.emulator.logs.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that nobody waits for. One that fails is tried again after a minute and after two more, with the same request
 * id; one that is throttled until it is too old. AWS: Lambda Developer Guide, How Lambda handles errors and retries with
 * asynchronous invocation.
 */
final class AsynchronousInvocations implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AsynchronousInvocations.class);
    private static final Duration FIRST_THROTTLE_DELAY = Duration.ofSeconds(1);
    private static final Duration LAST_THROTTLE_DELAY = Duration.ofMinutes(5);

    private final Invoker invoker;
    private final LambdaSettings settings;
    private final FunctionLogs logs;
    private final ExecutorService deliveries = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("lambda-event-", 0).factory());

    AsynchronousInvocations(Invoker invoker, LambdaSettings settings, FunctionLogs logs) {
        this.invoker = invoker;
        this.settings = settings;
        this.logs = logs;
    }

    void submit(FunctionConfiguration function, Invocation invocation) {
        var accepted = settings.clock().instant();
        deliveries.execute(() -> {
            try {
                deliver(function, invocation, accepted);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void deliver(FunctionConfiguration function, Invocation invocation, Instant accepted)
            throws InterruptedException {
        int failures = 0;
        var throttleDelay = FIRST_THROTTLE_DELAY;
        while (true) {
            var failure = attempt(function, invocation);
            Duration delay;
            switch (failure) {
                case null -> {
                    return;
                }
                case THROTTLED -> {
                    delay = throttleDelay;
                    throttleDelay = min(throttleDelay.multipliedBy(2), LAST_THROTTLE_DELAY);
                }
                case FAILED -> {
                    if (failures == settings.retryDelays().size()) {
                        discard(function, invocation, "it failed " + (failures + 1) + " times");
                        return;
                    }
                    delay = settings.retryDelays().get(failures);
                    failures++;
                }
            }
            if (accepted.plus(settings.maxEventAge())
                    .isBefore(settings.clock().instant().plus(delay))) {
                discard(function, invocation, "it would be older than " + settings.maxEventAge());
                return;
            }
            Thread.sleep(delay);
        }
    }

    private enum Failure {
        THROTTLED,
        FAILED
    }

    private @Nullable Failure attempt(FunctionConfiguration function, Invocation invocation)
            throws InterruptedException {
        try {
            return invoker.invoke(function, invocation) instanceof Outcome.Returned ? null : Failure.FAILED;
        } catch (AwsException e) {
            return e.code() == LambdaError.TOO_MANY_REQUESTS ? Failure.THROTTLED : Failure.FAILED;
        } catch (RuntimeException e) {
            LOG.error("An asynchronous event of {} could not be run", function.name(), e);
            return Failure.FAILED;
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void discard(FunctionConfiguration function, Invocation invocation, String why) {
        var message = "[RustStack] The asynchronous event is dropped: " + why + ".";
        logs.of(function.name())
                .append(new LogLine(settings.clock().instant(), "events", invocation.requestId(), message));
    }

    /** Drops what is waiting, and waits for nothing that runs. */
    @Override
    public void close() {
        deliveries.shutdownNow();
    }
}
