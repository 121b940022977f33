package dev.ruststack.emulator.lambda;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * At which ports of this machine debuggers attach to functions. Whoever looks at a line for minutes is not to lose the
 * function: one with such a port has no timeout, and runs one event at a time.
 */
public final class DebugPorts implements ConcurrencyLimits {
    private static final Duration LONG = Duration.ofDays(1);

    /** By ARN. */
    private volatile Map<String, Integer> ports = Map.of();

    private volatile ConcurrencyLimits others = ConcurrencyLimits.NONE;

    /** @param newPorts by the functions' unqualified ARNs */
    public void set(Map<String, Integer> newPorts) {
        ports = Map.copyOf(newPorts);
    }

    /** Null where there is none. */
    @Nullable
    Integer port(FunctionConfiguration function) {
        return function.version().equals(FunctionName.LATEST) ? ports.get(function.arn()) : null;
    }

    /** A limit, where there is one for this function. */
    Duration limit(FunctionConfiguration function, Duration usual) {
        return port(function) == null ? usual : LONG;
    }

    /** These limits, and those of others for functions that nobody debugs. */
    ConcurrencyLimits over(ConcurrencyLimits newOthers) {
        others = newOthers;
        return this;
    }

    @Override
    public @Nullable Integer of(String functionArn) {
        var own = others.of(functionArn);
        return ports.containsKey(functionArn) && (own == null || own > 1) ? Integer.valueOf(1) : own;
    }

    @Override
    public int reserved(String owner) {
        return others.reserved(owner);
    }
}
