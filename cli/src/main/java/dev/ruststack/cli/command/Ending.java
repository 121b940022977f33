package dev.ruststack.cli.command;

import dev.ruststack.cli.terminal.Progress;
import dev.ruststack.cli.terminal.Terminal;
import dev.ruststack.cli.up.LocalStack;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The end of a stack by a signal. */
final class Ending {
    /** What is left after that is ended by the guard, once this process is gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Terminal terminal;
    private final String name;
    private final LocalStack stack;
    private final Progress progress;

    Ending(Terminal terminal, String name, LocalStack stack, Progress progress) {
        this.terminal = terminal;
        this.name = name;
        this.stack = stack;
        this.progress = progress;
    }

    /** The JVM answers SIGINT, SIGTERM and SIGHUP by its hooks, and then ends with 128 and the signal's number. */
    void onSignals() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    }

    private void stop() {
        if (stack.closing()) {
            return;
        }
        progress.close();
        terminal.note("Stopping " + name + terminal.sign("…", "..."));
        var closing = Thread.ofPlatform().daemon().name("close").start(stack::close);
        try {
            if (!closing.join(PATIENCE)) {
                terminal.warning("it takes too long; what still runs is killed");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        terminal.note(
                stack.persistent()
                        ? "Stopped: no process is left; the data is kept."
                        : "Stopped: no process and no file is left.");
    }

    /** Waits for a signal: the process ends while this waits. */
    void await() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    /** A start that fails because it was told to stop has nothing to say. */
    void awaitIfBegun() throws InterruptedException {
        if (stack.closing()) {
            await();
        }
    }
}
