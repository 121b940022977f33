package dev.ruststack.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ruststack.operator.resource.RawStack;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many stacks, and what they cost the operator and the API server. The API server is real; pods are made up, and
 * each stack's emulator is a stand-in that speaks the admin protocol only.
 */
final class ManyStacksIT {
    /** {@code -Dstacks=…} in surefire.args for another number: what is asserted holds for each. */
    private static final int STACKS = Integer.getInteger("stacks", 100);

    private static final int NAMESPACES = 10;
    private static final String HEAP = "192m";

    @TempDir
    private Path directory;

    private ApiServer server;
    private KubernetesClient client;
    private Emulators emulators;
    private Kubelet kubelet;
    private ForkedOperator operator;

    @BeforeEach
    void start() throws Exception {
        server = ApiServer.start(directory);
        client = server.connect();
        for (int i = 0; i < NAMESPACES; i++) {
            server.namespace("many-" + i);
        }
        emulators = new Emulators(client, 81);
        kubelet = new Kubelet(client, emulators::start);
        operator = new ForkedOperator(server.operatorConfig(), HEAP);
    }

    @AfterEach
    void stop() {
        operator.close();
        kubelet.close();
        emulators.close();
        client.close();
        server.close();
    }

    @Test
    void manyStacksCostLittleAndNothingWhenTheyAreLeftAlone() throws Exception {
        var empty = operator.heap();
        var began = System.nanoTime();
        for (int i = 0; i < STACKS; i++) {
            new Stacks(client, "many-" + i % NAMESPACES)
                    .apply("stack-" + i, "{buckets: [{name: uploads, objects: [{key: a, content: {text: b}}]}]}");
        }
        await().atMost(Duration.ofMinutes(20))
                .pollInterval(Duration.ofSeconds(5))
                .until(() -> ready() == STACKS);
        var took = Duration.ofNanos(System.nanoTime() - began);
        var reconciles = settled();
        var calls = server.operatorCalls();
        System.out.printf(
                "%d stacks Ready after %d s with -Xmx%s; for each %.1f reconciles, %.1f calls (%.1f of them writes), %,d bytes of heap (%,d without stacks)%n",
                STACKS,
                took.toSeconds(),
                HEAP,
                (double) reconciles / STACKS,
                (double) calls.size() / STACKS,
                (double) writes(calls) / STACKS,
                (operator.heap() - empty) / STACKS,
                empty);
        assertThat(reconciles).as("reconciles").isLessThanOrEqualTo(3L * STACKS);

        await().during(Duration.ofSeconds(10))
                .atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(server.operatorCalls()).hasSameSizeAs(calls));
        assertThat(operator.reconciles()).isEqualTo(reconciles);

        anotherTakesOver(calls);
    }

    /** It looks at each stack once, again where its emulator took long to answer; there is nothing to change. */
    private void anotherTakesOver(List<String> before) throws Exception {
        operator.close();
        operator = new ForkedOperator(server.operatorConfig(), HEAP);
        var reconciles = settled();
        var all = server.operatorCalls();
        var calls = all.subList(before.size(), all.size());
        System.out.printf(
                "taken over by another: for each %.1f reconciles, %.1f calls, %d writes in all, heap %,d bytes%n",
                (double) reconciles / STACKS, (double) calls.size() / STACKS, writes(calls), operator.heap());
        assertThat(reconciles).isBetween((long) STACKS, 2L * STACKS);
        assertThat(calls)
                .as("nothing is written")
                .allMatch(call -> call.startsWith("get ") || call.startsWith("list "));
        assertThat(ready()).isEqualTo(STACKS);
    }

    private static long writes(List<String> calls) {
        return calls.stream()
                .filter(call -> !call.startsWith("get ") && !call.startsWith("list "))
                .count();
    }

    /** How often stacks were looked at, once that is over. */
    private long settled() throws Exception {
        var last = -1L;
        var same = 0;
        while (same < 5) {
            Thread.sleep(1000);
            var now = operator.reconciles();
            same = now == last && now > 0 ? same + 1 : 0;
            last = now;
        }
        return last;
    }

    private long ready() {
        return client.resources(RawStack.class).inAnyNamespace().list().getItems().stream()
                .filter(ManyStacksIT::isReady)
                .count();
    }

    private static boolean isReady(RawStack stack) {
        if (stack.getStatus() == null) {
            return false;
        }
        var reasons = new ArrayList<String>();
        stack.getStatus()
                .path("conditions")
                .forEach(condition -> reasons.add(condition.path("reason").asText()));
        return reasons.contains("StackReady");
    }
}
