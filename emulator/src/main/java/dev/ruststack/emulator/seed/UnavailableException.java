package dev.ruststack.emulator.seed;

import java.io.Serial;

/** One declared item is not there because of something that may pass by itself: it is worth another attempt. */
final class UnavailableException extends SeedException {
    @Serial
    private static final long serialVersionUID = 1;

    UnavailableException(String message) {
        super(message);
    }
}
