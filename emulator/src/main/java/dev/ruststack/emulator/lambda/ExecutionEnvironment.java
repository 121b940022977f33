package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.runtime.End;
import dev.ruststack.emulator.lambda.runtime.InitEnd;
import dev.ruststack.emulator.lambda.runtime.RuntimeApi;
import dev.ruststack.emulator.lambda.sandbox.Sandbox;
import dev.ruststack.emulator.logs.FunctionLog;
import dev.ruststack.emulator.logs.FunctionLogs;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One place in which one function runs, one event at a time. It outlives its process: after a timeout or a crash the
 * next event starts a new process, which finds {@code /tmp} as it was. AWS: Lambda Developer Guide, Understanding the
 * Lambda execution environment lifecycle.
 *
 * <p>Used by one thread at a time, but for {@link #isSettled}, {@link #stop} and what ends it.
 */
final class ExecutionEnvironment {
    private final FunctionConfiguration function;
    private final LambdaSettings settings;
    private final InitializationType initialization;
    private final EnvironmentLog log;
    private final RuntimeProcess process;
    private boolean fresh = true;
    private volatile boolean initialised;

    /** Takes the sandbox over; {@code onSettled} runs whenever {@link #isSettled} may have become true. */
    ExecutionEnvironment(
            FunctionConfiguration function,
            InitializationType initialization,
            LambdaSettings settings,
            RuntimeApi api,
            Sandbox sandbox,
            FunctionLogs logs,
            Consumer<ExecutionEnvironment> onSettled) {
        this.function = function;
        this.initialization = initialization;
        this.settings = settings;
        this.log = new EnvironmentLog(logs(function, logs), function.version(), settings.clock());
        this.process = new RuntimeProcess(function, settings, api, sandbox, log, () -> onSettled.accept(this));
    }

    /** The function's own log, and that of the group which it was given in place of its own. */
    private static List<FunctionLog> logs(FunctionConfiguration function, FunctionLogs logs) {
        var own = logs.of(function.name());
        var group = function.services().logging(function.name()).logGroup();
        if (group == null || group.equals("/aws/lambda/" + function.name())) {
            return List.of(own);
        }
        var arn = function.arn().split(":");
        return List.of(own, logs.group(new FunctionLogs.Group(arn[4], arn[3], group)));
    }

    FunctionConfiguration function() {
        return function;
    }

    /** Whether it runs this revision: everything that a process can tell is the same. */
    boolean serves(FunctionConfiguration other) {
        return function.arn().equals(other.arn())
                && function.version().equals(other.version())
                && function.runtime().equals(other.runtime())
                && function.handler().equals(other.handler())
                && function.memorySize() == other.memorySize()
                && function.timeout() == other.timeout()
                && function.ephemeralStorage() == other.ephemeralStorage()
                && function.environment().equals(other.environment())
                && Objects.equals(function.image(), other.image())
                && function.architectures().equals(other.architectures())
                && function.layers().equals(other.layers())
                && function.services()
                        .logging(function.name())
                        .equals(other.services().logging(other.name()))
                && function.code().equals(other.code());
    }

    /** Whether nothing is under way: the process waits for an event, or there is none. */
    boolean isSettled() {
        return process.isSettled();
    }

    /** Whether it can run another event: its place is still there. */
    boolean isUsable() {
        return process.isUsable();
    }

    /** Whether its process has been ready for an event. */
    boolean isInitialised() {
        return initialised;
    }

    /** Whether nothing has run in it yet. */
    boolean isFresh() {
        return fresh;
    }

    /** Starts the process ahead of the first event; returns null where it waits for one, else the error. */
    Outcome.@Nullable Failed warm() throws InterruptedException {
        if (!fresh) {
            return null;
        }
        log.beginTail();
        var requestId = UUID.randomUUID().toString();
        var end = interruptibly(() -> initPhase(requestId)).end();
        return switch (end) {
            case InitEnd.Ready _ -> null;
            case End.Failed(var type, var payload) -> new Outcome.Failed(payload, log.tail());
            case End.Exited(var reason) -> failed(ErrorDocument.exited(requestId, reason));
            case End.TimedOut _ ->
                failed(ErrorDocument.timedOut(requestId, settings.initLimit().toMillis()));
        };
    }

    private Outcome.Failed failed(ErrorDocument document) {
        return new Outcome.Failed(document.json(), log.tail());
    }

    /** Runs an event; whatever the function does becomes an outcome. */
    Outcome run(Invocation invocation) throws InterruptedException {
        log.beginTail();
        try {
            return interruptibly(() -> {
                long initNanos = 0;
                if (fresh) {
                    var phase = initPhase(invocation.requestId());
                    initNanos = phase.end() instanceof InitEnd.Ready ? phase.nanos() : 0;
                }
                return new InvocationRun(invocation, function, settings, process, log, initialization, initNanos)
                        .outcome();
            });
        } finally {
            log.request(null);
        }
    }

    private interface Step<T> {
        T take() throws InterruptedException;
    }

    /** Whoever gives up waiting leaves no process behind that works for nobody. */
    private <T> T interruptibly(Step<T> step) throws InterruptedException {
        try {
            return step.take();
        } catch (InterruptedException e) {
            stop();
            throw e;
        }
    }

    private record InitPhase(InitEnd end, long nanos) {}

    /** The phase with a limit of its own. A failure is reported and otherwise left to the invocation that follows. */
    private InitPhase initPhase(String requestId) throws InterruptedException {
        fresh = false;
        long began = System.nanoTime();
        log.untailed(PlatformLines.initStart(function.runtime(), settings.region()));
        var telemetry = new InitTelemetry(function, settings.region(), initialization, InitTelemetry.INIT);
        var end = process.start(requestId, settings.debugPorts().limit(function, settings.initLimit()), telemetry)
                .end();
        long nanos = System.nanoTime() - began;
        initialised = end instanceof InitEnd.Ready;
        if (!initialised) {
            log.line(PlatformLines.initReport(nanos, "init", end, process.wasOutOfMemory()));
        }
        return new InitPhase(end, nanos);
    }

    /** Kills the process, if there is one; the place stays. */
    void stop() {
        process.stop();
    }

    /** Kills the process for good: what is under way ends with an error. */
    void end() {
        process.end();
    }

    /** Kills the process and removes the place. */
    void close() {
        process.close();
    }
}
