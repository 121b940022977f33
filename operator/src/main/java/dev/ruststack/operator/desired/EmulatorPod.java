package dev.ruststack.operator.desired;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The pod of emulator and DynamoDB Local. Nothing in it depends on what is seeded: a changed seed goes to the running
 * emulator, and a changed pod would lose its state. It does depend on the keys and tokens: a process that has others than
 * the binding says answers nobody.
 */
final class EmulatorPod {
    static final String DATA = "data";
    static final String SEED = "seed";

    private static final String TEMPORARY = "tmp";

    /**
     * In seconds; the emulator ends within them. A namespace's deletion waits for half of it before it looks at the pods
     * again, even where they are long gone.
     */
    private static final long GRACE = 5;

    private final Stack stack;
    private final Platform platform;
    private final Facts facts;
    private final int seedSecrets;

    /** @param seedSecrets how many pieces of a seed bundle the pod mounts, where there are as many */
    EmulatorPod(Stack stack, Platform platform, Facts facts, int seedSecrets) {
        this.stack = stack;
        this.platform = platform;
        this.facts = facts;
        this.seedSecrets = seedSecrets;
    }

    PodTemplateSpec template() {
        var template = new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Meta.labels(stack, Names.EMULATOR))
                .endMetadata()
                .withSpec(PodParts.spec(stack, platform)
                        .withTerminationGracePeriodSeconds(GRACE)
                        .withInitContainers(
                                stack.spec().dynamodb().enabled()
                                        ? List.of(DynamoDbContainer.of(stack, platform))
                                        : List.of())
                        .withContainers(emulator())
                        .withVolumes(volumes())
                        .build())
                .build();
        PodParts.decorate(
                template.getMetadata(),
                stack,
                Map.of(
                        "cluster-autoscaler.kubernetes.io/safe-to-evict",
                        "true",
                        Names.SECRETS_HASH_ANNOTATION,
                        facts.tokens().hash(facts.keys())));
        return template;
    }

    private Container emulator() {
        var spec = stack.spec().emulator();
        return PodParts.container(
                        Names.EMULATOR, spec.image() == null ? platform.images().emulator() : spec.image(), platform)
                .withPorts(
                        port("aws", Names.AWS_PORT),
                        port("http", Names.FRONT_PORT),
                        port("runtime", Names.RUNTIME_PORT),
                        port("admin", Names.ADMIN_PORT))
                .withEnv(new EmulatorVariables(stack, platform, facts).all())
                .withResources(Needs.ofEmulator(spec.resources()))
                // Two minutes for a start, and a minute to answer: a slow node is no reason to lose the state.
                .withStartupProbe(probe("/_ruststack/v1/live", 1, 120))
                // Whatever became of single items: the others are to be reached. Answered as soon as it is so, and no
                // sooner: a period has at least a second.
                .withReadinessProbe(probe("/_ruststack/v1/started?waitSeconds=3", 1, 2))
                .withLivenessProbe(probe("/_ruststack/v1/live", 10, 6))
                .withVolumeMounts(mounts())
                .build();
    }

    private List<VolumeMount> mounts() {
        return List.of(
                new VolumeMountBuilder()
                        .withName(DATA)
                        .withMountPath(EmulatorVariables.DATA_DIRECTORY)
                        .withSubPath(VolumeClaim.isWanted(stack) ? "ruststack" : null)
                        .build(),
                new VolumeMountBuilder()
                        .withName(TEMPORARY)
                        .withMountPath("/tmp")
                        .build(),
                new VolumeMountBuilder()
                        .withName(SEED)
                        .withMountPath(EmulatorVariables.SEED_DIRECTORY)
                        .withReadOnly(true)
                        .build());
    }

    private List<Volume> volumes() {
        var volumes = new ArrayList<Volume>();
        volumes.add(data());
        volumes.add(new VolumeBuilder()
                .withName(TEMPORARY)
                .withNewEmptyDir()
                .endEmptyDir()
                .build());
        volumes.add(new VolumeBuilder()
                .withName(SEED)
                .withNewProjected()
                .withSources(IntStream.range(0, seedSecrets)
                        .mapToObj(this::seedSource)
                        .toList())
                .endProjected()
                .build());
        if (stack.spec().dynamodb().enabled()) {
            volumes.add(DynamoDbContainer.volume());
        }
        return volumes;
    }

    private Volume data() {
        var volume = new VolumeBuilder().withName(DATA);
        return VolumeClaim.isWanted(stack)
                ? volume.withNewPersistentVolumeClaim()
                        .withClaimName(Names.volumeClaim(stack))
                        .endPersistentVolumeClaim()
                        .build()
                : volume.withNewEmptyDir()
                        .withSizeLimit(Quantity.parse(stack.spec().storage().size()))
                        .endEmptyDir()
                        .build();
    }

    /** Optional: a seed that is late or too large comes over the admin port instead. */
    private VolumeProjection seedSource(int piece) {
        return new VolumeProjectionBuilder()
                .withNewSecret()
                .withName(Names.seedSecret(stack, piece))
                .withOptional(true)
                .endSecret()
                .build();
    }

    private static ContainerPort port(String name, int number) {
        return new ContainerPortBuilder()
                .withName(name)
                .withContainerPort(number)
                .withProtocol("TCP")
                .build();
    }

    private static Probe probe(String path, int period, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort("admin")
                .endHttpGet()
                .withPeriodSeconds(period)
                .withTimeoutSeconds(5)
                .withFailureThreshold(failures)
                .build();
    }
}
