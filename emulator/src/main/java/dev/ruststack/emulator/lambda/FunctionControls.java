package dev.ruststack.emulator.lambda;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What governs a function beside its configuration, and makes no new version of it. A qualifier is {@code $LATEST} where
 * none was given. Maps are null, in journals from before there were any, for empty.
 *
 * @param reservedConcurrency how many of its invocations may run at a time, whatever version; null for as many as the
 *     account has left
 * @param policies who else may invoke it, by qualifier
 * @param eventInvokes what becomes of events that nobody waits for, by qualifier
 */
public record FunctionControls(
        @Nullable Integer reservedConcurrency,
        Map<String, ResourcePolicy> policies,
        Map<String, EventInvokeConfig> eventInvokes) {
    static final FunctionControls NONE = new FunctionControls(null, Map.of(), Map.of());

    public FunctionControls {
        policies = Map.copyOf(Objects.requireNonNullElse(policies, Map.of()));
        eventInvokes = Map.copyOf(Objects.requireNonNullElse(eventInvokes, Map.of()));
    }

    /** The qualifier that things are kept under for a function as it was named. */
    public static String qualifier(FunctionName name) {
        return name.qualifier() == null ? FunctionName.LATEST : name.qualifier();
    }

    /** The same with another reservation; null for none. */
    public FunctionControls withReservedConcurrency(@Nullable Integer newReserved) {
        return new FunctionControls(newReserved, policies, eventInvokes);
    }

    /** The same with another policy for a qualifier; one without statements is none. */
    public FunctionControls withPolicy(String qualifier, ResourcePolicy policy) {
        return new FunctionControls(
                reservedConcurrency,
                with(policies, qualifier, policy.statements().isEmpty() ? null : policy),
                eventInvokes);
    }

    /** The same with other rules for the events of a qualifier; null for none. */
    public FunctionControls withEventInvoke(String qualifier, @Nullable EventInvokeConfig config) {
        return new FunctionControls(reservedConcurrency, policies, with(eventInvokes, qualifier, config));
    }

    /** The same without what belongs to a version or alias that has gone. */
    FunctionControls without(String qualifier) {
        return new FunctionControls(
                reservedConcurrency, with(policies, qualifier, null), with(eventInvokes, qualifier, null));
    }

    private static <T> Map<String, T> with(Map<String, T> map, String qualifier, @Nullable T value) {
        var all = new TreeMap<>(map);
        BiFunction<String, @Nullable T, @Nullable T> replaced = (key, before) -> value;
        all.compute(qualifier, replaced);
        return all;
    }
}
