package dev.ruststack.operator.desired;

import dev.ruststack.crds.function.FunctionSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pod of one sandbox: an init container brings the runner and a token of this pod's own, the other is the runtime's
 * or the function's image, unmodified. What the emulator asks for is not trusted: images come from the resource and the
 * operator's settings only.
 */
public final class RunnerPod {
    /** A pod, or why there cannot be one. */
    public sealed interface Result {}

    /** @param pod to be created; it is never changed */
    public record Made(Pod pod) implements Result {}

    /**
     * @param reason in CamelCase, for a report and an Event
     * @param message for the user
     */
    public record Refused(String reason, String message) implements Result {}

    private static final Pattern ID = Pattern.compile("[a-z0-9]{8,20}");
    private static final Pattern LABEL_VALUE = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Map<String, String> ARCHITECTURES =
            Map.of(FunctionSpec.X86_64, "amd64", FunctionSpec.ARM64, "arm64");

    private static final String RUNNER_DIRECTORY = "/ruststack";
    private static final String CODE_DIRECTORY = "/var/task";
    private static final String LAYERS_DIRECTORY = "/opt";

    private final Stack stack;
    private final Platform platform;
    private final Sandbox sandbox;
    private final Facts facts;

    private RunnerPod(Stack stack, Platform platform, Sandbox sandbox, Facts facts) {
        this.stack = stack;
        this.platform = platform;
        this.sandbox = sandbox;
        this.facts = facts;
    }

    public static Result of(Stack stack, Platform platform, Sandbox sandbox, Facts facts) {
        var refusal = refusal(sandbox);
        if (refusal != null) {
            return refusal;
        }
        var image = image(stack, platform, sandbox);
        if (image == null) {
            return sandbox.imageUri() == null
                    ? new Refused(
                            "RuntimeImageMissing",
                            "no image is known for the runtime " + sandbox.runtime()
                                    + ": name one in spec.lambda.images")
                    : new Refused(
                            "ImageNotAllowed",
                            "the image " + sandbox.imageUri() + " is not that of any of spec.functions");
        }
        return new Made(Hash.annotate(new RunnerPod(stack, platform, sandbox, facts).pod(image)));
    }

    private static @Nullable Refused refusal(Sandbox sandbox) {
        if (!ID.matcher(sandbox.id()).matches()) {
            return new Refused("InvalidSandbox", "a sandbox's id is 8 to 20 lower-case letters and digits");
        }
        if ((sandbox.runtime() == null) == (sandbox.imageUri() == null)) {
            return new Refused("InvalidSandbox", "a sandbox has either a runtime or an image");
        }
        if (sandbox.architecture() != null && !ARCHITECTURES.containsKey(sandbox.architecture())) {
            return new Refused("InvalidSandbox", "the architecture " + sandbox.architecture() + " is not known");
        }
        // AWS: Lambda API Reference, CreateFunction, MemorySize and EphemeralStorage.
        return isBetween(128, sandbox.memorySize(), 10240) && isBetween(512, sandbox.ephemeralStorage(), 10240)
                ? null
                : new Refused(
                        "InvalidSandbox",
                        "memory of %d MB and %d MB of /tmp are not what Lambda has"
                                .formatted(sandbox.memorySize(), sandbox.ephemeralStorage()));
    }

    private static boolean isBetween(int min, int value, int max) {
        return min <= value && value <= max;
    }

    private static @Nullable String image(Stack stack, Platform platform, Sandbox sandbox) {
        if (sandbox.runtime() != null) {
            return platform.runtimeImage(stack, sandbox.runtime());
        }
        return stack.spec().functions().stream()
                .map(function -> function.code().imageUri())
                .filter(declared -> declared != null && declared.equals(sandbox.imageUri()))
                .findFirst()
                .orElse(null);
    }

    private Pod pod(String image) {
        var spec = PodParts.spec(stack, platform)
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(1L)
                .withInitContainers(install())
                .withContainers(function(image))
                .withVolumes(volumes());
        if (sandbox.architecture() != null) {
            spec.addToNodeSelector("kubernetes.io/arch", ARCHITECTURES.get(sandbox.architecture()));
        }
        return new PodBuilder().withMetadata(metadata()).withSpec(spec.build()).build();
    }

    private ObjectMeta metadata() {
        var metadata = Meta.of(stack, Names.runnerPod(stack, sandbox.id()), Names.RUNNER);
        metadata.getLabels().put(Names.SANDBOX_LABEL, sandbox.id());
        var function = sandbox.function();
        var fits = function != null && LABEL_VALUE.matcher(function).matches();
        if (function != null && fits) {
            metadata.getLabels().put(Names.FUNCTION_LABEL, function);
        }
        PodParts.decorate(
                metadata, stack, function == null || fits ? Map.of() : Map.of(Names.FUNCTION_LABEL, function));
        return metadata;
    }

    /** The only container that sees the key: what it writes is a token of this one sandbox. */
    private Container install() {
        return PodParts.container("install", platform.images().runner(), platform)
                .withCommand("/runner", "install", RUNNER_DIRECTORY)
                .withEnv(
                        PodParts.fromSecret(
                                "RUSTSTACK_RUNNER_KEY", Names.internalSecret(stack), InternalTokens.RUNNER_KEY),
                        PodParts.variable("RUSTSTACK_SANDBOX", sandbox.id()))
                .withResources(Needs.ofInstall())
                .withVolumeMounts(mount("runner", RUNNER_DIRECTORY))
                .build();
    }

    private Container function(String image) {
        var mounts = new ArrayList<>(List.of(mount("runner", RUNNER_DIRECTORY), mount("tmp", "/tmp")));
        if (sandbox.imageUri() == null) {
            mounts.add(mount("code", CODE_DIRECTORY));
            mounts.add(mount("layers", LAYERS_DIRECTORY));
        }
        return PodParts.container("function", image, platform)
                .withCommand(RUNNER_DIRECTORY + "/runner", "run")
                .withEnv(
                        PodParts.variable("RUSTSTACK_SANDBOX", sandbox.id()),
                        PodParts.variable("RUSTSTACK_EMULATOR", Endpoints.runtime(stack, facts)))
                .withResources(Needs.ofFunction(sandbox.memorySize()))
                .withVolumeMounts(mounts)
                .build();
    }

    private List<Volume> volumes() {
        var volumes =
                new ArrayList<>(List.of(volume("runner", "16Mi"), volume("tmp", sandbox.ephemeralStorage() + "Mi")));
        if (sandbox.imageUri() == null) {
            // Lambda unpacks at most 250 MB.
            volumes.add(volume("code", "512Mi"));
            volumes.add(volume("layers", "512Mi"));
        }
        return volumes;
    }

    private static VolumeMount mount(String name, String path) {
        return new VolumeMountBuilder().withName(name).withMountPath(path).build();
    }

    private static Volume volume(String name, String size) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withSizeLimit(Quantity.parse(size))
                .endEmptyDir()
                .build();
    }
}
