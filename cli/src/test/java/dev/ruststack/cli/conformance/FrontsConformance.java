package dev.ruststack.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.cli.clients.StackProcess;
import dev.ruststack.cli.launcher.Launcher;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Chalice, Ansible's modules, frameworks of the web and plain handlers, unmodified, behind function URLs, REST APIs and
 * HTTP APIs of one stack. Not part of {@code ./mvnw verify}: conformance/README.md says how to run it.
 */
class FrontsConformance {
    private static final Path SUITE = Tools.SUITES.resolve("fronts");

    @TempDir
    private static Path folder;

    @Test
    void deployersAndFrameworksWorkUnchanged() throws Exception {
        var tools = new Tools();
        var bin = tools.deployers();
        var environment = new HashMap<String, String>();
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        environment.put("PACKAGES", tools.packages().toString());
        environment.put("EXPRESS", tools.express().toString());
        environment.put("JAVA_FUNCTION", tools.javaFunction().toString());
        environment.put("GO_FUNCTION", tools.goFunction().toString());
        environment.put(
                "ANSIBLE_PLAYBOOK", tools.python().resolve("ansible-playbook").toString());
        environment.put("ANSIBLE_COLLECTIONS_PATH", tools.collections().toString());
        var pytest = List.of(
                bin.resolve("pytest").toString(),
                "-q",
                "--rootdir",
                ".",
                "--confcutdir",
                ".",
                "-p",
                "no:cacheprovider");

        try (var stack = StackProcess.up(Launcher.packaged(folder), SUITE.resolve("stack.yaml"))) {
            environment.putAll(stack.environment());
            var ended = Tools.end(SUITE, environment, pytest);

            assertThat(ended.status()).as(ended.output()).isZero();
            System.out.println(ended.output());
        }
    }
}
