package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.configuration.ObjectLockConfiguration;
import dev.ruststack.emulator.s3.configuration.VersioningConfiguration;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Enables or suspends versioning; once enabled it never goes away. AWS: S3 API Reference, PutBucketVersioning. */
@Http("PUT /{Bucket}?versioning")
public final class PutBucketVersioning implements Operation<PutBucketVersioning.Input, PutBucketVersioning.Output> {
    private static final String DISABLED = "Disabled";

    private final Access access;

    /** The request; its body is a {@link Configuration}. */
    public record Input(
            @HttpLabel String bucket,
            @HttpHeader("x-amz-mfa") @Nullable String mfa,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner,

            @HttpPayload Payload versioningConfiguration) {}

    /** The document of the request. */
    @XmlName("VersioningConfiguration")
    public record Configuration(
            @Nullable String status,
            @XmlName("MfaDelete") @Nullable String mfaDelete) {}

    /** The answer: nothing. */
    public record Output() {}

    public PutBucketVersioning(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) throws IOException {
        var bucket = access.bucket(input.bucket(), input.expectedBucketOwner(), call);
        var configuration = checked(RequestDocument.readRequired(call, Configuration.class), input.mfa());
        bucket.changeVersioning(current -> {
            boolean locked = bucket.configurations().get(ObjectLockConfiguration.KIND) != null;
            if (locked && !configuration.status().equals(VersioningConfiguration.ENABLED)) {
                throw S3Error.INVALID_BUCKET_STATE.saying(
                        "An Object Lock configuration is present on this bucket, so the versioning state cannot be "
                                + "changed.");
            }
            var mfaDelete = configuration.mfaDelete() == null && current != null
                    ? current.mfaDelete()
                    : configuration.mfaDelete();
            return new VersioningConfiguration(configuration.status(), mfaDelete);
        });
        return new Output();
    }

    private static VersioningConfiguration checked(Configuration document, @Nullable String mfa) {
        var status = document.status();
        if (status == null) {
            throw S3Error.ILLEGAL_VERSIONING_CONFIGURATION.error();
        }
        boolean known =
                status.equals(VersioningConfiguration.ENABLED) || status.equals(VersioningConfiguration.SUSPENDED);
        if (!known) {
            throw S3Error.MALFORMED_XML.error();
        }
        checkMfaDelete(document.mfaDelete(), mfa);
        return new VersioningConfiguration(status, document.mfaDelete());
    }

    /** AWS: S3 User Guide, Configuring MFA delete. No one has a device here, so it cannot be enabled. */
    private static void checkMfaDelete(@Nullable String mfaDelete, @Nullable String mfa) {
        if (mfaDelete == null || mfaDelete.equals(DISABLED)) {
            return;
        }
        if (!mfaDelete.equals("Enabled")) {
            throw S3Error.MALFORMED_XML.error();
        }
        throw mfa == null
                ? S3Error.ACCESS_DENIED.saying("Mfa Authentication must be used for this request")
                : S3Error.NOT_IMPLEMENTED.saying("MfaDelete is not implemented by RustStack.");
    }
}
