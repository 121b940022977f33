package dev.ruststack.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.cli.launcher.Launcher;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * boto3, the AWS CLI and the AWS SDK for JavaScript v3, as published and with their default settings, against a stack
 * that {@code ./ruststack up} runs. The suites are in {@code src/test/clients}.
 */
class UnmodifiedClientsIT {
    private static final Path SUITES = Path.of("src", "test", "clients").toAbsolutePath();

    @TempDir
    private static Path folder;

    private static StackProcess stack;

    @BeforeAll
    static void up() throws Exception {
        stack = StackProcess.up(Launcher.packaged(folder), SUITES.resolve("stack.yaml"));
    }

    @AfterAll
    static void down() throws Exception {
        stack.close();
    }

    @Test
    void boto3AndTheAwsCli() throws Exception {
        var python = Toolbox.python(SUITES.resolve("requirements.txt"));

        var output = Toolbox.run(
                SUITES,
                stack.environment(),
                python.resolve("python").toString(),
                "-m",
                "pytest",
                "-q",
                "-p",
                "no:cacheprovider");

        assertThat(output).contains(" passed");
    }

    @Test
    void sdkForJavaScript() throws Exception {
        var suite = Toolbox.node(SUITES);

        var output = Toolbox.run(suite, stack.environment(), "node", "--test", "clients.test.mjs");

        assertThat(output).contains("# fail 0");
    }

    /** The application's own suite: it knows the stack only by what `ruststack env` prints. */
    @Test
    void theFlaskExamplePassesItsOwnSuite() throws Exception {
        var example = Launcher.ROOT.resolve("examples/flask-orders");
        try (var shop = StackProcess.up(Launcher.packaged(folder), example.resolve("stack.yaml"))) {
            var python = Toolbox.python(example.resolve("tests/requirements-dev.txt"));
            var environment = new java.util.HashMap<>(shop.environment());
            environment.putAll(Map.of("ORDERS_URL", shop.front(), "PYTHONDONTWRITEBYTECODE", "1"));

            var output = Toolbox.run(
                    example,
                    environment,
                    python.resolve("python").toString(),
                    "-m",
                    "pytest",
                    "-q",
                    "-p",
                    "no:cacheprovider",
                    "tests");

            assertThat(output).contains(" passed");
        }
    }
}
