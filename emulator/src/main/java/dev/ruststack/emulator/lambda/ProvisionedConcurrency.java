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

    /** Where a provision of a version, or of what an alias names, is. */
    public Status status(StoredFunction function, String qualifier, Provisioned provisioned) {
        int standing = 0;
        for (var share : shares(function, qualifier, provisioned.requested()).entrySet()) {
            var version = function.find(share.getKey());
            standing += version == null ? 0 : Math.min(share.getValue(), warmth.standing(version));
        }
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

    /** How many are kept of which version: an alias that shares invocations between two shares what is kept as well. */
    private static Map<String, Integer> shares(StoredFunction function, String qualifier, int requested) {
        var alias = function.aliases().get(qualifier);
        if (alias == null) {
            return Map.of(qualifier, requested);
        }
        var shares = new HashMap<String, Integer>();
        int left = requested;
        for (var other : alias.weights().entrySet()) {
            int share = Math.clamp(Math.round(requested * other.getValue()), Math.min(1, left - 1), left - 1);
            if (other.getValue() > 0 && share > 0) {
                shares.put(other.getKey(), share);
                left -= share;
            }
        }
        shares.put(alias.version(), left);
        return shares;
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
                shares(function, qualifier, provisioned.requested()).forEach((number, count) -> {
                    var version = function.find(number);
                    if (version != null) {
                        wanted.merge(version.versionArn(), count, Integer::sum);
                    }
                });
            });
        }
        return wanted;
    }
}
