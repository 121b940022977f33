package dev.ruststack.emulator.lambda.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Java virtual machines of this machine, told by the file {@code release} that each has; none is started for it. */
final class JavaMachines {
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(?:1\\.)?(\\d+)[^\"]*\"");
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    private final List<Path> homes;
    private volatile @Nullable List<Machine> found;

    /**
     * One of them.
     *
     * @param version the major one, such as 21
     */
    record Machine(Path executable, int version) {}

    /** Looks on a search path, in {@code JAVA_HOME}, among what is installed, and at the one that runs this. */
    JavaMachines(String searchPath) {
        var all = new ArrayList<Path>();
        for (var directory : searchPath.split(File.pathSeparator)) {
            if (directory.startsWith("/")) {
                home(Path.of(directory, "java")).ifPresent(all::add);
            }
        }
        var declared = System.getenv("JAVA_HOME");
        if (declared != null && declared.startsWith("/")) {
            all.add(Path.of(declared));
        }
        all.addAll(installed());
        all.add(Path.of(System.getProperty("java.home")));
        homes = List.copyOf(all);
    }

    private static Optional<Path> home(Path java) {
        try {
            return Optional.ofNullable(java.toRealPath().getParent()).map(Path::getParent);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<Path> installed() {
        try (var homes = Files.list(INSTALLED)) {
            return homes.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The machine of this version, else the next newer one: Java runs what was compiled for an older one. */
    Optional<Machine> atLeast(int version) {
        return machines().stream()
                .filter(machine -> machine.version() >= version)
                .min(Comparator.comparingInt(Machine::version));
    }

    private List<Machine> machines() {
        var known = found;
        if (known == null) {
            known = homes.stream().flatMap(JavaMachines::machine).toList();
            found = known;
        }
        return known;
    }

    private static Stream<Machine> machine(Path home) {
        var executable = home.resolve("bin/java");
        try {
            var version = VERSION.matcher(Files.readString(home.resolve("release")));
            return Files.isExecutable(executable) && version.find()
                    ? Stream.of(new Machine(executable, major(version)))
                    : Stream.empty();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static int major(Matcher version) {
        return Integer.parseInt(version.group(1));
    }
}
