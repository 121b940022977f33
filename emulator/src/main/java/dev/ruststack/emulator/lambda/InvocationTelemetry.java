package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.runtime.End;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What extensions are told of one invocation. AWS: Lambda Developer Guide, Lambda Telemetry API Event schema reference,
 * platform.start, platform.runtimeDone and platform.report.
 */
final class InvocationTelemetry {
    private final Invocation invocation;
    private final FunctionConfiguration function;

    InvocationTelemetry(Invocation invocation, FunctionConfiguration function) {
        this.invocation = invocation;
        this.function = function;
    }

    Map<String, Object> start() {
        var record = record();
        record.put("version", function.version());
        tracing(record);
        return record;
    }

    Map<String, Object> runtimeDone(End end, boolean outOfMemory, long nanos) {
        double duration = nanos / 1e6;
        var metrics = new LinkedHashMap<String, Object>();
        metrics.put("durationMs", duration);
        if (end instanceof End.Returned(var payload)) {
            metrics.put("producedBytes", payload.length);
        }
        var record = record();
        status(record, end, outOfMemory);
        record.put("metrics", metrics);
        if (end instanceof End.Returned || end instanceof End.Streamed) {
            var ended = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            record.put(
                    "spans",
                    List.of(
                            span("responseLatency", ended.minusNanos(nanos), duration),
                            span("responseDuration", ended, 0)));
        }
        tracing(record);
        return record;
    }

    Map<String, Object> report(End end, boolean outOfMemory, long nanos, long initNanos, long peakMemory) {
        var metrics = new LinkedHashMap<String, Object>();
        metrics.put("durationMs", nanos / 1e6);
        metrics.put("billedDurationMs", Math.ceilDiv(nanos + initNanos, 1_000_000L));
        metrics.put("memorySizeMB", function.memorySize());
        metrics.put("maxMemoryUsedMB", PlatformLines.usedMegabytes(peakMemory, function.memorySize()));
        if (initNanos > 0) {
            metrics.put("initDurationMs", initNanos / 1e6);
        }
        var record = record();
        status(record, end, outOfMemory);
        record.put("metrics", metrics);
        tracing(record);
        return record;
    }

    private Map<String, Object> record() {
        var record = new LinkedHashMap<String, Object>();
        record.put("requestId", invocation.requestId());
        return record;
    }

    private static Map<String, Object> span(String name, Instant start, double durationMillis) {
        var span = new LinkedHashMap<String, Object>();
        span.put("name", name);
        span.put("start", start.toString());
        span.put("durationMs", durationMillis);
        return span;
    }

    private void tracing(Map<String, Object> record) {
        if (!invocation.traceId().isEmpty()) {
            record.put("tracing", Map.of("type", "X-Amzn-Trace-Id", "value", invocation.traceId()));
        }
    }

    private static void status(Map<String, Object> record, End end, boolean outOfMemory) {
        var error = errorType(end, outOfMemory);
        record.put(
                "status",
                switch (end) {
                    case End.Returned _, End.Streamed _ -> "success";
                    case End.Failed _, End.TooLarge _ -> "error";
                    case End.Exited _, End.NotTaken _ -> "failure";
                    case End.TimedOut _ -> "timeout";
                });
        if (error != null) {
            record.put("errorType", error);
        }
    }

    private static @Nullable String errorType(End end, boolean outOfMemory) {
        return switch (end) {
            case End.Returned _, End.Streamed _, End.TimedOut _ -> null;
            case End.Failed(var type, var _) -> PlatformLines.errorType(type);
            case End.TooLarge _ -> "Function.ResponseSizeTooLarge";
            case End.Exited _, End.NotTaken _ -> outOfMemory ? "Runtime.OutOfMemory" : "Runtime.ExitError";
        };
    }
}
