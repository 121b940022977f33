package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.s3.LegalHold;
import dev.ruststack.emulator.s3.Retention;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.configuration.ObjectLockConfiguration;
import dev.ruststack.emulator.s3.store.Attachments;
import dev.ruststack.emulator.s3.store.Bucket;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What must stay as it is. AWS: S3 User Guide, Locking objects with Object Lock. */
final class ObjectLock {
    private static final String BYPASS = "x-amz-bypass-governance-retention";

    private ObjectLock() {}

    static @Nullable ObjectLockConfiguration of(Bucket bucket) {
        return bucket.configurations().get(ObjectLockConfiguration.KIND);
    }

    /** Refuses what is about locks where the bucket has none. */
    static void require(Bucket bucket) {
        if (of(bucket) == null) {
            throw S3Error.INVALID_REQUEST.saying("Bucket is missing Object Lock Configuration");
        }
    }

    /** Whether the caller asks to pass over retention of mode GOVERNANCE. */
    static boolean bypassAsked(Call call) {
        return "true".equalsIgnoreCase(call.request().headers().first(BYPASS));
    }

    /** As {@link #bypassAsked}, for a deletion; refused where the bucket has no locks. */
    static boolean bypassAsked(Call call, Bucket bucket) {
        var header = call.request().headers().first(BYPASS);
        if (header != null && of(bucket) == null) {
            throw S3Error.INVALID_ARGUMENT
                    .saying(BYPASS + " is only applicable to Object Lock enabled buckets.")
                    .with("ArgumentName", BYPASS);
        }
        return bypassAsked(call);
    }

    /** Throws {@link S3Error#ACCESS_DENIED} where a version must not be removed. */
    static void checkRemoval(Attachments version, boolean bypass, Instant now) {
        if (version.legalHold() == LegalHold.ON || holds(version.retention(), bypass, now)) {
            throw denied();
        }
    }

    /** Throws {@link S3Error#ACCESS_DENIED} where a retention must not be replaced by another, or by none. */
    static void checkReplacement(@Nullable Retention current, @Nullable Retention next, boolean bypass, Instant now) {
        if (!holds(current, bypass, now) || current == null) {
            return;
        }
        boolean longer =
                next != null && next.mode() == current.mode() && !next.until().isBefore(current.until());
        if (!longer) {
            throw denied();
        }
    }

    private static boolean holds(@Nullable Retention retention, boolean bypass, Instant now) {
        if (retention == null || !retention.holds(now)) {
            return false;
        }
        return switch (retention.mode()) {
            case GOVERNANCE -> !bypass;
            case COMPLIANCE -> true;
        };
    }

    private static AwsException denied() {
        return S3Error.ACCESS_DENIED.saying("Access Denied because object protected by object lock.");
    }
}
