package dev.ruststack.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ruststack.operator.OperatorProcess;
import dev.ruststack.operator.WaitCommand;
import dev.ruststack.operator.desired.Platform;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack of which something could not be made, for those who wait for it and those who use what could. */
final class FailedItemsIT {
    private static final String NAMESPACE = "failed";
    private static final String SPEC = "{buckets: [{name: uploads}]}";

    @TempDir
    private static Path directory;

    private static ApiServer server;
    private static KubernetesClient client;
    private static Emulators emulators;
    private static Kubelet kubelet;
    private static OperatorProcess operator;
    private static Stacks stacks;

    @BeforeAll
    static void start() throws Exception {
        server = ApiServer.start(directory);
        client = server.connect();
        server.namespace(NAMESPACE);
        stacks = new Stacks(client, NAMESPACE);
        emulators = new Emulators(client, 82);
        kubelet = new Kubelet(client, emulators::start);
        var platform =
                Platform.from(Map.of("RELATED_IMAGE_EMULATOR", "emulator:test", "RELATED_IMAGE_RUNNER", "runner:test"));
        operator = new OperatorProcess(server.connect(), platform, Clock.systemUTC(), 0, () -> {});
        operator.start();
        System.setProperty("kubernetes.master", server.config().getMasterUrl());
        System.setProperty("kubernetes.auth.token", server.config().getOauthToken());
        System.setProperty("kubernetes.trust.certificates", "true");
    }

    @AfterAll
    static void stop() {
        List.of("master", "auth.token", "trust.certificates")
                .forEach(property -> System.clearProperty("kubernetes." + property));
        operator.close();
        kubelet.close();
        emulators.close();
        client.close();
        server.close();
    }

    @Test
    void whatAServiceRefusesStallsTheStackAndItsEmulatorIsStillThere() {
        failed("refused", "SeedFailed");

        assertThat(status("refused", "Stalled")).isEqualTo("True");
        assertThat(status("refused", "Reconciling")).isEqualTo("False");
        assertThat(status("refused", "EmulatorAvailable")).isEqualTo("True");
        assertThat(stacks.condition("refused", "Ready").path("message").asText())
                .contains("Bucket uploads: it is so");

        emulators.of(NAMESPACE, "refused").become("Ready", "", "");
        stacks.awaitReady("refused");
        assertThat(status("refused", "Stalled")).isEqualTo("False");
    }

    @Test
    void whatMayPassDoesNotStallIt() {
        failed("unlucky", "RunnerUnavailable");

        assertThat(status("unlucky", "Stalled")).isEqualTo("False");
        assertThat(status("unlucky", "Reconciling")).isEqualTo("True");
    }

    @Test
    void aWaitEndsEarlyWhereNothingWillHelp() {
        failed("lost", "SeedFailed");
        var began = System.nanoTime();

        assertThat(waitFor("lost", "300s")).isEqualTo(1);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(100));
    }

    @Test
    void aWaitGoesOnWhereTheCauseMayPass() {
        failed("late", "Unavailable");
        Thread.ofVirtual().start(() -> {
            stacks.awaitReason("late", "SeedFailed");
            emulators.of(NAMESPACE, "late").become("Ready", "", "");
        });

        assertThat(waitFor("late", "60s")).isZero();
    }

    private static int waitFor(String stack, String timeout) {
        return WaitCommand.run(List.of(stack, "--namespace=" + NAMESPACE, "--timeout=" + timeout));
    }

    private static void failed(String stack, String reason) {
        stacks.apply(stack, SPEC);
        stacks.awaitReady(stack);
        emulators.of(NAMESPACE, stack).become("Failed", reason, "it is so");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                stacks.condition(stack, "Ready").path("reason").asText())
                        .isEqualTo("SeedFailed"));
    }

    private static String status(String stack, String type) {
        return stacks.condition(stack, type).path("status").asText();
    }
}
