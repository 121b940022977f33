package dev.ruststack.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Python and Node with the packages of the suites, installed for the tests alone. */
final class Toolbox {
    private static final Path FOLDER = Path.of("target", "toolbox").toAbsolutePath();
    private static final int MINUTES = 10;

    private Toolbox() {}

    /** The {@code bin} of a virtual environment that has these requirements; kept for the next run. */
    static Path python(Path requirements) throws IOException, InterruptedException {
        var name = "venv-" + Integer.toHexString(Files.readString(requirements).hashCode());
        var venv = FOLDER.resolve(name);
        var done = FOLDER.resolve(name + ".done");
        if (!Files.exists(done)) {
            run(Path.of("."), Map.of(), "python3", "-m", "venv", "--clear", venv.toString());
            run(
                    Path.of("."),
                    Map.of(),
                    venv.resolve("bin/python").toString(),
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "-r",
                    requirements.toString());
            Files.createFile(done);
        }
        return venv.resolve("bin");
    }

    /** A folder with a suite and the packages that its lock file names. */
    static Path node(Path suite) throws IOException, InterruptedException {
        var folder = Files.createDirectories(FOLDER.resolve("node"));
        try (var files = Files.list(suite)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        run(folder, Map.of(), "npm", "ci", "--no-fund", "--no-audit");
        return folder;
    }

    /** Runs a command and asserts that it succeeds; its output is shown where it does not. */
    static String run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        var output = Files.createTempFile(FOLDER, "output", ".txt");
        try {
            var builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            process.destroyForcibly();
            var text = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(ended).as("%s ended%n%s", List.of(command), text).isTrue();
            assertThat(process.exitValue()).as("%s%n%s", List.of(command), text).isZero();
            return text;
        } finally {
            Files.delete(output);
        }
    }
}
