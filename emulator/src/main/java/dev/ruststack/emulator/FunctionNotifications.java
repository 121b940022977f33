package dev.ruststack.emulator;

import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.Invocation;
import dev.ruststack.emulator.lambda.Invoker;
import dev.ruststack.emulator.lambda.TraceId;
import dev.ruststack.emulator.s3.NotificationTarget;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** S3's events for the functions of the stack: asynchronous invocations, as on AWS. */
final class FunctionNotifications implements NotificationTarget {
    private static final Logger LOG = LoggerFactory.getLogger(FunctionNotifications.class);

    private final Functions functions;
    private final Invoker invoker;
    private final Clock clock;

    FunctionNotifications(Functions functions, Invoker invoker, Clock clock) {
        this.functions = functions;
        this.invoker = invoker;
        this.clock = clock;
    }

    @Override
    public boolean exists(String functionArn) {
        return functions.configuration(functionArn) != null;
    }

    @Override
    public void deliver(String functionArn, byte[] event, @Nullable String trace) {
        var function = functions.configuration(functionArn);
        if (function == null) {
            LOG.warn("An event of S3 is for {}, which is not there", functionArn);
            return;
        }
        invoker.invokeAsync(
                function,
                new Invocation(
                        UUID.randomUUID().toString(),
                        event,
                        functionArn,
                        null,
                        trace == null ? TraceId.unsampled(clock.instant()) : trace));
    }
}
