package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.FunctionControls.Provisioned;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps as many environments of versions initialised as are provisioned for them, and for aliases that name them. AWS:
 * Lambda Developer Guide, Configuring provisioned concurrency for a function.
 */
public final class ProvisionedConcurrency {
    private final Functions functions;
    private final Warmth warmth;

    /** What is kept, by the ARN of a version; guarded by itself. */
    private final Map<String, Integer> kept = new HashMap<>();

    public ProvisionedConcurrency(Functions functions, Warmth warmth) {
        this.functions = functions;
        this.warmth = warmth;
        functions.onChange(this::apply);
        apply();
    }

    /** Where a provision is: {@code IN_PROGRESS}, {@code READY} or {@code FAILED}, the last with a reason. */
    public record Status(int standing, String name, String reason) {}

    /** Where a provision of a version is. */
    public Status status(FunctionConfiguration version, Provisioned provisioned) {
        int standing = Math.min(provisioned.requested(), warmth.standing(version));
        if (standing == provisioned.requested()) {
            return new Status(standing, "READY", "");
        }
        return provisioned.requested() <= warmth.most()
                ? new Status(standing, "IN_PROGRESS", "")
                : new Status(
                        standing,
                        "FAILED",
                        "There is room for " + warmth.most() + " execution environments (spec.lambda.maxRunners).");
    }

    private void apply() {
        var wanted = wanted();
        synchronized (kept) {
            kept.keySet().stream()
                    .filter(arn -> !wanted.containsKey(arn))
                    .toList()
                    .forEach(arn -> {
                        kept.remove(arn);
                        warmth.keep(arn, 0);
                    });
            wanted.forEach((arn, count) -> {
                if (!count.equals(kept.put(arn, count))) {
                    warmth.keep(arn, count);
                }
            });
        }
    }

    private Map<String, Integer> wanted() {
        var wanted = new HashMap<String, Integer>();
        for (var function : functions.all()) {
            function.controls().provisioned().forEach((qualifier, provisioned) -> {
                var version = function.find(qualifier);
                if (version != null) {
                    wanted.merge(version.versionArn(), provisioned.requested(), Integer::sum);
                }
            });
        }
        return wanted;
    }
}
