package dev.ruststack.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ruststack.operator.Connection;
import dev.ruststack.operator.OperatorProcess;
import dev.ruststack.operator.desired.Platform;
import dev.ruststack.operator.resource.RawStack;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens to a write of the operator, and whichever write it is: the stack ends as one that nothing happened to. */
final class FaultsIT {
    private static final String ADDRESS = "127.0.0.79";
    private static final String SPEC = "{buckets: [{name: uploads}], tables: []}";
    private static final Map<String, String> ENVIRONMENT =
            Map.of("RELATED_IMAGE_EMULATOR", "emulator:test", "RELATED_IMAGE_RUNNER", "runner:test");

    @TempDir
    private static Path directory;

    private static ApiServer server;
    private static KubernetesClient client;
    private static Kubelet kubelet;
    private static int namespaces;

    private Emulator emulator;
    private OperatorProcess operator;

    @BeforeAll
    static void startCluster() throws Exception {
        server = ApiServer.start(directory);
        client = server.connect();
        kubelet = new Kubelet(client, ADDRESS);
    }

    @AfterAll
    static void stopCluster() {
        kubelet.close();
        client.close();
        server.close();
    }

    @BeforeEach
    void startEmulator() throws IOException {
        emulator = new Emulator(ADDRESS);
    }

    @AfterEach
    void stop() {
        if (operator != null) {
            operator.close();
        }
        emulator.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultProxy.Fault.class,
            names = {"DEAD_BEFORE", "DEAD_AFTER"})
    void anOperatorThatIsKilledAtAnyWriteIsTakenOverFrom(FaultProxy.Fault fault) throws Exception {
        var expected = undisturbed();
        for (int number = 1; number <= expected.writes(); number++) {
            var stacks = stacks();
            try (var proxy = new FaultProxy(server.port(), stacks.namespace(), fault, number)) {
                start(proxy.config(server));
                stacks.apply("shop", SPEC);
                proxy.awaitFault(10_000);
                proxy.die();
                operator.close();
            }
            start(server.config());
            check(stacks, expected.objects(), fault + " at write " + number);
            operator.close();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultProxy.Fault.class,
            names = {"CONFLICT", "SERVER_ERROR", "LOST_REQUEST", "LOST_ANSWER"})
    void aWriteThatFailsIsTriedAgain(FaultProxy.Fault fault) throws Exception {
        var expected = undisturbed();
        for (int number = 1; number <= expected.writes(); number++) {
            var stacks = stacks();
            try (var proxy = new FaultProxy(server.port(), stacks.namespace(), fault, number)) {
                start(proxy.config(server));
                stacks.apply("shop", SPEC);
                check(stacks, expected.objects(), fault + " at write " + number);
                operator.close();
            }
        }
    }

    @Test
    void anApiServerThatIsKilledAndComesBackLosesNothing() throws Exception {
        var expected = undisturbed();
        var stacks = stacks();
        start(server.config());
        stacks.apply("before", SPEC);
        stacks.awaitReady("before");
        stacks.apply("shop", SPEC);

        server.kill();
        server.startAgain();

        stacks.awaitReason("shop", "StackReady", Duration.ofSeconds(60));
        client.resources(RawStack.class)
                .inNamespace(stacks.namespace())
                .withName("before")
                .delete();
        stacks.apply("after", SPEC);
        stacks.awaitReason("after", "StackReady", Duration.ofSeconds(60));
        var objects = Everything.of(client, stacks.namespace());
        objects.keySet().removeIf(name -> !name.contains(" shop"));
        assertThat(objects).isEqualTo(expected.objects());
    }

    private record Expected(SortedMap<String, String> objects, int writes) {}

    /** A stack that nothing happens to, and how many writes it took. */
    private Expected undisturbed() throws Exception {
        var stacks = stacks();
        try (var proxy = new FaultProxy(server.port(), stacks.namespace(), FaultProxy.Fault.NONE, 0)) {
            start(proxy.config(server));
            stacks.apply("shop", SPEC);
            stacks.awaitReady("shop");
            operator.close();
            System.out.println("writes of a stack: " + proxy.writes());
            return new Expected(
                    Everything.of(client, stacks.namespace()), proxy.writes().size());
        }
    }

    private void check(Stacks stacks, SortedMap<String, String> expected, String what) {
        stacks.awaitReason("shop", "StackReady", Duration.ofSeconds(40));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Everything.of(client, stacks.namespace()))
                        .as(what)
                        .isEqualTo(expected));
        assertThat(text(stacks, "shop-binding", "AWS_SECRET_ACCESS_KEY"))
                .as(what)
                .isEqualTo(text(stacks, "shop-credentials", "AWS_SECRET_ACCESS_KEY"));
        client.resources(RawStack.class)
                .inNamespace(stacks.namespace())
                .withName("shop")
                .delete();
        client.apps().deployments().inNamespace(stacks.namespace()).delete();
    }

    private static String text(Stacks stacks, String secret, String key) {
        return new String(Base64.getDecoder()
                .decode(client.secrets()
                        .inNamespace(stacks.namespace())
                        .withName(secret)
                        .get()
                        .getData()
                        .get(key)));
    }

    private static Stacks stacks() {
        var namespace = "fault-" + ++namespaces;
        server.namespace(namespace);
        return new Stacks(client, namespace);
    }

    private void start(Config config) throws IOException {
        var connection = Connection.open(config);
        operator = new OperatorProcess(connection, Platform.from(ENVIRONMENT), Clock.systemUTC(), 0, () -> {});
        operator.start();
        // What is never answered is given up sooner than in earnest.
        connection.getConfiguration().setRequestTimeout(1500);
    }
}
