package dev.ruststack.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.cli.launcher.Launcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;

/**
 * The clients, installed in a cache that outlives the build: {@code ruststack-conformance} in {@code XDG_CACHE_HOME} or
 * {@code ~/.cache}. What is there for the same versions is taken as it is.
 */
final class Tools {
    static final Path SUITES = Launcher.ROOT.resolve("conformance");

    private static final int MINUTES = 15;

    private final Path cache;

    Tools() throws IOException {
        var configured = System.getenv("XDG_CACHE_HOME");
        var caches = configured == null || configured.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        cache = Files.createDirectories(caches.resolve("ruststack-conformance"));
    }

    private interface Making {
        void into(Path folder) throws IOException, InterruptedException;
    }

    /** A folder for what these files say, which is made where it is not there; one that was not made whole is made anew. */
    private Path cached(String name, Making making, Path... files) throws IOException, InterruptedException {
        var said = new StringBuilder();
        for (var file : files) {
            said.append(Files.readString(file));
        }
        var folder = cache.resolve(name + "-" + Integer.toHexString(Objects.hash(said.toString())));
        var whole = folder.resolveSibling(folder.getFileName() + ".whole");
        if (!Files.exists(whole)) {
            making.into(Files.createDirectories(folder));
            Files.writeString(whole, "");
        }
        return folder;
    }

    /** The {@code bin} of a virtual environment with the clients in Python. */
    Path python() throws IOException, InterruptedException {
        var requirements = SUITES.resolve("requirements.txt");
        Making install = venv -> {
            run(SUITES, Map.of(), "python3", "-m", "venv", "--clear", venv.toString());
            run(SUITES, Map.of(), venv.resolve("bin/pip").toString(), "install", "-q", "-r", requirements.toString());
        };
        return cached("python", install, requirements).resolve("bin");
    }

    /** The {@code bin} of a virtual environment with what deploys behind the HTTP fronts. */
    Path deployers() throws IOException, InterruptedException {
        var requirements = SUITES.resolve("fronts/requirements.txt");
        Making install = venv -> {
            run(SUITES, Map.of(), "python3", "-m", "venv", "--clear", venv.toString());
            run(SUITES, Map.of(), venv.resolve("bin/pip").toString(), "install", "-q", "-r", requirements.toString());
        };
        return cached("fronts", install, requirements).resolve("bin");
    }

    /** A folder with the frameworks in Python that functions bring along. */
    Path packages() throws IOException, InterruptedException {
        var list = SUITES.resolve("fronts/packages.txt");
        var pip = deployers().resolve("pip").toString();
        Making install = folder ->
                run(SUITES, Map.of(), pip, "install", "-q", "--target", folder.toString(), "-r", list.toString());
        return cached("fronts-packages", install, list);
    }

    /** A folder with those in JavaScript. */
    Path express() throws IOException, InterruptedException {
        var suite = SUITES.resolve("fronts/express");
        Making install = folder -> {
            copy(suite, folder);
            run(folder, Map.of(), "npm", "ci", "--no-fund", "--no-audit");
        };
        return cached("fronts-express", install, suite.resolve("package.json"), suite.resolve("package-lock.json"));
    }

    /** A folder with the package of a function in Java, and its libraries. */
    Path javaFunction() throws IOException, InterruptedException {
        var sources = SUITES.resolve("fronts/java");
        var code = sources.resolve("src/main/java/App.java");
        Making build = folder -> {
            copy(sources, folder);
            Files.createDirectories(folder.resolve("src/main/java"));
            Files.copy(code, folder.resolve("src/main/java/App.java"), StandardCopyOption.REPLACE_EXISTING);
            run(folder, Map.of(), Launcher.ROOT.resolve("mvnw").toString(), "-q", "-B", "process-classes");
        };
        return cached("fronts-java", build, sources.resolve("pom.xml"), code).resolve("target/function");
    }

    /** A folder with a function in Go. */
    Path goFunction() throws IOException, InterruptedException {
        var sources = SUITES.resolve("fronts/go");
        Making build = folder -> run(
                sources,
                Map.of("CGO_ENABLED", "0"),
                "go",
                "build",
                "-tags",
                "lambda.norpc",
                "-o",
                folder.resolve("bootstrap").toString(),
                ".");
        return cached("fronts-go", build, sources.resolve("go.sum"), sources.resolve("main.go"));
    }

    /** A folder with Ansible's collections for AWS, out of the package that has all collections there are. */
    Path collections() throws IOException, InterruptedException {
        var requirements = SUITES.resolve("ansible/collections.txt");
        Making unpack = folder -> {
            var package_ = Files.createTempDirectory("ansible");
            run(
                    SUITES,
                    Map.of(),
                    "python3",
                    "-m",
                    "pip",
                    "download",
                    "-q",
                    "--no-deps",
                    "-d",
                    package_.toString(),
                    "-r",
                    requirements.toString());
            try (var files = Files.list(package_)) {
                var wheel = files.findFirst().orElseThrow();
                unzip(wheel, folder, "ansible_collections/amazon/aws/", "ansible_collections/community/aws/");
                Files.delete(wheel);
            }
            Files.delete(package_);
        };
        return cached("ansible", unpack, requirements);
    }

    private static void unzip(Path archive, Path folder, String... prefixes) throws IOException {
        try (var zip = new ZipFile(archive.toFile())) {
            for (var entry : zip.stream().filter(each -> !each.isDirectory()).toList()) {
                if (List.of(prefixes).stream().anyMatch(entry.getName()::startsWith)) {
                    var file = folder.resolve(entry.getName());
                    Files.createDirectories(file.getParent());
                    try (var content = zip.getInputStream(entry)) {
                        Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        }
    }

    /** rclone, built from its sources. */
    Path rclone() throws IOException, InterruptedException {
        var sources = SUITES.resolve("rclone");
        Making build = folder -> run(
                sources, Map.of(), "go", "build", "-o", folder.resolve("rclone").toString(), ".");
        return cached("rclone", build, sources.resolve("go.sum"), sources.resolve("main.go"))
                .resolve("rclone");
    }

    /** A folder with the suite in JavaScript and the packages that its lock file names. */
    Path javascript() throws IOException, InterruptedException {
        var suite = SUITES.resolve("javascript");
        Making install = folder -> {
            copy(suite, folder);
            run(folder, Map.of(), "npm", "ci", "--no-fund", "--no-audit");
        };
        var packages = cached("javascript", install, suite.resolve("package.json"), suite.resolve("package-lock.json"));
        var folder = Files.createDirectories(
                Path.of("target", "conformance", "javascript").toAbsolutePath());
        copy(suite, folder);
        var link = folder.resolve("node_modules");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, packages.resolve("node_modules"));
        return folder;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.list(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    record Ended(int status, String output) {}

    /** Runs a command and asserts that it succeeds. */
    static void run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var ended = end(folder, environment, List.of(command));
        assertThat(ended.status())
                .as("%s%n%s", List.of(command), ended.output())
                .isZero();
    }

    /** Runs a command, however it ends. */
    static Ended end(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        var output = Files.createTempFile("said", ".txt");
        try {
            var builder = new ProcessBuilder(new ArrayList<>(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            process.destroyForcibly();
            var text = Files.readString(output, StandardCharsets.UTF_8);
            return new Ended(ended ? process.exitValue() : -1, text);
        } finally {
            Files.delete(output);
        }
    }
}
