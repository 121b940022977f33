package dev.ruststack.operator.admin;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.operator.desired.Sandbox;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an emulator says of itself at {@code GET /_ruststack/v1/state}.
 *
 * @param sequence grows with every change
 * @param bootId of this process
 * @param notReady why it is not ready, in a sentence
 * @param sandboxes all that it wants
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EmulatorState(
        long sequence,
        String bootId,
        @Nullable String version,
        @Nullable String startedAt,
        boolean ready,
        @Nullable String notReady,
        Timings timings,
        Seed seed,
        List<Item> items,
        List<WantedSandbox> sandboxes) {
    public EmulatorState {
        bootId = Absent.as(bootId, "");
        timings = Absent.as(timings, new Timings(null, null, null, null));
        seed = Absent.as(seed, new Seed(null, Seed.NONE, null, null));
        items = Absent.asEmpty(items);
        sandboxes = Absent.asEmpty(sandboxes);
    }

    /** When each step was done (RFC 3339). */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Timings(
            @Nullable String processStarted,
            @Nullable String listening,
            @Nullable String dynamoDbReady,
            @Nullable String seeded) {}

    /** The last seeding. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Seed(
            @Nullable String revision,
            String state,
            @Nullable Long durationMilliseconds,
            @Nullable String appliedTime) {
        public static final String NONE = "None";
        public static final String SEEDING = "Seeding";
        public static final String APPLIED = "Applied";

        public Seed {
            state = Absent.as(state, NONE);
        }
    }

    /** One bucket, table, function or route. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Item(
            String kind,
            String name,
            @Nullable String origin,
            String state,
            @Nullable String reason,
            @Nullable String message,
            @Nullable String arn,
            @Nullable Integer items,
            @Nullable Integer runners) {
        public static final String READY = "Ready";
        public static final String FAILED = "Failed";
        public static final String DRIFTED = "Drifted";
        public static final String RUNTIME = "Runtime";
    }

    /** A sandbox as the emulator lists it; {@code state} is Wanted or Connected. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record WantedSandbox(
            String id,
            @Nullable String runtime,
            @Nullable String imageUri,
            @Nullable String architecture,
            int memorySize,
            int ephemeralStorage,
            @Nullable String function,
            @Nullable String state) {
        /** As the pods' builder takes it. */
        public Sandbox sandbox() {
            return new Sandbox(id, runtime, imageUri, architecture, memorySize, ephemeralStorage, function);
        }
    }

    /** Whether the operator has nothing to do about the difference: only the sequence differs. */
    public boolean saysTheSameAs(EmulatorState other) {
        return withSequence(0).equals(other.withSequence(0));
    }

    private EmulatorState withSequence(long other) {
        return new EmulatorState(other, bootId, version, startedAt, ready, notReady, timings, seed, items, sandboxes);
    }
}
