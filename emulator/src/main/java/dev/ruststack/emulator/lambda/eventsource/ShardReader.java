package dev.ruststack.emulator.lambda.eventsource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads one shard in its order, from where it was left, and has what is in it delivered. AWS: Amazon DynamoDB Streams API
 * Reference, GetShardIterator, GetRecords.
 */
final class ShardReader {
    /** AWS looks four times a second. */
    private static final Duration POLL = Duration.ofMillis(250);

    /** What GetRecords gives at once, at most. */
    private static final int PAGE = 1_000;

    /** An event of an invocation may have 6 MB. */
    private static final int LARGEST_EVENT = 6_000_000;

    private final StreamSource source;
    private final EventSourceMapping mapping;
    private final String shardId;
    private final Checkpoints checkpoints;
    private final BatchDelivery delivery;
    private final List<EventPattern> filters;

    private List<StreamRecord> waiting = new ArrayList<>();
    private int waitingBytes;
    private long waitingSince;
    private @Nullable String lastRead;

    /** Where a shard was left, by the last sequence number that is done with. */
    interface Checkpoints {
        @Nullable
        String get();

        void set(String sequenceNumber);
    }

    ShardReader(
            StreamSource source,
            EventSourceMapping mapping,
            String shardId,
            Checkpoints checkpoints,
            BatchDelivery delivery) {
        this.source = source;
        this.mapping = mapping;
        this.shardId = shardId;
        this.checkpoints = checkpoints;
        this.delivery = delivery;
        this.filters = mapping.filters().stream().map(EventPattern::parse).toList();
        this.lastRead = checkpoints.get();
    }

    /** Where reading begins; a shard that is new since begins with its first record. */
    String begin(String startingPosition) throws StreamException {
        return iterator(startingPosition);
    }

    /** Reads from an iterator until the shard's end. */
    void run(String first) throws StreamException, InterruptedException {
        var iterator = first;
        while (iterator != null) {
            JsonNode page;
            try {
                page = source.call(
                        "GetRecords",
                        BatchDelivery.JSON
                                .createObjectNode()
                                .put("ShardIterator", iterator)
                                .put("Limit", Math.min(PAGE, mapping.batchSize())));
            } catch (StreamException e) {
                if (!e.is("ExpiredIteratorException") && !e.is("TrimmedDataAccessException")) {
                    throw e;
                }
                iterator = iterator(EventSourceMapping.TRIM_HORIZON);
                continue;
            }
            var records = page.path("Records");
            for (var record : records) {
                take(StreamRecord.of(record, mapping));
            }
            iterator = page.path("NextShardIterator").asString(null);
            if (iterator == null || isDue()) {
                deliver();
            }
            if (iterator != null && records.isEmpty()) {
                Thread.sleep(POLL);
            }
        }
    }

    private void take(StreamRecord record) throws InterruptedException {
        if (filters.isEmpty() || filters.stream().anyMatch(filter -> filter.matches(record.json()))) {
            int size = record.json().toString().length();
            if (waiting.size() == mapping.batchSize() || waitingBytes + size > LARGEST_EVENT) {
                deliver();
            }
            if (waiting.isEmpty()) {
                waitingSince = System.nanoTime();
            }
            waiting.add(record);
            waitingBytes += size;
        }
        lastRead = record.sequenceNumber();
    }

    /** Whether what waits is not to wait any longer for more. */
    private boolean isDue() {
        return waiting.isEmpty()
                || waiting.size() == mapping.batchSize()
                || System.nanoTime() - waitingSince
                        >= Duration.ofSeconds(mapping.maximumBatchingWindowInSeconds())
                                .toNanos();
    }

    private void deliver() throws InterruptedException {
        var last = lastRead;
        if (!waiting.isEmpty()) {
            delivery.deliver(mapping, shardId, waiting);
            waiting = new ArrayList<>();
            waitingBytes = 0;
        }
        if (last != null && !last.equals(checkpoints.get())) {
            checkpoints.set(last);
        }
    }

    private String iterator(String otherwise) throws StreamException {
        var request = BatchDelivery.JSON
                .createObjectNode()
                .put("StreamArn", mapping.eventSourceArn())
                .put("ShardId", shardId);
        if (lastRead == null) {
            request.put("ShardIteratorType", otherwise);
        } else {
            request.put("ShardIteratorType", "AFTER_SEQUENCE_NUMBER").put("SequenceNumber", lastRead);
        }
        try {
            return source.call("GetShardIterator", request)
                    .path("ShardIterator")
                    .asString();
        } catch (StreamException e) {
            if (!e.is("TrimmedDataAccessException") || lastRead == null) {
                throw e;
            }
            lastRead = null;
            return iterator(EventSourceMapping.TRIM_HORIZON);
        }
    }
}
