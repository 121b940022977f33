package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.runtime.End;
import dev.ruststack.emulator.lambda.runtime.Event;
import dev.ruststack.emulator.lambda.runtime.InitEnd;
import dev.ruststack.emulator.lambda.runtime.RuntimeApi;
import dev.ruststack.emulator.lambda.runtime.RuntimeSession;
import dev.ruststack.emulator.lambda.sandbox.Sandbox;
import dev.ruststack.emulator.lambda.sandbox.SandboxException;
import dev.ruststack.emulator.logs.FunctionLogs;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One place in which one function runs, one event at a time. It outlives its process: after a timeout or a crash the
 * next event starts a new process, which finds {@code /tmp} as it was. AWS: Lambda Developer Guide, Understanding the
 * Lambda execution environment lifecycle.
 *
 * <p>Used by one thread at a time, but for {@link #isSettled} and {@link #stop}.
 */
final class ExecutionEnvironment {
    private static final Duration WARM_LIMIT = Duration.ofSeconds(130);
    private static final int ATTEMPTS = 3;

    private final FunctionConfiguration function;
    private final LambdaSettings settings;
    private final RuntimeApi api;
    private final Sandbox sandbox;
    private final EnvironmentLog log;
    private final Runnable onSettled;
    private volatile @Nullable RuntimeSession session;
    private volatile boolean ended;
    private boolean fresh = true;

    /** Takes the sandbox over; {@code onSettled} runs whenever {@link #isSettled} may have become true. */
    ExecutionEnvironment(
            FunctionConfiguration function,
            LambdaSettings settings,
            RuntimeApi api,
            Sandbox sandbox,
            FunctionLogs logs,
            Consumer<ExecutionEnvironment> onSettled) {
        this.function = function;
        this.settings = settings;
        this.api = api;
        this.sandbox = sandbox;
        this.log = new EnvironmentLog(logs.of(function.name()), function.version(), settings.clock());
        this.onSettled = () -> onSettled.accept(this);
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
                && function.code().equals(other.code());
    }

    /** Whether nothing is under way: the process waits for an event, or there is none. */
    boolean isSettled() {
        var current = session;
        return current == null || current.isWaiting();
    }

    /** Starts the process ahead of the first event; returns null where it waits for one, else the error. */
    Outcome.@Nullable Failed warm() throws InterruptedException {
        if (!fresh) {
            return null;
        }
        log.beginTail();
        var requestId = UUID.randomUUID().toString();
        try {
            var limit = warmLimit();
            var end = initPhase(requestId, limit).end();
            return switch (end) {
                case InitEnd.Ready _ -> null;
                case End.Failed(var type, var payload) -> new Outcome.Failed(payload, log.tail());
                case End.Exited(var reason) ->
                    failed(ErrorDocument.exited(requestId, reason).json());
                case End.TimedOut _ ->
                    failed(ErrorDocument.timedOut(requestId, limit.toMillis()).json());
            };
        } catch (InterruptedException e) {
            stop();
            throw e;
        }
    }

    private Outcome.Failed failed(byte[] payload) {
        return new Outcome.Failed(payload, log.tail());
    }

    /** Runs an event; whatever the function does becomes an outcome. */
    Outcome run(Invocation invocation) throws InterruptedException {
        log.beginTail();
        try {
            return new EnvironmentRun(invocation).outcome();
        } catch (InterruptedException e) {
            stop();
            throw e;
        } finally {
            log.request(null);
        }
    }

    /** Kills the process, if there is one; the place stays. */
    void stop() {
        var current = session;
        if (current != null) {
            api.close(current);
        }
        sandbox.kill();
        session = null;
    }

    /** Kills the process for good: what is under way ends with an error, and nothing is started any more. */
    void end() {
        ended = true;
        stop();
    }

    /** Kills the process and removes the place. */
    void close() {
        end();
        sandbox.close();
    }

    private record InitPhase(InitEnd end, long nanos) {}

    /**
     * Ahead of any event, init may take longer. AWS: Lambda Developer Guide, Understanding the Lambda execution
     * environment lifecycle, init phase of provisioned concurrency.
     */
    private Duration warmLimit() {
        var timeout = Duration.ofSeconds(function.timeout());
        return timeout.compareTo(WARM_LIMIT) > 0 ? timeout : WARM_LIMIT;
    }

    /** The phase with a limit of its own. A failure is reported and otherwise left to the invocation that follows. */
    private InitPhase initPhase(String requestId, Duration limit) throws InterruptedException {
        fresh = false;
        long began = System.nanoTime();
        log.untailed(PlatformLines.initStart(function.runtime(), settings.region()));
        var end = start(requestId, limit).end();
        long nanos = System.nanoTime() - began;
        if (!(end instanceof InitEnd.Ready)) {
            log.line(PlatformLines.initReport(nanos, "init", end));
        }
        return new InitPhase(end, nanos);
    }

    /** Starts a process and waits until it asks for an event; where it does not, it is killed. */
    private Start start(String requestId, Duration limit) throws InterruptedException {
        stop();
        var opened = api.open(onSettled);
        session = opened;
        var variables = FunctionVariables.of(function, settings, opened.address(), log.stream());
        var program = new Sandbox.Program(
                function.name(), function.runtime(), function.code().directory(), variables);
        var end = awaitInit(opened, program, requestId, limit);
        if (!(end instanceof InitEnd.Ready)) {
            stop();
        }
        return new Start(opened, end);
    }

    private InitEnd awaitInit(RuntimeSession opened, Sandbox.Program program, String requestId, Duration limit)
            throws InterruptedException {
        if (ended) {
            return new End.Exited("");
        }
        try {
            sandbox.start(program, new ProcessListener(opened));
            return opened.awaitInit(limit);
        } catch (SandboxException e) {
            return notStarted(requestId, e);
        }
    }

    private record Start(RuntimeSession session, InitEnd end) {}

    private End.Failed notStarted(String requestId, SandboxException e) {
        var type =
                e.kind() == SandboxException.Kind.INVALID_ENTRYPOINT ? "Runtime.InvalidEntrypoint" : "Sandbox.Failure";
        var document = ErrorDocument.of(type, requestId, e.text());
        log.line(document.message());
        log.line(type);
        return new End.Failed(type, document.json());
    }

    /** Hears of one process, and of no other that was here before. */
    private final class ProcessListener implements Sandbox.Listener {
        private final RuntimeSession own;

        ProcessListener(RuntimeSession own) {
            this.own = own;
        }

        @Override
        public void line(String line) {
            log.line(line);
        }

        @Override
        public void notice(String text) {
            log.untailed("[RustStack] " + text);
        }

        @Override
        public void exited(Sandbox.Exit exit) {
            own.exited(exit.reason());
            if (session == own) {
                session = null;
            }
            api.close(own);
            onSettled.run();
        }
    }

    /** One invocation from its first line to its last. */
    private final class EnvironmentRun {
        private final Invocation invocation;
        private final String requestId;
        private final Duration timeout = Duration.ofSeconds(function.timeout());
        private long initNanos;
        private long began;
        private long peakMemory;
        private String status = "";

        EnvironmentRun(Invocation invocation) {
            this.invocation = invocation;
            this.requestId = invocation.requestId();
        }

        Outcome outcome() throws InterruptedException {
            if (fresh) {
                var phase = initPhase(requestId, settings.initLimit());
                initNanos = phase.end() instanceof InitEnd.Ready ? phase.nanos() : 0;
            }
            began = System.nanoTime();
            var end = run();
            long nanos = Math.min(System.nanoTime() - began, timeout.toNanos());
            var payload = conclude(end);
            log.line(PlatformLines.end(requestId));
            log.line(PlatformLines.report(requestId, nanos, initNanos, function.memorySize(), peakMemory, status));
            return end instanceof End.Returned
                    ? new Outcome.Returned(payload, log.tail())
                    : new Outcome.Failed(payload, log.tail());
        }

        private Duration left() {
            return timeout.minusNanos(System.nanoTime() - began);
        }

        /** A process that dies before it takes the event is replaced. */
        private End run() throws InterruptedException {
            End end = new End.NotTaken();
            for (int attempt = 0; attempt < ATTEMPTS && end instanceof End.NotTaken; attempt++) {
                var ready = waitingSession();
                if (attempt == 0) {
                    sandbox.flush();
                    log.request(requestId);
                    log.line(PlatformLines.start(requestId, function.version()));
                }
                end = switch (ready) {
                    case Ready(var waiting) -> waiting.run(event(), left());
                    case NotReady(var why) -> why;
                };
            }
            return end;
        }

        /** The process that waits, or why there is none: then it is started within the time of the invocation. */
        private ReadyOrNot waitingSession() throws InterruptedException {
            var current = session;
            if (current != null && current.isWaiting()) {
                return new Ready(current);
            }
            long initBegan = System.nanoTime();
            var start = start(requestId, left());
            if (!(start.end() instanceof InitEnd.Ready)) {
                log.line(PlatformLines.initReport(System.nanoTime() - initBegan, "invoke", start.end()));
                status = PlatformLines.status(start.end());
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
                    settings.clock().millis() + left().toMillis());
        }

        /** Logs what the function did not, and gives the payload. */
        private byte[] conclude(End end) {
            if (status.isEmpty()) {
                status = PlatformLines.status(end);
            }
            sandbox.flush();
            peakMemory = sandbox.peakMemory();
            return switch (end) {
                case End.Returned(var payload) -> payload;
                case End.Failed(var type, var payload) -> payload;
                case End.TooLarge _ -> ErrorDocument.tooLarge();
                case End.Exited(var reason) -> exited(reason);
                case End.NotTaken _ -> exited("");
                case End.TimedOut _ -> timedOut();
            };
        }

        private byte[] exited(String reason) {
            stop();
            var document = ErrorDocument.exited(requestId, reason);
            log.line(document.message());
            log.line(document.type());
            return document.json();
        }

        private byte[] timedOut() {
            stop();
            var document = ErrorDocument.timedOut(requestId, timeout.toMillis());
            log.line(settings.clock().instant().truncatedTo(ChronoUnit.MILLIS) + " " + requestId
                    + " Task timed out after " + Millis.seconds(timeout.toMillis()) + " seconds");
            log.line("");
            return document.json();
        }
    }

    private sealed interface ReadyOrNot {}

    private record Ready(RuntimeSession session) implements ReadyOrNot {}

    private record NotReady(End why) implements ReadyOrNot {}
}
