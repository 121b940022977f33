package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.runtime.End;
import dev.ruststack.emulator.lambda.runtime.InitEnd;
import dev.ruststack.emulator.lambda.runtime.RuntimeApi;
import dev.ruststack.emulator.lambda.runtime.RuntimeSession;
import dev.ruststack.emulator.lambda.sandbox.Sandbox;
import dev.ruststack.emulator.lambda.sandbox.SandboxException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The process of an execution environment: started, killed and started again in the same sandbox. Started by one thread
 * at a time; asked and stopped by any.
 */
final class RuntimeProcess {
    /** How long the end may take where an extension is a process of its own, and where none is. */
    private static final Duration EXTERNAL_SHUTDOWN = Duration.ofSeconds(2);

    private static final Duration INTERNAL_SHUTDOWN = Duration.ofMillis(500);

    /** What part of that the runtime may take, in percent. */
    private static final int SHARE_OF_RUNTIME = 30;

    private final FunctionConfiguration function;
    private final LambdaSettings settings;
    private final RuntimeApi api;
    private final Sandbox sandbox;
    private final EnvironmentLog log;
    private final Runnable onSettled;
    private final boolean jsonLogs;
    private volatile @Nullable RuntimeSession session;
    private volatile boolean ended;
    private volatile boolean outOfMemory;

    /** Takes the sandbox over; {@code onSettled} runs whenever {@link #isSettled} may have become true. */
    RuntimeProcess(
            FunctionConfiguration function,
            LambdaSettings settings,
            RuntimeApi api,
            Sandbox sandbox,
            EnvironmentLog log,
            Runnable onSettled) {
        this.function = function;
        this.settings = settings;
        this.api = api;
        this.sandbox = sandbox;
        this.log = log;
        this.onSettled = onSettled;
        this.jsonLogs =
                "JSON".equals(function.services().logging(function.name()).logFormat());
    }

    /**
     * A start and what became of it.
     *
     * @param session waits for an event where {@code end} is Ready
     */
    record Start(RuntimeSession session, InitEnd end) {}

    /** Starts a process and waits until it asks for an event; one that does not in time is killed. */
    Start start(String requestId, Duration limit, InitTelemetry telemetry) throws InterruptedException {
        stop();
        var opened = api.open(facts(requestId), onSettled, sandbox::deliver);
        session = opened;
        telemetry.begin(opened.telemetry());
        var end = awaitInit(opened, requestId, limit, telemetry.type());
        if (opened.hasExternalExtensions()) {
            sandbox.flush();
        }
        opened.tellOfExtensions(log::untailed);
        telemetry.end(opened.telemetry(), end, outOfMemory);
        if (!(end instanceof InitEnd.Ready)) {
            reset(end instanceof End.TimedOut ? "timeout" : "failure");
        }
        return new Start(opened, end);
    }

    private RuntimeSession.Function facts(String requestId) {
        var accountId = function.arn().split(":")[4];
        return new RuntimeSession.Function(
                function.name(), function.version(), function.handler(), accountId, requestId);
    }

    private InitEnd awaitInit(RuntimeSession opened, String requestId, Duration limit, InitializationType type)
            throws InterruptedException {
        if (ended) {
            return new End.Exited("");
        }
        long began = System.nanoTime();
        var variables = FunctionVariables.of(function, settings, type, opened.address(), log.stream());
        var program = new Sandbox.Program(
                function.name(),
                function.runtime(),
                function.code().directory(),
                function.layers().none() ? null : function.layers().directory(),
                function.image(),
                variables,
                settings.debugPorts().port(function));
        try {
            outOfMemory = false;
            sandbox.start(program, new Listener(opened, requestId));
            var unregistered = opened.awaitRegistration(limit);
            if (unregistered != null) {
                return unregistered;
            }
            sandbox.proceed();
        } catch (SandboxException e) {
            return notStarted(requestId, e);
        }
        return opened.awaitInit(limit.minusNanos(System.nanoTime() - began));
    }

    private End.Failed notStarted(String requestId, SandboxException e) {
        var type =
                e.kind() == SandboxException.Kind.INVALID_ENTRYPOINT ? "Runtime.InvalidEntrypoint" : "Sandbox.Failure";
        var document = ErrorDocument.of(type, requestId, e.text());
        log.line(document.message());
        log.line(type);
        return new End.Failed(type, document.json());
    }

