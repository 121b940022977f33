package dev.ruststack.emulator.seed;

import java.io.IOException;
import java.io.Serial;

/** A ConfigMap or Secret, or a key of one, that a declaration refers to and that is not there. */
public final class ReferenceMissingException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    public ReferenceMissingException(String message) {
        super(message);
    }
}
