package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.RequestBody;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.Map;

/** Calls that do not come from the wire. */
final class TestCalls {
    private TestCalls() {}

    static Call call() {
        return new Call(
                "00000000-0000-0000-0000-000000000001",
                "Invoke",
                request(),
                new Identity("AKIA", "000000000000", "us-east-1", "lambda"),
                payload(new byte[0]));
    }

    static Request request() {
        return new Request(
                "GET",
                "/",
                "",
                Headers.empty(),
                RequestBody.of(new byte[0]),
                new InetSocketAddress("127.0.0.1", 1),
                false);
    }

    static Payload payload(byte[] bytes) {
        var stream = new ByteArrayInputStream(bytes);
        return new Payload() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public InputStream stream() {
                return stream;
            }

            @Override
            public Map<String, String> trailers() {
                return Map.of();
            }
        };
    }
}
