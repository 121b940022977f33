package dev.ruststack.emulator.seed;

import java.io.Serial;

/** A seed bundle that cannot be used; the message says why. */
public final class InvalidBundleException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    InvalidBundleException(String message) {
        super(message);
    }
}
