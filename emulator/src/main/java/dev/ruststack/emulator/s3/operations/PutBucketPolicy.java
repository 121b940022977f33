package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.configuration.BucketPolicy;
import dev.ruststack.emulator.s3.policy.PolicyParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Sets a bucket's policy. AWS: S3 API Reference, PutBucketPolicy. */
@Http(value = "PUT /{Bucket}?policy", code = 204)
public final class PutBucketPolicy implements Operation<PutBucketPolicy.Input, PutBucketPolicy.Output> {
    private final Access access;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner,

            @HttpPayload Payload policy) {}

    /** The answer: nothing. */
    public record Output() {}

    public PutBucketPolicy(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) throws IOException {
        var bucket = access.bucket(input.bucket(), input.expectedBucketOwner(), call);
        var document = new String(RequestDocument.bytes(call), StandardCharsets.UTF_8);
        if (document.isEmpty()) {
            throw S3Error.MISSING_REQUEST_BODY.error();
        }
        boolean open = PolicyParser.parse(document, bucket.name()).isPublic();
        if (open && AccessRules.block(bucket).blocksPublicPolicy()) {
            throw S3Error.ACCESS_DENIED.error();
        }
        bucket.configurations().set(BucketPolicy.KIND, new BucketPolicy(PolicyParser.normalized(document)));
        return new Output();
    }
}
