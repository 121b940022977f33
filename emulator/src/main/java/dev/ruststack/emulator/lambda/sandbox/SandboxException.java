package dev.ruststack.emulator.lambda.sandbox;

import java.io.Serial;

/** A sandbox cannot be had, or a process cannot start in it. The message names cause and remedy for a user. */
public final class SandboxException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** What kind of trouble it is. */
    public enum Kind {
        /** The machine has no such runtime. */
        RUNTIME_MISSING,
        /** The deployment package has no entry point that can run. */
        INVALID_ENTRYPOINT,
        /** Anything else the machine refuses: no memory, no space, no more processes. */
        UNAVAILABLE
    }

    private final Kind kind;

    public SandboxException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The message, never null. */
    public String text() {
        var message = getMessage();
        return message == null ? kind.name() : message;
    }
}
