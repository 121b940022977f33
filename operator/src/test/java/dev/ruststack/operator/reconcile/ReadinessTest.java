package dev.ruststack.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.crds.RustStack;
import dev.ruststack.operator.admin.EmulatorState;
import dev.ruststack.operator.admin.EmulatorState.Item;
import dev.ruststack.operator.desired.Names;
import dev.ruststack.operator.desired.Stack;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private static final Stack STACK = Stack.of(Serialization.unmarshal("""
            apiVersion: ruststack.dev/v1alpha1
            kind: RustStack
            metadata: {name: shop, namespace: demo, uid: u, generation: 1, creationTimestamp: "2026-01-01T00:00:00Z"}
            spec: {}
            """, RustStack.class));

    @Test
    void aFunctionThatDoesNotStartIsTheReasonAndNotThePodThatItKeepsFromReady() {
        var readiness = readiness(new Item("Function", "web", "Declared", Item.FAILED, null, "no handler", null, 0, 0));

        assertThat(readiness.ready())
                .isEqualTo(new Readiness.Verdict(false, "RunnerFailed", "Function web: no handler"));
    }

    @Test
    void anEmulatorWithoutFailuresStarts() {
        var readiness = readiness(new Item("Bucket", "files", "Declared", Item.READY, null, null, null, 0, 0));

        assertThat(readiness.ready())
                .isEqualTo(new Readiness.Verdict(false, "EmulatorStarting", "DynamoDB Local does not answer yet"));
    }

    /** Of a pod that runs and is not ready, seen with one item. */
    private static Readiness readiness(Item item) {
        var seed = new EmulatorState.Seed("sha256:1", EmulatorState.Seed.APPLIED, 1L, null);
        var timings = new EmulatorState.Timings(null, null, null, null);
        var state = new EmulatorState(
                1,
                "boot",
                "1",
                null,
                false,
                "DynamoDB Local does not answer yet",
                timings,
                seed,
                List.of(item),
                List.of());
        Map<ChildKey, HasMetadata> children = Map.of(new ChildKey("Deployment", "shop"), deployment());
        var observed = new Observed(children, List.of(pod()));
        var round = new Round(STACK, new StackMemory("u"), observed, Instant.EPOCH);
        return new Readiness(round, state, null, List.of());
    }

    private static Deployment deployment() {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("shop")
                .withGeneration(1L)
                .endMetadata()
                .withNewStatus()
                .withObservedGeneration(1L)
                .withUpdatedReplicas(1)
                .endStatus()
                .build();
    }

    private static Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("shop-1")
                .withLabels(Map.of(Names.COMPONENT_LABEL, Names.EMULATOR))
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .endStatus()
                .build();
    }
}
