package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.s3.S3Error;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tells until when a version must stay. AWS: S3 API Reference, GetObjectRetention. */
@Http("GET /{Bucket}/{Key+}?retention")
public final class GetObjectRetention implements Operation<GetObjectRetention.Input, GetObjectRetention.Output> {
    private final Access access;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,
            @HttpLabel String key,
            @HttpQuery("versionId") @Nullable String versionId,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** The answer. */
    public record Output(@HttpPayload Document retention) {}

    /** The document of the answer. */
    @XmlName("Retention")
    public record Document(String mode, Instant retainUntilDate) {}

    public GetObjectRetention(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) {
        var bucket = access.bucket(input.bucket(), input.key(), input.expectedBucketOwner(), call);
        var finder = VersionFinder.of(input.key(), input.versionId(), call);
        var version = finder.find(bucket.history(input.key()));
        ObjectLock.require(bucket);
        var retention = version.attachments().retention();
        if (retention == null) {
            throw S3Error.NO_SUCH_OBJECT_LOCK_CONFIGURATION.with("Key", input.key());
        }
        return new Output(new Document(retention.mode().name(), retention.until()));
    }
}
