package dev.ruststack.cli.stack;

import java.time.Instant;

/** What the system tells of processes. */
public final class Processes {
    private Processes() {}

    /** When a process started, in milliseconds since 1970; 0 where that is not known. */
    public static long started(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .map(Instant::toEpochMilli)
                .orElse(0L);
    }
}
