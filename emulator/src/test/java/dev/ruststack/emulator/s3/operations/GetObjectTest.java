package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.model.GetObjectPresignRequest;

class GetObjectTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.enforcing();

    @RegisterExtension
    static final S3Fixture PERMISSIVE = S3Fixture.permissive();

    private static String bucketWithTenBytes() throws IOException {
        var bucket = PERMISSIVE.bucket();
        PERMISSIVE.send(
                "PUT",
                "/" + bucket + "/key",
                Map.of("Content-Type", "text/plain"),
                "0123456789".getBytes(StandardCharsets.UTF_8));
        return bucket;
    }

    @Test
    void answersTheObjectWithItsHeaders() throws IOException {
        var bucket = bucketWithTenBytes();

        var get = PERMISSIVE.send("GET", "/" + bucket + "/key");

        assertThat(get.status()).isEqualTo(200);
        assertThat(get.text()).isEqualTo("0123456789");
        assertThat(get.header("ETag")).isEqualTo("\"781e5e245d69b566979b86e28d23f2c7\"");
        assertThat(get.header("Content-Length")).isEqualTo("10");
        assertThat(get.header("Content-Type")).isEqualTo("text/plain");
        assertThat(get.header("accept-ranges")).isEqualTo("bytes");
        assertThat(get.header("x-amz-server-side-encryption")).isEqualTo("AES256");
        assertThat(get.header("Last-Modified")).matches("\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
        assertThat(get.header("x-amz-checksum-crc64nvme")).isNull();
        assertThat(get.header("x-amz-storage-class")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-8, 206, 012345678",
        "bytes=-15, 206, 0123456789",
        "bytes=0-100, 206, 0123456789",
        "bytes=1-0, 200, 0123456789",
        "bytes=-1-, 200, 0123456789",
        "bytes=0--1, 200, 0123456789",
        "'bytes=0-1,3-4', 200, 0123456789",
        "bytes=-, 200, 0123456789",
    })
    void rangesOfTenBytes(String range, int status, String content) throws IOException {
        var bucket = bucketWithTenBytes();

        var get = PERMISSIVE.send("GET", "/" + bucket + "/key", Map.of("Range", range), new byte[0]);

        assertThat(get.status()).isEqualTo(status);
        assertThat(get.text()).isEqualTo(content);
        assertThat(get.header("Content-Range"))
                .isEqualTo(status == 200 ? null : "bytes 0-" + (content.length() - 1) + "/10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=-0", "bytes=100-200"})
    void rangePastEndIsInvalidRange(String range) throws IOException {
        var bucket = bucketWithTenBytes();

        var get = PERMISSIVE.send("GET", "/" + bucket + "/key", Map.of("Range", range), new byte[0]);

        assertThat(get.status()).isEqualTo(416);
        assertThat(get.text())
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>InvalidRange</Code>"
                        + "<Message>The requested range is not satisfiable</Message><RangeRequested>" + range
                        + "</RangeRequested><ActualObjectSize>10</ActualObjectSize><RequestId>");
    }

    @Test
    void rangesOfFilesComeFromTheMiddle() {
        var bucket = S3.bucket();
        var content = new byte[8 << 20];
        new Random(1).nextBytes(content);
        S3.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromBytes(content));

        var read = S3.client().getObjectAsBytes(r -> r.bucket(bucket).key("key").range("bytes=4000001-4065536"));

        assertThat(read.asByteArrayUnsafe()).isEqualTo(Arrays.copyOfRange(content, 4_000_001, 4_065_537));
    }

    @Test
    void checksumsAreToldWhenAskedForAndNotWithRanges() throws IOException {
        var bucket = bucketWithTenBytes();
        var asked = Map.of("x-amz-checksum-mode", "ENABLED");

        var whole = PERMISSIVE.send("GET", "/" + bucket + "/key", asked, new byte[0]);
        var part = PERMISSIVE.send(
                "GET",
                "/" + bucket + "/key",
                Map.of("x-amz-checksum-mode", "ENABLED", "Range", "bytes=0-3"),
                new byte[0]);

        assertThat(whole.header("x-amz-checksum-crc64nvme")).isNotNull();
        assertThat(whole.header("x-amz-checksum-type")).isEqualTo("FULL_OBJECT");
        assertThat(part.header("x-amz-checksum-crc64nvme")).isNull();
        assertThat(part.header("x-amz-checksum-type")).isNull();
    }

    @Test
    void theSdkValidatesTheChecksum() {
        var bucket = S3.bucket();
        S3.put(bucket, "key", "content");

        var read = S3.client().getObjectAsBytes(r -> r.bucket(bucket).key("key").checksumMode(ChecksumMode.ENABLED));

        assertThat(read.response().checksumCRC32()).isNotNull();
        assertThat(read.asUtf8String()).isEqualTo("content");
    }

    @Test
    void missingKeyIsNoSuchKey() throws IOException {
        var bucket = PERMISSIVE.bucket();

        var get = PERMISSIVE.send("GET", "/" + bucket + "/a%20b%3C");

        assertThat(get.status()).isEqualTo(404);
        assertThat(get.header("Content-Type")).isEqualTo("application/xml");
        assertThat(get.text())
                .isEqualTo(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code><Message>The specified "
                                + "key does not exist.</Message><Key>a b&lt;</Key><RequestId>"
                                + get.header("x-amz-request-id") + "</RequestId><HostId>" + get.header("x-amz-id-2")
                                + "</HostId></Error>");
        assertThatThrownBy(
                        () -> S3.client().getObject(r -> r.bucket(S3.bucket()).key("none")))
                .isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void missingBucketIsNoSuchBucket() throws IOException {
        var get = PERMISSIVE.send("GET", "/no-such-bucket/key");

        assertThat(get.status()).isEqualTo(404);
        assertThat(get.text())
                .contains("<Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message>"
                        + "<BucketName>no-such-bucket</BucketName>");
        assertThatThrownBy(() ->
                        S3.client().getObject(r -> r.bucket("no-such-bucket").key("none")))
                .isInstanceOf(NoSuchBucketException.class);
    }

    @Test
    void whoHasTheObjectAlreadyGets304WithoutABody() throws IOException {
        var bucket = bucketWithTenBytes();
        var eTag = PERMISSIVE.send("HEAD", "/" + bucket + "/key").header("ETag");

        var get = PERMISSIVE.send("GET", "/" + bucket + "/key", Map.of("If-None-Match", eTag), new byte[0]);

        assertThat(get.status()).isEqualTo(304);
        assertThat(get.body()).isEmpty();
        assertThat(get.header("ETag")).isEqualTo(eTag);
        assertThat(get.header("Last-Modified")).isNotNull();
        assertThat(get.header("Content-Type")).isNull();
        assertThat(get.header("Content-Length")).isNull();
        assertThatThrownBy(() -> {
                    var signed = S3.bucket();
                    S3.put(signed, "key", "x");
                    S3.client().getObject(r -> r.bucket(signed).key("key").ifModifiedSince(Instant.now()));
                })
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        error -> assertThat(error.statusCode()).isEqualTo(304));
    }

    @Test
    void failedIfMatchNamesTheCondition() throws IOException {
        var bucket = bucketWithTenBytes();

        var get = PERMISSIVE.send("GET", "/" + bucket + "/key", Map.of("If-Match", "other"), new byte[0]);

        assertThat(get.status()).isEqualTo(412);
        assertThat(get.text())
                .contains(
                        "<Code>PreconditionFailed</Code><Message>At least one of the pre-conditions you specified did "
                                + "not hold</Message><Condition>If-Match</Condition>");
    }

    @Test
    void presignedUrlsMayOverrideHeaders() throws IOException, InterruptedException {
        var bucket = S3.bucket();
        S3.put(bucket, "a b.txt", "content");
        try (var presigner = S3.presigner();
                var http = java.net.http.HttpClient.newHttpClient()) {
            var url = presigner
                    .presignGetObject(GetObjectPresignRequest.builder()
                            .signatureDuration(java.time.Duration.ofMinutes(1))
                            .getObjectRequest(r -> r.bucket(bucket)
                                    .key("a b.txt")
                                    .responseContentType("text/html")
                                    .responseContentDisposition("attachment; filename=\"x y.txt\""))
                            .build())
                    .url();
            var get = http.send(
                    java.net.http.HttpRequest.newBuilder(java.net.URI.create(url.toString()))
                            .build(),
                    java.net.http.HttpResponse.BodyHandlers.ofString());

            assertThat(get.body()).isEqualTo("content");
            assertThat(get.headers().firstValue("Content-Type")).hasValue("text/html");
            assertThat(get.headers().firstValue("Content-Disposition")).hasValue("attachment; filename=\"x y.txt\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: x", "\u65E5\u672C", "a\u007Fb"})
    void overridesThatNoHeaderCanHoldAreInvalid(String value) {
        var bucket = S3.bucket();
        S3.put(bucket, "key", "x");

        assertThatThrownBy(() ->
                        S3.client().getObject(r -> r.bucket(bucket).key("key").responseContentDisposition(value)))
                .isInstanceOfSatisfying(S3Exception.class, error -> {
                    assertThat(error.awsErrorDetails().errorCode()).isEqualTo("InvalidArgument");
                    assertThat(error.awsErrorDetails().errorMessage())
                            .isEqualTo("Header value cannot be represented using ISO-8859-1.");
                });
    }

    @Test
    void keysThatAreNoUtf8AreInvalidUris() throws IOException {
        var bucket = bucketWithTenBytes();

        assertThat(PERMISSIVE.send("GET", "/" + bucket + "/%FF").text()).contains("<Code>InvalidURI</Code>");
        assertThat(PERMISSIVE.send("GET", "/" + bucket + "/%EF%BF%BD").status()).isEqualTo(404);
    }

    @Test
    void anonymousRequestsMayNotOverrideHeaders() throws IOException {
        var bucket = bucketWithTenBytes();

        var get = PERMISSIVE.send("GET", "/" + bucket + "/key?response-content-type=text/html");

        assertThat(get.status()).isEqualTo(400);
        assertThat(get.text()).contains("<Code>InvalidRequest</Code>");
    }

    @ParameterizedTest
    @CsvSource({"1, 206", "2, 416", "0, 400", "x, 400"})
    void aWholeObjectIsItsOnlyPart(String number, int status) throws IOException {
        var bucket = bucketWithTenBytes();

        var get = PERMISSIVE.send("GET", "/" + bucket + "/key?partNumber=" + number);

        assertThat(get.status()).isEqualTo(status);
        assertThat(get.header("x-amz-mp-parts-count")).isNull();
    }

    @Test
    void theNullVersionIsTheOnlyOne() throws IOException {
        var bucket = bucketWithTenBytes();

        assertThat(PERMISSIVE.send("GET", "/" + bucket + "/key?versionId=null").status())
                .isEqualTo(200);
        assertThat(PERMISSIVE.send("GET", "/" + bucket + "/key?versionId=abc").text())
                .contains("<Code>InvalidArgument</Code><Message>Invalid version id specified</Message>"
                        + "<ArgumentName>versionId</ArgumentName><ArgumentValue>abc</ArgumentValue>");
    }

    @Test
    void otherAccountsAreDenied() {
        var bucket = S3.bucket();
        S3.put(bucket, "key", "secret");
        try (var other = S3.otherAccount()) {
            assertThatThrownBy(() -> other.getObject(r -> r.bucket(bucket).key("key")))
                    .isInstanceOfSatisfying(S3Exception.class, error -> {
                        assertThat(error.statusCode()).isEqualTo(403);
                        assertThat(error.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
                    });
        }
    }

    @Test
    void theExpectedOwnerMustOwnTheBucket() {
        var bucket = S3.bucket();
        S3.put(bucket, "key", "x");

        S3.client().getObject(r -> r.bucket(bucket).key("key").expectedBucketOwner("000000000000"));
        assertThatThrownBy(() ->
                        S3.client().getObject(r -> r.bucket(bucket).key("key").expectedBucketOwner("222222222222")))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        error -> assertThat(error.statusCode()).isEqualTo(403));
        assertThatThrownBy(() ->
                        S3.client().getObject(r -> r.bucket(bucket).key("key").expectedBucketOwner("me")))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        error -> assertThat(error.awsErrorDetails().errorCode())
                                .isEqualTo("InvalidBucketOwnerAWSAccountID"));
    }

    @Test
    void virtualHostsAreServedLikePaths() {
        var bucket = S3.bucket();
        try (var client = S3.virtualHostClient()) {
            client.putObject(r -> r.bucket(bucket).key("a/b c"), RequestBody.fromString("content"));

            assertThat(client.getObjectAsBytes(r -> r.bucket(bucket).key("a/b c"))
                            .asUtf8String())
                    .isEqualTo("content");
            assertThat(client.listObjectsV2(r -> r.bucket(bucket)).contents()).hasSize(1);
            client.deleteObject(r -> r.bucket(bucket).key("a/b c"));
            client.deleteBucket(r -> r.bucket(bucket));
        }
    }

    @Test
    void readersNeverSeeAReplacedFileGone() {
        var bucket = S3.bucket();
        S3.put(bucket, "key", "x".repeat(100_000));
        var done = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writer = threads.submit(() -> {
                for (int i = 0; i < 200; i++) {
                    S3.put(bucket, "key", Integer.toString(i % 10).repeat(100_000));
                }
                done.set(true);
            });
            var reader = threads.submit(() -> {
                while (!done.get()) {
                    var read =
                            S3.client().getObjectAsBytes(r -> r.bucket(bucket).key("key"));
                    assertThat(read.asUtf8String().chars().distinct().count()).isEqualTo(1);
                }
            });
            assertThat(writer).succeedsWithin(java.time.Duration.ofMinutes(1));
            assertThat(reader).succeedsWithin(java.time.Duration.ofMinutes(1));
        }
    }
}
