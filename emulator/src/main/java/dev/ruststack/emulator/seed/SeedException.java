package dev.ruststack.emulator.seed;

import java.io.Serial;

/** Why one declared item is not there; the message is for the user: the cause, and what to do where we know. */
class SeedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    SeedException(String message) {
        super(message);
    }
}
