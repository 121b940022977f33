package dev.ruststack.operator.desired;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Deployment of the emulator: one pod, and never two at once, since each would have a state of its own. */
final class EmulatorDeployment {
    private EmulatorDeployment() {}

    static Deployment of(Stack stack, Platform platform, Facts facts) {
        var template = template(stack, platform, facts);
        var metadata = Meta.of(stack, Names.of(stack), Names.EMULATOR);
        metadata.setAnnotations(Map.of(Names.POD_HASH_ANNOTATION, Hash.of(template)));
        return new DeploymentBuilder()
                .withMetadata(metadata)
                .withNewSpec()
                .withReplicas(1)
                .withRevisionHistoryLimit(1)
                .withNewStrategy()
                .withType("Recreate")
                .endStrategy()
                .withSelector(new LabelSelectorBuilder()
                        .withMatchLabels(Meta.selector(stack, Names.EMULATOR))
                        .build())
                .withTemplate(template)
                .endSpec()
                .build();
    }

    /**
     * As many pieces of the seed are mounted as there are, but where that alone would roll the pod it keeps those it
     * has: the operator brings it the rest.
     */
    private static PodTemplateSpec template(Stack stack, Platform platform, Facts facts) {
        var seed = facts.seed();
        var wanted = new EmulatorPod(
                        stack, platform, facts, seed == null ? 1 : seed.pieces().size())
                .template();
        var live = facts.deployment();
        if (live == null) {
            return wanted;
        }
        var kept = new EmulatorPod(stack, platform, facts, mountedSeedSecrets(live)).template();
        return Hash.of(kept).equals(podHash(live)) ? kept : wanted;
    }

    private static @Nullable String podHash(Deployment live) {
        var annotations = live.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(Names.POD_HASH_ANNOTATION);
    }

    private static int mountedSeedSecrets(Deployment live) {
        return live.getSpec().getTemplate().getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(EmulatorPod.SEED) && volume.getProjected() != null)
                .mapToInt(volume -> volume.getProjected().getSources().size())
                .findFirst()
                .orElse(1);
    }
}
