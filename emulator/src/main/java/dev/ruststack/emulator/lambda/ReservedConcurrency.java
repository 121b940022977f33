package dev.ruststack.emulator.lambda;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What functions have reserved of their accounts' concurrency, as it is now. */
public final class ReservedConcurrency implements ConcurrencyLimits {
    /** By ARN, of those that have reserved any. */
    private final Map<String, Integer> reserved = new ConcurrentHashMap<>();

    ReservedConcurrency() {}

    void note(StoredFunction function) {
        var arn = function.configuration().arn();
        var limit = function.controls().reservedConcurrency();
        if (limit == null) {
            reserved.remove(arn);
        } else {
            reserved.put(arn, limit);
        }
    }

    void forget(String functionArn) {
        reserved.remove(functionArn);
    }

    @Override
    public @Nullable Integer of(String functionArn) {
        return reserved.get(functionArn);
    }

    @Override
    public int reserved(String owner) {
        return reserved.entrySet().stream()
                .filter(each -> each.getKey().startsWith(owner))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
