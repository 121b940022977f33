package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.s3.DeclaredDigests;
import dev.ruststack.emulator.s3.LegalHold;
import dev.ruststack.emulator.s3.Retention;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.store.Attachments;
import dev.ruststack.emulator.s3.store.Bucket;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The headers that lock a new version. AWS: S3 API Reference, PutObject, CopyObject and CreateMultipartUpload. */
record LockHeaders(
        @Nullable String mode,
        @Nullable String retainUntilDate,
        @Nullable String legalHold) {
    static final String MODE = "x-amz-object-lock-mode";
    static final String RETAIN_UNTIL_DATE = "x-amz-object-lock-retain-until-date";
    static final String LEGAL_HOLD = "x-amz-object-lock-legal-hold";

    private boolean any() {
        return mode != null || retainUntilDate != null || legalHold != null;
    }

    /** What is asked for, added to what else belongs to the version; what is wrong is refused. */
    Attachments addTo(Attachments others, Bucket bucket, Instant now) {
        if (!any()) {
            return others;
        }
        ObjectLock.require(bucket);
        return others.withRetention(retention(now)).withLegalHold(hold());
    }

    /** What the bucket adds where nothing was asked for. */
    static Attachments addDefault(Attachments asked, Bucket bucket, Instant now) {
        var configuration = ObjectLock.of(bucket);
        return configuration == null || asked.retention() != null
                ? asked
                : asked.withRetention(configuration.retention(now));
    }

    /**
     * Refuses bytes that are to be locked and that no one vouches for.
     *
     * @param what Object or Part
     */
    static void checkVouched(Attachments asked, Bucket bucket, DeclaredDigests declared, String what) {
        if (declared.any()) {
            return;
        }
        var configuration = ObjectLock.of(bucket);
        boolean locked = asked.retention() != null
                || asked.legalHold() != null
                || configuration != null && configuration.rule() != null;
        if (locked) {
            throw S3Error.INVALID_REQUEST.saying("Content-MD5 OR x-amz-checksum- HTTP header is required for Put "
                    + what + " requests with Object Lock parameters");
        }
    }

    private @Nullable Retention retention(Instant now) {
        if (mode == null && retainUntilDate == null) {
            return null;
        }
        if (mode == null || retainUntilDate == null) {
            throw S3Error.INVALID_ARGUMENT
                    .saying(RETAIN_UNTIL_DATE + " and " + MODE + " must both be supplied")
                    .with("ArgumentName", mode == null ? MODE : RETAIN_UNTIL_DATE);
        }
        return new Retention(parsedMode(mode), parsedDate(retainUntilDate, now));
    }

    private static Retention.Mode parsedMode(String text) {
        return switch (text) {
            case "GOVERNANCE" -> Retention.Mode.GOVERNANCE;
            case "COMPLIANCE" -> Retention.Mode.COMPLIANCE;
            default -> throw S3Error.invalidArgument("Unknown wormMode directive.", MODE, text);
        };
    }

    private static Instant parsedDate(String text, Instant now) {
        Instant until;
        try {
            until = Instant.from(DateTimeFormatter.ISO_DATE_TIME.parse(text.strip()));
        } catch (DateTimeException e) {
            throw S3Error.invalidArgument(
                    "The retain until date must be provided in ISO 8601 format", RETAIN_UNTIL_DATE, text);
        }
        if (!until.isAfter(now)) {
            throw S3Error.invalidArgument("The retain until date must be in the future!", RETAIN_UNTIL_DATE, text);
        }
        return until;
    }

    private @Nullable LegalHold hold() {
        return switch (legalHold) {
            case null -> null;
            case "ON" -> LegalHold.ON;
            case "OFF" -> LegalHold.OFF;
            default ->
                throw S3Error.invalidArgument("Legal Hold must be either of 'ON' or 'OFF'", LEGAL_HOLD, legalHold);
        };
    }
}
