package dev.ruststack.cli.up;

import dev.ruststack.cli.terminal.Progress;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How long the steps of a start took; some of them ran side by side. */
public final class Timings {
    private final Map<String, Duration> steps = Collections.synchronizedMap(new LinkedHashMap<>());

    void add(String step, Duration took) {
        steps.put(step, took);
    }

    /** By step, in milliseconds. */
    public Map<String, Long> milliseconds() {
        var milliseconds = new LinkedHashMap<String, Long>();
        synchronized (steps) {
            steps.forEach((step, took) -> milliseconds.put(step, took.toMillis()));
        }
        return milliseconds;
    }

    @Override
    public String toString() {
        synchronized (steps) {
            return steps.entrySet().stream()
                    .map(step -> step.getKey() + " " + Progress.seconds(step.getValue()))
                    .collect(Collectors.joining(", "));
        }
    }
}
