package dev.ruststack.cli.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.cli.CommandException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineSocketTest {
    @TempDir
    private Path folder;

    @Test
    void dockerHostComesFirst() {
        assertThat(EngineSocket.find(Map.of("DOCKER_HOST", "tcp://engine:2375")))
                .isEqualTo(URI.create("tcp://engine:2375"));
    }

    @Test
    void theSocketOfARootlessEngineIsFound() throws IOException {
        var socket = Files.createFile(folder.resolve("docker.sock"));

        var found = EngineSocket.find(Map.of("XDG_RUNTIME_DIR", folder.toString(), "HOME", folder.toString()));

        // A machine may have an engine of its own, which comes before.
        assertThat(found).isIn(URI.create("unix://" + socket), URI.create("unix:///var/run/docker.sock"));
    }

    @Test
    void sshAndTlsSayWhatToDoInstead() {
        remedyOf(Map.of("DOCKER_HOST", "ssh://me@far")).contains("ssh -NL");
        remedyOf(Map.of("DOCKER_HOST", "tcp://far:2376", "DOCKER_TLS_VERIFY", "1"))
                .contains("ssh -L");
    }

    private static AbstractStringAssert<?> remedyOf(Map<String, String> environment) {
        var thrown = org.assertj.core.api.Assertions.catchThrowableOfType(
                CommandException.class, () -> EngineSocket.find(environment));
        return assertThat(thrown.remedy());
    }

    @Test
    void whatKeepsFromAnEngineIsSaidWithWhatToDo() {
        var address = URI.create("unix:///var/run/docker.sock");
        var denied = EngineSocket.unusable(address, new RuntimeException(new IOException("Permission denied")));
        assertThat(denied)
                .hasMessage("the Docker engine at unix:///var/run/docker.sock cannot be used: Permission denied");
        assertThat(denied.remedy()).contains("usermod -aG docker");

        var refused = EngineSocket.unusable(address, new IOException("Connection refused"));
        assertThat(refused.remedy()).contains("start Docker");
    }

    @Test
    void aFileThatIsNoEngineCannotBeUsed() throws IOException {
        var file = Files.createFile(folder.resolve("none.sock"));

        assertThatThrownBy(() -> DockerEngine.connect(Map.of("DOCKER_HOST", "unix://" + file)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("unix://" + file + " cannot be used");
    }
}
