package dev.ruststack.emulator.seed;

import java.io.Serial;

/** One declared item is not there because of something that may pass by itself: it is worth another attempt. */
final class UnavailableException extends SeedException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String reason;

    /** As {@link SeedItem#SERVICE_UNAVAILABLE}. */
    UnavailableException(String message) {
        this(SeedItem.SERVICE_UNAVAILABLE, message);
    }

    /** @param reason one for which {@link SeedItem#mayRecover} is true */
    UnavailableException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
