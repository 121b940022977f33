package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.runtime.End;
import dev.ruststack.emulator.lambda.runtime.InitEnd;
import dev.ruststack.emulator.lambda.runtime.Telemetry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What extensions are told of one initialization. AWS: Lambda Developer Guide, Lambda Telemetry API Event schema
 * reference, platform.initStart, platform.initRuntimeDone and platform.initReport.
 */
final class InitTelemetry {
    /** The init phase, which has a limit of its own. */
    static final String INIT = "init";

    /** An initialization within the time of an invocation. */
    static final String INVOKE = "invoke";

    private static final long MEGABYTE = 1024L * 1024;

    private final FunctionConfiguration function;
    private final String region;
    private final InitializationType type;
    private final String phase;
    private long began;

    InitTelemetry(FunctionConfiguration function, String region, InitializationType type, String phase) {
        this.function = function;
        this.region = region;
        this.type = type;
        this.phase = phase;
    }

    InitializationType type() {
        return type;
    }

    /** The initialization begins now. */
    void begin(Telemetry telemetry) {
        began = System.nanoTime();
        var record = record();
        if (function.image() == null) {
            record.put("runtimeVersion", PlatformLines.runtimeVersion(function.runtime()));
            record.put("runtimeVersionArn", PlatformLines.runtimeVersionArn(function.runtime(), region));
        }
        record.put("functionName", function.name());
        record.put("functionVersion", function.version());
        record.put("instanceMaxMemory", function.memorySize() * MEGABYTE);
        telemetry.event("platform.initStart", record);
    }

    /** It has ended; nobody can subscribe any more where it succeeded. */
    void end(Telemetry telemetry, InitEnd end, boolean outOfMemory) {
        if (telemetry.isHeard()) {
            var done = record();
            status(done, end, outOfMemory);
            telemetry.event("platform.initRuntimeDone", done);
            var report = record();
            status(report, end, outOfMemory);
            report.put("metrics", Map.of("durationMs", (System.nanoTime() - began) / 1e6));
            report.put("spans", List.of());
            telemetry.event("platform.initReport", report);
        }
        if (end instanceof InitEnd.Ready) {
            telemetry.closeSubscriptions();
        }
    }

    private Map<String, Object> record() {
        var record = new LinkedHashMap<String, Object>();
        record.put("initializationType", type.value());
        record.put("phase", phase);
        return record;
    }

    private static void status(Map<String, Object> record, InitEnd end, boolean outOfMemory) {
        switch (end) {
            case InitEnd.Ready _ -> record.put("status", "success");
            case End.Failed(var error, var _) -> {
                record.put("status", "error");
                record.put("errorType", PlatformLines.errorType(error));
            }
            case End.Exited _ -> {
                record.put("status", "failure");
                record.put("errorType", outOfMemory ? "Runtime.OutOfMemory" : "Runtime.ExitError");
            }
            case End.TimedOut _ -> record.put("status", "timeout");
        }
    }
}
