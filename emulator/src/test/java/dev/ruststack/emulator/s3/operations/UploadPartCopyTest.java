package dev.ruststack.emulator.s3.operations;

import static dev.ruststack.emulator.s3.operations.Multipart.LEAST;
import static dev.ruststack.emulator.s3.operations.Multipart.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.s3.S3Fixture;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

class UploadPartCopyTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.enforcing();

    private final String bucket = S3.bucket();
    private final byte[] source = bytes(1, LEAST + 100);

    private CompletedPart copy(Multipart upload, int number, Consumer<UploadPartCopyRequest.Builder> change) {
        var copied = S3.client()
                .uploadPartCopy(r -> r.sourceBucket(bucket)
                        .sourceKey("source")
                        .destinationBucket(bucket)
                        .destinationKey("key")
                        .uploadId(upload.id())
                        .partNumber(number)
                        .applyMutation(change));
        var result = copied.copyPartResult();
        assertThat(result.lastModified()).isNotNull();
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(result.eTag())
                .checksumCRC32(result.checksumCRC32())
                .checksumCRC64NVME(result.checksumCRC64NVME())
                .build();
    }

    private Multipart upload() {
        S3.client().putObject(r -> r.bucket(bucket).key("source"), RequestBody.fromBytes(source));
        return Multipart.begin(S3, bucket, "key");
    }

    @Test
    void wholeObjectsAndRangesBecomeParts() {
        var upload = upload();
        upload.parts().add(copy(upload, 1, r -> {}));
        upload.parts().add(copy(upload, 2, r -> r.copySourceRange("bytes=10-29")));
        upload.complete();

        var got = S3.client().getObjectAsBytes(r -> r.bucket(bucket).key("key")).asByteArray();

        assertThat(Arrays.copyOf(got, source.length)).isEqualTo(source);
        assertThat(Arrays.copyOfRange(got, source.length, got.length)).isEqualTo(Arrays.copyOfRange(source, 10, 30));
    }

    @Test
    void aRangeOfAnObjectInPartsGoesAcrossThem() {
        var upload = upload();
        Multipart.begin(S3, bucket, "source")
                .part(1, bytes(2, LEAST))
                .part(2, bytes(3, 50))
                .complete();
        var range = "bytes=" + (LEAST - 5) + "-" + (LEAST + 4);
        upload.parts().add(copy(upload, 1, r -> r.copySourceRange(range)));
        upload.complete();

        var got = S3.client().getObjectAsBytes(r -> r.bucket(bucket).key("key")).asByteArray();

        assertThat(Arrays.copyOf(got, 5)).isEqualTo(Arrays.copyOfRange(bytes(2, LEAST), LEAST - 5, LEAST));
        assertThat(Arrays.copyOfRange(got, 5, 10)).isEqualTo(Arrays.copyOf(bytes(3, 50), 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=5-2", "bytes=0-", "bytes=-5", "0-5", "bytes=0-99999999", "bytes=a-b"})
    void otherRangesAreInvalid(String range) {
        var upload = upload();

        assertThatThrownBy(() -> copy(upload, 1, r -> r.copySourceRange(range)))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("InvalidArgument"));
    }

    @Test
    void theSourcesConditionsHold() {
        var upload = upload();

        assertThatThrownBy(() -> copy(upload, 1, r -> r.copySourceIfMatch("\"other\"")))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        error -> assertThat(error.statusCode()).isEqualTo(412));
    }
}
