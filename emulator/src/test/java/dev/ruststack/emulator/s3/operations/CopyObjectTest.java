package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.StorageClass;

class CopyObjectTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.enforcing();

    private static String bucketWithObject() {
        var bucket = S3.bucket();
        S3.client()
                .putObject(
                        r -> r.bucket(bucket)
                                .key("source")
                                .contentType("text/plain")
                                .metadata(Map.of("colour", "red")),
                        RequestBody.fromString("content"));
        return bucket;
    }

    private static void copy(String bucket, Consumer<CopyObjectRequest.Builder> more) {
        S3.client().copyObject(request -> {
            request.sourceBucket(bucket)
                    .sourceKey("source")
                    .destinationBucket(bucket)
                    .destinationKey("target");
            more.accept(request);
        });
    }

    private static void assertRefused(
            String bucket, int status, String code, Consumer<CopyObjectRequest.Builder> more) {
        assertThatThrownBy(() -> copy(bucket, more)).isInstanceOfSatisfying(S3Exception.class, error -> {
            assertThat(error.statusCode()).isEqualTo(status);
            assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
        });
    }

    @Test
    void copiesContentAndMetadataAcrossBuckets() {
        var bucket = bucketWithObject();
        var other = S3.bucket();

        var copied = S3.client()
                .copyObject(r -> r.sourceBucket(bucket)
                        .sourceKey("source")
                        .destinationBucket(other)
                        .destinationKey("a b/ü+"));

        var read = S3.client().getObjectAsBytes(r -> r.bucket(other).key("a b/ü+"));
        assertThat(read.asUtf8String()).isEqualTo("content");
        assertThat(read.response().contentType()).isEqualTo("text/plain");
        assertThat(read.response().metadata()).isEqualTo(Map.of("colour", "red"));
        assertThat(copied.copyObjectResult().eTag()).isEqualTo(read.response().eTag());
        assertThat(copied.copyObjectResult().lastModified())
                .isEqualTo(read.response().lastModified());
        assertThat(copied.copyObjectResult().checksumCRC32()).isNotNull();
    }

    @Test
    void replaceTakesTheMetadataOfTheRequest() {
        var bucket = bucketWithObject();

        copy(
                bucket,
                r -> r.metadataDirective(MetadataDirective.REPLACE)
                        .metadata(Map.of("size", "small"))
                        .contentType("text/html"));

        var head = S3.client().headObject(r -> r.bucket(bucket).key("target"));
        assertThat(head.metadata()).isEqualTo(Map.of("size", "small"));
        assertThat(head.contentType()).isEqualTo("text/html");
    }

    @Test
    void copyIgnoresTheMetadataOfTheRequest() {
        var bucket = bucketWithObject();

        copy(bucket, r -> r.metadata(Map.of("size", "small")).contentType("text/html"));

        var head = S3.client().headObject(r -> r.bucket(bucket).key("target"));
        assertThat(head.metadata()).isEqualTo(Map.of("colour", "red"));
        assertThat(head.contentType()).isEqualTo("text/plain");
    }

    @Test
    void ontoItselfSomethingMustChange() {
        var bucket = bucketWithObject();

        assertRefused(bucket, 400, "InvalidRequest", r -> r.destinationKey("source"));
        copy(bucket, r -> r.destinationKey("source").metadataDirective(MetadataDirective.REPLACE));
        copy(bucket, r -> r.destinationKey("source").storageClass(StorageClass.STANDARD_IA));

        var read = S3.client().getObjectAsBytes(r -> r.bucket(bucket).key("source"));
        assertThat(read.asUtf8String()).isEqualTo("content");
        assertThat(read.response().storageClass()).isEqualTo(StorageClass.STANDARD_IA);
    }

    @Test
    void sourceConditionsAllFailWith412() {
        var bucket = bucketWithObject();
        var eTag = S3.client().headObject(r -> r.bucket(bucket).key("source")).eTag();

        assertRefused(bucket, 412, "PreconditionFailed", r -> r.copySourceIfMatch("other"));
        assertRefused(bucket, 412, "PreconditionFailed", r -> r.copySourceIfNoneMatch(eTag));
        assertRefused(bucket, 412, "PreconditionFailed", r -> r.copySourceIfUnmodifiedSince(Instant.EPOCH));
        copy(bucket, r -> r.copySourceIfMatch(eTag));
    }

    @Test
    void targetConditionsHoldForCopiesToo() {
        var bucket = bucketWithObject();

        copy(bucket, r -> r.ifNoneMatch("*"));
        assertRefused(bucket, 412, "PreconditionFailed", r -> r.ifNoneMatch("*"));
    }

    @Test
    void missingSourcesAreNamed() {
        var bucket = bucketWithObject();

        assertRefused(bucket, 404, "NoSuchKey", r -> r.sourceKey("none"));
        assertRefused(bucket, 404, "NoSuchBucket", r -> r.sourceBucket("no-such-bucket"));
    }

    @Test
    void theExpectedSourceOwnerMustOwnTheSource() {
        var bucket = bucketWithObject();

        copy(bucket, r -> r.expectedSourceBucketOwner("000000000000"));
        assertRefused(bucket, 403, "AccessDenied", r -> r.expectedSourceBucketOwner("111111111111"));
    }

    @Test
    void unknownDirectiveIsInvalidArgument() {
        assertRefused(bucketWithObject(), 400, "InvalidArgument", r -> r.metadataDirective("KEEP"));
    }

    @Test
    void anotherChecksumIsComputedWhenAskedFor() {
        var bucket = bucketWithObject();

        copy(bucket, r -> r.checksumAlgorithm(ChecksumAlgorithm.SHA256));

        var head = S3.client().headObject(r -> r.bucket(bucket).key("target").checksumMode(ChecksumMode.ENABLED));
        assertThat(head.checksumSHA256()).isEqualTo("7XACtDnprIRfIjV9giusFERzD722AW0+yUMil7nsn3M=");
    }

    @Test
    void copiesOfLargeObjectsTakeNoSpaceAndOutliveTheSource() throws IOException {
        var bucket = S3.bucket();
        var content = new byte[1 << 20];
        new Random(1).nextBytes(content);
        S3.client().putObject(r -> r.bucket(bucket).key("source"), RequestBody.fromBytes(content));

        copy(bucket, r -> {});

        try (var files = Files.list(S3.directory())) {
            assertThat(files.map(CopyObjectTest::inode).distinct()).hasSize(1);
        }
        S3.client().deleteObject(r -> r.bucket(bucket).key("source"));
        assertThat(S3.client()
                        .getObjectAsBytes(r -> r.bucket(bucket).key("target"))
                        .asByteArrayUnsafe())
                .isEqualTo(content);
    }

    private static Object inode(java.nio.file.Path file) {
        try {
            return Files.getAttribute(file, "unix:ino");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
