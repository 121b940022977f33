package dev.ruststack.emulator.aws;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.RequestBody;
import dev.ruststack.emulator.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Map;

/**
 * Calls of a service from within the emulator, as the seed makes them: through the same operations that clients call,
 * without a connection and a signature. They are known by their client address, which no request from the
 * wire can have: of a client that has gone an unresolved one may be all there is, but not of this name.
 */
public final class InProcess {
    private static final InetSocketAddress CLIENT = InetSocketAddress.createUnresolved("in-process", 0);

    private InProcess() {}

    /** The answer to a call. */
    public record Answer(int status, Headers headers, byte[] body) {
        public boolean ok() {
            return status / 100 == 2;
        }

        public String text() {
            return new String(body, java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /** What is called: {@code target} is path and query as they stand on the wire. */
    public record Call(String method, String target, Headers headers, RequestBody body) {}

    /** Whether a request comes from within the emulator. */
    public static boolean made(Request request) {
        return request.remote().equals(CLIENT);
    }

    /** Calls a service and reads its whole answer, which must be small. */
    public static Answer call(AwsService service, Call call) throws IOException {
        int question = call.target.indexOf('?');
        var path = question < 0 ? call.target : call.target.substring(0, question);
        var query = question < 0 ? "" : call.target.substring(question + 1);
        try {
            var request = new Request(call.method, path, query, call.headers, call.body, CLIENT, false);
            var response = service.handle(request);
            return new Answer(response.status(), response.headers(), bytes(response));
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** Hands a request that was authorized otherwise to a service, at another path. */
    public static Response forward(AwsService service, Request request, String rawPath) throws Exception {
        var headers = request.headers().toBuilder().remove("Authorization").build();
        return service.handle(new Request(
                request.method(),
                rawPath,
                request.rawQuery(),
                headers,
                request.body(),
                CLIENT,
                request.secure(),
                request.connection()));
    }

    private static byte[] bytes(Response response) throws IOException {
        try (var body = response.body()) {
            var out = new ByteArrayOutputStream();
            write(body, out);
            return out.toByteArray();
        }
    }

    private static void write(Body body, OutputStream out) throws IOException {
        switch (body) {
            case Body.Bytes bytes -> out.write(bytes.array(), bytes.offset(), bytes.size());
            case Body.FileRange range -> copy(range.file(), range.offset(), range.length(), out);
            case Body.Deferred deferred -> {
                try (var opened = deferred.source().open()) {
                    write(opened, out);
                }
            }
            case Body.Written written -> written.writer().writeTo(out);
            case Body.Sequence sequence -> {
                for (var part : sequence.parts()) {
                    write(part, out);
                }
            }
        }
    }

    private static void copy(FileChannel file, long offset, long length, OutputStream out) throws IOException {
        var buffer = ByteBuffer.allocate((int) Math.min(length, 64 * 1024));
        var sink = Channels.newChannel(out);
        for (long at = offset; at < offset + length; ) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), offset + length - at));
            int count = file.read(buffer, at);
            if (count < 0) {
                throw new IOException("file ended early");
            }
            at += count;
            sink.write(buffer.flip());
        }
    }

    /** Believes calls from within the emulator and leaves all others to {@code wire}. */
    public static Authenticator trusting(Authenticator wire, Identity self) {
        return new Authenticator() {
            @Override
            public Authenticated authenticate(Request request, Protocol protocol) {
                return made(request)
                        ? new Authenticated(self, new Given(request.body()))
                        : wire.authenticate(request, protocol);
            }

            @Override
            public Identity authenticateForm(FormSignature form, Protocol protocol) {
                return wire.authenticateForm(form, protocol);
            }
        };
    }

    /** A body as it is. */
    private record Given(RequestBody body) implements Payload {
        @Override
        public long length() {
            return body.length();
        }

        @Override
        public java.io.InputStream stream() {
            return body.stream();
        }

        @Override
        public Map<String, String> trailers() {
            return Map.of();
        }
    }
}
