package dev.ruststack.operator.desired;

import dev.ruststack.operator.seed.SeedBundle;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.jspecify.annotations.Nullable;

/**
 * What is only known once parts of the stack exist.
 *
 * @param serviceIp ClusterIP of the stack's Service; null while it has none
 * @param runtimeIp ClusterIP of the Service for runners; null while it has none
 * @param emulatorIp the emulator pod's own address; null while it has none
 * @param keys the stack's AWS keys, as its Secret has them
 * @param tokens the stack's internal tokens, as their Secret has them
 * @param seed what to seed; null where nothing can be mounted (it is too large)
 * @param deployment the Deployment as the cluster has it; null before there is one
 */
public record Facts(
        @Nullable String serviceIp,
        @Nullable String runtimeIp,
        @Nullable String emulatorIp,
        AwsKeys keys,
        InternalTokens tokens,
        @Nullable SeedBundle seed,
        @Nullable Deployment deployment) {}
