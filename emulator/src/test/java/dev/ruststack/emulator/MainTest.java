package dev.ruststack.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private static final byte[] STACK = """
            {"apiVersion": "ruststack.dev/v1alpha1", "kind": "RustStack", "metadata": {"name": "shop"},
             "spec": {"buckets": [{"name": "uploads"}]}}""".getBytes(UTF_8);

    /** What Kubernetes gives a pod of the stack between SIGTERM and SIGKILL. */
    private static final int GRACE_SECONDS = 10;

    /** A process that a signal ended: 128 + SIGTERM. */
    private static final int TERMINATED = 143;

    @TempDir
    Path folder;

    @Test
    void everyWrongSettingIsNamedAndNoSecretIsShown() throws Exception {
        var variables = EmulatorProcess.variables(folder);
        variables.put("RUSTSTACK_AWS_PORT", "http");
        variables.put("RUSTSTACK_EXECUTER", "Pods");
        variables.remove("AWS_ACCESS_KEY_ID");

        try (var emulator = EmulatorProcess.start(variables)) {
            assertThat(emulator.exit(60)).isEqualTo(2);
            assertThat(emulator.output())
                    .containsExactly(
                            "ruststack: RUSTSTACK_EXECUTER is no setting of the emulator; did you mean RUSTSTACK_EXECUTOR?",
                            "ruststack: RUSTSTACK_AWS_PORT: expected a number from 0 to 65535, found \"http\"",
                            "ruststack: AWS_ACCESS_KEY_ID must be set");
        }
    }

    @Test
    void isLiveAtOnceAndReadyOnceSeeded() throws Exception {
        try (var emulator =
                EmulatorProcess.start(EmulatorProcess.variables(folder)).listening()) {
            assertThat(emulator.admin("live").statusCode()).isEqualTo(200);
            assertThat(emulator.admin("ready").statusCode()).isEqualTo(503);

            assertThat(emulator.admin("PUT", "seed", "application/json", STACK).statusCode())
                    .isEqualTo(200);

            assertThat(emulator.admin("ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void sigtermEndsItInTimeAndRemovesItsData() throws Exception {
        var data = folder.resolve("data");
        try (var emulator =
                EmulatorProcess.start(EmulatorProcess.variables(data)).listening()) {
            emulator.terminate();

            assertThat(emulator.exit(GRACE_SECONDS)).isEqualTo(TERMINATED);
            assertThat(emulator.output().getLast()).endsWith("Stopped");
            assertThat(Files.exists(data)).isFalse();
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (var first = EmulatorProcess.start(EmulatorProcess.variables(folder.resolve("first")))
                .listening()) {
            var variables = EmulatorProcess.variables(folder.resolve("second"));
            variables.put("RUSTSTACK_AWS_PORT", Integer.toString(first.ports().aws()));

            try (var second = EmulatorProcess.start(variables)) {
                assertThat(second.exit(60)).isEqualTo(1);
                assertThat(second.output().getLast())
                        .contains("cannot listen on 127.0.0.1:" + first.ports().aws());
            }
        }
    }

    @Test
    void logsNoSecret() throws Exception {
        var variables = EmulatorProcess.variables(folder);
        variables.put("RUSTSTACK_LOG_LEVEL", "Trace");
        try (var emulator = EmulatorProcess.start(variables).listening()) {
            emulator.admin("PUT", "seed", "application/json", STACK);
            emulator.terminate();
            emulator.exit(GRACE_SECONDS);

            assertThat(emulator.output())
                    .noneMatch(line -> line.contains(EmulatorProcess.TOKEN) || line.contains("the-secret-access-key"));
        }
    }
}
