package dev.ruststack.emulator;

import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.emulator.seed.SeedItem;
import dev.ruststack.emulator.seed.SeedProgress;
import dev.ruststack.emulator.seed.SeedReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What has become of the declaration, and when. Every change has a number; whoever knows one can wait for the next. A
 * seeding has a ticket: what comes of one that was superseded changes nothing.
 */
final class StackState {
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<StackItem> items = List.of();
    private long sequence = 1;
    private long ticket;
    private Seed seed = new Seed("", Seed.NONE, null, null);
    private @Nullable String refusal;
    private @Nullable Instant listening;
    private @Nullable Instant dynamoDbReady;
    private @Nullable Instant seeded;
    private boolean stopping;

    /** Kinds of which something was deleted or changed while a seeding was under way, which may have seen it before. */
    private final Map<String, Look> touched = new HashMap<>();

    /** Looks after an item by its name. */
    interface Look {
        /** What a client has done to it; null where it is as declared. */
        StackItem.@Nullable Drift at(String name);
    }

    /** The last seeding; {@code state} is {@code None}, {@code Seeding} or {@code Applied}. */
    record Seed(
            String revision,
            String state,
            @Nullable Long durationMilliseconds,
            @Nullable Instant appliedTime) {
        static final String NONE = "None";
        static final String SEEDING = "Seeding";
        static final String APPLIED = "Applied";
    }

    /** When each step was done; null for what is to come. */
    record Times(
            @Nullable Instant listening,
            @Nullable Instant dynamoDbReady,
            @Nullable Instant seeded) {}

    /** Everything at one moment. */
    record Snapshot(long sequence, Seed seed, Times times, List<StackItem> items) {}

    StackState(Clock clock) {
        this.clock = clock;
    }

    Snapshot snapshot() {
        lock.lock();
        try {
            return new Snapshot(sequence, seed, new Times(listening, dynamoDbReady, seeded), items);
        } finally {
            lock.unlock();
        }
    }

    /** Returns once the sequence is past a number, the time is over, or the emulator stops. */
    void await(long after, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (sequence <= after && left > 0 && !stopping) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Notes a change of something that is kept elsewhere. */
    void touch() {
        change(() -> {});
    }

    void listening() {
        change(() -> listening = clock.instant());
    }

    void dynamoDbReady() {
        change(() -> {
            if (dynamoDbReady == null) {
                dynamoDbReady = clock.instant();
            }
        });
    }

    /** Nothing is waited for any more. */
    void stop() {
        change(() -> stopping = true);
    }

    /** Why nothing was seeded; null where something was, or is. */
    @Nullable
    String refusal() {
        lock.lock();
        try {
            return refusal;
        } finally {
            lock.unlock();
        }
    }

    /** A bundle could not be used. */
    void refused(String reason) {
        lock.lock();
        try {
            if (reason.equals(refusal)) {
                return;
            }
        } finally {
            lock.unlock();
        }
        change(() -> refusal = reason);
    }

    /** A seeding is about to begin; returns its ticket. */
    long requested(String revision) {
        lock.lock();
        try {
            change(() -> {
                ticket++;
                seed = new Seed(revision, Seed.SEEDING, seed.durationMilliseconds, seed.appliedTime);
                refusal = null;
            });
            return ticket;
        } finally {
            lock.unlock();
        }
    }

    /** A seeding begins: what stays declared stays as it is, what is new is pending. */
    void begun(long of, RustStackSpec spec) {
        var declared = new ArrayList<StackItem>();
        spec.buckets().forEach(bucket -> declared.add(StackItem.pending("Bucket", bucket.name())));
        spec.tables().forEach(table -> declared.add(StackItem.pending("Table", table.name())));
        spec.layers().forEach(layer -> declared.add(StackItem.pending("Layer", layer.name())));
        spec.functions().forEach(function -> declared.add(StackItem.pending("Function", function.name())));
        spec.restApis().forEach(api -> declared.add(StackItem.pending("RestApi", api.name())));
        spec.httpApis().forEach(api -> declared.add(StackItem.pending("HttpApi", api.name())));
        changeFor(of, () -> {
            declared.replaceAll(item -> {
                var before = find(item.kind(), item.name());
                return before == null ? item : before;
            });
            items = List.copyOf(declared);
        });
    }

    private @Nullable StackItem find(String kind, String name) {
        return items.stream().filter(item -> item.is(kind, name)).findFirst().orElse(null);
    }

    /** Takes the outcome of one item after the other. */
    SeedProgress progress(long of, SeedProgress next) {
        return new SeedProgress() {
            @Override
            public void started(String kind, String name) {
                next.started(kind, name);
            }

            @Override
            public void done(SeedItem item) {
                changeFor(of, () -> replace(StackItem.of(item)));
                next.done(item);
            }
        };
    }

    void finished(long of, SeedReport report) {
        var again = new HashMap<String, Look>();
        changeFor(of, () -> {
            again.putAll(touched);
            touched.clear();
            var now = clock.instant();
            report.items().stream().filter(item -> !isGone(item)).forEach(item -> replace(StackItem.of(item)));
            seed = new Seed(report.revision(), Seed.APPLIED, report.durationMilliseconds(), now);
            if (seeded == null) {
                seeded = now;
            }
        });
        again.forEach(this::check);
    }

    /** A seeding came to no end: nothing counts as seeded, so that it is tried again. */
    void givenUp(long of, String reason) {
        changeFor(of, () -> {
            seed = new Seed("", Seed.NONE, seed.durationMilliseconds, seed.appliedTime);
            refusal = reason;
        });
    }

    /** Whether a client has deleted it since its turn in the seeding, which then made it ready. */
    private boolean isGone(SeedItem outcome) {
        var item = find(outcome.kind(), outcome.name());
        return outcome.ready() && item != null && item.state().equals(StackItem.DRIFTED);
    }

    /** Takes outcomes of items that were seeded again. */
    void updated(List<SeedItem> outcomes) {
        change(() -> outcomes.forEach(item -> replace(StackItem.of(item))));
    }

    /** Looks after the ready items of a kind, after a client may have deleted or changed one. */
    void check(String kind, Look look) {
        boolean seeding;
        lock.lock();
        try {
            seeding = seed.state.equals(Seed.SEEDING);
            if (seeding) {
                touched.put(kind, look);
            }
        } finally {
            lock.unlock();
        }
        var drifted = new ArrayList<StackItem>();
        for (var item : snapshot().items()) {
            var drift = item.kind().equals(kind) && item.ready() ? look.at(item.name()) : null;
            // What is not yet as declared while it is seeded may be the seeding's doing.
            if (drift != null && (!seeding || drift.equals(StackItem.Drift.DELETED))) {
                drifted.add(item.drifted(drift));
            }
        }
        if (!drifted.isEmpty()) {
            change(() -> drifted.forEach(this::replace));
        }
    }

    private void replace(StackItem item) {
        items = items.stream()
                .map(each -> each.is(item.kind(), item.name()) ? item : each)
                .toList();
    }

    private void changeFor(long of, Runnable change) {
        lock.lock();
        try {
            if (of == ticket) {
                change(change);
            }
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            sequence++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
