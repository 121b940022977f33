package dev.ruststack.operator.reconcile;

import dev.ruststack.crds.status.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When each step of one generation was first done. Ends with Ready: what happens later is no start. */
final class Steps {
    static final String READY = "Ready";

    private final Instant begin;
    private final Map<String, Long> milliseconds = new LinkedHashMap<>();

    /** @param earlier what a status already says about this generation */
    Steps(Instant begin, List<Timing> earlier) {
        this.begin = begin;
        earlier.forEach(timing -> milliseconds.put(timing.step(), timing.milliseconds()));
    }

    void done(String step, Instant when) {
        if (!isComplete() && !milliseconds.containsKey(step)) {
            milliseconds.put(step, Math.max(0, Duration.between(begin, when).toMillis()));
        }
    }

    /** As {@link #done(String, Instant)}; what is no time, or lies before this generation, is passed over. */
    void done(String step, @Nullable String when) {
        if (when == null) {
            return;
        }
        try {
            var instant = Instant.parse(when);
            if (!instant.isBefore(begin)) {
                done(step, instant);
            }
        } catch (DateTimeParseException notATime) {
            // The emulator's words are not trusted.
            return;
        }
    }

    boolean isComplete() {
        return milliseconds.containsKey(READY);
    }

    Duration untilReady() {
        return Duration.ofMillis(milliseconds.getOrDefault(READY, 0L));
    }

    List<Timing> timings() {
        return milliseconds.entrySet().stream()
                .map(step -> new Timing(step.getKey(), step.getValue()))
                .toList();
    }
}
