package dev.ruststack.emulator.lambda.sandbox;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Java functions, by AWS's own runtime interface client, which is on the class path of this program. The version asked
 * for where it is there, else the next newer one. AWS: Lambda Developer Guide, Building Lambda functions with Java.
 */
final class JavaRuntime implements LanguageRuntime {
    private static final Pattern IDENTIFIER = Pattern.compile("java(\\d+)(?:\\.al\\d+)?");
    private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    /** One class of each jar of the client. */
    private static final List<String> CLIENT = List.of(
            MAIN,
            "com.amazonaws.services.lambda.runtime.Context",
            "com.amazonaws.services.lambda.runtime.serialization.PojoSerializer");

    /** The first versions that warn of native code, and of what the client's serializer does. */
    private static final int WARNS = 24;

    private static final long KILOBYTES = 1024;

    private final JavaMachines machines;
    private final Path directory;

    JavaRuntime(JavaMachines machines, Path directory) {
        this.machines = machines;
        this.directory = directory;
    }

    @Override
    public boolean runs(String identifier) {
        return IDENTIFIER.matcher(identifier).matches();
    }

    @Override
    public void require(String identifier) throws SandboxException {
        machine(identifier);
    }

    @Override
    public Command command(Sandbox.Program program) throws SandboxException {
        var machine = machine(program.runtime());
        var line = new ArrayList<String>();
        line.add(machine.executable().toString());
        line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        line.add("-Xmx" + heap(program) + "k");
        if (machine.version() >= WARNS) {
            line.add("--enable-native-access=ALL-UNNAMED");
            line.add("--sun-misc-unsafe-memory-access=allow");
        }
        line.addAll(List.of("-cp", classPath(program), MAIN));
        line.add(program.variables().getOrDefault("_HANDLER", ""));
        var warning = machine.version() == version(program.runtime())
                ? null
                : "%s is not on this machine: running on Java %d (%s)"
                        .formatted(program.runtime(), machine.version(), machine.executable());
        return new Command(line, directory, Map.of(), warning);
    }

    /** As AWS has it: 85 % of the function's memory, in KB. */
    private static long heap(Sandbox.Program program) {
        var megabytes = program.variables().getOrDefault("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128");
        return Long.parseLong(megabytes) * KILOBYTES * 85 / 100;
    }

    private static String classPath(Sandbox.Program program) throws SandboxException {
        var entries = new ArrayList<Path>();
        entries.add(program.code());
        try {
            for (var type : CLIENT) {
                entries.add(jar(type));
            }
            entries.addAll(jars(program.code().resolve("lib")));
            if (program.layers() != null) {
                entries.addAll(jars(program.layers().resolve("java/lib")));
            }
        } catch (IOException e) {
            throw new SandboxException(
                    SandboxException.Kind.UNAVAILABLE, "the function's libraries cannot be read: " + e.getMessage());
        }
        return String.join(
                File.pathSeparator, entries.stream().map(Path::toString).toList());
    }

    private static List<Path> jars(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /** The jar that this program has a class from. */
    private static Path jar(String type) throws IOException {
        var resource = JavaRuntime.class.getClassLoader().getResource(type.replace('.', '/') + ".class");
        var text = resource == null ? "" : resource.toString();
        int end = text.indexOf("!/");
        if (!text.startsWith("jar:file:") || end < 0) {
            throw new IOException("AWS's runtime interface client for Java is not a jar of this program");
        }
        return Path.of(URI.create(text.substring("jar:".length(), end)));
    }

    private JavaMachines.Machine machine(String identifier) throws SandboxException {
        int version = version(identifier);
        var machine = machines.atLeast(version);
        if (machine.isPresent()) {
            return machine.get();
        }
        throw new SandboxException(
                SandboxException.Kind.RUNTIME_MISSING,
                "The runtime %s is not available: there is no Java %d or later on the search path, in JAVA_HOME or in /usr/lib/jvm. Install a JDK or JRE %d."
                        .formatted(identifier, version, version));
    }

    private static int version(String identifier) {
        var matcher = IDENTIFIER.matcher(identifier);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
