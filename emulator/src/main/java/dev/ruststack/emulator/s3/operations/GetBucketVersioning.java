package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.s3.configuration.VersioningConfiguration;
import org.jspecify.annotations.Nullable;

/** Tells whether versioning is enabled; nothing where it never was. AWS: S3 API Reference, GetBucketVersioning. */
@Http("GET /{Bucket}?versioning")
public final class GetBucketVersioning implements Operation<GetBucketVersioning.Input, GetBucketVersioning.Output> {
    private final Access access;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** The answer. */
    @XmlName("VersioningConfiguration")
    public record Output(
            @Nullable String status,
            @XmlName("MfaDelete") @Nullable String mfaDelete) {}

    public GetBucketVersioning(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) {
        var bucket = access.bucket(input.bucket(), input.expectedBucketOwner(), call);
        var configuration = bucket.configurations().get(VersioningConfiguration.KIND);
        return configuration == null
                ? new Output(null, null)
                : new Output(configuration.status(), configuration.mfaDelete());
    }
}
