package dev.ruststack.emulator.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.RequestBody;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class SignedParametersTest {
    private static Headers headers(String query, String... sent) {
        var request = new Request(
                "PUT",
                "/bucket/key",
                query,
                Headers.of(sent),
                RequestBody.of(new byte[0]),
                InetSocketAddress.createUnresolved("client", 1),
                false);
        return new SignedParameters().apply(request).headers();
    }

    @Test
    void parametersOfAPresignedUrlAreHeaders() {
        var headers =
                headers("X-Amz-Signature=s&X-Amz-Date=d&x-amz-meta-colour=dark%20red&x-amz-storage-class=STANDARD_IA");

        assertThat(headers.first("x-amz-meta-colour")).isEqualTo("dark red");
        assertThat(headers.first("x-amz-storage-class")).isEqualTo("STANDARD_IA");
        assertThat(headers.has("X-Amz-Date")).isFalse();
        assertThat(headers.has("X-Amz-Signature")).isFalse();
    }

    /** The SDK for JavaScript signs the checksum of an empty body into each URL for a PUT. */
    @Test
    void checksumsOfAnUnknownBodyAreNotLookedAt() {
        var headers = headers("X-Amz-Signature=s&x-amz-checksum-crc32=AAAAAA%3D%3D&x-amz-sdk-checksum-algorithm=CRC32"
                + "&x-amz-checksum-mode=ENABLED");

        assertThat(headers.has("x-amz-checksum-crc32")).isFalse();
        assertThat(headers.has("x-amz-sdk-checksum-algorithm")).isFalse();
        assertThat(headers.first("x-amz-checksum-mode")).isEqualTo("ENABLED");
    }

    @Test
    void whatIsSentAsAHeaderStays() {
        assertThat(headers("X-Amz-Signature=s&x-amz-acl=private", "x-amz-acl", "public-read")
                        .all("x-amz-acl"))
                .containsExactly("public-read");
    }

    @Test
    void version2DescribesTheContentToo() {
        assertThat(headers("AWSAccessKeyId=k&Signature=s&Expires=1&content-type=text/plain")
                        .first("Content-Type"))
                .isEqualTo("text/plain");
    }

    @Test
    void withoutASignatureTheyAreParameters() {
        assertThat(headers("x-amz-acl=private").has("x-amz-acl")).isFalse();
    }
}
