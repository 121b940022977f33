package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.runtime.End;
import dev.ruststack.emulator.lambda.runtime.Event;
import dev.ruststack.emulator.lambda.runtime.InitEnd;
import dev.ruststack.emulator.lambda.runtime.RuntimeSession;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.json.JsonMapper;

/** One invocation in an execution environment, from its first line to its last. */
final class InvocationRun {
    private static final int ATTEMPTS = 3;
    private static final byte[] NOTHING = {};

    private final Invocation invocation;
    private final FunctionConfiguration function;
    private final LambdaSettings settings;
    private final RuntimeProcess process;
    private final EnvironmentLog log;
    private final InvocationTelemetry telemetry;
    private final InitializationType initialization;
    private final long initNanos;
    private final String requestId;
    private final Duration timeout;
    private final long began = System.nanoTime();
    private String status = "";

    /** Begins now; {@code initNanos} is what the init phase took just before, or 0. */
    InvocationRun(
            Invocation invocation,
            FunctionConfiguration function,
            LambdaSettings settings,
            RuntimeProcess process,
            EnvironmentLog log,
            InitializationType initialization,
            long initNanos) {
        this.invocation = invocation;
        this.function = function;
        this.settings = settings;
        this.process = process;
        this.log = log;
        this.telemetry = new InvocationTelemetry(invocation, function);
        this.initialization = initialization;
        this.initNanos = initNanos;
        this.requestId = invocation.requestId();
        this.timeout = settings.debugPorts().limit(function, Duration.ofSeconds(function.timeout()));
    }

    Outcome outcome() throws InterruptedException {
        var end = run();
        long nanos = Math.min(System.nanoTime() - began, timeout.toNanos());
        if (status.isEmpty()) {
            status = PlatformLines.status(end, process.wasOutOfMemory());
        }
        process.flush();
        long peakMemory = process.peakMemory();
        tell(end, nanos, peakMemory);
        var payload = conclude(end);
        log.line(PlatformLines.end(requestId));
        log.line(PlatformLines.report(requestId, nanos, initNanos, function.memorySize(), peakMemory, status));
        return end instanceof End.Returned || end instanceof End.Streamed
                ? new Outcome.Returned(payload, log.tail())
                : new Outcome.Failed(payload, log.tail());
    }

    private void tell(End end, long nanos, long peakMemory) {
        boolean outOfMemory = process.wasOutOfMemory();
        process.tell("platform.runtimeDone", () -> telemetry.runtimeDone(end, outOfMemory, nanos));
        process.tell("platform.report", () -> telemetry.report(end, outOfMemory, nanos, initNanos, peakMemory));
    }

    private Duration left() {
        return timeout.minusNanos(System.nanoTime() - began);
    }

    /** A process that dies before it takes the event is replaced. */
    private End run() throws InterruptedException {
        End end = new End.NotTaken();
        for (int attempt = 0; attempt < ATTEMPTS && end instanceof End.NotTaken; attempt++) {
            var current = process.waiting();
            var ready = current == null ? startWithin() : new Ready(current);
            if (attempt == 0) {
                process.flush();
                log.request(requestId);
                log.line(PlatformLines.start(requestId, function.version()));
                process.tell("platform.start", telemetry::start);
            }
            end = switch (ready) {
                case Ready(var session) -> session.run(event(), left());
                case NotReady(var why) -> why;
            };
        }
        return end;
    }

    private sealed interface ReadyOrNot {}

    private record Ready(RuntimeSession session) implements ReadyOrNot {}

    private record NotReady(End why) implements ReadyOrNot {}

    /** Where no process waits, it is started within the time of the invocation. */
    private ReadyOrNot startWithin() throws InterruptedException {
        long initBegan = System.nanoTime();
        var start = process.start(
                requestId,
                left(),
                new InitTelemetry(function, settings.region(), initialization, InitTelemetry.INVOKE));
        if (!(start.end() instanceof InitEnd.Ready)) {
            log.line(PlatformLines.initReport(
                    System.nanoTime() - initBegan, "invoke", start.end(), process.wasOutOfMemory()));
            status = PlatformLines.status(start.end(), process.wasOutOfMemory());
        }
        return switch (start.end()) {
            case InitEnd.Ready _ -> new Ready(start.session());
            case End.Failed failed -> new NotReady(failed);
            case End.Exited exited -> new NotReady(exited);
            case End.TimedOut timedOut -> new NotReady(timedOut);
        };
    }

    private Event event() {
        return new Event(
                requestId,
                invocation.payload(),
                invocation.invokedFunctionArn(),
                invocation.clientContext(),
                invocation.traceId(),
                settings.clock().millis() + left().toMillis(),
                invocation.sink());
    }

    /** Ends the process where it has to end, logs what the function did not, and gives the payload. */
    private byte[] conclude(End end) throws InterruptedException {
        return switch (end) {
            case End.Returned(var payload) -> payload;
            case End.Streamed _ -> NOTHING;
            case End.Failed(var type, var payload) -> failed(type, payload);
            case End.TooLarge(var limit) -> ErrorDocument.tooLarge(limit);
            case End.Exited(var reason) -> exited(reason);
            case End.NotTaken _ -> exited("");
            case End.TimedOut _ -> timedOut();
        };
    }

    private byte[] failed(String type, byte[] payload) throws InterruptedException {
        if (type.startsWith("Extension.")) {
            process.reset("failure");
            log.line(JsonMapper.shared().readTree(payload).path("errorMessage").asString(""));
            log.line(type);
        }
        return payload;
    }

    private byte[] exited(String reason) throws InterruptedException {
        process.reset("failure");
        var document = ErrorDocument.exited(requestId, reason);
        log.line(document.message());
        log.line(document.type());
        return document.json();
    }

    private byte[] timedOut() throws InterruptedException {
        process.reset("timeout");
        log.line(settings.clock().instant().truncatedTo(ChronoUnit.MILLIS) + " " + requestId + " Task timed out after "
                + Millis.seconds(timeout.toMillis()) + " seconds");
        log.line("");
        return ErrorDocument.timedOut(requestId, timeout.toMillis()).json();
    }
}
