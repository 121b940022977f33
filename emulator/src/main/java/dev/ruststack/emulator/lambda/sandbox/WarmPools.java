package dev.ruststack.emulator.lambda.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How many generic pods are to wait for each runtime, and which of them have failed too recently to try again. */
final class WarmPools {
    private static final long LONGEST_PAUSE = 60;

    private final Map<RunnerPod.Shape, Integer> failures = new ConcurrentHashMap<>();
    private final Set<RunnerPod.Shape> held = ConcurrentHashMap.newKeySet();
    private volatile List<Pool> pools = List.of();

    record Pool(RunnerPod.Shape shape, int size) {}

    List<Pool> all() {
        return pools;
    }

    void set(List<Pool> newPools) {
        pools = List.copyOf(newPools);
        failures.clear();
        held.clear();
    }

    boolean has(RunnerPod.Shape shape) {
        return pools.stream().anyMatch(pool -> pool.shape().equals(shape));
    }

    /** Whether a pod of a pool may be wanted now, and is not held back. */
    boolean mayRefill(RunnerPod.Shape shape) {
        return !held.contains(shape);
    }

    void connected(RunnerPod.Shape shape) {
        failures.remove(shape);
    }

    /** One has failed; what to wait before the next. */
    Duration failed(RunnerPod.Shape shape) {
        held.add(shape);
        int times = failures.merge(shape, 1, Integer::sum);
        return Duration.ofSeconds(Math.min(LONGEST_PAUSE, 1L << Math.min(times - 1, 6)));
    }

    /** The pause is over. */
    void retry(RunnerPod.Shape shape, Runnable refill) {
        held.remove(shape);
        refill.run();
    }
}
