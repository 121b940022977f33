package dev.ruststack.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ruststack.crds.RustStack;
import dev.ruststack.operator.desired.Names;
import dev.ruststack.operator.desired.Stack;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Services that are, and are not, led anywhere yet. */
class ServiceRoutesTest {
    private static final Stack STACK = Stack.of(Serialization.unmarshal("""
            apiVersion: ruststack.dev/v1alpha1
            kind: RustStack
            metadata: {name: shop, namespace: demo, uid: u, generation: 1, creationTimestamp: "2026-01-01T00:00:00Z"}
            spec: {}
            """, RustStack.class));

    private final Queue<ResourceID> looked = new ConcurrentLinkedQueue<>();
    private final Looks looks = new Looks(looked::add, Duration.ofHours(1));
    private final StackMemory memory = new StackMemory("u");

    @AfterEach
    void close() {
        memory.forget();
        looks.close();
    }

    @Test
    void aServiceThatRefusesIsLookedAtAgainOnceItLeadsToItsPod() throws IOException {
        var port = freePort();
        var routes = new ServiceRoutes(looks, true, port);

        assertThat(routes.isThere(round("127.0.0.1", "one"))).isFalse();
        assertThat(routes.isThere(round("127.0.0.1", "one"))).isFalse();
        assertThat(looked).isEmpty();

        try (var _ = listening(port)) {
            await().until(() -> !looked.isEmpty());
        }
        assertThat(looked).containsExactly(new ResourceID("shop", "demo"));
        assertThat(routes.isThere(round("127.0.0.1", "one"))).isTrue();
    }

    @Test
    void anotherPodIsAnotherRoute() throws IOException {
        var port = freePort();
        var routes = new ServiceRoutes(looks, true, port);
        try (var _ = listening(port)) {
            assertThat(routes.isThere(round("127.0.0.1", "one"))).isTrue();
        }

        assertThat(routes.isThere(round("127.0.0.1", "one"))).isTrue();
        assertThat(routes.isThere(round("127.0.0.1", "two"))).isFalse();
    }

    @Test
    void anOperatorOutsideOfTheClusterTakesEveryRouteToBeThere() throws IOException {
        assertThat(new ServiceRoutes(looks, false, freePort()).isThere(round("127.0.0.1", "one")))
                .isTrue();
    }

    private Round round(String address, String podUid) {
        memory.addresses.put(Names.of(STACK), address);
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName("shop-1")
                .withUid(podUid)
                .withLabels(Map.of(Names.COMPONENT_LABEL, Names.EMULATOR))
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
        return new Round(STACK, memory, new Observed(Map.of(), List.of(pod)), Instant.EPOCH);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static ServerSocket listening(int port) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }
}
