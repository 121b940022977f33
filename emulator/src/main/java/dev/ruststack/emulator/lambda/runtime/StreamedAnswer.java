package dev.ruststack.emulator.lambda.runtime;

import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** Passes a response on while the function writes it. AWS: Lambda Developer Guide, Response streaming. */
final class StreamedAnswer {
    /** 200 MB. AWS: Lambda Developer Guide, Lambda quotas, streamed responses. */
    static final long MAX_PAYLOAD = 200L * 1024 * 1024;

    private static final int PIECE = 32 * 1024;

    /** How long a process that cut its response off may take to exit. */
    private static final Duration EXIT_PATIENCE = Duration.ofSeconds(1);

    private static final byte[] TRUNCATED =
            "{\"errorType\":\"Runtime.TruncatedResponse\",\"errorMessage\":\"The response was cut off\"}"
                    .getBytes(StandardCharsets.UTF_8);

    private final RuntimeSession session;
    private final Request request;
    private final ResponseSink sink;

    StreamedAnswer(RuntimeSession session, Request request, ResponseSink sink) {
        this.session = session;
        this.request = request;
        this.sink = sink;
    }

    Response pass(String requestId, String transition) throws IOException, InterruptedException, RuntimeApiException {
        session.respond(requestId, transition);
        sink.begin(request.headers().first("Content-Type", "application/octet-stream"));
        try {
            if (copy()) {
                session.responded(InvocationResponse.end(request, new End.Streamed()));
                return Bodies.accepted();
            }
        } catch (EOFException e) {
            session.truncated(new End.Failed("Runtime.TruncatedResponse", TRUNCATED), EXIT_PATIENCE);
            throw RuntimeApiException.truncated();
        }
        session.responded(new End.TooLarge(MAX_PAYLOAD));
        // Read to its end, so that the runtime hears why, on a connection that stays.
        request.body().stream().transferTo(OutputStream.nullOutputStream());
        throw RuntimeApiException.tooLarge(MAX_PAYLOAD);
    }

    /** False where there is more than Lambda allows; what it does allow has been passed on. */
    private boolean copy() throws IOException {
        var in = request.body().stream();
        var piece = new byte[PIECE];
        long left = MAX_PAYLOAD;
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
            int allowed = (int) Math.min(count, left);
            sink.write(Arrays.copyOf(piece, allowed));
            left -= allowed;
            if (allowed < count) {
                return false;
            }
        }
        return true;
    }
}
