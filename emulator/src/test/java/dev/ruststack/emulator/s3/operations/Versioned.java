package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.s3.S3Fixture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Steps that tests of versions have in common. */
final class Versioned {
    /** An id of the right shape that was never given out. */
    static final String MADE_UP = "HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD";

    private Versioned() {}

    static String bucket(S3Fixture s3) {
        var bucket = s3.bucket();
        set(s3, bucket, BucketVersioningStatus.ENABLED);
        return bucket;
    }

    static void suspend(S3Fixture s3, String bucket) {
        set(s3, bucket, BucketVersioningStatus.SUSPENDED);
    }

    static void set(S3Fixture s3, String bucket, BucketVersioningStatus status) {
        s3.client().putBucketVersioning(r -> r.bucket(bucket).versioningConfiguration(c -> c.status(status)));
    }

    /** Puts a text and gives its version id. */
    static String put(S3Fixture s3, String bucket, String key, String text) {
        return s3.client()
                .putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(text))
                .versionId();
    }

    static ResponseBytes<GetObjectResponse> get(S3Fixture s3, String bucket, String key, String versionId) {
        return s3.client().getObjectAsBytes(r -> r.bucket(bucket).key(key).versionId(versionId));
    }

    /** The error that the call fails with. */
    static S3Exception refused(int status, String code, ThrowingCallable call) {
        var thrown = new S3Exception[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class, error -> {
            assertThat(error.statusCode()).isEqualTo(status);
            assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
            thrown[0] = error;
        });
        return thrown[0];
    }

    static String message(S3Exception error) {
        return error.awsErrorDetails().errorMessage();
    }

    static String header(S3Exception error, String name) {
        return error.awsErrorDetails()
                .sdkHttpResponse()
                .firstMatchingHeader(name)
                .orElse(null);
    }
}
