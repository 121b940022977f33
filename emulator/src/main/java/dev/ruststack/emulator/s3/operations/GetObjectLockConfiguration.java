package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.configuration.ObjectLockConfiguration;
import org.jspecify.annotations.Nullable;

/** Tells whether versions can be locked. AWS: S3 API Reference, GetObjectLockConfiguration. */
@Http("GET /{Bucket}?object-lock")
public final class GetObjectLockConfiguration
        implements Operation<GetObjectLockConfiguration.Input, GetObjectLockConfiguration.Output> {
    private final Access access;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** The answer. */
    public record Output(@HttpPayload ObjectLockConfiguration objectLockConfiguration) {}

    public GetObjectLockConfiguration(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) {
        var bucket = access.bucket(input.bucket(), input.expectedBucketOwner(), call);
        var configuration = ObjectLock.of(bucket);
        if (configuration == null) {
            throw S3Error.OBJECT_LOCK_CONFIGURATION_NOT_FOUND.with("BucketName", bucket.name());
        }
        return new Output(configuration);
    }
}
