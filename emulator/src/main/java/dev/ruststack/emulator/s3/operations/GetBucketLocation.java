package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.s3.S3Protocol;
import org.jspecify.annotations.Nullable;

/** Tells a bucket's location constraint; us-east-1 has none. AWS: S3 API Reference, GetBucketLocation. */
@Http("GET /{Bucket}?location")
public final class GetBucketLocation implements Operation<GetBucketLocation.Input, GetBucketLocation.Output> {
    private final Access access;

    /** The request. */
    public record Input(
            @HttpLabel String bucket,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** The answer: the only document of S3 that is a root with text, so it is written here. */
    public record Output(
            @HttpHeader("Content-Type") String contentType,
            @HttpPayload Body locationConstraint) {}

    public GetBucketLocation(Access access) {
        this.access = access;
    }

    @Override
    public Output handle(Input input, Call call) {
        var region =
                access.bucket(input.bucket(), input.expectedBucketOwner(), call).region();
        var start = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<LocationConstraint xmlns=\"" + S3Protocol.NAMESPACE
                + "\"";
        var end = region.equals(BucketRegion.FIRST) ? "/>" : ">" + region + "</LocationConstraint>";
        return new Output("application/xml", Body.of(start + end));
    }
}
