package dev.ruststack.emulator.lambda.eventsource;

import dev.ruststack.emulator.journal.KeptTable;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.Invoker;
import dev.ruststack.emulator.lambda.LambdaError;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The event source mappings, each of which reads its stream while it is enabled. Safe for use by several threads. */
public final class EventSourceMappings implements AutoCloseable {
    static final String NOTHING_YET = "No records processed";

    private final Tables tables;
    private final @Nullable StreamSource source;
    private final Functions functions;
    private final Invoker invoker;
    private final DiscardedBatches discarded;
    private final Clock clock;
    private final Map<String, StreamReader> readers = new ConcurrentHashMap<>();
    private final Map<String, String> results = new ConcurrentHashMap<>();

    /**
     * What is kept; both stay the caller's.
     *
     * @param mappings by UUID
     * @param checkpoints by UUID and shard
     */
    public record Tables(KeptTable<EventSourceMapping> mappings, KeptTable<Checkpoint> checkpoints) {
        /** Tables that end with the process. */
        public static Tables inMemory() {
            return new Tables(KeptTable.inMemory(EventSourceMapping.class), KeptTable.inMemory(Checkpoint.class));
        }
    }

    /** @param source null where the stack has no DynamoDB */
    public EventSourceMappings(
            Tables tables,
            @Nullable StreamSource source,
            Functions functions,
            Invoker invoker,
            FailedBatches failed,
            Clock clock) {
        this.tables = tables;
        this.source = source;
        this.functions = functions;
        this.invoker = invoker;
        this.discarded = new DiscardedBatches(failed, clock);
        this.clock = clock;
        tables.mappings().all().values().forEach(this::follow);
    }

    /** All of them, by UUID. */
    public List<EventSourceMapping> all() {
        return List.copyOf(tables.mappings().all().values());
    }

    /** The mapping with this UUID; {@code ResourceNotFoundException} where there is none. */
    public EventSourceMapping require(String uuid) {
        var mapping = tables.mappings().get(uuid);
        if (mapping == null) {
            throw LambdaError.RESOURCE_NOT_FOUND.error();
        }
        return mapping;
    }

    /** Whether a stream is there, and what is wrong otherwise; null for nothing. */
    public @Nullable String whyUnreadable(String streamArn) {
        if (source == null) {
            return "the stack has no DynamoDB (spec.dynamodb.mode: Disabled)";
        }
        try {
            source.call("DescribeStream", BatchDelivery.JSON.createObjectNode().put("StreamArn", streamArn));
            return null;
        } catch (StreamException e) {
            return "Stream not found: " + streamArn;
        }
    }

    /** Adds a mapping; {@code ResourceConflictException} where its stream goes to its function already. */
    public synchronized void add(EventSourceMapping mapping) {
        for (var other : all()) {
            if (other.eventSourceArn().equals(mapping.eventSourceArn())
                    && other.functionArn().equals(mapping.functionArn())) {
                throw LambdaError.RESOURCE_CONFLICT.saying("The event source arn (\" " + mapping.eventSourceArn()
                        + " \") and function (\" " + name(mapping.functionArn())
                        + " \") provided mapping already exists. Please update or delete the existing mapping with UUID "
                        + other.uuid());
            }
        }
        tables.mappings().put(mapping.uuid(), mapping);
        follow(mapping);
    }

    private static String name(String functionArn) {
        return functionArn.substring(functionArn.indexOf(":function:") + ":function:".length());
    }

    /** Replaces a mapping by what a function makes of it, and goes on where it was left. */
    public synchronized EventSourceMapping change(String uuid, UnaryOperator<EventSourceMapping> change) {
        var changed = tables.mappings().change(uuid, before -> {
            if (before == null) {
                throw LambdaError.RESOURCE_NOT_FOUND.error();
            }
            return change.apply(before);
        });
        if (changed == null) {
            throw new IllegalStateException(uuid);
        }
        unfollow(uuid);
        follow(changed);
        return changed;
    }

    /** Removes a mapping and returns it. */
    public synchronized EventSourceMapping remove(String uuid) {
        var mapping = require(uuid);
        unfollow(uuid);
        tables.mappings().remove(uuid);
        tables.checkpoints().startingWith(uuid).keySet().forEach(tables.checkpoints()::remove);
        results.remove(uuid);
        return mapping;
    }

    /** Removes all of them. */
    public void clear() {
        all().forEach(mapping -> remove(mapping.uuid()));
    }

    /** The state in AWS's words. */
    public String state(EventSourceMapping mapping) {
        if (!mapping.enabled()) {
            return "Disabled";
        }
        var reader = readers.get(mapping.uuid());
        return reader != null && reader.hasBegun() ? "Enabled" : "Creating";
    }

    /** What became of the last batch, in AWS's words. */
    public String lastProcessingResult(EventSourceMapping mapping) {
        var reader = readers.get(mapping.uuid());
        var trouble = reader == null ? null : reader.trouble();
        return trouble == null ? results.getOrDefault(mapping.uuid(), NOTHING_YET) : trouble;
    }

    private void follow(EventSourceMapping mapping) {
        var stream = source;
        if (stream == null || !mapping.enabled()) {
            return;
        }
        var uuid = mapping.uuid();
        var delivery = new BatchDelivery(functions, invoker, discarded, clock, result -> results.put(uuid, result));
        readers.computeIfAbsent(uuid, _ -> StreamReader.start(stream, mapping, delivery, checkpoints(uuid), clock));
    }

    private StreamReader.Checkpoints checkpoints(String uuid) {
        return new StreamReader.Checkpoints() {
            @Override
            public @Nullable Checkpoint get(String shardId) {
                return tables.checkpoints().get(uuid + "/" + shardId);
            }

            @Override
            public void set(String shardId, Checkpoint checkpoint) {
                tables.checkpoints().put(uuid + "/" + shardId, checkpoint);
            }
        };
    }

    private void unfollow(String uuid) {
        var reader = readers.remove(uuid);
        if (reader != null) {
            reader.close();
        }
    }

    @Override
    public void close() {
        List.copyOf(readers.keySet()).forEach(this::unfollow);
    }
}
