package dev.ruststack.emulator.s3.configuration;

import dev.ruststack.emulator.s3.Retention;
import dev.ruststack.emulator.s3.S3Error;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether versions of a bucket can be locked, and which are locked without being asked for. AWS: S3 API Reference,
 * PutObjectLockConfiguration.
 */
public record ObjectLockConfiguration(
        @Nullable String objectLockEnabled, @Nullable Rule rule) {
    public static final ConfigurationKind<ObjectLockConfiguration> KIND =
            new ConfigurationKind<>("objectLock", ObjectLockConfiguration.class);

    /** Locks can be set, and none is set by itself. */
    public static final ObjectLockConfiguration ENABLED = new ObjectLockConfiguration("Enabled", null);

    private static final int MAX_DAYS = 36_500;
    private static final int MAX_YEARS = 100;

    /** What holds for new versions. */
    public record Rule(@Nullable DefaultRetention defaultRetention) {}

    /** The retention of versions that are made without one. */
    public record DefaultRetention(
            @Nullable String mode,
            @Nullable Integer days,
            @Nullable Integer years) {
        private Retention.Mode modeOrRefused() {
            return switch (mode) {
                case "GOVERNANCE" -> Retention.Mode.GOVERNANCE;
                case "COMPLIANCE" -> Retention.Mode.COMPLIANCE;
                case null, default -> throw S3Error.MALFORMED_XML.error();
            };
        }

        private void check() {
            modeOrRefused();
            if ((days == null) == (years == null)) {
                throw S3Error.MALFORMED_XML.error();
            }
            int period = days != null ? days : years != null ? years : 0;
            if (period <= 0) {
                throw S3Error.INVALID_RETENTION_PERIOD.error();
            }
            if (period > (days != null ? MAX_DAYS : MAX_YEARS)) {
                throw S3Error.INVALID_RETENTION_PERIOD.saying("Default retention period too large.");
            }
        }

        private Retention from(Instant now) {
            long length = days != null ? days : 365L * (years == null ? 0 : years);
            return new Retention(modeOrRefused(), now.plus(length, ChronoUnit.DAYS));
        }
    }

    /** The document, where S3 takes it. */
    public ObjectLockConfiguration checked() {
        if (!"Enabled".equals(objectLockEnabled)) {
            throw S3Error.MALFORMED_XML.error();
        }
        if (rule != null) {
            if (rule.defaultRetention == null) {
                throw S3Error.MALFORMED_XML.error();
            }
            rule.defaultRetention.check();
        }
        return this;
    }

    /** The retention of a version that is made now without one; null for none. */
    public @Nullable Retention retention(Instant now) {
        var due = rule == null ? null : rule.defaultRetention;
        return due == null ? null : due.from(now);
    }
}
