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
import dev.ruststack.emulator.s3.Retention;
import dev.ruststack.emulator.s3.S3Error;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Sets until when a version must stay; an empty document ends it. AWS: S3 API Reference, PutObjectRetention. */
@Http("PUT /{Bucket}/{Key+}?retention")
public final class PutObjectRetention implements Operation<PutObjectRetention.Input, PutObjectRetention.Output> {
    private final Access access;
    private final Clock clock;

    /** The request; its body is a {@link Document}. */
    public record Input(
            @HttpLabel String bucket,
            @HttpLabel String key,
            @HttpQuery("versionId") @Nullable String versionId,

            @HttpHeader("x-amz-bypass-governance-retention") @Nullable
            String bypassGovernanceRetention,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner,

            @HttpPayload Payload retention) {}

    /** The document of the request. */
    @XmlName("Retention")
    public record Document(@Nullable String mode, @Nullable String retainUntilDate) {}

    /** The answer: nothing. */
    public record Output() {}

    public PutObjectRetention(Access access, Clock clock) {
        this.access = access;
        this.clock = clock;
    }

    @Override
    public Output handle(Input input, Call call) throws IOException {
        var bucket = access.bucket(input.bucket(), input.key(), input.expectedBucketOwner(), call);
        var finder = VersionFinder.of(input.key(), input.versionId(), call);
        finder.find(bucket.history(input.key()));
        ObjectLock.require(bucket);
        var now = clock.instant();
        var next = retention(RequestDocument.readVouched(call, Document.class), now);
        boolean bypass = access.bypasses(ObjectLock.bypassAsked(call), bucket, input.key(), call);
        bucket.amend(input.key(), finder::find, version -> {
            var attachments = version.attachments();
            ObjectLock.checkReplacement(attachments.retention(), next, bypass, now);
            return attachments.withRetention(next);
        });
        return new Output();
    }

    private static @Nullable Retention retention(Document document, Instant now) {
        var date = document.retainUntilDate();
        if (document.mode() == null && date == null) {
            return null;
        }
        if (document.mode() == null || date == null) {
            throw S3Error.MALFORMED_XML.error();
        }
        var mode = switch (document.mode()) {
            case "GOVERNANCE" -> Retention.Mode.GOVERNANCE;
            case "COMPLIANCE" -> Retention.Mode.COMPLIANCE;
            default -> throw S3Error.MALFORMED_XML.error();
        };
        var until = moment(date);
        if (!until.isAfter(now)) {
            throw S3Error.invalidArgument("The retain until date must be in the future!", "RetainUntilDate", date);
        }
        return new Retention(mode, until);
    }

    private static Instant moment(String text) {
        try {
            return Instant.from(DateTimeFormatter.ISO_DATE_TIME.parse(text.strip()));
        } catch (DateTimeException e) {
            throw S3Error.MALFORMED_XML.error();
        }
    }
}
