package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.Versioning;
import dev.ruststack.emulator.s3.configuration.ObjectLockConfiguration;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lets versions of a bucket be locked, which cannot be taken back, and sets the retention of those that come without
 * one. AWS: S3 API Reference, PutObjectLockConfiguration.
 */
@Http("PUT /{Bucket}?object-lock")
public final class PutObjectLockConfiguration
        implements Operation<PutObjectLockConfiguration.Input, PutObjectLockConfiguration.Output> {
    private final Access access;

    /** The request; its body is an {@link ObjectLockConfiguration}. */
    public record Input(
            @HttpLabel String bucket,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner,

            @HttpPayload Payload objectLockConfiguration) {}

    /** The answer: nothing. */
    public record Output() {}

    public PutObjectLockConfiguration(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) throws IOException {
        var bucket = access.bucket(input.bucket(), input.expectedBucketOwner(), call);
        var configuration =
                RequestDocument.readVouched(call, ObjectLockConfiguration.class).checked();
        bucket.configurations().change(ObjectLockConfiguration.KIND, "", current -> {
            if (bucket.versioning() != Versioning.ENABLED) {
                throw S3Error.INVALID_BUCKET_STATE.saying(
                        "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
            }
            return configuration;
        });
        return new Output();
    }
}
