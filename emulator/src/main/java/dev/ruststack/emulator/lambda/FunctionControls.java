package dev.ruststack.emulator.lambda;

import java.time.Instant;
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
 * @param provisioned how many environments are kept initialised, by qualifier
 * @param runtimeManagement when its runtime would be updated, by qualifier
 * @param recursiveLoop whether it may invoke itself in a loop; null for the default
 * @param codeSigningConfigArn who may have signed its code; null for anybody
 */
public record FunctionControls(
        @Nullable Integer reservedConcurrency,
        Map<String, ResourcePolicy> policies,
        Map<String, EventInvokeConfig> eventInvokes,
        Map<String, Provisioned> provisioned,
        Map<String, RuntimeManagement> runtimeManagement,
        @Nullable String recursiveLoop,
        @Nullable String codeSigningConfigArn) {
    public static final FunctionControls NONE =
            new FunctionControls(null, Map.of(), Map.of(), Map.of(), Map.of(), null, null);

    /** So many environments of a version, or of the one that an alias names. */
    public record Provisioned(int requested, Instant lastModified) {}

    /** AWS: Lambda API Reference, PutRuntimeManagementConfig. Runtimes are what the machine or the cluster has. */
    public record RuntimeManagement(
            String updateRuntimeOn, @Nullable String runtimeVersionArn) {}

    public FunctionControls {
        policies = Map.copyOf(Objects.requireNonNullElse(policies, Map.of()));
        eventInvokes = Map.copyOf(Objects.requireNonNullElse(eventInvokes, Map.of()));
        provisioned = Map.copyOf(Objects.requireNonNullElse(provisioned, Map.of()));
        runtimeManagement = Map.copyOf(Objects.requireNonNullElse(runtimeManagement, Map.of()));
    }

    /** The qualifier that things are kept under for a function as it was named. */
    public static String qualifier(FunctionName name) {
        return name.qualifier() == null ? FunctionName.LATEST : name.qualifier();
    }

    /** The same with another reservation; null for none. */
    public FunctionControls withReservedConcurrency(@Nullable Integer newReserved) {
        return new FunctionControls(
                newReserved,
                policies,
                eventInvokes,
                provisioned,
                runtimeManagement,
                recursiveLoop,
                codeSigningConfigArn);
    }

    /** The same with another policy for a qualifier; one without statements is none. */
    public FunctionControls withPolicy(String qualifier, ResourcePolicy policy) {
        var all = with(policies, qualifier, policy.statements().isEmpty() ? null : policy);
        return new FunctionControls(
                reservedConcurrency,
                all,
                eventInvokes,
                provisioned,
                runtimeManagement,
                recursiveLoop,
                codeSigningConfigArn);
    }

    /** The same with other rules for the events of a qualifier; null for none. */
    public FunctionControls withEventInvoke(String qualifier, @Nullable EventInvokeConfig config) {
        var all = with(eventInvokes, qualifier, config);
        return new FunctionControls(
                reservedConcurrency,
                policies,
                all,
                provisioned,
                runtimeManagement,
                recursiveLoop,
                codeSigningConfigArn);
    }

    /** The same with another number of environments for a qualifier; null for none. */
    public FunctionControls withProvisioned(String qualifier, @Nullable Provisioned environments) {
        var all = with(provisioned, qualifier, environments);
        return new FunctionControls(
                reservedConcurrency,
                policies,
                eventInvokes,
                all,
                runtimeManagement,
                recursiveLoop,
                codeSigningConfigArn);
    }

    /** The same with another way of updating the runtime of a qualifier. */
    public FunctionControls withRuntimeManagement(String qualifier, RuntimeManagement management) {
        var all = with(runtimeManagement, qualifier, management);
        return new FunctionControls(
                reservedConcurrency, policies, eventInvokes, provisioned, all, recursiveLoop, codeSigningConfigArn);
    }

    /** The same, that may invoke itself in a loop or may not. */
    public FunctionControls withRecursiveLoop(String newRecursiveLoop) {
        return new FunctionControls(
                reservedConcurrency,
                policies,
                eventInvokes,
                provisioned,
                runtimeManagement,
                newRecursiveLoop,
                codeSigningConfigArn);
    }

    /** The same with other rules for who may have signed its code; null for none. */
    public FunctionControls withCodeSigningConfig(@Nullable String arn) {
        return new FunctionControls(
                reservedConcurrency, policies, eventInvokes, provisioned, runtimeManagement, recursiveLoop, arn);
    }

    /** The same without what belongs to a version or alias that has gone. */
    FunctionControls without(String qualifier) {
        return new FunctionControls(
                reservedConcurrency,
                with(policies, qualifier, null),
                with(eventInvokes, qualifier, null),
                with(provisioned, qualifier, null),
                with(runtimeManagement, qualifier, null),
                recursiveLoop,
                codeSigningConfigArn);
    }

    private static <T> Map<String, T> with(Map<String, T> map, String qualifier, @Nullable T value) {
        var all = new TreeMap<>(map);
        BiFunction<String, @Nullable T, @Nullable T> replaced = (key, before) -> value;
        all.compute(qualifier, replaced);
        return all;
    }
}
