package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.lambda.EventRecord.Condition;
import dev.ruststack.emulator.logs.FunctionLogs;
import dev.ruststack.emulator.logs.LogLine;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is done once an asynchronous invocation is over: its record goes to the destination that is configured for it,
 * an event that failed to the function's dead letters as well. What cannot go there is told in the function's log.
 */
final class EventEnd {
    private final LambdaSettings settings;
    private final FunctionLogs logs;
    private final EventOutlet outlet;

    EventEnd(LambdaSettings settings, FunctionLogs logs, EventOutlet outlet) {
        this.settings = settings;
        this.logs = logs;
        this.outlet = outlet;
    }

    void over(EventRecord record, EventInvokeConfig config) {
        boolean succeeded = record.condition() == Condition.SUCCESS;
        var name = record.function().name();
        var destination = succeeded ? config.onSuccess() : config.onFailure();
        if (destination != null) {
            var json = record.json(settings.clock().instant());
            deliver(
                    record,
                    destination,
                    new EventOutlet.Message(name, json, record.invocation().traceId(), Map.of()));
        }
        var deadLetters = record.function().services().deadLetterArn();
        if (!succeeded && deadLetters != null) {
            deliver(
                    record,
                    deadLetters,
                    new EventOutlet.Message(
                            name,
                            record.invocation().payload(),
                            record.invocation().traceId(),
                            record.attributes()));
        }
    }

    private void deliver(EventRecord record, String arn, EventOutlet.Message message) {
        try {
            outlet.deliver(Destination.parse(arn), message);
        } catch (IOException | AwsException e) {
            log(record.function(), record.invocation(), "The event does not get to " + arn + ": " + e.getMessage());
        }
    }

    void log(FunctionConfiguration function, @Nullable Invocation invocation, String text) {
        var requestId = invocation == null ? null : invocation.requestId();
        logs.of(function.name())
                .append(new LogLine(settings.clock().instant(), "events", requestId, "[RustStack] " + text));
    }
}
