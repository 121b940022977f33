package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.StorageClass;

class PutObjectTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.enforcing();

    @RegisterExtension
    static final S3Fixture PERMISSIVE = S3Fixture.permissive();

    private static byte[] random(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 65_537, 200_000, 20_000_000})
    void whatIsPutComesBackByteForByte(int length) {
        var bucket = S3.bucket();
        var content = random(length);

        S3.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromBytes(content));

        var read = S3.client().getObjectAsBytes(r -> r.bucket(bucket).key("key"));
        assertThat(read.asByteArrayUnsafe()).isEqualTo(content);
        assertThat(read.response().contentLength()).isEqualTo(length);
    }

    @Test
    void answersTheMd5AsETagAndTheEncryption() {
        var bucket = S3.bucket();

        var put = S3.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("hello"));

        assertThat(put.eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
        assertThat(put.serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
        assertThat(put.versionId()).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
    void everyChecksumOfTheSdkIsVerifiedAndKept(ChecksumAlgorithm algorithm) {
        var bucket = S3.bucket();

        S3.client()
                .putObject(
                        r -> r.bucket(bucket).key("key").checksumAlgorithm(algorithm),
                        RequestBody.fromBytes(random(100_000)));

        var head = S3.client().headObject(r -> r.bucket(bucket).key("key").checksumMode(ChecksumMode.ENABLED));
        assertThat(head.checksumType()).isEqualTo(ChecksumType.FULL_OBJECT);
        assertThat(head.sdkHttpResponse()
                        .firstMatchingHeader(
                                "x-amz-checksum-" + algorithm.toString().toLowerCase(java.util.Locale.ROOT)))
                .isPresent();
    }

    @Test
    void crc64NvmeIsComputedWhereNoChecksumIsSent() throws IOException {
        var bucket = PERMISSIVE.bucket();

        var put = PERMISSIVE.send("PUT", "/" + bucket + "/key", Map.of(), bytes("123456789"));

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.header("x-amz-checksum-crc64nvme")).isEqualTo("rosUhgp5mIg=");
        assertThat(put.header("x-amz-checksum-type")).isEqualTo("FULL_OBJECT");
    }

    @Test
    void crc64NvmeInAHeaderIsVerified() throws IOException {
        var bucket = PERMISSIVE.bucket();
        var right = Map.of("x-amz-checksum-crc64nvme", "rosUhgp5mIg=");
        var wrong = Map.of("x-amz-checksum-crc64nvme", "AAAAAAAAAAA=");

        assertThat(PERMISSIVE
                        .send("PUT", "/" + bucket + "/key", right, bytes("123456789"))
                        .status())
                .isEqualTo(200);
        assertThat(PERMISSIVE
                        .send("PUT", "/" + bucket + "/key", wrong, bytes("123456789"))
                        .text())
                .contains("The CRC64NVME you specified did not match the calculated checksum.");
    }

    @Test
    void emptyAnswerHasLengthZeroAndNoContentType() throws IOException {
        var bucket = PERMISSIVE.bucket();

        var put = PERMISSIVE.send("PUT", "/" + bucket + "/key", Map.of(), bytes("x"));

        assertThat(put.header("Content-Length")).isEqualTo("0");
        assertThat(put.header("Content-Type")).isNull();
        assertThat(put.header("Server")).isEqualTo("AmazonS3");
        assertThat(put.header("x-amz-request-id")).hasSize(16);
        assertThat(put.header("x-amz-id-2")).hasSize(76);
    }

    @Test
    void headersAndMetadataComeBack() {
        var bucket = S3.bucket();

        S3.client()
                .putObject(
                        r -> r.bucket(bucket)
                                .key("key")
                                .contentType("text/plain; charset=utf-8")
                                .cacheControl("max-age=60")
                                .contentDisposition("attachment; filename=\"a.txt\"")
                                .contentEncoding("gzip")
                                .contentLanguage("de")
                                .websiteRedirectLocation("/other")
                                .storageClass(StorageClass.STANDARD_IA)
                                .metadata(Map.of("Colour", "red", "empty", "")),
                        RequestBody.fromString("x"));

        var head = S3.client().headObject(r -> r.bucket(bucket).key("key"));
        assertThat(head.contentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(head.cacheControl()).isEqualTo("max-age=60");
        assertThat(head.contentDisposition()).isEqualTo("attachment; filename=\"a.txt\"");
        assertThat(head.contentEncoding()).isEqualTo("gzip");
        assertThat(head.contentLanguage()).isEqualTo("de");
        assertThat(head.websiteRedirectLocation()).isEqualTo("/other");
        assertThat(head.storageClass()).isEqualTo(StorageClass.STANDARD_IA);
        assertThat(head.metadata()).isEqualTo(Map.of("colour", "red", "empty", ""));
    }

    @Test
    void awsChunkedIsNoPartOfTheStoredEncoding() throws IOException {
        var bucket = PERMISSIVE.bucket();
        PERMISSIVE.send("PUT", "/" + bucket + "/a", Map.of("Content-Encoding", "aws-chunked,gzip"), bytes("x"));
        PERMISSIVE.send("PUT", "/" + bucket + "/b", Map.of("Content-Encoding", "aws-chunked"), bytes("x"));

        assertThat(PERMISSIVE.send("HEAD", "/" + bucket + "/a").header("Content-Encoding"))
                .isEqualTo("gzip");
        assertThat(PERMISSIVE.send("HEAD", "/" + bucket + "/b").header("Content-Encoding"))
                .isNull();
    }

    @Test
    void contentTypeIsBinaryWhereNoneIsSent() throws IOException {
        var bucket = PERMISSIVE.bucket();
        PERMISSIVE.send("PUT", "/" + bucket + "/key", Map.of(), bytes("x"));

        assertThat(PERMISSIVE.send("HEAD", "/" + bucket + "/key").header("Content-Type"))
                .isEqualTo("binary/octet-stream");
    }

    @Test
    void metadataThatIsNotAsciiIsReturnedAsRfc2047() throws IOException {
        var bucket = PERMISSIVE.bucket();
        PERMISSIVE.send("PUT", "/" + bucket + "/key", Map.of("x-amz-meta-name", "\u00C4"), bytes("x"));

        assertThat(PERMISSIVE.send("HEAD", "/" + bucket + "/key").header("x-amz-meta-name"))
                .startsWith("=?UTF-8?B?")
                .endsWith("?=");
    }

    @Test
    void metadataBeyondTwoKilobytesIsRefused() {
        var bucket = S3.bucket();

        assertThatThrownBy(() -> S3.client()
                        .putObject(
                                r -> r.bucket(bucket).key("key").metadata(Map.of("name", "v".repeat(2045))),
                                RequestBody.fromString("x")))
                .satisfies(error -> assertError(error, 400, "MetadataTooLarge"));

        S3.client()
                .putObject(
                        r -> r.bucket(bucket).key("key").metadata(Map.of("name", "v".repeat(2044))),
                        RequestBody.fromString("x"));
    }

    @ParameterizedTest
    @CsvSource({"Content-MD5, bad", "x-amz-checksum-crc32, AAAA", "x-amz-checksum-sha256, !"})
    void unreadableDigestsAreRefused(String header, String value) throws IOException {
        var bucket = PERMISSIVE.bucket();

        var put = PERMISSIVE.send("PUT", "/" + bucket + "/key", Map.of(header, value), bytes("x"));

        assertThat(put.status()).isEqualTo(400);
        assertThat(PERMISSIVE.send("HEAD", "/" + bucket + "/key").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100_000})
    void whatDoesNotMatchItsDigestIsNotStored(int length) throws IOException {
        var bucket = PERMISSIVE.bucket();
        var headers = Map.of("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==");

        var put = PERMISSIVE.send("PUT", "/" + bucket + "/key", headers, random(length));

        assertThat(put.status()).isEqualTo(400);
        assertThat(put.text())
                .contains("<Code>BadDigest</Code><Message>The Content-MD5 you specified did not match what we "
                        + "received.</Message><ExpectedDigest>00000000000000000000000000000000</ExpectedDigest>");
        assertThat(PERMISSIVE.send("HEAD", "/" + bucket + "/key").status()).isEqualTo(404);
        try (var files = Files.list(PERMISSIVE.directory())) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void crcTrailerOfAnUnsignedChunkedBodyIsVerified() throws IOException {
        var bucket = PERMISSIVE.bucket();
        var headers = Map.of(
                "x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                "x-amz-decoded-content-length", "9",
                "x-amz-trailer", "x-amz-checksum-crc32",
                "Content-Encoding", "aws-chunked");
        var good = bytes("9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n");
        var bad = bytes("9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n");

        assertThat(PERMISSIVE.send("PUT", "/" + bucket + "/good", headers, good).status())
                .isEqualTo(200);
        var refused = PERMISSIVE.send("PUT", "/" + bucket + "/bad", headers, bad);

        assertThat(PERMISSIVE.send("GET", "/" + bucket + "/good").text()).isEqualTo("123456789");
        assertThat(refused.text()).contains("The CRC32 you specified did not match the calculated checksum.");
        assertThat(PERMISSIVE.send("HEAD", "/" + bucket + "/bad").status()).isEqualTo(404);
    }

    @Test
    void ifNoneMatchStarWritesOnlyOnce() {
        var bucket = S3.bucket();
        S3.client().putObject(r -> r.bucket(bucket).key("key").ifNoneMatch("*"), RequestBody.fromString("first"));

        assertThatThrownBy(() -> S3.client()
                        .putObject(r -> r.bucket(bucket).key("key").ifNoneMatch("*"), RequestBody.fromString("second")))
                .satisfies(error -> assertError(error, 412, "PreconditionFailed"));

        assertThat(S3.client()
                        .getObjectAsBytes(r -> r.bucket(bucket).key("key"))
                        .asUtf8String())
                .isEqualTo("first");
    }

    @Test
    void ofManyConditionalPutsExactlyOneWins() {
        var bucket = S3.bucket();
        var winners = new ConcurrentLinkedQueue<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                var content = Integer.toString(i).repeat(70_000);
                threads.submit(() -> {
                    S3.client()
                            .putObject(
                                    r -> r.bucket(bucket).key("key").ifNoneMatch("*"), RequestBody.fromString(content));
                    return winners.add(content);
                });
            }
        }

        assertThat(winners).hasSize(1);
        assertThat(S3.client()
                        .getObjectAsBytes(r -> r.bucket(bucket).key("key"))
                        .asUtf8String())
                .isEqualTo(winners.peek());
    }

    @Test
    void ifMatchReplacesOnlyThisETag() {
        var bucket = S3.bucket();
        S3.put(bucket, "key", "first");
        var eTag = S3.client().headObject(r -> r.bucket(bucket).key("key")).eTag();

        S3.client().putObject(r -> r.bucket(bucket).key("key").ifMatch(eTag), RequestBody.fromString("second"));

        assertThatThrownBy(() -> S3.client()
                        .putObject(r -> r.bucket(bucket).key("key").ifMatch(eTag), RequestBody.fromString("third")))
                .satisfies(error -> assertError(error, 412, "PreconditionFailed"));
        assertThatThrownBy(() -> S3.client()
                        .putObject(r -> r.bucket(bucket).key("none").ifMatch(eTag), RequestBody.fromString("x")))
                .satisfies(error -> assertError(error, 404, "NoSuchKey"));
    }

    @ParameterizedTest
    @CsvSource({"If-None-Match, abc", "If-Match, *"})
    void conditionsThatS3DoesNotTakeAreNotImplemented(String header, String value) throws IOException {
        var bucket = PERMISSIVE.bucket();

        var put = PERMISSIVE.send("PUT", "/" + bucket + "/key", Map.of(header, value), bytes("x"));

        assertThat(put.status()).isEqualTo(501);
        assertThat(put.text())
                .contains("<Code>NotImplemented</Code><Message>A header you provided implies functionality that is "
                        + "not implemented</Message><Header>" + header + "</Header><additionalMessage>");
    }

    @Test
    void errorsComeBeforeTheUpload() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), PERMISSIVE.port())) {
            socket.getOutputStream()
                    .write(bytes("PUT /no-such-bucket/key HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n"
                            + "Expect: 100-continue\r\n\r\n"));
            var line = new byte["HTTP/1.1 404".length()];
            assertThat(socket.getInputStream().readNBytes(line, 0, line.length)).isEqualTo(line.length);

            assertThat(new String(line, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 404");
        }
    }

    @Test
    void missingLengthIsRefused() throws IOException {
        var bucket = PERMISSIVE.bucket();

        assertThat(PERMISSIVE.send("PUT", "/" + bucket + "/key").text()).contains("<Code>MissingContentLength</Code>");
    }

    @Test
    void chunksWithoutALengthAreNotImplemented() throws IOException {
        var bucket = PERMISSIVE.bucket();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), PERMISSIVE.port())) {
            socket.getOutputStream()
                    .write(bytes("PUT /" + bucket + "/key HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 501")
                    .contains("<Header>Transfer-Encoding</Header>");
        }
    }

    @Test
    void moreThanFiveGigabytesIsTooLarge() throws IOException {
        var bucket = PERMISSIVE.bucket();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), PERMISSIVE.port())) {
            socket.getOutputStream()
                    .write(bytes("PUT /" + bucket + "/key HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Expect: 100-continue\r\nContent-Length: 5368709121\r\n\r\n"));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400")
                    .contains("<Code>EntityTooLarge</Code>")
                    .contains("<ProposedSize>5368709121</ProposedSize><MaxSizeAllowed>5368709120</MaxSizeAllowed>");
        }
    }

    @Test
    void keysAreAsLongAs1024Bytes() {
        var bucket = S3.bucket();
        S3.put(bucket, "é".repeat(512), "x");

        assertThatThrownBy(() -> S3.put(bucket, "é".repeat(512) + "a", "x"))
                .satisfies(error -> assertError(error, 400, "KeyTooLongError"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b//c",
                "/leading",
                "trailing/",
                "a b+c%20d",
                "../up/./here",
                "Köln/\uD83D\uDE00.txt",
                "a?b&c=d#e",
                "quote\"'<>&",
                "*~!()",
            })
    void everyKeyIsKeptAsItIs(String key) {
        var bucket = S3.bucket();
        S3.put(bucket, key, "content of " + key);

        assertThat(S3.client().getObjectAsBytes(r -> r.bucket(bucket).key(key)).asUtf8String())
                .isEqualTo("content of " + key);
        assertThat(S3.client()
                        .listObjectsV2(r -> r.bucket(bucket))
                        .contents()
                        .getFirst()
                        .key())
                .isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "x-amz-server-side-encryption, aws:fsx",
        "x-amz-write-offset-bytes, 10",
        "x-amz-storage-class, GLACIER",
        "x-amz-checksum-xxhash64, AAAAAAAAAAA=",
    })
    void whatIsNotBuiltIsRefusedByName(String header, String value) throws IOException {
        var bucket = PERMISSIVE.bucket();

        var put = PERMISSIVE.send("PUT", "/" + bucket + "/key", Map.of(header, value), bytes("x"));

        assertThat(put.status()).isEqualTo(501);
        assertThat(put.text()).contains("<Header>" + header + "</Header>");
    }

    @Test
    void whatS3DoesAnywayIsAccepted() {
        var bucket = S3.bucket();

        S3.client()
                .putObject(
                        r -> r.bucket(bucket)
                                .key("key")
                                .acl(ObjectCannedACL.BUCKET_OWNER_FULL_CONTROL)
                                .serverSideEncryption(ServerSideEncryption.AES256)
                                .requestPayer("requester")
                                .storageClass(StorageClass.STANDARD)
                                .expectedBucketOwner("000000000000"),
                        RequestBody.fromString("x"));

        assertThat(S3.client().headObject(r -> r.bucket(bucket).key("key")).storageClass())
                .isNull();
    }

    @Test
    void unknownStorageClassIsInvalid() {
        var bucket = S3.bucket();

        assertThatThrownBy(() -> S3.client()
                        .putObject(r -> r.bucket(bucket).key("key").storageClass("COLD"), RequestBody.fromString("x")))
                .satisfies(error -> assertError(error, 400, "InvalidStorageClass"));
    }

    @Test
    void presignedUrlsCarryHeadersInTheirQuery() throws IOException {
        var bucket = PERMISSIVE.bucket();
        var put = PERMISSIVE.send(
                "PUT",
                "/" + bucket + "/key?AWSAccessKeyId=test&Expires=99999999999&Signature=x&x-amz-meta-colour=red"
                        + "&content-type=text%2Fplain",
                Map.of(),
                bytes("x"));

        var head = PERMISSIVE.send("HEAD", "/" + bucket + "/key");
        assertThat(put.status()).isEqualTo(200);
        assertThat(head.header("x-amz-meta-colour")).isEqualTo("red");
        assertThat(head.header("Content-Type")).isEqualTo("text/plain");
    }

    @Test
    void replacingFreesTheFile() throws IOException {
        var bucket = S3.bucket();
        S3.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromBytes(random(300_000)));
        long files = files();

        S3.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromBytes(random(300_001)));
        assertThat(files()).isEqualTo(files);

        S3.client().deleteObject(r -> r.bucket(bucket).key("key"));
        assertThat(files()).isEqualTo(files - 1);
    }

    private static long files() throws IOException {
        try (var files = Files.list(S3.directory())) {
            return files.count();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertError(Throwable error, int status, String code) {
        assertThat(error).isInstanceOfSatisfying(S3Exception.class, s3 -> {
            assertThat(s3.statusCode()).isEqualTo(status);
            assertThat(s3.awsErrorDetails().errorCode()).isEqualTo(code);
        });
    }
}
