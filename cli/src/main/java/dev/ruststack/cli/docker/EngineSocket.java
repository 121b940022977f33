package dev.ruststack.cli.docker;

import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where the Docker engine listens: {@code DOCKER_HOST}, else the first socket that is there of those that Docker, its
 * rootless mode, Docker Desktop, OrbStack, Colima and Podman have.
 */
final class EngineSocket {
    private static final String VARIABLE = "DOCKER_HOST";
    private static final String USUAL = "/var/run/docker.sock";

    private EngineSocket() {}

    static URI find(Map<String, String> environment) {
        var named = environment.getOrDefault(VARIABLE, "");
        if (!named.isBlank()) {
            return named(named, environment);
        }
        for (var candidate : candidates(environment)) {
            if (Files.exists(Path.of(candidate))) {
                return URI.create("unix://" + candidate);
            }
        }
        throw new CommandException(
                ExitCode.NOT_STARTED,
                "functions are to run in containers, and no Docker engine was found",
                "Looked for " + String.join(", ", candidates(environment)) + ".\n"
                        + "Start Docker, or say where it listens: DOCKER_HOST=unix:///PATH or tcp://HOST:PORT.");
    }

    private static URI named(String address, Map<String, String> environment) {
        if (!address.startsWith("unix://") && !address.startsWith("tcp://")) {
            throw new CommandException(
                    ExitCode.NOT_STARTED,
                    "DOCKER_HOST is " + address + ", which is neither unix:///PATH nor tcp://HOST:PORT",
                    address.startsWith("ssh:")
                            ? "Forward its socket: ssh -NL /tmp/docker.sock:/var/run/docker.sock HOST, and"
                                    + " DOCKER_HOST=unix:///tmp/docker.sock with --container-address."
                            : "");
        }
        if (!environment.getOrDefault("DOCKER_TLS_VERIFY", "").isEmpty()) {
            throw new CommandException(
                    ExitCode.NOT_STARTED,
                    "DOCKER_TLS_VERIFY is set: engines behind TLS are not spoken to",
                    "Forward its socket with ssh -L, and name that with DOCKER_HOST.");
        }
        return URI.create(address);
    }

    private static List<String> candidates(Map<String, String> environment) {
        var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        var all = new ArrayList<>(List.of(USUAL));
        var runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!runtime.isBlank()) {
            all.add(runtime + "/docker.sock");
        }
        for (var path :
                List.of(".docker/run/docker.sock", ".orbstack/run/docker.sock", ".colima/default/docker.sock")) {
            all.add(home + File.separator + path);
        }
        if (!runtime.isBlank()) {
            all.add(runtime + "/podman/podman.sock");
        }
        return all;
    }

    /** What to do where an engine was found and does not answer. */
    static CommandException unusable(URI address, Throwable failure) {
        var text = deepest(failure);
        var remedy = "";
        if (text.contains("Permission denied")) {
            remedy =
                    "This user may not use it: sudo usermod -aG docker $USER and log in again, or run Docker rootless.";
        } else if (text.contains("refused") || text.contains("No such file")) {
            remedy = "Nothing answers there: start Docker (systemctl start docker, or Docker Desktop), or say where it"
                    + " listens with DOCKER_HOST.";
        }
        return new CommandException(
                ExitCode.NOT_STARTED, "the Docker engine at " + address + " cannot be used: " + text, remedy);
    }

    static String deepest(Throwable failure) {
        var at = failure;
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            at = cause;
        }
        var message = at.getMessage();
        return message == null ? at.toString() : message.strip();
    }
}
