package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.runtime.End;
import dev.ruststack.emulator.lambda.runtime.InitEnd;
import dev.ruststack.emulator.lambda.runtime.RuntimeApi;
import dev.ruststack.emulator.lambda.runtime.RuntimeSession;
import dev.ruststack.emulator.lambda.sandbox.Sandbox;
import dev.ruststack.emulator.lambda.sandbox.SandboxException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The process of an execution environment: started, killed and started again in the same sandbox. Started by one thread
 * at a time; asked and stopped by any.
 */
final class RuntimeProcess {
    /** How long the end may take where an extension is told of it, and where it is not. */
    private static final Duration EXTERNAL_SHUTDOWN = Duration.ofSeconds(2);

    private static final Duration INTERNAL_SHUTDOWN = Duration.ofMillis(500);

    private final FunctionConfiguration function;
    private final LambdaSettings settings;
    private final RuntimeApi api;
    private final Sandbox sandbox;
    private final EnvironmentLog log;
    private final Runnable onSettled;
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
    }

    /**
     * A start and what became of it.
     *
     * @param session waits for an event where {@code end} is Ready
     */
    record Start(RuntimeSession session, InitEnd end) {}

    /** Starts a process and waits until it asks for an event; one that does not in time is killed. */
    Start start(String requestId, Duration limit) throws InterruptedException {
        stop();
        var opened = api.open(facts(), onSettled);
        session = opened;
        var end = awaitInit(opened, requestId, limit);
        if (!(end instanceof InitEnd.Ready)) {
            stop();
        }
        return new Start(opened, end);
    }

    private RuntimeSession.Function facts() {
        var accountId = function.arn().split(":")[4];
        return new RuntimeSession.Function(
                function.name(), function.version(), function.handler(), accountId, Set.of());
    }

    private InitEnd awaitInit(RuntimeSession opened, String requestId, Duration limit) throws InterruptedException {
        if (ended) {
            return new End.Exited("");
        }
        var variables = FunctionVariables.of(function, settings, opened.address(), log.stream());
        var program = new Sandbox.Program(
                function.name(),
                function.runtime(),
                function.code().directory(),
                function.layers().none() ? null : function.layers().directory(),
                function.image(),
                variables);
        try {
            outOfMemory = false;
            sandbox.start(program, new Listener(opened, requestId));
        } catch (SandboxException e) {
            return notStarted(requestId, e);
        }
        return opened.awaitInit(limit);
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
        return current == null || current.isWaiting();
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

    /** Kills the process for good: what is under way ends with an error, and nothing is started any more. */
    void end() {
        ended = true;
        stop();
    }

    /** Ends the process politely where there are extensions, which want time for it, and removes the place. */
    void close() {
        var current = session;
        if (current != null && !ended && current.hasExtensions()) {
            shutDown(current);
        }
        end();
        sandbox.close();
    }

    /** AWS: Lambda Developer Guide, Understanding the execution environment lifecycle, Shutdown phase. */
    private void shutDown(RuntimeSession current) {
        try {
            long deadline = settings.clock().millis() + EXTERNAL_SHUTDOWN.toMillis();
            boolean told = current.shutDown("spindown", deadline);
            sandbox.terminate();
            current.awaitEnd(told ? EXTERNAL_SHUTDOWN : INTERNAL_SHUTDOWN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells the extensions of the process that runs of something. */
    void tell(String type, Object content) {
        var current = session;
        if (current != null) {
            current.telemetry().event(type, content);
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
            own.telemetry().event("function", line);
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
            if (session == own) {
                session = null;
            }
            api.close(own);
            onSettled.run();
        }
    }
}
