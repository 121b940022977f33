package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.runtime.End;
import dev.ruststack.emulator.lambda.runtime.InitEnd;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** The lines that Lambda itself writes into a function's log. AWS: Lambda Developer Guide, Lambda function logs. */
final class PlatformLines {
    private static final long MEGABYTE = 1024 * 1024;
    private static final List<String> KNOWN_ERRORS = List.of("Runtime.", "Function.", "Extension.", "Sandbox.");

    private PlatformLines() {}

    /** The line of a runtime; an image has none of Lambda's. */
    static String initStart(String runtime, String region) {
        if (runtime.isEmpty()) {
            return "INIT_START";
        }
        return "INIT_START Runtime Version: " + runtimeVersion(runtime) + "\tRuntime Version ARN: "
                + runtimeVersionArn(runtime, region);
    }

    /** Such as {@code python:3.13.v1}. */
    static String runtimeVersion(String runtime) {
        int digit = 0;
        while (digit < runtime.length() && !Character.isDigit(runtime.charAt(digit))) {
            digit++;
        }
        var name = runtime.substring(0, digit);
        var version =
                digit == runtime.length() ? "" : ":" + runtime.substring(digit).replace(".x", "");
        return name + version + ".v1";
    }

    static String runtimeVersionArn(String runtime, String region) {
        var id = UUID.nameUUIDFromBytes(runtime.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        return "arn:aws:lambda:" + region + "::runtime:" + id + id;
    }

    /** The report of an init phase that failed; of one that succeeded there is none. */
    static String initReport(long nanos, String phase, InitEnd end, boolean outOfMemory) {
        return "INIT_REPORT Init Duration: " + Millis.ofNanos(nanos) + " ms\tPhase: " + phase
                + status(end, outOfMemory);
    }

    static String start(String requestId, String version) {
        return "START RequestId: " + requestId + " Version: " + version;
    }

    static String end(String requestId) {
        return "END RequestId: " + requestId;
    }

    /**
     * The report of an invocation.
     *
     * @param initNanos what the init phase took, or 0 where there was none
     * @param peakMemory bytes
     * @param status as {@link #status(End, boolean)} gives it
     */
    static String report(String requestId, long nanos, long initNanos, int memorySize, long peakMemory, String status) {
        long billed = Math.ceilDiv(nanos + initNanos, 1_000_000L);
        long used = usedMegabytes(peakMemory, memorySize);
        return "REPORT RequestId: " + requestId + "\tDuration: " + Millis.ofNanos(nanos) + " ms\tBilled Duration: "
                + billed + " ms\tMemory Size: " + memorySize + " MB\tMax Memory Used: " + used + " MB"
                + (initNanos == 0 ? "" : "\tInit Duration: " + Millis.ofNanos(initNanos) + " ms")
                + (status.isEmpty() ? "\t" : status);
    }

    /** The memory that is told: never more than there is. */
    static long usedMegabytes(long peakMemory, int memorySize) {
        return Math.clamp(Math.ceilDiv(peakMemory, MEGABYTE), 1, memorySize);
    }

    /** How an invocation is reported to have ended: empty where the handler answered, with a result or an error. */
    static String status(End end, boolean outOfMemory) {
        return switch (end) {
            case End.Returned _, End.Streamed _ -> "";
            case End.Failed(var type, var _) -> type.startsWith("Extension.") ? error(type) : "";
            case End.TooLarge _ -> error("Function.ResponseSizeTooLarge");
            case End.Exited _, End.NotTaken _ -> error(outOfMemory ? "Runtime.OutOfMemory" : "Runtime.ExitError");
            case End.TimedOut _ -> "\tStatus: timeout";
        };
    }

    /** How an initialization is reported to have ended. */
    static String status(InitEnd end, boolean outOfMemory) {
        return switch (end) {
            case InitEnd.Ready _ -> "";
            case End.Failed(var type, var payload) -> error(type);
            case End.Exited _ -> error(outOfMemory ? "Runtime.OutOfMemory" : "Runtime.ExitError");
            case End.TimedOut _ -> "\tStatus: timeout";
        };
    }

    private static String error(String type) {
        return "\tStatus: error\tError Type: " + errorType(type);
    }

    /** The type that Lambda tells of an error: those that are the function's own are not told. */
    static String errorType(String type) {
        return KNOWN_ERRORS.stream().anyMatch(type::startsWith) ? type : "Runtime.Unknown";
    }
}
