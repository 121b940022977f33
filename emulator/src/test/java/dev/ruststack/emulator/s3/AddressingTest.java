package dev.ruststack.emulator.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.RequestBody;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressingTest {
    private final Addressing addressing =
            new Addressing(List.of("localhost", "s3.localhost", "stack.example.com", "amazonaws.com"));

    private String routed(String host, String path) {
        var request = new Request(
                "GET",
                path,
                "",
                Headers.of("Host", host),
                RequestBody.of(new byte[0]),
                InetSocketAddress.createUnresolved("client", 1),
                false);
        return addressing.apply(request).rawPath();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:4566",
        "LOCALHOST",
        "s3.localhost",
        "s3.us-east-1.localhost:4566",
        "s3-eu-west-1.localhost",
        "s3.dualstack.us-east-1.localhost",
        "127.0.0.1:4566",
        "[::1]:4566",
        "[::1]",
        "stack.example.com",
        "s3.eu-west-1.amazonaws.com",
        "other.example.com",
        "emulator:4566",
        "''",
    })
    void pathStyle(String host) {
        assertThat(routed(host, "/bucket/a%2Fb//c")).isEqualTo("/bucket/a%2Fb//c");
        assertThat(routed(host, "/bucket")).isEqualTo("/bucket");
        assertThat(routed(host, "/bucket/")).isEqualTo("/bucket");
        assertThat(routed(host, "/")).isEqualTo("/");
        assertThat(routed(host, "/bucket//")).isEqualTo("/bucket//");
    }

    @ParameterizedTest
    @CsvSource({
        "photos.localhost:4566, photos",
        "Photos.LocalHost, photos",
        "photos.s3.localhost:4566, photos",
        "photos.s3.us-east-1.localhost, photos",
        "photos.s3-us-west-2.amazonaws.com, photos",
        "photos.s3.dualstack.us-gov-west-1.amazonaws.com, photos",
        "my.photos.2026.s3.localhost, my.photos.2026",
        "my.photos.stack.example.com, my.photos",
    })
    void virtualHostStyle(String host, String bucket) {
        assertThat(routed(host, "/a%2Fb//c")).isEqualTo("/" + bucket + "/a%2Fb//c");
        assertThat(routed(host, "/")).isEqualTo("/" + bucket);
    }
}
