package dev.ruststack.emulator.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DeclaredDigestsTest {
    private static final byte[] CONTENT = "123456789".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MD5 = value(RunningChecksum.digest("MD5"));
    private static final String CRC32 = "y/Q5Jg==";

    private static byte[] value(RunningChecksum checksum) {
        checksum.update(CONTENT, 0, CONTENT.length);
        return checksum.value();
    }

    private static Checksum of(ChecksumAlgorithm algorithm) {
        return Checksum.fullObject(algorithm, value(algorithm.start()));
    }

    private static AbstractThrowableAssert<?, AwsException> assertError(ThrowingCallable call, S3Error code) {
        return assertThatThrownBy(call)
                .asInstanceOf(InstanceOfAssertFactories.throwable(AwsException.class))
                .satisfies(error -> assertThat(error.code()).isEqualTo(code));
    }

    @Test
    void nothingSaidMeansCrc64NvmeIsComputed() {
        var declared = DeclaredDigests.of(Headers.empty());

        assertThat(declared.any()).isFalse();
        assertThat(declared.algorithmOrDefault()).isEqualTo(ChecksumAlgorithm.CRC64NVME);
        declared.verify(MD5, of(ChecksumAlgorithm.CRC64NVME), Map.of());
    }

    @Test
    void rightContentMd5Holds() {
        var md5 = Base64.getEncoder().encodeToString(MD5);

        DeclaredDigests.of(Headers.of("content-md5", md5)).verify(MD5, of(ChecksumAlgorithm.CRC64NVME), Map.of());
    }

    @Test
    void wrongContentMd5IsBadDigest() {
        var declared = DeclaredDigests.of(Headers.of("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA=="));

        assertError(() -> declared.verify(MD5, of(ChecksumAlgorithm.CRC64NVME), Map.of()), S3Error.BAD_DIGEST)
                .hasMessage("The Content-MD5 you specified did not match what we received.")
                .satisfies(error -> assertThat(error.details())
                        .containsEntry("ExpectedDigest", "00000000000000000000000000000000")
                        .containsEntry("CalculatedDigest", Base64.getEncoder().encodeToString(MD5)));
    }

    @Test
    void unreadableContentMd5IsInvalidDigest() {
        assertError(() -> DeclaredDigests.of(Headers.of("Content-MD5", "bad!")), S3Error.INVALID_DIGEST);
        assertError(() -> DeclaredDigests.of(Headers.of("Content-MD5", "AAAA")), S3Error.INVALID_DIGEST);
    }

    @Test
    void checksumInAHeaderIsVerified() {
        var declared = DeclaredDigests.of(Headers.of("X-Amz-Checksum-CRC32", CRC32));

        assertThat(declared.algorithmOrDefault()).isEqualTo(ChecksumAlgorithm.CRC32);
        declared.verify(MD5, of(ChecksumAlgorithm.CRC32), Map.of());
        assertError(
                        () -> DeclaredDigests.of(Headers.of("x-amz-checksum-crc32", "AAAAAA=="))
                                .verify(MD5, of(ChecksumAlgorithm.CRC32), Map.of()),
                        S3Error.BAD_DIGEST)
                .hasMessage("The CRC32 you specified did not match the calculated checksum.");
    }

    @Test
    void checksumInTheTrailerIsVerified() {
        var declared = DeclaredDigests.of(Headers.of("x-amz-trailer", "x-amz-checksum-crc32"));

        declared.verify(MD5, of(ChecksumAlgorithm.CRC32), Map.of("x-amz-checksum-crc32", CRC32));
        assertError(
                () -> declared.verify(MD5, of(ChecksumAlgorithm.CRC32), Map.of("x-amz-checksum-crc32", "AAAAAA==")),
                S3Error.BAD_DIGEST);
        assertError(() -> declared.verify(MD5, of(ChecksumAlgorithm.CRC32), Map.of()), S3Error.MALFORMED_TRAILER);
    }

    @Test
    void unreadableChecksumIsInvalidRequest() {
        assertError(() -> DeclaredDigests.of(Headers.of("x-amz-checksum-sha256", "AAAA")), S3Error.INVALID_REQUEST)
                .hasMessage("Value for x-amz-checksum-sha256 header is invalid.");
    }

    @Test
    void twoChecksumsAreInvalidRequest() {
        assertError(
                        () -> DeclaredDigests.of(
                                Headers.of("x-amz-checksum-crc32", CRC32, "x-amz-checksum-crc32c", "4waSgw==")),
                        S3Error.INVALID_REQUEST)
                .hasMessage("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
    }

    @Test
    void algorithmWithoutAValueIsInvalidRequest() {
        assertError(
                () -> DeclaredDigests.of(Headers.of("x-amz-sdk-checksum-algorithm", "CRC32")), S3Error.INVALID_REQUEST);
    }

    @Test
    void algorithmsThatAreNotBuiltAreRefusedByName() {
        assertError(
                        () -> DeclaredDigests.of(Headers.of("x-amz-checksum-xxhash64", "AAAAAAAAAAA=")),
                        S3Error.NOT_IMPLEMENTED)
                .satisfies(error -> assertThat(error.details()).containsEntry("Header", "x-amz-checksum-xxhash64"));
    }
}
