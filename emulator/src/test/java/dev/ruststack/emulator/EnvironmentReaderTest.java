package dev.ruststack.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.EmulatorConfig.Executor;
import dev.ruststack.emulator.EmulatorConfig.Storage;
import dev.ruststack.emulator.aws.signing.SigV4Authenticator.Mode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class EnvironmentReaderTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "emulator-settings.md");

    private final Map<String, String> environment = new TreeMap<>(Map.of(
            "AWS_ACCESS_KEY_ID", "AKID",
            "AWS_SECRET_ACCESS_KEY", "very secret",
            "RUSTSTACK_ADMIN_TOKEN", "admin secret",
            "RUSTSTACK_RUNNER_KEY", "runner secret"));

    private EmulatorConfig config() {
        return ((EnvironmentReader.Result.Valid) EnvironmentReader.read(environment)).config();
    }

    private List<String> problems() {
        return ((EnvironmentReader.Result.Invalid) EnvironmentReader.read(environment)).problems();
    }

    @Test
    void whatIsNotSetHasItsDefault() {
        assertThat(config())
                .isEqualTo(new EmulatorConfig(
                        "0.0.0.0",
                        new EmulatorConfig.Ports(4566, 8080, 9001, 4567),
                        "us-east-1",
                        "000000000000",
                        new EmulatorConfig.Secrets("AKID", "very secret", "admin secret", "runner secret"),
                        Mode.ENFORCE,
                        List.of(),
                        Path.of("/var/lib/ruststack"),
                        Storage.EPHEMERAL,
                        URI.create("http://127.0.0.1:8000"),
                        null,
                        new EmulatorConfig.Lambda(Executor.PODS, true, 10, 600, null, null, null),
                        Path.of("/etc/ruststack/seed"),
                        Level.INFO));
    }

    @Test
    void everySettingIsTaken() {
        environment.putAll(Map.ofEntries(
                Map.entry("RUSTSTACK_BIND_ADDRESS", "::1"),
                Map.entry("RUSTSTACK_AWS_PORT", "1"),
                Map.entry("RUSTSTACK_FRONT_PORT", "2"),
                Map.entry("RUSTSTACK_RUNTIME_PORT", "3"),
                Map.entry("RUSTSTACK_ADMIN_PORT", "4"),
                Map.entry("RUSTSTACK_REGION", "eu-central-1"),
                Map.entry("RUSTSTACK_ACCOUNT_ID", "123456789012"),
                Map.entry("RUSTSTACK_SIGNATURES", "Permissive"),
                Map.entry("RUSTSTACK_HOSTS", "shop.team-a.svc,10.0.0.7"),
                Map.entry("RUSTSTACK_DATA_DIRECTORY", "/data"),
                Map.entry("RUSTSTACK_STORAGE", "Ephemeral"),
                Map.entry("RUSTSTACK_DYNAMODB", ""),
                Map.entry("RUSTSTACK_SEED_DIRECTORY", ""),
                Map.entry("RUSTSTACK_EXECUTOR", "Process"),
                Map.entry("RUSTSTACK_RUNTIME_FUNCTIONS", "Deny"),
                Map.entry("RUSTSTACK_MAX_RUNNERS", "0"),
                Map.entry("RUSTSTACK_IDLE_SECONDS", "7"),
                Map.entry("RUSTSTACK_LOG_LEVEL", "Trace"),
                Map.entry("RUSTSTACK_FUNCTION_ENDPOINT", "http://shop.team-a.svc:4566"),
                Map.entry("RUSTSTACK_FUNCTION_S3_ENDPOINT", "http://10.0.0.7:4566")));

        assertThat(config())
                .isEqualTo(new EmulatorConfig(
                        "::1",
                        new EmulatorConfig.Ports(1, 2, 3, 4),
                        "eu-central-1",
                        "123456789012",
                        new EmulatorConfig.Secrets("AKID", "very secret", "admin secret", "runner secret"),
                        Mode.PERMISSIVE,
                        List.of("shop.team-a.svc", "10.0.0.7"),
                        Path.of("/data"),
                        Storage.EPHEMERAL,
                        null,
                        null,
                        new EmulatorConfig.Lambda(
                                Executor.PROCESS,
                                false,
                                0,
                                7,
                                URI.create("http://shop.team-a.svc:4566"),
                                URI.create("http://10.0.0.7:4566"),
                                null),
                        null,
                        Level.TRACE));
    }

    @Test
    void whatIsWrongIsNamedAllAtOnce() {
        environment.clear();
        environment.putAll(Map.ofEntries(
                Map.entry("RUSTSTACK_BIND_ADDRESS", "any where"),
                Map.entry("RUSTSTACK_AWS_PORT", "65536"),
                Map.entry("RUSTSTACK_REGION", "Europe"),
                Map.entry("RUSTSTACK_ACCOUNT_ID", "12"),
                Map.entry("RUSTSTACK_SIGNATURES", "strict"),
                Map.entry("RUSTSTACK_HOSTS", "a,,b"),
                Map.entry("RUSTSTACK_DATA_DIRECTORY", "data"),
                Map.entry("RUSTSTACK_STORAGE", "Permanent"),
                Map.entry("RUSTSTACK_DYNAMODB", "127.0.0.1:8000"),
                Map.entry("RUSTSTACK_MAX_RUNNERS", "101"),
                Map.entry("RUSTSTACK_FUNCTION_ENDPOINT", "http://"),
                Map.entry("RUSTSTACK_IDLE", "1")));

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "RUSTSTACK_IDLE is no setting of the emulator",
                        "RUSTSTACK_RUNNER_KEY must be set where RUSTSTACK_EXECUTOR is Pods",
                        "RUSTSTACK_STORAGE: expected one of Ephemeral, Persistent, found \"Permanent\"",
                        "RUSTSTACK_BIND_ADDRESS: expected an address to listen on, found \"any where\"",
                        "RUSTSTACK_AWS_PORT: expected a number from 0 to 65535, found \"65536\"",
                        "RUSTSTACK_REGION: expected an AWS region such as us-east-1, found \"Europe\"",
                        "RUSTSTACK_ACCOUNT_ID: expected 12 digits, found \"12\"",
                        "AWS_ACCESS_KEY_ID must be set",
                        "AWS_SECRET_ACCESS_KEY must be set",
                        "RUSTSTACK_ADMIN_TOKEN must be set",
                        "RUSTSTACK_SIGNATURES: expected one of Permissive, Strict, found \"strict\"",
                        "RUSTSTACK_HOSTS: expected a host name, found \"\"",
                        "RUSTSTACK_DATA_DIRECTORY: expected an absolute path, found \"data\"",
                        "RUSTSTACK_DYNAMODB: expected an address such as http://10.0.0.7:4566, found \"127.0.0.1:8000\"",
                        "RUSTSTACK_MAX_RUNNERS: expected a number from 0 to 100, found \"101\"",
                        "RUSTSTACK_FUNCTION_ENDPOINT: expected an address such as http://10.0.0.7:4566, found \"http://\"");
    }

    @Test
    void secretsAreInNoText() {
        assertThat(config().toString()).doesNotContain("secret ", "very secret", "admin secret", "runner secret");
    }

    @Test
    void theTableOfTheDocumentationIsTheCode() throws IOException {
        var table = Arrays.stream(Setting.values())
                .map(setting -> "| `%s` | %s | %s |"
                        .formatted(
                                setting.variable(),
                                setting.defaultValue() == null
                                        ? "must be set"
                                        : setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`",
                                setting.meaning()))
                .collect(Collectors.joining("\n"));

        assertThat(Files.readString(DOCUMENT)).contains(table);
    }
}
