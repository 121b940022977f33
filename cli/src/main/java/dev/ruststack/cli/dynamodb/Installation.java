package dev.ruststack.cli.dynamodb;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The folder that the module {@code dynamodb-local} builds: {@code lib} with every jar, {@code native} with SQLite for
 * each platform.
 */
public record Installation(Path home) {
    /** Names the folder where it is not in its usual place. */
    public static final String PROPERTY = "ruststack.dynamodb-local";

    /**
     * The installation named by {@value #PROPERTY}, or the one beside this program.
     *
     * @throws IOException where there is none; the message says how to get it
     */
    public static Installation locate() throws IOException {
        var candidates = new ArrayList<Path>();
        var named = System.getProperty(PROPERTY);
        if (named != null) {
            candidates.add(Path.of(named));
        } else {
            var program = program();
            if (program != null) {
                // cli/target/classes or cli/target/*.jar in the source tree; lib/*.jar in a distribution.
                candidates.add(program.resolveSibling("../../dynamodb-local/target/dynamodb-local"));
                candidates.add(program.resolveSibling("../dynamodb-local"));
            }
        }
        for (var candidate : candidates) {
            if (Files.isDirectory(candidate.resolve("lib"))) {
                return new Installation(candidate.toRealPath());
            }
        }
        throw new IOException("DynamoDB Local is not in " + candidates
                + ". Build it with ./mvnw -Dquick -pl dynamodb-local package, or name its folder with -D" + PROPERTY
                + "=…");
    }

    /** Every jar, sorted so that each start has the same class path. */
    List<Path> jars() throws IOException {
        try (var files = Files.list(home.resolve("lib"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /** SQLite's native library for this platform, or null where there is none for it. */
    @Nullable
    Path nativeLibrary() {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var os = system.contains("mac") ? "Mac" : system.contains("win") ? "Windows" : "Linux";
        var architecture = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "aarch64";
            default -> "x86";
        };
        var folder = home.resolve("native").resolve(os).resolve(architecture);
        return Files.isDirectory(folder) ? folder : null;
    }

    private static @Nullable Path program() {
        try {
            var source = Installation.class.getProtectionDomain().getCodeSource();
            return source == null ? null : Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
