package dev.ruststack.operator.reconcile;

import dev.ruststack.operator.desired.Stack;
import dev.ruststack.operator.seed.SeedFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One reconcile of one stack: what it sees, what it finds, and when it wants to look again. */
final class Round implements AutoCloseable {
    final Stack stack;
    final StackMemory memory;
    final Observed observed;
    final Instant now;
    private final List<Finding> findings = new CopyOnWriteArrayList<>();
    private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();
    private @Nullable Duration again;
    private @Nullable SeedFile seedFile;
    private Runnable afterSeedFile = () -> {};

    Round(Stack stack, StackMemory memory, Observed observed, Instant now) {
        this.stack = stack;
        this.memory = memory;
        this.observed = observed;
        this.now = now;
    }

    void found(Finding finding) {
        findings.add(finding);
    }

    /** A call that failed and is worth another try: JOSDK's retry comes back, ever later. */
    void failed(RuntimeException failure) {
        failures.add(failure);
    }

    void lookAgainIn(Duration time) {
        var positive = time.compareTo(Duration.ofMillis(10)) < 0 ? Duration.ofMillis(10) : time;
        again = again == null || positive.compareTo(again) < 0 ? positive : again;
    }

    @Nullable
    Duration again() {
        return again;
    }

    List<RuntimeException> failures() {
        return new ArrayList<>(failures);
    }

    /** The finding that matters most: what only its author can mend comes first. */
    @Nullable
    Finding finding() {
        return findings.stream()
                .filter(Finding::stalled)
                .findFirst()
                .orElse(findings.isEmpty() ? null : findings.getFirst());
    }

    Set<String> reasons() {
        return Set.copyOf(findings.stream().map(Finding::reason).toList());
    }

    /** The seed's bytes, where this round has had cause to make them. */
    @Nullable
    SeedFile seedFile() {
        return seedFile;
    }

    /** @param afterwards runs once the file is gone */
    void keep(SeedFile file, Runnable afterwards) {
        seedFile = file;
        afterSeedFile = afterwards;
    }

    /** Lets go of the seed's bytes. */
    @Override
    public void close() {
        var file = seedFile;
        seedFile = null;
        if (file != null) {
            try {
                file.close();
            } finally {
                afterSeedFile.run();
            }
        }
    }
}
