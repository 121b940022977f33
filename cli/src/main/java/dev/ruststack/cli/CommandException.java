package dev.ruststack.cli;

import java.io.Serial;

/** Ends a command with a message for the user: what went wrong, and what to do about it. */
public final class CommandException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final ExitCode exitCode;
    private final String remedy;

    public CommandException(ExitCode exitCode, String message) {
        this(exitCode, message, "");
    }

    /** @param remedy what to do; empty where the message says it all */
    public CommandException(ExitCode exitCode, String message, String remedy) {
        super(message);
        this.exitCode = exitCode;
        this.remedy = remedy;
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public String remedy() {
        return remedy;
    }
}
