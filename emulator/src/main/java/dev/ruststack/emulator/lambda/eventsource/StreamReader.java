package dev.ruststack.emulator.lambda.eventsource;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Reads the stream of one mapping: every shard by a thread of its own, and none before the one that it came from. */
final class StreamReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);
    private static final Duration DISCOVERY = Duration.ofSeconds(5);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    private final StreamSource source;
    private final EventSourceMapping mapping;
    private final BatchDelivery delivery;
    private final Checkpoints checkpoints;
    private final Clock clock;
    private final Set<String> reading = ConcurrentHashMap.newKeySet();
    private final Set<String> finished = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Semaphore news = new Semaphore(0);
    private final Thread thread;
    private volatile boolean begun;
    private volatile boolean closed;
    private volatile @Nullable String trouble;

    /** Told with the shards, before any of them is read. */
    private volatile String partitionKey = "";

    /** Where the mapping's shards were left. */
    interface Checkpoints {
        @Nullable
        Checkpoint get(String shardId);

        void set(String shardId, Checkpoint checkpoint);
    }

    private record Shard(String id, @Nullable String parent, boolean isClosed) {}

    private StreamReader(
            StreamSource source,
            EventSourceMapping mapping,
            BatchDelivery delivery,
            Checkpoints checkpoints,
            Clock clock) {
        // An interrupt may be lost on the way: nothing is read any more once this is closed.
        this.source = (operation, input) -> {
            if (closed) {
                throw new StreamException("Closed", "the mapping is read no more");
            }
            return source.call(operation, input);
        };
        this.mapping = mapping;
        this.delivery = delivery;
        this.checkpoints = checkpoints;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("stream-" + mapping.uuid()).unstarted(this::run);
    }

    static StreamReader start(
            StreamSource source,
            EventSourceMapping mapping,
            BatchDelivery delivery,
            Checkpoints checkpoints,
            Clock clock) {
        var reader = new StreamReader(source, mapping, delivery, checkpoints, clock);
        reader.thread.start();
        return reader;
    }

    /** Whether what is written from now on is read. */
    boolean hasBegun() {
        return begun;
    }

    /** What keeps the stream from being read; null for nothing. */
    @Nullable
    String trouble() {
        return trouble;
    }

    private void run() {
        try {
            while (!closed) {
                try {
                    discover();
                    trouble = null;
                    begun = true;
                    if (news.tryAcquire(DISCOVERY.toNanos(), TimeUnit.NANOSECONDS)) {
                        news.drainPermits();
                    }
                } catch (StreamException e) {
                    troubled(e);
                    Thread.sleep(AFTER_TROUBLE);
                } catch (RuntimeException e) {
                    LOG.error("The stream {} could not be read", mapping.eventSourceArn(), e);
                    Thread.sleep(AFTER_TROUBLE);
                }
            }
        } catch (InterruptedException e) {
            // The mapping is disabled, changed or gone.
        }
    }

    private void discover() throws StreamException {
        var shards = shards();
        var ids = shards.stream().map(Shard::id).collect(Collectors.toSet());
        boolean fromNow = !begun && mapping.startingPosition().equals(EventSourceMapping.LATEST);
        for (var shard : shards) {
            var parent = shard.parent;
            boolean isOrphan = parent == null || !ids.contains(parent) || finished.contains(parent);
            if (finished.contains(shard.id) || reading.contains(shard.id)) {
                continue;
            }
            if (fromNow && shard.isClosed && checkpoints.get(shard.id) == null) {
                finished.add(shard.id);
            } else if (isOrphan || fromNow) {
                read(shard.id, fromNow ? EventSourceMapping.LATEST : EventSourceMapping.TRIM_HORIZON);
            }
        }
    }

    private List<Shard> shards() throws StreamException {
        var shards = new ArrayList<Shard>();
        String after = null;
        do {
            var request = BatchDelivery.JSON.createObjectNode().put("StreamArn", mapping.eventSourceArn());
            if (after != null) {
                request.put("ExclusiveStartShardId", after);
            }
            var stream = source.call("DescribeStream", request).path("StreamDescription");
            for (var key : stream.path("KeySchema")) {
                if (key.path("KeyType").asString("").equals("HASH")) {
                    partitionKey = key.path("AttributeName").asString("");
                }
            }
            stream.path("Shards").forEach(shard -> shards.add(shard(shard)));
            after = stream.path("LastEvaluatedShardId").asString(null);
        } while (after != null);
        return shards;
    }

    private static Shard shard(JsonNode shard) {
        return new Shard(
                shard.path("ShardId").asString(),
                shard.path("ParentShardId").asString(null),
                shard.path("SequenceNumberRange").hasNonNull("EndingSequenceNumber"));
    }

    /** The iterator is had before anything else, so that a record from now on is not missed. */
    private void read(String shardId, String startingPosition) throws StreamException {
        var checkpoint = new ShardReader.Checkpoints() {
            @Override
            public @Nullable Checkpoint get() {
                return checkpoints.get(shardId);
            }

            @Override
            public void set(Checkpoint now) {
                if (!closed) {
                    checkpoints.set(shardId, now);
                }
            }
        };
        var shard = new ShardReader.Shard(mapping, shardId, partitionKey);
        var reader = new ShardReader(source, shard, checkpoint, delivery, clock);
        var iterator = reader.begin(startingPosition);
        reading.add(shardId);
        var own = Thread.ofVirtual().name("shard-" + shardId).unstarted(() -> read(reader, shardId, iterator));
        threads.add(own);
        own.start();
    }

    /** One that fails is taken up again at the next discovery; one that is done with lets its children begin. */
    private void read(ShardReader reader, String shardId, String iterator) {
        try {
            reader.run(iterator);
            finished.add(shardId);
            news.release();
        } catch (StreamException e) {
            troubled(e);
        } catch (InterruptedException e) {
            // The mapping is disabled, changed or gone.
        } catch (RuntimeException e) {
            LOG.error("Shard {} of {} could not be read", shardId, mapping.eventSourceArn(), e);
        } finally {
            reading.remove(shardId);
            threads.remove(Thread.currentThread());
        }
    }

    private void troubled(StreamException e) {
        LOG.debug("The stream {} cannot be read", mapping.eventSourceArn(), e);
        trouble = "PROBLEM: " + e.getMessage();
    }

    /** Stops reading; an invocation that is under way ends, and its batch is read again by whoever goes on. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        new HashSet<>(threads).forEach(Thread::interrupt);
    }
}
