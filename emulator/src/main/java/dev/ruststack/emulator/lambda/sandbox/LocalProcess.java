package dev.ruststack.emulator.lambda.sandbox;

import dev.ruststack.emulator.lambda.sandbox.Sandbox.Exit;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process of this machine from its start to its end: a runtime, or an extension beside it. */
final class LocalProcess {
    private static final Logger LOG = LoggerFactory.getLogger(LocalProcess.class);
    private static final long MEMORY_IS_FRESH = TimeUnit.MILLISECONDS.toNanos(50);

    private final ProcessLauncher launcher;
    private final Process process;
    private final ProcessOutput output;
    private volatile long peakMemory;
    private volatile long measuredAt = System.nanoTime() - MEMORY_IS_FRESH;

    /** Takes the process over; {@code onExit} hears of its end after its last line. */
    LocalProcess(ProcessLauncher launcher, Process process, Consumer<String> lines, Consumer<Exit> onExit) {
        this.launcher = launcher;
        this.process = process;
        this.output = new ProcessOutput(process.getInputStream(), lines);
        launcher.pump().add(output);
        var _ = process.onExit().thenAccept(ended -> {
            launcher.pump().remove(output);
            output.flush();
            onExit.accept(Exit.ofStatus(ended.exitValue(), peakMemory));
        });
    }

    void flush() {
        output.flush();
    }

    /** Looked up at most every 50 ms: it only ever grows, and every invocation asks. */
    long peakMemory() {
        if (System.nanoTime() - measuredAt >= MEMORY_IS_FRESH) {
            measurePeak();
        }
        return peakMemory;
    }

    /** Has the next {@link #peakMemory} tell what it is now, even where the process ends in between. */
    void measurePeak() {
        peakMemory = Math.max(peakMemory, ProcessMemory.peak(process.pid()));
        measuredAt = System.nanoTime();
    }

    /** What it holds for itself alone, in bytes. */
    long heldMemory() {
        return process.isAlive() ? ProcessMemory.held(process.pid()) : 0;
    }

    /** By its handle: {@link Process#destroy} would close its output too, and lose its last words. */
    void terminate() {
        process.toHandle().destroy();
    }

    void kill() {
        if (process.isAlive()) {
            output.flush();
            launcher.guard().kill(process);
        }
    }

    void awaitEnd() {
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                LOG.warn("Process {} of a function has not ended.", process.pid());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
