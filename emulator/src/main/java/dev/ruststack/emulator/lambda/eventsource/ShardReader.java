package dev.ruststack.emulator.lambda.eventsource;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
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

    /** How long after the end of a window records of it may come. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final StreamSource source;
    private final EventSourceMapping mapping;
    private final String shardId;
    private final Checkpoints checkpoints;
    private final BatchDelivery delivery;
    private final List<EventPattern> filters;

    private final Lanes lanes;
    private final BatchDelivery.Origin origin;
    private final Clock clock;

    private long waitingSince;
    private @Nullable String lastRead;
    private @Nullable Window window;

    /** Where a shard was left. */
    interface Checkpoints {
        @Nullable
        Checkpoint get();

        void set(Checkpoint checkpoint);
    }

    /**
     * One shard of a mapping's stream.
     *
     * @param partitionKey the attribute whose records stay in order
     */
    record Shard(EventSourceMapping mapping, String id, String partitionKey) {}

    ShardReader(StreamSource source, Shard shard, Checkpoints checkpoints, BatchDelivery delivery, Clock clock) {
        this.source = source;
        this.mapping = shard.mapping;
        this.shardId = shard.id;
        this.checkpoints = checkpoints;
        this.delivery = delivery;
        this.clock = clock;
        this.filters = mapping.filters().stream().map(EventPattern::parse).toList();
        this.origin = new BatchDelivery.Origin(mapping, shard.id);
        this.lanes = new Lanes(mapping.lanes(), mapping.batchSize(), shard.partitionKey);
        var checkpoint = checkpoints.get();
        this.lastRead = checkpoint == null ? null : checkpoint.sequenceNumber();
        this.window = checkpoint == null || !mapping.hasWindows() ? null : checkpoint.window();
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
                                .put("Limit", Math.min(PAGE, mapping.batchSize() * mapping.lanes())));
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
            if (window != null && (iterator == null || records.isEmpty() && window.isOver(clock.instant(), GRACE))) {
                endWindow(window);
            }
            if (iterator != null && records.isEmpty()) {
                Thread.sleep(POLL);
            }
        }
    }

    private void take(StreamRecord record) throws InterruptedException {
        if (filters.isEmpty() || filters.stream().anyMatch(filter -> filter.matches(record.json()))) {
            if (mapping.hasWindows()) {
                open(record);
            }
            if (!lanes.hasRoomFor(record)) {
                deliver();
            }
            if (lanes.isEmpty()) {
                waitingSince = System.nanoTime();
            }
            lanes.add(record);
        }
        lastRead = record.sequenceNumber();
    }

    /** Has the window of a record open; the one before ends. */
    private void open(StreamRecord record) throws InterruptedException {
        var open = window;
        if (open != null && !open.contains(record.created())) {
            deliver();
            endWindow(Objects.requireNonNull(window));
        }
        if (window == null) {
            window = Window.of(record.created(), mapping.tumblingWindowInSeconds());
        }
    }

    private void endWindow(Window open) throws InterruptedException {
        delivery.end(origin, open, false);
        window = null;
        checkpoints.set(new Checkpoint(lastRead, null));
    }

    /** Whether what waits is not to wait any longer for more. */
    private boolean isDue() {
        return lanes.isEmpty()
                || lanes.isFull()
                || System.nanoTime() - waitingSince
                        >= Duration.ofSeconds(mapping.maximumBatchingWindowInSeconds())
                                .toNanos();
    }

    private void deliver() throws InterruptedException {
        var last = lastRead;
        var batches = lanes.take();
        if (batches.size() == 1) {
            window = delivery.deliver(origin, batches.getFirst(), window);
        } else if (!batches.isEmpty()) {
            deliverTogether(batches);
        }
        var before = checkpoints.get();
        var now = new Checkpoint(last, window);
        if (last != null && !now.equals(before)) {
            checkpoints.set(now);
        }
    }

    /** Batches of different partition keys at a time; all of them are done with before there are others. */
    private void deliverTogether(List<List<StreamRecord>> batches) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var each = batches.stream()
                    .map(batch -> (Callable<@Nullable Window>) () -> delivery.deliver(origin, batch, null))
                    .toList();
            try {
                for (var done : threads.invokeAll(each)) {
                    done.get();
                }
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
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
