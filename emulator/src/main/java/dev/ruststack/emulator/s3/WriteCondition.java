package dev.ruststack.emulator.s3;

import dev.ruststack.emulator.aws.AwsException;
import org.jspecify.annotations.Nullable;

/**
 * What must be true of a key for it to be written. AWS: S3 User Guide, How to prevent object overwrites with
 * conditional writes.
 */
public sealed interface WriteCondition {
    /** Whatever is there is replaced. */
    record None() implements WriteCondition {}

    /** {@code If-None-Match: *}: nothing is there. */
    record Absent() implements WriteCondition {}

    /** {@code If-Match: "etag"}: this is there. */
    record Is(ETag etag) implements WriteCondition {}

    /**
     * Reads the two headers.
     *
     * @throws AwsException {@link S3Error#NOT_IMPLEMENTED} for combinations and values that S3 does not take
     */
    static WriteCondition of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifMatch != null && ifNoneMatch != null) {
            throw S3Error.unsupportedHeader("If-Match,If-None-Match")
                    .with("additionalMessage", "Multiple conditional request headers present in the request");
        }
        if (ifNoneMatch != null) {
            if (!ifNoneMatch.strip().equals("*")) {
                throw badValue("If-None-Match");
            }
            return new Absent();
        }
        if (ifMatch == null) {
            return new None();
        }
        if (ifMatch.strip().equals("*")) {
            throw badValue("If-Match");
        }
        return new Is(ETag.parse(ifMatch));
    }

    private static AwsException badValue(String header) {
        return S3Error.unsupportedHeader(header)
                .with("additionalMessage", "We don't accept the provided value of " + header + " header for this API");
    }

    /**
     * Checks the condition against what is there; null where nothing is.
     *
     * @throws AwsException {@link S3Error#PRECONDITION_FAILED}, or {@link S3Error#NO_SUCH_KEY} where the key to be
     *     replaced does not exist
     */
    default void check(@Nullable ETag current, String key) {
        switch (this) {
            case None() -> {}
            case Absent() -> {
                if (current != null) {
                    throw Preconditions.failure("If-None-Match");
                }
            }
            case Is(var due) -> {
                if (current == null) {
                    throw S3Error.NO_SUCH_KEY.with("Key", key);
                }
                if (!current.equals(due)) {
                    throw Preconditions.failure("If-Match");
                }
            }
        }
    }
}
