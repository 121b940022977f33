package dev.ruststack.emulator.aws.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.aws.signing.SigV4Authenticator.Mode;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.RequestBody;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The URLs were made by boto3 1.43.11 with its default configuration, {@code EXPIRES} being their time. */
class PresignedV2Test {
    private static final Instant EXPIRES = Instant.ofEpochSecond(1_800_000_000);
    private static final String KEY = "AKIDEXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static SigV4Authenticator at(Instant now, Mode mode) {
        return new SigV4Authenticator(
                mode,
                key -> key.equals(KEY) ? SECRET : null,
                "000000000000",
                "us-east-1",
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Request request(String method, String host, String target) {
        int question = target.indexOf('?');
        return new Request(
                method,
                target.substring(0, question),
                target.substring(question + 1),
                Headers.of("Host", host),
                RequestBody.of(new byte[0]),
                InetSocketAddress.createUnresolved("client", 1),
                false);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, 127.0.0.1:4566, '/bucket/a%20b/%C3%BC%2Bc?AWSAccessKeyId=AKIDEXAMPLE&Signature=m021FNRAWzyHOBPPFQRiptROwdE%3D&Expires=1800000000'",
        "GET, 127.0.0.1:4566, '/bucket/k?response-content-type=text%2Fx%3B%20y%3D%22z%22&response-cache-control=no-cache&versionId=null&AWSAccessKeyId=AKIDEXAMPLE&Signature=3QJ9UHJUCVQPJNStYFiTYBsTBXg%3D&Expires=1800000000'",
        "PUT, 127.0.0.1:4566, '/bucket/k?AWSAccessKeyId=AKIDEXAMPLE&Signature=7sZtD3Bfkmn6wgkaUAT%2B3%2FtZlBM%3D&content-type=text%2Fplain&x-amz-meta-a=b%20c&Expires=1800000000'",
        "HEAD, 127.0.0.1:4566, '/bucket/k?AWSAccessKeyId=AKIDEXAMPLE&Signature=r1V%2BGm65cAo5Lr%2FUvFCtfOw74gM%3D&Expires=1800000000'",
        "GET, my.bucket.localhost:4566, '/a%20b/%C3%BC%2Bc?AWSAccessKeyId=AKIDEXAMPLE&Signature=am8Ote6k7W5v%2BGkh2jBkitxJ%2B9U%3D&Expires=1800000000'",
        "GET, bucket.localhost:4566, '/k?response-content-type=text%2Fx%3B%20y%3D%22z%22&response-cache-control=no-cache&versionId=null&AWSAccessKeyId=AKIDEXAMPLE&Signature=3QJ9UHJUCVQPJNStYFiTYBsTBXg%3D&Expires=1800000000'",
        "PUT, bucket.localhost:4566, '/k?AWSAccessKeyId=AKIDEXAMPLE&Signature=7sZtD3Bfkmn6wgkaUAT%2B3%2FtZlBM%3D&content-type=text%2Fplain&x-amz-meta-a=b%20c&Expires=1800000000'",
        "HEAD, bucket.localhost:4566, '/k?AWSAccessKeyId=AKIDEXAMPLE&Signature=r1V%2BGm65cAo5Lr%2FUvFCtfOw74gM%3D&Expires=1800000000'",
    })
    void urlsOfBoto3Hold(String method, String host, String target) {
        var authenticated = at(EXPIRES, Mode.ENFORCE).authenticate(request(method, host, target), new TestProtocol());

        assertThat(authenticated.identity().accessKeyId()).isEqualTo(KEY);
        assertThat(authenticated.identity().service()).isEqualTo("s3");
    }

    @Test
    void aChangedUrlDoesNotHold() {
        var changed = request(
                "GET", "127.0.0.1:4566", "/bucket/other?AWSAccessKeyId=AKIDEXAMPLE&Expires=1800000000&Signature=x");

        assertThatThrownBy(() -> at(EXPIRES, Mode.ENFORCE).authenticate(changed, new TestProtocol()))
                .hasMessageContaining("Mismatch");
        assertThat(at(EXPIRES, Mode.PERMISSIVE)
                        .authenticate(changed, new TestProtocol())
                        .identity()
                        .anonymous())
                .isFalse();
    }

    @Test
    void afterItsTimeNoneHolds() {
        var url = request(
                "GET", "127.0.0.1:4566", "/bucket/key?AWSAccessKeyId=AKIDEXAMPLE&Expires=1800000000&Signature=x");

        assertThatThrownBy(() -> at(EXPIRES.plusSeconds(1), Mode.PERMISSIVE).authenticate(url, new TestProtocol()))
                .hasMessageContaining("Expired");
    }
}
