package dev.ruststack.emulator.cloudwatchlogs;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.logs.FunctionLog;
import dev.ruststack.emulator.logs.LogLine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One log group: the lines that are kept of it, its streams, and what clients set. Safe for threads. */
public final class LogGroup {
    private final String name;
    private final Instant created;
    private final FunctionLog log;
    private final Clock clock;
    private final Map<String, Instant> streams = new ConcurrentHashMap<>();
    private final Map<String, String> tags = new ConcurrentHashMap<>();
    private volatile @Nullable Integer retentionInDays;

    LogGroup(String name, Instant created, FunctionLog log, Clock clock) {
        this.name = name;
        this.created = created;
        this.log = log;
        this.clock = clock;
    }

    /**
     * One line with its place among all that the group ever had.
     *
     * @param index never given twice
     */
    public record Event(long index, LogLine line) {
        /** As long as AWS's ids, and in the order of lines. */
        public String id() {
            return "%038d%018d".formatted(line.timestamp().toEpochMilli(), index);
        }
    }

    /**
     * One stream.
     *
     * @param first null where it has no lines
     */
    public record Stream(
            String name,
            Instant created,
            @Nullable LogLine first,
            @Nullable LogLine last) {
        /** When its last line was written, or, where there is none, when it was made. */
        public Instant lastOrCreated() {
            return last == null ? created : last.timestamp();
        }
    }

    public String name() {
        return name;
    }

    public Instant created() {
        return created;
    }

    /** A place in the log, from which on lines are read. */
    FunctionLog.Reader follow() {
        return log.follow(0);
    }

    /** The ARN as {@code logGroupArn} has it. */
    public String arn(Identity caller) {
        return "arn:aws:logs:" + caller.region() + ":" + caller.accountId() + ":log-group:" + name;
    }

    /** Tags, to be read and changed. */
    public Map<String, String> tags() {
        return tags;
    }

    public @Nullable Integer retentionInDays() {
        return retentionInDays;
    }

    public void retain(@Nullable Integer days) {
        retentionInDays = days;
    }

    /** The lines that are kept, in the order in which they came; those that are past their retention are not there. */
    public List<Event> events() {
        var snapshot = log.snapshot();
        var days = retentionInDays;
        var oldest = days == null ? Instant.MIN : clock.instant().minus(Duration.ofDays(days));
        var events = new ArrayList<Event>(snapshot.lines().size());
        long index = snapshot.first();
        for (var line : snapshot.lines()) {
            if (!line.timestamp().isBefore(oldest)) {
                events.add(new Event(index, line));
            }
            index++;
        }
        return events;
    }

    /** Bytes of the lines that are kept. */
    public long storedBytes() {
        return events().stream()
                .mapToLong(event -> event.line().message().length())
                .sum();
    }

    /** The streams by name: those with lines, and those that a client made. */
    public List<Stream> streams() {
        var all = new HashMap<String, Stream>();
        streams.forEach((stream, since) -> all.put(stream, new Stream(stream, since, null, null)));
        for (var event : events()) {
            var line = event.line();
            var one = new Stream(line.stream(), line.timestamp(), line, line);
            all.merge(line.stream(), one, LogGroup::joined);
        }
        return all.values().stream().sorted(Comparator.comparing(Stream::name)).toList();
    }

    private static Stream joined(Stream before, Stream one) {
        var first = before.first() == null || one.first() == null ? one.first() : earlier(before.first(), one.first());
        var last = before.last() == null || one.last() == null ? one.last() : later(before.last(), one.last());
        return new Stream(before.name(), before.created(), first, last);
    }

    private static LogLine earlier(LogLine one, LogLine other) {
        return other.timestamp().isBefore(one.timestamp()) ? other : one;
    }

    private static LogLine later(LogLine one, LogLine other) {
        return other.timestamp().isBefore(one.timestamp()) ? one : other;
    }

    /** Throws {@code ResourceNotFoundException} where there is no such stream. */
    public void requireStream(String stream) {
        if (!hasStream(stream)) {
            throw LogsError.RESOURCE_NOT_FOUND.saying("The specified log stream does not exist.");
        }
    }

    private boolean hasStream(String stream) {
        return streams.containsKey(stream)
                || log.lines().stream().anyMatch(line -> line.stream().equals(stream));
    }

    /** Makes a stream; throws where there is one. */
    public void createStream(String stream, Instant now) {
        if (hasStream(stream) || streams.putIfAbsent(stream, now) != null) {
            throw LogsError.RESOURCE_ALREADY_EXISTS.saying("The specified log stream already exists");
        }
    }

    /** Removes a stream with its lines. */
    public void deleteStream(String stream) {
        requireStream(stream);
        streams.remove(stream);
        log.remove(stream);
    }

    /** Adds a line; the oldest give way where there are too many. */
    public void append(LogLine line) {
        log.append(line);
    }

    void clear() {
        streams.clear();
        log.clear();
    }
}
