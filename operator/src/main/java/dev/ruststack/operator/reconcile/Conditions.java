package dev.ruststack.operator.reconcile;

import dev.ruststack.crds.status.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a list of conditions (Kubernetes API conventions). The time of one that keeps its status is carried over: a
 * status that says the same is the same.
 */
final class Conditions {
    static final String READY = "Ready";
    static final String RECONCILING = "Reconciling";
    static final String STALLED = "Stalled";
    static final String EMULATOR_AVAILABLE = "EmulatorAvailable";
    static final String SEEDED = "Seeded";
    static final String FUNCTIONS_AVAILABLE = "FunctionsAvailable";
    private static final int LONGEST_MESSAGE = 8000;

    private final List<Condition> previous;
    private final @Nullable Long generation;
    private final String now;
    private final List<Condition> list = new ArrayList<>();

    Conditions(List<Condition> previous, @Nullable Long generation, Instant now) {
        this.previous = previous;
        this.generation = generation;
        this.now = now.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    Conditions add(String type, boolean isTrue, String reason, String message) {
        return add(type, isTrue ? Condition.TRUE : Condition.FALSE, reason, message);
    }

    Conditions add(String type, String status, String reason, String message) {
        var since = previous.stream()
                .filter(condition ->
                        condition.type().equals(type) && condition.status().equals(status))
                .map(Condition::lastTransitionTime)
                .findFirst()
                .orElse(now);
        var text = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
        list.add(new Condition(type, status, generation, since, reason, text));
        return this;
    }

    /** One that cannot be judged now stays as it was; Unknown where it never was. */
    Conditions keep(String type) {
        list.add(previous.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElse(new Condition(type, Condition.UNKNOWN, generation, now, "Pending", "")));
        return this;
    }

    /** The three of kstatus: Ready, and whether work goes on or only the author can mend it. */
    Conditions ready(boolean isReady, boolean isStalled, String reason, String message) {
        add(READY, isReady, reason, message);
        var isWorking = !isReady && !isStalled;
        add(RECONCILING, isWorking, isWorking ? reason : "Idle", isWorking ? message : "");
        return add(STALLED, isStalled, isStalled ? reason : "None", isStalled ? message : "");
    }

    List<Condition> list() {
        return List.copyOf(list);
    }
}
