package dev.ruststack.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.crds.RustStack;
import dev.ruststack.crds.status.ItemStatus;
import dev.ruststack.operator.admin.EmulatorState;
import dev.ruststack.operator.admin.EmulatorState.Item;
import dev.ruststack.operator.desired.Stack;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Any image may claim to be an emulator: what it says must not make a status that the API server refuses. */
class StatusOfTest {
    private static final Stack STACK = Stack.of(Serialization.unmarshal("""
            apiVersion: ruststack.dev/v1alpha1
            kind: RustStack
            metadata: {name: shop, namespace: demo, uid: u, generation: 1, creationTimestamp: "2026-01-01T00:00:00Z"}
            spec: {}
            """, RustStack.class));

    @Test
    void anItemThatIsListedTwiceIsShownOnce() {
        var items = items(item("uploads", "first"), item("uploads", "second"), item("other", "third"));

        assertThat(items).extracting(ItemStatus::message).containsExactly("first", "third");
    }

    @Test
    void whatTheSchemaDoesNotTakeIsCutOrLeftOut() {
        var items = items(item("n".repeat(300), "m".repeat(5000)), item("", "without a name"));

        assertThat(items).singleElement().satisfies(item -> {
            assertThat(item.name()).hasSize(255);
            assertThat(item.message()).hasSize(1024);
            assertThat(item.items()).isZero();
        });
    }

    private static Item item(String name, String message) {
        return new Item("Bucket", name, "Declared", Item.FAILED, "SeedFailed", message, null, -1, null);
    }

    private static List<ItemStatus> items(Item... items) {
        var state = new EmulatorState(
                1,
                "boot",
                "1",
                null,
                false,
                "not yet",
                new EmulatorState.Timings(null, null, null, null),
                new EmulatorState.Seed("sha256:1", EmulatorState.Seed.APPLIED, 1L, null),
                List.of(items),
                List.of());
        var round = new Round(STACK, new StackMemory("u"), new Observed(Map.of(), List.of()), Instant.EPOCH);
        return new StatusOf(new Readiness(round, state, null, List.of()), null, null)
                .status(null, null)
                .resources();
    }
}
