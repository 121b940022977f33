package dev.ruststack.emulator.lambda.sandbox;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place where one process can run: a folder, a container, a pod. The process can be killed and started again; the
 * sandbox's {@code /tmp} stays until it is closed.
 */
public interface Sandbox extends AutoCloseable {
    /**
     * Starts the runtime's process; the one before must have exited or been killed. Where there are extensions, these
     * are started, and the runtime waits for {@link #proceed}.
     */
    void start(Program program, Listener listener) throws SandboxException;

    /** The extensions have registered: starts the runtime's process, where it does not run yet. */
    void proceed() throws SandboxException;

    /** Kills everything that runs here at once, once its output so far is delivered. */
    void kill();

    /** Asks the runtime's process to end, by SIGTERM. */
    void terminate();

    /** Kills the runtime's process at once; extensions stay. */
    void killRuntime();

    /** Sends telemetry to who listens in the sandbox: {@code http://127.0.0.1:…} or {@code tcp://127.0.0.1:…}. */
    void deliver(URI destination, byte[] body) throws IOException, InterruptedException;

    /** Returns when every line that the process has written so far is delivered. */
    void flush();

    /** The most memory the process and its children have held so far, in bytes; 0 where that cannot be known. */
    long peakMemory();

    /** Whether a process can still be started here. */
    default boolean isUsable() {
        return true;
    }

    /** Kills the process and removes the place. */
    @Override
    void close();

    /**
     * What to run.
     *
     * @param function the function's name, for messages
     * @param runtime the identifier of the Lambda runtime, such as {@code python3.13}
     * @param code the unpacked deployment package, the task root
     * @param layers the files of the function's layers, what it sees as {@code /opt}; null where it has none
     * @param image how to start the function's own image; null where there is a package
     * @param variables the environment: the function's own variables under those that Lambda reserves
     * @param debugPort the port of this machine at which a debugger attaches; null where none may
     */
    record Program(
            String function,
            String runtime,
            Path code,
            @Nullable Path layers,
            @Nullable Image image,
            Map<String, String> variables,
            @Nullable Integer debugPort) {
        public Program {
            variables = Map.copyOf(variables);
        }
    }

    /**
     * An image that brings its own runtime. AWS: Lambda API Reference, ImageConfig.
     *
     * @param entryPoint empty for the one of AWS's base images
     * @param command the arguments of the entry point
     * @param workingDirectory null for the image's own
     */
    record Image(
            String uri,
            List<String> entryPoint,
            List<String> command,
            @Nullable String workingDirectory) {
        public Image {
            entryPoint = List.copyOf(entryPoint);
            command = List.copyOf(command);
        }
    }

    /** Hears of a process. Called from any thread, never concurrently for lines, and must not block. */
    interface Listener {
        /** A line of standard output or standard error, without its end. */
        void line(String line);

        /** What the function's author should know of where it runs; told once. */
        void notice(String text);

        /** There is no process: it could not be started, which only turned out later. */
        void failed(SandboxException why);

        /** The process has gone; every line it wrote has been delivered. */
        void exited(Exit exit);

        /** The names of the extensions that are about to run as processes of their own; told once a start. */
        void extensions(Set<String> names);

        /** A line that an extension has written. */
        void extensionLine(String line);

        /** An extension has gone. */
        void extensionExited(String name, Exit exit);

        /** An extension could not be started; {@code why} is in the words of Lambda. */
        void extensionNotStarted(String name, String why);
    }

    /**
     * How a process ended.
     *
     * @param code the exit status; 0 where a signal ended it
     * @param signal the number of the signal that ended it, or 0
     * @param peakMemory bytes
     * @param outOfMemory whether it was killed for want of memory
     */
    record Exit(int code, int signal, long peakMemory, boolean outOfMemory) {
        private static final Map<Integer, String> SIGNALS = Map.ofEntries(
                Map.entry(1, "hangup"),
                Map.entry(2, "interrupt"),
                Map.entry(3, "quit"),
                Map.entry(4, "illegal instruction"),
                Map.entry(5, "trace/breakpoint trap"),
                Map.entry(6, "aborted"),
                Map.entry(7, "bus error"),
                Map.entry(8, "floating point exception"),
                Map.entry(9, "killed"),
                Map.entry(10, "user defined signal 1"),
                Map.entry(11, "segmentation fault"),
                Map.entry(12, "user defined signal 2"),
                Map.entry(13, "broken pipe"),
                Map.entry(14, "alarm clock"),
                Map.entry(15, "terminated"));

        /** From a status as shells give it, where 128 and more stands for a signal. */
        static Exit ofStatus(int status, long peakMemory) {
            return SIGNALS.containsKey(status - 128)
                    ? new Exit(0, status - 128, peakMemory, false)
                    : new Exit(status, 0, peakMemory, false);
        }

        /** The cause in Lambda's words; empty for an exit with status 0. */
        public String reason() {
            if (signal != 0) {
                return "signal: " + SIGNALS.getOrDefault(signal, String.valueOf(signal));
            }
            return code == 0 ? "" : "exit status " + code;
        }
    }
}
