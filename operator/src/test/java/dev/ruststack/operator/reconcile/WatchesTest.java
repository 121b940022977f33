package dev.ruststack.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.crds.RustStack;
import dev.ruststack.operator.desired.InternalTokens;
import dev.ruststack.operator.desired.Names;
import dev.ruststack.operator.desired.Stack;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who follows which pod, while news and looks overtake each other. */
class WatchesTest {
    private static final ResourceID ID = new ResourceID("shop", "demo");
    private static final Stack STACK = Stack.of(Serialization.unmarshal("""
            apiVersion: ruststack.dev/v1alpha1
            kind: RustStack
            metadata: {name: shop, namespace: demo, uid: u, generation: 1, creationTimestamp: "2026-01-01T00:00:00Z"}
            spec: {}
            """, RustStack.class));

    private final Looks looks = new Looks(_ -> {}, Duration.ofSeconds(1));
    private final Watches watches = new Watches(looks);
    private final StackMemory memory = new StackMemory("u");

    @AfterEach
    void close() {
        memory.forget();
        watches.close();
        looks.close();
    }

    @Test
    void aPodIsFollowedFromItsFirstAddress() {
        assertThat(watches.begin(memory, ID, pod("one")))
                .as("nobody knows its token")
                .isFalse();

        memory.tokens = InternalTokens.generate();

        assertThat(watches.begin(memory, ID, pod("one"))).isTrue();
        assertThat(watches.begin(memory, ID, pod("one"))).isTrue();
        assertThat(watches.begin(memory, ID, pod("two")))
                .as("for a look to decide")
                .isFalse();
    }

    @Test
    void aLookThatBeganBeforeThePodWasThereLeavesItsWatchAlone() {
        memory.tokens = InternalTokens.generate();
        var before = Instant.now().minusSeconds(1);
        watches.begin(memory, ID, pod("one"));
        var begun = memory.watch;

        assertThat(watches.of(look(before))).isNotNull().isSameAs(begun);
        assertThat(watches.of(look(Instant.now().plusSeconds(1)))).isNull();
        assertThat(memory.watch).isNull();
    }

    @Test
    void anotherPodIsFollowedInsteadOfTheOneThatIsGone() {
        memory.tokens = InternalTokens.generate();
        var later = Instant.now().plusSeconds(1);

        var one = watches.of(look(later, pod("one")));
        var two = watches.of(look(later, pod("two")));

        assertThat(one).isNotNull();
        assertThat(two).isNotNull().isNotSameAs(one).isSameAs(memory.watch);
        assertThat(watches.of(look(later, pod("two")))).isSameAs(two);
    }

    @Test
    void nothingIsFollowedForAStackThatIsGone() {
        memory.tokens = InternalTokens.generate();

        memory.forget();

        assertThat(watches.begin(memory, ID, pod("one"))).isFalse();
        assertThat(watches.of(look(Instant.now(), pod("one")))).isNull();
    }

    private Round look(Instant now, Pod... pods) {
        return new Round(STACK, memory, new Observed(Map.of(), List.of(pods)), now);
    }

    /** One at whose address nobody listens. */
    private static Pod pod(String uid) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("shop-" + uid)
                .withUid(uid)
                .withLabels(Map.of(Names.COMPONENT_LABEL, Names.EMULATOR))
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .withNewStatus()
                .withPhase("Running")
                .withPodIP("127.9.9.9")
                .endStatus()
                .build();
    }
}
