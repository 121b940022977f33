package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Response;
import dev.ruststack.emulator.httpfront.ProxyResult.MalformedException;
import dev.ruststack.emulator.lambda.HttpPrelude;
import dev.ruststack.emulator.lambda.StreamedResponse;
import java.io.IOException;
import java.io.OutputStream;

/**
 * What a function streams, as an HTTP response: each piece is sent once the function has written it. A function that does
 * not stream is answered for as in buffered mode. AWS: Lambda Developer Guide, Response streaming for Lambda functions.
 */
final class StreamedAnswer implements Body.Writer {
    private static final int PIECE = 64 * 1024;

    private final StreamedResponse response;

    private StreamedAnswer(StreamedResponse response) {
        this.response = response;
    }

    /** The answer, which closes what it is given in the end; throws, having closed it, where there is none. */
    static Response of(StreamedResponse response, String defaultType) throws IOException, MalformedException {
        boolean answered = false;
        try {
            var failure = response.failureBeforeStart();
            if (failure != null) {
                throw new MalformedException("the function failed");
            }
            if (response.contentType().equals("application/json")) {
                return ProxyResultV2.response(response.body().readAllBytes(), defaultType);
            }
            var prelude = HttpPrelude.take(response);
            answered = true;
            var body = new Body.Written(new StreamedAnswer(response), -1);
            return prelude == null
                    ? Response.of(200, response.contentType(), body)
                    : new Response(prelude.statusCode(), headers(prelude), body);
        } finally {
            if (!answered) {
                response.close();
            }
        }
    }

    private static Headers headers(HttpPrelude prelude) {
        var headers = Headers.builder();
        prelude.headers().forEach((name, value) -> {
            if (Headers.isSendable(name, value)) {
                headers.set(name, value);
            }
        });
        prelude.multiValueHeaders()
                .forEach((name, values) -> values.stream()
                        .filter(value -> Headers.isSendable(name, value))
                        .forEach(value -> headers.add(name, value)));
        prelude.cookies().forEach(cookie -> headers.add("Set-Cookie", cookie));
        if (!headers.has("Content-Type")) {
            headers.set("Content-Type", "application/octet-stream");
        }
        return headers.remove("Content-Length").remove("Transfer-Encoding").build();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        var piece = new byte[PIECE];
        var body = response.body();
        for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
            out.write(piece, 0, count);
            out.flush();
        }
    }

    @Override
    public void close() {
        response.close();
    }
}
