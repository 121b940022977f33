package dev.ruststack.emulator.cloudwatchlogs;

import dev.ruststack.emulator.aws.wire.EventStream;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.logs.FunctionLog;
import dev.ruststack.emulator.logs.LogLine;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.json.JsonMapper;

/**
 * One session of Live Tail, as the answer's body: what began it, then each second what was written, until the caller goes
 * away, three hours have passed, or the emulator ends. Holds a place in each log and no line of it.
 */
final class LiveTailSession implements Body.Writer {
    private static final String JSON = "application/json";

    /** AWS: Amazon CloudWatch Logs API Reference, LiveTailSessionUpdate. */
    private static final int MAX_EVENTS = 500;

    private final LiveTails tails;
    private final LiveTail what;
    private final String requestId;
    private final List<Followed> followed;
    private final AtomicBoolean ended = new AtomicBoolean();

    private record Followed(String groupIdentifier, FunctionLog.Reader reader) {}

    private record Event(String groupIdentifier, LogLine line) {
        Map<String, Object> document() {
            var members = new LinkedHashMap<String, Object>();
            members.put("logStreamName", line.stream());
            members.put("logGroupIdentifier", groupIdentifier);
            members.put("message", line.message());
            members.put("timestamp", line.timestamp().toEpochMilli());
            members.put("ingestionTime", line.ingested().toEpochMilli());
            return members;
        }
    }

    /** Begins to listen; to be closed. */
    LiveTailSession(LiveTails tails, LiveTail what, String requestId) {
        this.tails = tails;
        this.what = what;
        this.requestId = requestId;
        tails.begin();
        this.followed = what.groups().stream()
                .map(group -> new Followed(group.identifier(), group.group().follow()))
                .toList();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        var events = new EventStream(out);
        events.event(
                "initial-response",
                "application/x-amz-json-1.1",
                "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        events.event("sessionStart", JSON, JsonMapper.shared().writeValueAsBytes(start()));
        out.flush();
        long began = System.nanoTime();
        try {
            while (tails.awaitUpdate()) {
                events.event("sessionUpdate", JSON, JsonMapper.shared().writeValueAsBytes(update()));
                out.flush();
                if (Duration.ofNanos(System.nanoTime() - began).compareTo(tails.longest()) >= 0) {
                    events.exception(
                            "SessionTimeoutException",
                            JSON,
                            JsonMapper.shared()
                                    .writeValueAsBytes(Map.of("message", "The Live Tail session has timed out.")));
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while tailing");
        }
    }

    private Map<String, Object> start() {
        var members = new LinkedHashMap<String, Object>();
        members.put("requestId", requestId);
        members.put("sessionId", UUID.randomUUID().toString());
        members.put(
                "logGroupIdentifiers",
                followed.stream().map(Followed::groupIdentifier).toList());
        members.put("logStreamNames", what.streamNames());
        members.put("logStreamNamePrefixes", what.streamPrefixes());
        members.put("logEventFilterPattern", what.patternText());
        return members;
    }

    private Map<String, Object> update() throws InterruptedException {
        var fresh = new ArrayList<Event>();
        for (var each : followed) {
            for (var line : each.reader().next(Duration.ZERO)) {
                if (what.wants(line)) {
                    fresh.add(new Event(each.groupIdentifier(), line));
                }
            }
        }
        var shown = sample(fresh);
        return Map.of(
                "sessionMetadata", Map.of("sampled", shown.size() < fresh.size()),
                "sessionResults", shown.stream().map(Event::document).toList());
    }

    /** At most 500, evenly. */
    private static List<Event> sample(List<Event> all) {
        if (all.size() <= MAX_EVENTS) {
            return all;
        }
        var sample = new ArrayList<Event>(MAX_EVENTS);
        for (long i = 0; i < MAX_EVENTS; i++) {
            sample.add(all.get((int) (i * all.size() / MAX_EVENTS)));
        }
        return sample;
    }

    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            tails.end();
        }
    }
}
