package dev.ruststack.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ruststack.operator.Connection;
import dev.ruststack.operator.OperatorProcess;
import dev.ruststack.operator.desired.Platform;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two operators, of which one leads. */
final class LeaderIT {
    @TempDir
    private Path directory;

    private final CountDownLatch lost = new CountDownLatch(1);
    private ApiServer server;
    private KubernetesClient client;
    private Stacks stacks;
    private FaultProxy proxy;
    private OperatorProcess leader;
    private OperatorProcess standby;

    /** What has been started, the last first: a start that fails leaves nothing. */
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    @BeforeEach
    void start() throws Exception {
        server = started(ApiServer.start(directory));
        client = started(server.connect());
        server.namespace("two");
        stacks = new Stacks(client, "two");
        var emulators = started(new Emulators(client, 80));
        started(new Kubelet(client, emulators::start));
        proxy = started(new FaultProxy(server.port(), "none", FaultProxy.Fault.NONE, 0));
        leader = started(start(proxy.config(server), "leader", lost::countDown));
        stacks.apply("first", "{}");
        stacks.awaitReady("first");
        standby = started(start(server.config(), "standby", () -> {}));
    }

    private <T extends AutoCloseable> T started(T part) {
        started.push(part);
        return part;
    }

    @AfterEach
    void stop() throws Exception {
        for (var part : started) {
            part.close();
        }
    }

    @Test
    void aLeaderThatIsCutOffEndsAndAnotherTakesOver() throws Exception {
        assertThat(get(standby, "/readyz")).isEqualTo(200);
        assertThat(standby.metrics().reconciles()).isZero();

        proxy.die();

        assertThat(lost.await(60, TimeUnit.SECONDS)).isTrue();
        stacks.apply("second", "{}");
        stacks.awaitReason("second", "StackReady", Duration.ofSeconds(60));
        assertThat(holder()).isEqualTo("standby");
        assertThat(get(standby, "/livez")).isEqualTo(200);
    }

    @Test
    void aLeaderThatEndsInOrderHandsTheLeaseOn() {
        leader.close();

        await().atMost(Duration.ofSeconds(10)).until(() -> holder().equals("standby"));
        stacks.apply("second", "{}");
        stacks.awaitReason("second", "StackReady", Duration.ofSeconds(60));
        assertThat(lost.getCount()).isEqualTo(1);
    }

    private String holder() {
        return String.valueOf(client.leases()
                .inNamespace("default")
                .withName("ruststack-operator")
                .get()
                .getSpec()
                .getHolderIdentity());
    }

    private static int get(OperatorProcess operator, String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + operator.healthPort() + path))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private static OperatorProcess start(Config config, String name, Runnable lost) throws IOException {
        var platform = Platform.from(Map.of(
                "RELATED_IMAGE_EMULATOR", "emulator:test",
                "RELATED_IMAGE_RUNNER", "runner:test",
                "LEADER_ELECTION", "true",
                "POD_NAMESPACE", "default",
                "POD_NAME", name));
        var operator = new OperatorProcess(Connection.open(config), platform, Clock.systemUTC(), 0, lost);
        operator.start();
        return operator;
    }
}
