package dev.ruststack.operator.reconcile;

import dev.ruststack.crds.status.Condition;
import dev.ruststack.crds.status.RustStackStatus;
import dev.ruststack.operator.web.OperatorMetrics;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The condition Ready of a status, in short. */
record Ready(boolean isReady, String reason, String message) {
    private static final Set<String> STEPS = Set.of(
            "Pending", "EmulatorStarting", "Seeding", "RollingEmulator", "RunnerStarting", Finding.SERVICE_STARTING);
    private static final Set<String> INTENDED = Set.of("StackReady", "Paused");

    static Ready of(RustStackStatus status) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(Conditions.READY))
                .map(condition ->
                        new Ready(condition.status().equals(Condition.TRUE), condition.reason(), condition.message()))
                .findFirst()
                .orElse(new Ready(false, "Pending", ""));
    }

    static OperatorMetrics.State state(RustStackStatus status) {
        var ready = of(status);
        var isStalled = status.conditions().stream()
                .anyMatch(condition -> condition.type().equals(Conditions.STALLED)
                        && condition.status().equals(Condition.TRUE));
        if (ready.isReady()) {
            return OperatorMetrics.State.READY;
        }
        if (isStalled) {
            return OperatorMetrics.State.STALLED;
        }
        if (ready.reason().equals("Paused")) {
            return OperatorMetrics.State.PAUSED;
        }
        return ready.isTrouble() ? OperatorMetrics.State.FAILING : OperatorMetrics.State.STARTING;
    }

    boolean sameReason(@Nullable Ready other) {
        return other != null && other.reason.equals(reason) && (!isTrouble() || other.message.equals(message));
    }

    boolean isTrouble() {
        return !isStep() && !INTENDED.contains(reason);
    }

    /** Whether it is a step on the way to Ready, which the status tells and no Event needs to. */
    boolean isStep() {
        return STEPS.contains(reason);
    }

    String sentence() {
        return isReady ? "everything that is declared is there" : "the stack is not ready yet";
    }
}
