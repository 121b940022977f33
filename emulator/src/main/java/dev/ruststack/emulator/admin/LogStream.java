package dev.ruststack.emulator.admin;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.logs.FunctionLog;
import dev.ruststack.emulator.logs.LogLine;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lines of a function's log as NDJSON: {@code {"timestamp", "stream", "requestId", "message"}}. A followed log goes on
 * until the client goes, which an empty line now and then finds out.
 */
public final class LogStream {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private LogStream() {}

    /** The last {@code tail} lines, and those to come where {@code follow} is set. */
    public static Body of(FunctionLog log, boolean follow, int tail) {
        return new Body.Written(out -> write(log.follow(tail), follow, out), -1);
    }

    private static void write(FunctionLog.Reader reader, boolean follow, OutputStream out) throws IOException {
        try {
            do {
                var lines = reader.next(follow ? HEARTBEAT : Duration.ZERO);
                for (var line : lines) {
                    out.write(json(line));
                    out.write('\n');
                }
                if (follow && lines.isEmpty()) {
                    out.write('\n');
                }
                out.flush();
            } while (follow);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private static byte[] json(LogLine line) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("timestamp", line.timestamp().toString());
        members.put("stream", line.stream());
        members.put("requestId", line.requestId());
        members.put("message", line.message());
        return JSON.writeValueAsBytes(members);
    }
}
