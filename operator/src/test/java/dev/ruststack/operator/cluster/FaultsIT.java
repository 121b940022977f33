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
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens to a write of the operator, and whichever write it is: the stack ends as one that nothing happened to. */
final class FaultsIT {
    private static final String SPEC = "{buckets: [{name: uploads}], tables: []}";

    /** Operators that are put to the test at a time, each in a namespace of its own: most of it is waiting. */
    private static final int AT_ONCE = 6;

    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    @TempDir
    private static Path directory;

    private static ApiServer server;
    private static KubernetesClient client;
    private static Emulators emulators;
    private static Kubelet kubelet;
    private static Expected undisturbed;

    @BeforeAll
    static void startCluster() throws Exception {
        server = ApiServer.start(directory);
        client = server.connect();
        emulators = new Emulators(client, 79);
        kubelet = new Kubelet(client, emulators::start);
        undisturbed = undisturbed();
    }

    @AfterAll
    static void stopCluster() {
        kubelet.close();
        emulators.close();
        client.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultProxy.Fault.class,
            names = {"DEAD_BEFORE", "DEAD_AFTER"})
    void anOperatorThatIsKilledAtAnyWriteIsTakenOverFrom(FaultProxy.Fault fault) throws Exception {
        atEachWrite(number -> {
            var stacks = stacks();
            try (var proxy = new FaultProxy(server.port(), stacks.namespace(), fault, number);
                    var _ = start(proxy.config(server), stacks)) {
                stacks.apply("shop", SPEC);
                proxy.awaitFault(10_000);
                proxy.die();
            }
            try (var _ = start(server.config(), stacks)) {
                check(stacks, fault + " at write " + number);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultProxy.Fault.class,
            names = {"CONFLICT", "SERVER_ERROR", "LOST_REQUEST", "LOST_ANSWER"})
    void aWriteThatFailsIsTriedAgain(FaultProxy.Fault fault) throws Exception {
        atEachWrite(number -> {
            var stacks = stacks();
            try (var proxy = new FaultProxy(server.port(), stacks.namespace(), fault, number);
                    var _ = start(proxy.config(server), stacks)) {
                stacks.apply("shop", SPEC);
                check(stacks, fault + " at write " + number);
            }
        });
    }

    @Test
    void anApiServerThatIsKilledAndComesBackLosesNothing() throws Exception {
        var stacks = stacks();
        try (var _ = start(server.config(), stacks)) {
            stacks.apply("before", SPEC);
            stacks.awaitReady("before");
            stacks.apply("shop", SPEC);

            server.kill();
            server.startAgain();

            stacks.awaitReady("shop");
            client.resources(RawStack.class)
                    .inNamespace(stacks.namespace())
                    .withName("before")
                    .delete();
            stacks.apply("after", SPEC);
            stacks.awaitReady("after");
        }
        var objects = Everything.of(client, stacks.namespace());
        objects.keySet().removeIf(name -> !name.contains(" shop"));
        assertThat(objects).isEqualTo(undisturbed.objects());
    }

    private record Expected(SortedMap<String, String> objects, int writes) {}

    /** A stack that nothing happens to, and how many writes it took. */
    private static Expected undisturbed() throws IOException {
        var stacks = stacks();
        try (var proxy = new FaultProxy(server.port(), stacks.namespace(), FaultProxy.Fault.NONE, 0)) {
            try (var _ = start(proxy.config(server), stacks)) {
                stacks.apply("shop", SPEC);
                stacks.awaitReady("shop");
            }
            System.out.println("writes of a stack: " + proxy.writes());
            return new Expected(
                    Everything.of(client, stacks.namespace()), proxy.writes().size());
        }
    }

    private interface Case {
        void at(int number) throws Exception;
    }

    private static void atEachWrite(Case each) throws Exception {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var cases = new ArrayList<Future<?>>();
            for (int number = 1; number <= undisturbed.writes(); number++) {
                var write = number;
                Callable<@Nullable Void> run = () -> {
                    each.at(write);
                    return null;
                };
                cases.add(threads.submit(run));
            }
            for (var one : cases) {
                one.get();
            }
        }
    }

    private static void check(Stacks stacks, String what) {
        stacks.awaitReady("shop");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Everything.of(client, stacks.namespace()))
                        .as(what)
                        .isEqualTo(undisturbed.objects()));
        assertThat(text(stacks, "shop-binding", "AWS_SECRET_ACCESS_KEY"))
                .as(what)
                .isEqualTo(text(stacks, "shop-credentials", "AWS_SECRET_ACCESS_KEY"));
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
        var namespace = "fault-" + NAMESPACES.incrementAndGet();
        server.namespace(namespace);
        return new Stacks(client, namespace);
    }

    /** An operator of these stacks only. */
    private static OperatorProcess start(Config config, Stacks stacks) throws IOException {
        var platform = Platform.from(Map.of(
                "RELATED_IMAGE_EMULATOR", "emulator:test",
                "RELATED_IMAGE_RUNNER", "runner:test",
                "WATCH_NAMESPACES", stacks.namespace()));
        var connection = Connection.open(config);
        var operator = new OperatorProcess(connection, platform, Clock.systemUTC(), 0, () -> {});
        operator.start();
        // What is never answered is given up sooner than in earnest.
        connection.getConfiguration().setRequestTimeout(1500);
        return operator;
    }
}
