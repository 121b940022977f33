package dev.ruststack.emulator.s3;

import java.time.Instant;

/**
 * Until when a version must stay. AWS: S3 User Guide, Locking objects with Object Lock.
 *
 * @param until milliseconds at most
 */
public record Retention(Mode mode, Instant until) {
    /** Who may shorten or end it. */
    public enum Mode {
        /** Who has the permission to, and asks for it. */
        GOVERNANCE,
        /** No one. */
        COMPLIANCE
    }

    /** Whether it still holds. */
    public boolean holds(Instant now) {
        return until.isAfter(now);
    }
}
