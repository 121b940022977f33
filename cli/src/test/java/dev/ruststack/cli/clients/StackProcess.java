package dev.ruststack.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ruststack.cli.launcher.Launcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stack that {@code ./ruststack up} runs on free ports, ready. */
public record StackProcess(Launcher.Running running, JsonNode said) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    public static StackProcess up(Launcher launcher, Path file) throws IOException {
        var running = launcher.start("up", file.toString(), "--free-ports", "--output", "json");
        try {
            await().atMost(PATIENCE)
                    .until(() -> running.out().stripTrailing().endsWith("}")
                            || !running.process().isAlive());
            assertThat(running.process().isAlive()).as(running.err()).isTrue();
            var said = JsonMapper.shared().readTree(running.out());
            assertThat(said.path("ready").asBoolean()).as(running.err()).isTrue();
            return new StackProcess(running, said);
        } catch (RuntimeException | AssertionError e) {
            running.close();
            throw e;
        }
    }

    /** What {@code ruststack env} exports. */
    public Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        said.path("environment")
                .properties()
                .forEach(each -> environment.put(each.getKey(), each.getValue().asString()));
        return environment;
    }

    String front() {
        return said.path("endpoints").path("http").asString();
    }

    @Override
    public void close() {
        running.close();
    }
}
