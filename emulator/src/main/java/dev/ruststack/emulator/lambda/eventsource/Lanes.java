package dev.ruststack.emulator.lambda.eventsource;

import java.util.ArrayList;
import java.util.List;

/**
 * The records of a shard that wait for a function, in so many batches as it may process at a time: those of one
 * partition key in one batch, in their order. AWS: Lambda API Reference, CreateEventSourceMapping,
 * ParallelizationFactor.
 */
final class Lanes {
    /** An event of an invocation may have 6 MB. */
    private static final int LARGEST_EVENT = 6_000_000;

    private final int batchSize;
    private final String partitionKey;
    private final List<List<StreamRecord>> batches = new ArrayList<>();
    private final int[] bytes;

    Lanes(int count, int batchSize, String partitionKey) {
        this.batchSize = batchSize;
        this.partitionKey = partitionKey;
        this.bytes = new int[count];
        for (int i = 0; i < count; i++) {
            batches.add(new ArrayList<>());
        }
    }

    private int lane(StreamRecord record) {
        return bytes.length == 1 ? 0 : Math.floorMod(record.key(partitionKey).hashCode(), bytes.length);
    }

    boolean hasRoomFor(StreamRecord record) {
        int lane = lane(record);
        return batches.get(lane).size() < batchSize && bytes[lane] + size(record) <= LARGEST_EVENT
                || batches.get(lane).isEmpty();
    }

    void add(StreamRecord record) {
        int lane = lane(record);
        batches.get(lane).add(record);
        bytes[lane] += size(record);
    }

    private static int size(StreamRecord record) {
        return record.json().toString().length();
    }

    boolean isEmpty() {
        return batches.stream().allMatch(List::isEmpty);
    }

    /** Whether one of the batches has as many records as it may. */
    boolean isFull() {
        return batches.stream().anyMatch(batch -> batch.size() >= batchSize);
    }

    /** The batches that have records; none is left. */
    List<List<StreamRecord>> take() {
        var taken = new ArrayList<List<StreamRecord>>();
        for (int i = 0; i < bytes.length; i++) {
            if (!batches.get(i).isEmpty()) {
                taken.add(batches.set(i, new ArrayList<>()));
            }
            bytes[i] = 0;
        }
        return taken;
    }
}
