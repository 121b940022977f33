package dev.ruststack.operator.desired;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything that a stack should have in the cluster, but for runner pods ({@link RunnerPod}) and the pieces
 * of its seed ({@link SeedSecrets}). Each object carries its hash, its labels and its owner, so that applying it is all there is to do.
 */
public final class Desired {
    private Desired() {}

    /** The Services: applied before anything else, since others name their addresses. */
    public static List<Service> services(Stack stack, Platform platform) {
        return List.of(Hash.annotate(Services.aws(stack)), Hash.annotate(Services.runtime(stack)));
    }

    /**
     * All other children in the order in which they are to be applied. What the stack has and this list has not is to be
     * deleted, but for a volume claim: that is never deleted before its stack.
     */
    public static List<HasMetadata> children(Stack stack, Platform platform, Facts facts) {
        var children = new ArrayList<HasMetadata>(Policies.of(stack, platform));
        VolumeClaim.of(stack).ifPresent(children::add);
        children.add(Bindings.secret(stack, facts));
        children.add(Bindings.configMap(stack, facts));
        children.add(EmulatorDeployment.of(stack, platform, facts));
        children.addAll(Routes.of(stack, platform));
        children.forEach(Hash::annotate);
        return List.copyOf(children);
    }

    /** The Secret of generated AWS keys: created once, never applied again. */
    public static Secret credentials(Stack stack, AwsKeys keys) {
        return Hash.annotate(Secrets.of(
                stack,
                Names.generatedCredentials(stack),
                "credentials",
                Map.of(
                        AwsKeys.ACCESS_KEY_ID, keys.accessKeyId(),
                        AwsKeys.SECRET_ACCESS_KEY, keys.secretAccessKey())));
    }

    /** The Secret of the stack's internal tokens: created once, never applied again. */
    public static Secret internal(Stack stack, InternalTokens tokens) {
        return Hash.annotate(Secrets.of(
                stack,
                Names.internalSecret(stack),
                "internal",
                Map.of(
                        InternalTokens.ADMIN_TOKEN, tokens.adminToken(),
                        InternalTokens.RUNNER_KEY, tokens.runnerKey())));
    }
}
