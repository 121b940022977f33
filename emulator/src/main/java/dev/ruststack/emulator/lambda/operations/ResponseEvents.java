package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.wire.EventStream;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.lambda.Outcome;
import dev.ruststack.emulator.lambda.StreamedResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A function's answer as a stream of events: {@code PayloadChunk} for what it writes, as soon as it does, and one
 * {@code InvokeComplete}. AWS: Lambda API Reference, InvokeWithResponseStreamResponseEvent.
 */
final class ResponseEvents implements Body.Writer {
    private static final int PIECE = 32 * 1024;

    private final StreamedResponse response;
    private final boolean tail;

    /** Takes the response over; {@code tail} for its log with the last event. */
    ResponseEvents(StreamedResponse response, boolean tail) {
        this.response = response;
        this.tail = tail;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        var events = new EventStream(out);
        var piece = new byte[PIECE];
        out.flush();
        for (int count = response.body().read(piece);
                count >= 0;
                count = response.body().read(piece)) {
            events.event("PayloadChunk", "application/octet-stream", Arrays.copyOf(piece, count));
            if (response.body().available() == 0) {
                out.flush();
            }
        }
        events.event("InvokeComplete", "application/json", JsonMapper.shared().writeValueAsBytes(complete()));
    }

    private Map<String, String> complete() throws IOException {
        var members = new LinkedHashMap<String, String>();
        try {
            var outcome = response.outcome();
            if (outcome instanceof Outcome.Failed failed) {
                members.put("ErrorCode", "Unhandled");
                members.put("ErrorDetails", new String(failed.payload(), StandardCharsets.UTF_8));
            }
            if (tail) {
                members.put("LogResult", Base64.getEncoder().encodeToString(outcome.logTail()));
            }
            return members;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a function runs");
        }
    }

    @Override
    public void close() {
        response.close();
    }
}
