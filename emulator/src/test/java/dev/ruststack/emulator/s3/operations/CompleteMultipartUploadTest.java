package dev.ruststack.emulator.s3.operations;

import static dev.ruststack.emulator.s3.operations.Multipart.LEAST;
import static dev.ruststack.emulator.s3.operations.Multipart.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class CompleteMultipartUploadTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.enforcing();

    private static ResponseBytes<GetObjectResponse> get(String bucket, String key) {
        return S3.client().getObjectAsBytes(r -> r.bucket(bucket).key(key).checksumMode(ChecksumMode.ENABLED));
    }

    private static byte[] joined(byte[]... parts) throws IOException {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.write(part);
        }
        return all.toByteArray();
    }

    private static void assertRefused(Runnable call, int status, String code) {
        assertThatThrownBy(call::run)
                .asInstanceOf(type(S3Exception.class))
                .satisfies(
                        error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code))
                .extracting(SdkServiceException::statusCode)
                .isEqualTo(status);
    }

    private static long files() throws IOException {
        try (var files = Files.walk(S3.directory())) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void theObjectIsThePartsInTheOrderOfTheirNumbers() throws Exception {
        var bucket = S3.bucket();
        var upload = Multipart.begin(
                S3,
                bucket,
                "key",
                r -> r.contentType("text/x-a")
                        .metadata(java.util.Map.of("color", "blue"))
                        .cacheControl("no-store"));
        var last = bytes(3, 100);
        upload.part(7, last).part(2, bytes(1, LEAST)).part(3, bytes(2, LEAST + 1));
        upload.parts().sort(java.util.Comparator.comparing(CompletedPart::partNumber));

        var done = upload.complete();

        var whole = joined(bytes(1, LEAST), bytes(2, LEAST + 1), last);
        var got = get(bucket, "key");
        assertThat(got.asByteArray()).isEqualTo(whole);
        assertThat(got.response().eTag()).isEqualTo(done.eTag()).matches("\"[0-9a-f]{32}-3\"");
        assertThat(got.response().contentType()).isEqualTo("text/x-a");
        assertThat(got.response().cacheControl()).isEqualTo("no-store");
        assertThat(got.response().metadata()).containsEntry("color", "blue");
        assertThat(done.location()).isEqualTo("http://127.0.0.1:" + S3.port() + "/" + bucket + "/key");
        assertThat(S3.client().listMultipartUploads(r -> r.bucket(bucket)).uploads())
                .isEmpty();
    }

    @Test
    void theEntityTagIsTheMd5OfThePartsTags() throws Exception {
        var bucket = S3.bucket();
        var upload = Multipart.begin(S3, bucket, "key").part(1, bytes(1, LEAST)).part(2, bytes(2, 1));
        var md5 = java.security.MessageDigest.getInstance("MD5");
        for (var part : upload.parts()) {
            md5.update(java.util.HexFormat.of().parseHex(part.eTag().replace("\"", "")));
        }

        assertThat(upload.complete().eTag())
                .isEqualTo('"' + java.util.HexFormat.of().formatHex(md5.digest()) + "-2\"");
    }

    @Test
    void rangesGoAcrossParts() throws Exception {
        var bucket = S3.bucket();
        Multipart.begin(S3, bucket, "key")
                .part(1, bytes(1, LEAST))
                .part(2, bytes(2, LEAST))
                .part(3, bytes(3, 10))
                .complete();
        var whole = joined(bytes(1, LEAST), bytes(2, LEAST), bytes(3, 10));
        int from = LEAST - 3;
        int to = 2 * LEAST + 4;

        var got =
                S3.client().getObjectAsBytes(r -> r.bucket(bucket).key("key").range("bytes=" + from + "-" + (to - 1)));

        assertThat(got.asByteArray()).isEqualTo(java.util.Arrays.copyOfRange(whole, from, to));
        assertThat(got.response().contentRange()).isEqualTo("bytes %d-%d/%d".formatted(from, to - 1, whole.length));
    }

    @Test
    void aPartCanBeReadByItsPlace() throws Exception {
        var bucket = S3.bucket();
        Multipart.begin(S3, bucket, "key", r -> r.checksumAlgorithm(ChecksumAlgorithm.SHA256))
                .part(4, bytes(1, LEAST))
                .part(9, bytes(2, 17))
                .complete();

        var second = S3.client()
                .getObjectAsBytes(r -> r.bucket(bucket).key("key").partNumber(2).checksumMode(ChecksumMode.ENABLED));
        var head = S3.client().headObject(r -> r.bucket(bucket).key("key").partNumber(1));

        assertThat(second.asByteArray()).isEqualTo(bytes(2, 17));
        assertThat(second.response().partsCount()).isEqualTo(2);
        assertThat(second.response().contentRange())
                .isEqualTo("bytes %d-%d/%d".formatted(LEAST, LEAST + 16, LEAST + 17));
        assertThat(head.contentLength()).isEqualTo(LEAST);
        assertThat(head.partsCount()).isEqualTo(2);
        assertRefused(
                () -> S3.client().headObject(r -> r.bucket(bucket).key("key").partNumber(3)), 416, null);
    }

    @ParameterizedTest
    @EnumSource(names = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
    void aCompositeChecksumIsOverThoseOfTheParts(ChecksumAlgorithm algorithm) {
        var bucket = S3.bucket();
        var done = Multipart.begin(S3, bucket, "key", r -> r.checksumAlgorithm(algorithm))
                .part(1, bytes(1, LEAST))
                .part(2, bytes(2, 9))
                .complete();

        var got = get(bucket, "key").response();

        assertThat(done.checksumType()).isEqualTo(ChecksumType.COMPOSITE);
        assertThat(got.checksumType()).isEqualTo(ChecksumType.COMPOSITE);
        assertThat(new String[] {got.checksumCRC32(), got.checksumCRC32C(), got.checksumSHA1(), got.checksumSHA256()})
                .filteredOn(java.util.Objects::nonNull)
                .singleElement()
                .asString()
                .endsWith("-2");
    }

    @Test
    void aFullObjectChecksumIsOverAllBytes() throws Exception {
        var bucket = S3.bucket();
        Multipart.begin(
                        S3,
                        bucket,
                        "key",
                        r -> r.checksumAlgorithm(ChecksumAlgorithm.CRC32).checksumType(ChecksumType.FULL_OBJECT))
                .part(1, bytes(1, LEAST))
                .part(2, bytes(2, 9))
                .complete();
        var crc = new CRC32();
        crc.update(joined(bytes(1, LEAST), bytes(2, 9)));
        var due = Base64.getEncoder()
                .encodeToString(java.nio.ByteBuffer.allocate(4)
                        .putInt((int) crc.getValue())
                        .array());

        var got = get(bucket, "key").response();

        assertThat(got.checksumCRC32()).isEqualTo(due);
        assertThat(got.checksumType()).isEqualTo(ChecksumType.FULL_OBJECT);
    }

    @Test
    void anObjectsChecksumIsHeldAgainstTheOneThatIsSent() {
        var bucket = S3.bucket();
        var upload = Multipart.begin(
                        S3,
                        bucket,
                        "key",
                        r -> r.checksumAlgorithm(ChecksumAlgorithm.CRC32).checksumType(ChecksumType.FULL_OBJECT))
                .part(1, bytes(1, 10));
        var crc = new CRC32();
        crc.update(bytes(1, 10));
        var right = Base64.getEncoder()
                .encodeToString(java.nio.ByteBuffer.allocate(4)
                        .putInt((int) crc.getValue())
                        .array());

        assertRefused(() -> upload.complete(r -> r.checksumCRC32("AAAAAA==")), 400, "BadDigest");
        assertThat(upload.complete(r -> r.checksumCRC32(right)).checksumCRC32()).isEqualTo(right);
    }

    @Test
    void everyPartButTheLastHasFiveMebibytes() {
        var bucket = S3.bucket();
        var upload =
                Multipart.begin(S3, bucket, "key").part(1, bytes(1, LEAST - 1)).part(2, bytes(2, 1));

        assertRefused(upload::complete, 400, "EntityTooSmall");
        upload.part(1, bytes(1, LEAST));
        upload.parts().sort(java.util.Comparator.comparing(CompletedPart::partNumber));
        assertThat(upload.complete().eTag()).endsWith("-2\"");
    }

    @Test
    void partsAreNamedInAscendingOrder() {
        var upload =
                Multipart.begin(S3, S3.bucket(), "key").part(1, bytes(1, LEAST)).part(2, bytes(2, 1));
        Collections.reverse(upload.parts());

        assertRefused(upload::complete, 400, "InvalidPartOrder");
    }

    @Test
    void aPartThatIsNotThereOrAnotherIsInvalid() {
        var upload = Multipart.begin(S3, S3.bucket(), "key").part(1, bytes(1, 9));
        var part = upload.parts().getFirst();

        upload.parts()
                .set(0, part.toBuilder().eTag("\"" + "0".repeat(32) + "\"").build());
        assertRefused(upload::complete, 400, "InvalidPart");
        upload.parts().set(0, part.toBuilder().partNumber(2).build());
        assertRefused(upload::complete, 400, "InvalidPart");
        upload.parts().set(0, part);
        assertThat(upload.complete().eTag()).endsWith("-1\"");
    }

    @Test
    void anUploadThatHasEndedOrNeverWasIsNotFound() {
        var bucket = S3.bucket();
        var upload = Multipart.begin(S3, bucket, "key").part(1, bytes(1, 9));
        upload.abort();

        assertRefused(upload::complete, 404, "NoSuchUpload");
        assertRefused(() -> upload.part(2, bytes(1, 1)), 404, "NoSuchUpload");
        assertRefused(upload::abort, 404, "NoSuchUpload");
        assertRefused(
                () -> S3.client().listParts(r -> r.bucket(bucket).key("key").uploadId("none")), 404, "NoSuchUpload");
    }

    @Test
    void completingTwiceGivesTheSameAnswer() {
        var upload = Multipart.begin(S3, S3.bucket(), "key").part(1, bytes(1, 9));

        var first = upload.complete();
        var second = upload.complete();

        assertThat(second.eTag()).isEqualTo(first.eTag());
        assertThat(second.location()).isEqualTo(first.location());
    }

    @Test
    void ofManyWhoCompleteAtOnceAllGetTheOneObject() throws Exception {
        var bucket = S3.bucket();
        var upload = Multipart.begin(S3, bucket, "key").part(1, bytes(1, LEAST)).part(2, bytes(2, 5));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = Collections.<Callable<String>>nCopies(
                    8, () -> upload.complete().eTag());
            var tags = new ArrayList<String>();
            for (var done : threads.invokeAll(calls)) {
                tags.add(done.get());
            }
            assertThat(tags).containsOnly(get(bucket, "key").response().eTag());
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 412, PreconditionFailed", "false, 409, ConditionalRequestConflict"})
    void anObjectThatIsThereFailsTheCondition(boolean before, int status, String code) {
        var bucket = S3.bucket();
        if (before) {
            S3.put(bucket, "key", "x");
        }
        var upload = Multipart.begin(S3, bucket, "key").part(1, bytes(1, 9));
        if (!before) {
            S3.put(bucket, "key", "x");
        }

        assertRefused(() -> upload.complete(r -> r.ifNoneMatch("*")), status, code);
        assertThat(get(bucket, "key").asUtf8String()).isEqualTo("x");
        assertThat(upload.complete().eTag()).endsWith("-1\"");
    }

    @Test
    void theSizeThatIsAnnouncedHasToBeTheObjects() {
        var upload = Multipart.begin(S3, S3.bucket(), "key").part(1, bytes(1, 9));

        assertRefused(() -> upload.complete(r -> r.mpuObjectSize(8L)), 400, "InvalidRequest");
        assertThat(upload.complete(r -> r.mpuObjectSize(9L)).eTag()).endsWith("-1\"");
    }

    @Test
    void anUploadWithoutPartsCannotBeCompleted() {
        var upload = Multipart.begin(S3, S3.bucket(), "key");

        assertThatThrownBy(upload::complete)
                .asInstanceOf(type(S3Exception.class))
                .extracting(error -> error.awsErrorDetails().errorCode())
                .isIn("InvalidRequest", "MalformedXML");
    }

    @Test
    void whatIsNotUsedOrReplacedIsFreed() throws Exception {
        var bucket = S3.bucket();
        long before = files();
        var upload = Multipart.begin(S3, bucket, "key")
                .part(1, bytes(1, LEAST))
                .part(1, bytes(2, LEAST))
                .part(2, bytes(3, LEAST));
        upload.parts().removeLast();
        upload.complete();

        assertThat(files()).isEqualTo(before + 1);
        S3.client().deleteObject(r -> r.bucket(bucket).key("key"));
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void whoReadsAnObjectInPartsReadsItToTheEndThoughItIsReplaced() throws Exception {
        var bucket = S3.bucket();
        Multipart.begin(S3, bucket, "key")
                .part(1, bytes(1, LEAST))
                .part(2, bytes(2, LEAST))
                .complete();
        long before = files();

        byte[] read;
        try (var content = S3.client().getObject(r -> r.bucket(bucket).key("key"))) {
            var first = content.readNBytes(10);
            S3.put(bucket, "key", "new");
            read = joined(first, content.readAllBytes());
        }

        assertThat(read).isEqualTo(joined(bytes(1, LEAST), bytes(2, LEAST)));
        org.awaitility.Awaitility.await().until(() -> files() == before - 2);
    }

    @Test
    void aCopyOfAnObjectInPartsIsWhole() throws Exception {
        var bucket = S3.bucket();
        Multipart.begin(S3, bucket, "key")
                .part(1, bytes(1, LEAST))
                .part(2, bytes(2, 7))
                .complete();
        var whole = joined(bytes(1, LEAST), bytes(2, 7));
        var md5 = java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("MD5").digest(whole));

        S3.client()
                .copyObject(r -> r.sourceBucket(bucket)
                        .sourceKey("key")
                        .destinationBucket(bucket)
                        .destinationKey("copy"));

        assertThat(get(bucket, "copy").asByteArray()).isEqualTo(whole);
        assertThat(get(bucket, "copy").response().eTag()).isEqualTo('"' + md5 + '"');
    }

    @Test
    void aBucketGoesWithItsUploads() throws Exception {
        long before = files();
        var bucket = S3.bucket();
        Multipart.begin(S3, bucket, "key").part(1, bytes(1, LEAST));

        S3.client().deleteBucket(r -> r.bucket(bucket));

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aMixedListOfPartsKeepsItsNumbers() {
        var bucket = S3.bucket();
        var upload = Multipart.begin(S3, bucket, "key");
        for (int number : List.of(1, 5000, 10_000)) {
            upload.part(number, bytes(number, number == 10_000 ? 1 : LEAST));
        }

        assertThat(upload.complete().eTag()).endsWith("-3\"");
    }
}
