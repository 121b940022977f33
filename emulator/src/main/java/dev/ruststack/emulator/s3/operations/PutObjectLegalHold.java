package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.s3.LegalHold;
import dev.ruststack.emulator.s3.S3Error;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Holds a version, without an end, or lets it go. AWS: S3 API Reference, PutObjectLegalHold. */
@Http("PUT /{Bucket}/{Key+}?legal-hold")
public final class PutObjectLegalHold implements Operation<PutObjectLegalHold.Input, PutObjectLegalHold.Output> {
    private final Access access;

    /** The request; its body is a {@link Document}. */
    public record Input(
            @HttpLabel String bucket,
            @HttpLabel String key,
            @HttpQuery("versionId") @Nullable String versionId,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner,

            @HttpPayload Payload legalHold) {}

    /** The document of the request. */
    @XmlName("LegalHold")
    public record Document(@Nullable String status) {}

    /** The answer: nothing. */
    public record Output() {}

    public PutObjectLegalHold(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) throws IOException {
        var bucket = access.bucket(input.bucket(), input.key(), input.expectedBucketOwner(), call);
        var finder = VersionFinder.of(input.key(), input.versionId(), call);
        finder.find(bucket.history(input.key()));
        ObjectLock.require(bucket);
        var hold = switch (RequestDocument.readVouched(call, Document.class).status()) {
            case "ON" -> LegalHold.ON;
            case "OFF" -> LegalHold.OFF;
            case null, default -> throw S3Error.MALFORMED_XML.error();
        };
        bucket.amend(input.key(), finder::find, version -> version.attachments().withLegalHold(hold));
        return new Output();
    }
}
