package dev.ruststack.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunnerPodTest {
    private static final Stack STACK = Examples.stack("everything");
    private static final Platform PLATFORM = Examples.platform("everything");

    @Test
    void aFunctionsImageRunsWithItsOwnCode() {
        var pod = Examples.runner(STACK, PLATFORM, image("registry.example.com/web:1"));

        var function = pod.getSpec().getContainers().getFirst();
        assertThat(function.getImage()).isEqualTo("registry.example.com/web:1");
        assertThat(pod.getSpec().getVolumes()).extracting(Volume::getName).containsExactly("runner", "tmp");
        assertThat(pod.getSpec().getNodeSelector()).containsExactlyEntriesOf(java.util.Map.of("disk", "ssd"));
    }

    @Test
    void onlyTheInitContainerSeesTheKey() {
        var pod = Examples.runner(STACK, PLATFORM, Examples.sandbox());

        assertThat(pod.getSpec().getInitContainers().getFirst().getEnv())
                .extracting(EnvVar::getName)
                .containsExactly("RUSTSTACK_RUNNER_KEY", "RUSTSTACK_SANDBOX");
        assertThat(pod.getSpec().getContainers().getFirst().getEnv())
                .extracting(EnvVar::getName)
                .containsExactly("RUSTSTACK_SANDBOX", "RUSTSTACK_EMULATOR");
    }

    @Test
    void anImageThatTheStackDoesNotDeclareIsRefused() {
        assertRefused(image("registry.example.com/web:2"), "ImageNotAllowed");
        assertRefused(image("registry.example.com/python:3.12"), "ImageNotAllowed");
    }

    @Test
    void aRuntimeWithoutImageIsRefused() {
        assertRefused(sandbox("k3v9x2m7qa", "perl5", 128, 512), "RuntimeImageMissing");
    }

    @ParameterizedTest
    @CsvSource({
        "short, python3.12, 128, 512",
        "../../../etc, python3.12, 128, 512",
        "k3v9x2m7qa, , 128, 512",
        "k3v9x2m7qa, python3.12, 64, 512",
        "k3v9x2m7qa, python3.12, 99999, 512",
        "k3v9x2m7qa, python3.12, 128, 99999",
    })
    void aSandboxThatLambdaCannotHaveIsRefused(String id, @Nullable String runtime, int memory, int storage) {
        assertRefused(sandbox(id, runtime, memory, storage), "InvalidSandbox");
    }

    @Test
    void aNameThatIsNoLabelIsAnAnnotation() {
        var pod = Examples.runner(
                STACK, PLATFORM, new Sandbox("k3v9x2m7qa", "python3.12", null, null, 128, 512, "_internal_"));

        assertThat(pod.getMetadata().getLabels()).doesNotContainKey(Names.FUNCTION_LABEL);
        assertThat(pod.getMetadata().getAnnotations()).containsEntry(Names.FUNCTION_LABEL, "_internal_");
    }

    @Test
    void withoutAnyAddressTheRunnerConnectsByName() {
        var facts = new Facts(null, null, null, Examples.KEYS, Examples.TOKENS, null, null);
        assertThat(Endpoints.runtime(STACK, facts)).isEqualTo("shop-runtime.team-a.svc:9001");
        assertThat(Endpoints.s3(STACK, facts)).isEqualTo("http://shop.team-a.svc:4566");

        var later = new Facts("fd00::7", "fd00::8", null, Examples.KEYS, Examples.TOKENS, null, null);
        assertThat(Endpoints.runtime(STACK, later)).isEqualTo("[fd00::8]:9001");
        assertThat(Endpoints.s3(STACK, later)).isEqualTo("http://[fd00::7]:4566");
    }

    private static Sandbox image(String uri) {
        return new Sandbox("k3v9x2m7qa", null, uri, null, 128, 512, "image");
    }

    private static Sandbox sandbox(String id, @Nullable String runtime, int memory, int storage) {
        return new Sandbox(id, runtime, null, null, memory, storage, null);
    }

    private static void assertRefused(Sandbox sandbox, String reason) {
        var result = RunnerPod.of(STACK, PLATFORM, sandbox, Examples.facts(STACK));
        assertThat(result).isInstanceOfSatisfying(RunnerPod.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.message()).isNotBlank();
        });
    }
}