    /** The process where it waits for an event, else null. */
    @Nullable
    RuntimeSession waiting() {
        var current = session;
        return current != null && current.isWaiting() ? current : null;
    }

    /** Whether nothing is under way: the process waits for an event, or there is none. */
    boolean isSettled() {
        var current = session;
        return current == null || current.isWaiting() || current.isOver();
    }

    /** Delivers what it has written so far. */
    void flush() {
        sandbox.flush();
    }

    /** Whether the process that was here last was killed for want of memory. */
    boolean wasOutOfMemory() {
        return outOfMemory;
    }

    /** Whether a process can still be started here. */
    boolean isUsable() {
        return sandbox.isUsable();
    }

    /** Bytes. */
    long peakMemory() {
        return sandbox.peakMemory();
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

    /** Ends the process, politely where there are extensions; {@code reason} is {@code timeout} or {@code failure}. */
    void reset(String reason) throws InterruptedException {
        var current = session;
        if (current != null && !ended && current.hasExtensions()) {
            shutDown(current, reason);
        }
        stop();
    }

    /** Kills the process for good: what is under way ends with an error, and nothing is started any more. */
    void end() {
        ended = true;
        stop();
    }

    /** Ends the process politely where there are extensions, which want time for it, and removes the place. */
    void close() {
        try {
            reset("spindown");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
        sandbox.close();
    }

    /** AWS: Lambda Developer Guide, Understanding the execution environment lifecycle, Shutdown phase. */
    private void shutDown(RuntimeSession current, String reason) throws InterruptedException {
        var limit = current.hasExternalExtensions() ? EXTERNAL_SHUTDOWN : INTERNAL_SHUTDOWN;
        long deadline = settings.clock().millis() + limit.toMillis();
        long began = System.nanoTime();
        sandbox.terminate();
        current.awaitEnd(
                current.hasExternalExtensions()
                        ? limit.multipliedBy(SHARE_OF_RUNTIME).dividedBy(100)
                        : limit);
        sandbox.killRuntime();
        current.shutDown(reason, deadline);
        current.awaitExtensions(limit.minusNanos(System.nanoTime() - began));
    }

    /** Tells the extensions of the process that runs of something. */
    void tell(String type, Supplier<Object> content) {
        var current = session;
        if (current != null && current.telemetry().isHeard()) {
            current.telemetry().event(type, content.get());
        }
    }

    /** Hears of one process, and of no other that was here before. */
    private final class Listener implements Sandbox.Listener {
        private final RuntimeSession own;
        private final String requestId;

        Listener(RuntimeSession own, String requestId) {
            this.own = own;
            this.requestId = requestId;
        }

        @Override
        public void line(String line) {
            log.line(line);
            told("function", line);
        }

        @Override
        public void extensionLine(String line) {
            log.line(line);
            told("extension", line);
        }

        /** A line of JSON is told as what it says where the function logs JSON. */
        private void told(String type, String line) {
            if (own.telemetry().isHeard()) {
                own.telemetry().event(type, jsonLogs ? JsonLines.read(line) : line);
            }
        }

        @Override
        public void extensions(Set<String> names) {
            own.expect(names);
        }

        @Override
        public void extensionExited(String name, Sandbox.Exit exit) {
            outOfMemory |= session == own && exit.outOfMemory();
            own.extensionExited(name, exit.reason());
        }

        @Override
        public void extensionNotStarted(String name, String why) {
            own.extensionNotStarted(name, why);
        }

        @Override
        public void notice(String text) {
            log.untailed("[RustStack] " + text);
        }

        @Override
        public void failed(SandboxException why) {
            own.notStarted(notStarted(requestId, why));
        }

        @Override
        public void exited(Sandbox.Exit exit) {
            outOfMemory |= session == own && exit.outOfMemory();
            own.exited(exit.reason());
            // Extensions hear of the end, whoever finds the runtime gone, and have time for it.
            if (!own.hasExternalExtensions()) {
                if (session == own) {
                    session = null;
                }
                api.close(own);
            }
            onSettled.run();
        }
    }
}
