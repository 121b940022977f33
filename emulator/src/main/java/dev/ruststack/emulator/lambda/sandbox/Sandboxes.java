package dev.ruststack.emulator.lambda.sandbox;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sandboxes that someone outside of this process makes: the operator reads which are wanted, keeps a pod for each,
 * and reports what becomes of it.
 */
public interface Sandboxes {
    /** For what runs in this process, or not at all. */
    Sandboxes NONE = new Sandboxes() {
        @Override
        public List<SandboxView> wanted() {
            return List.of();
        }

        @Override
        public boolean report(String id, Report report) {
            return false;
        }

        @Override
        public void onChange(Runnable listener) {}

        @Override
        public void keepWarm(List<Warm> warm) {}

        @Override
        public void prepare(List<SandboxLauncher.Request> requests) {}
    };

    /** Every sandbox there is to be; one that is not in the list is to end. */
    List<SandboxView> wanted();

    /** Takes what became of a sandbox's pod; false where there is no such sandbox (any more). */
    boolean report(String id, Report report);

    /** Has something run after each change of {@link #wanted}; it must not block. */
    void onChange(Runnable listener);

    /** Keeps so many sandboxes waiting for whichever function needs one. */
    void keepWarm(List<Warm> warm);

    /**
     * Has sandboxes made ahead for what is about to be launched, as far as there is room; those of an earlier call that
     * nothing was launched in are given up.
     */
    void prepare(List<SandboxLauncher.Request> requests);

    /**
     * Sandboxes that wait.
     *
     * @param runtime the identifier of a Lambda runtime
     * @param memorySize MB
     * @param size how many
     */
    record Warm(String runtime, int memorySize, int size) {}

    /**
     * One sandbox.
     *
     * @param id 8 to 20 characters of {@code [a-z0-9]}, unguessable, used once
     * @param runtime the identifier of a Lambda runtime; null where there is an image
     * @param imageUri the function's own image; null where there is a runtime
     * @param architecture {@code x86_64} or {@code arm64}; null for either
     * @param memorySize MB
     * @param ephemeralStorage MB of /tmp
     * @param function the function it is for; null in the pool
     * @param state {@code Wanted} or {@code Connected}
     * @param debugPort the port of this machine at which a debugger attaches; null where none may, as in a cluster
     */
    record SandboxView(
            String id,
            @Nullable String runtime,
            @Nullable String imageUri,
            @Nullable String architecture,
            int memorySize,
            int ephemeralStorage,
            @Nullable String function,
            String state,
            @JsonIgnore @Nullable Integer debugPort) {
        public static final String WANTED = "Wanted";
        public static final String CONNECTED = "Connected";
    }

    /**
     * What became of a pod.
     *
     * @param phase {@code Pending}: it does not run yet, and why; {@code Failed}: it never will (again)
     * @param reason one word, such as {@code Unschedulable}, {@code ImagePullBackOff} or {@code OOMKilled}
     * @param log the last lines that it wrote
     * @param exitCode the status of its process; null where it had none
     */
    record Report(
            String phase,
            String reason,
            String message,
            List<String> log,
            @Nullable Integer exitCode) {
        public static final String PENDING = "Pending";
        public static final String FAILED = "Failed";

        public Report {
            log = List.copyOf(log);
        }
    }
}
