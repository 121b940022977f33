package dev.ruststack.operator.reconcile;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a pod does not run, as its status tells.
 *
 * @param reason the kubelet's or scheduler's word, such as {@code ImagePullBackOff}
 * @param container where it happened; null for the whole pod
 * @param isFinal whether the pod will never run
 */
record PodTrouble(
        String reason,
        String message,
        @Nullable String container,
        @Nullable Integer exitCode,
        boolean isFinal) {
    static final String OOM_KILLED = "OOMKilled";
    static final String CRASHED = "Crashed";
    private static final Set<String> PULLING = Set.of("ImagePullBackOff", "ErrImagePull", "InvalidImageName");
    private static final Set<String> WAITING = Set.of(
            "ImagePullBackOff",
            "ErrImagePull",
            "ErrImageNeverPull",
            "InvalidImageName",
            "CreateContainerError",
            "CreateContainerConfigError",
            "RunContainerError",
            "CrashLoopBackOff");

    boolean isPull() {
        return PULLING.contains(reason) || reason.equals("ErrImageNeverPull");
    }

    boolean isCrash() {
        return Set.of(OOM_KILLED, CRASHED, "CrashLoopBackOff").contains(reason);
    }

    /** The gravest trouble of a pod; null where all goes well. */
    static @Nullable PodTrouble of(Pod pod) {
        var status = pod.getStatus();
        if (status == null) {
            return null;
        }
        if ("Failed".equals(status.getPhase()) && status.getReason() != null) {
            return new PodTrouble(status.getReason(), text(status.getMessage()), null, null, true);
        }
        var ofContainer = containers(pod)
                .map(container -> of(pod, container))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return ofContainer == null ? unscheduled(pod) : ofContainer;
    }

    private static Stream<ContainerStatus> containers(Pod pod) {
        return Stream.concat(
                pod.getStatus().getInitContainerStatuses().stream(), pod.getStatus().getContainerStatuses().stream());
    }

    private static @Nullable PodTrouble of(Pod pod, ContainerStatus container) {
        var state = container.getState();
        if (state == null) {
            return null;
        }
        var name = container.getName();
        if (state.getWaiting() != null
                && WAITING.contains(text(state.getWaiting().getReason()))) {
            var reason = state.getWaiting().getReason();
            var last = container.getLastState() == null
                    ? null
                    : container.getLastState().getTerminated();
            var message = text(state.getWaiting().getMessage());
            return new PodTrouble(
                    reason,
                    last == null ? message : ended(last),
                    name,
                    last == null ? null : last.getExitCode(),
                    reason.equals("InvalidImageName") || reason.equals("ErrImageNeverPull"));
        }
        var terminated = state.getTerminated();
        if (terminated == null || Objects.equals(terminated.getExitCode(), 0)) {
            return null;
        }
        var reason = OOM_KILLED.equals(terminated.getReason()) ? OOM_KILLED : CRASHED;
        return new PodTrouble(reason, ended(terminated), name, terminated.getExitCode(), Observed.isFinished(pod));
    }

    private static String ended(ContainerStateTerminated end) {
        var what = OOM_KILLED.equals(end.getReason())
                ? "killed for using more memory than its limit"
                : "ended with exit code " + end.getExitCode();
        return end.getMessage() == null || end.getMessage().isBlank()
                ? what
                : what + ": " + end.getMessage().strip();
    }

    private static @Nullable PodTrouble unscheduled(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("PodScheduled"))
                .filter(condition -> condition.getStatus().equals("False"))
                .map(condition -> new PodTrouble(
                        Objects.requireNonNullElse(condition.getReason(), "Unschedulable"),
                        text(condition.getMessage()),
                        null,
                        null,
                        false))
                .findFirst()
                .orElse(null);
    }

    /** What the emulator and the status want to know; equal ones are no news. */
    List<Object> fingerprint() {
        return List.of(reason, isFinal, container == null ? "" : container, exitCode == null ? -1 : exitCode);
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }
}
