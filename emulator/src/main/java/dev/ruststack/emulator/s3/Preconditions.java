package dev.ruststack.emulator.s3;

import dev.ruststack.emulator.aws.AwsException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a read, or of the source of a copy. AWS: S3 API Reference, GetObject and CopyObject; precedence as
 * in RFC 9110, section 13.2.2. Dates that cannot be read, and an If-Modified-Since in the future, are ignored.
 */
public record Preconditions(
        @Nullable String ifMatch,
        @Nullable String ifUnmodifiedSince,
        @Nullable String ifNoneMatch,
        @Nullable String ifModifiedSince) {

    /** No conditions. */
    public static final Preconditions NONE = new Preconditions(null, null, null, null);

    /** What became of the conditions. */
    public enum Outcome {
        HOLD,
        /** The reader has this version already. */
        NOT_MODIFIED
    }

    /**
     * Checks the conditions of a read.
     *
     * @throws AwsException {@link S3Error#PRECONDITION_FAILED} naming the condition
     */
    public Outcome check(ETag etag, Instant lastModified, Instant now) {
        var failed = failedRequirement(etag, lastModified);
        if (failed != null) {
            throw failure(failed);
        }
        return unchanged(etag, lastModified, now) == null ? Outcome.HOLD : Outcome.NOT_MODIFIED;
    }

    /**
     * Checks the conditions of a copy: what would be 304 for a read is 412 here.
     *
     * @throws AwsException {@link S3Error#PRECONDITION_FAILED} naming the condition
     */
    public void checkCopySource(ETag etag, Instant lastModified, Instant now) {
        var failed = failedRequirement(etag, lastModified);
        if (failed == null) {
            failed = unchanged(etag, lastModified, now);
        }
        if (failed != null) {
            throw failure("x-amz-copy-source-" + failed);
        }
    }

    private @Nullable String failedRequirement(ETag etag, Instant lastModified) {
        if (ifMatch != null) {
            return etag.matches(ifMatch) ? null : "If-Match";
        }
        var since = ifUnmodifiedSince == null ? null : HttpDate.parse(ifUnmodifiedSince);
        return since != null && seconds(lastModified).isAfter(since) ? "If-Unmodified-Since" : null;
    }

    private @Nullable String unchanged(ETag etag, Instant lastModified, Instant now) {
        if (ifNoneMatch != null) {
            return etag.matches(ifNoneMatch) ? "If-None-Match" : null;
        }
        var since = ifModifiedSince == null ? null : HttpDate.parse(ifModifiedSince);
        boolean counts = since != null && !since.isAfter(now);
        return counts && !seconds(lastModified).isAfter(since) ? "If-Modified-Since" : null;
    }

    /** Header dates have no fractions. */
    private static Instant seconds(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS);
    }

    static AwsException failure(String condition) {
        return S3Error.PRECONDITION_FAILED.with("Condition", condition);
    }
}
