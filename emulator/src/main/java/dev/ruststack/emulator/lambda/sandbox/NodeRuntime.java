package dev.ruststack.emulator.lambda.sandbox;

import dev.ruststack.emulator.lambda.sandbox.Interpreters.Interpreter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Node.js functions, on the machine's own Node: the major version asked for where it is there, else {@code node}. */
final class NodeRuntime implements LanguageRuntime {
    private static final Pattern IDENTIFIER = Pattern.compile("nodejs(\\d+)\\.x");
    private static final int OLDEST = 18;
    private static final List<String> PROBE =
            List.of("-e", "console.log(process.execPath); console.log(process.versions.node)");

    private final Interpreters interpreters;
    private final Path directory;

    NodeRuntime(Interpreters interpreters, Path directory) {
        this.interpreters = interpreters;
        this.directory = directory;
    }

    @Override
    public boolean runs(String identifier) {
        return IDENTIFIER.matcher(identifier).matches();
    }

    @Override
    public void require(String identifier) throws SandboxException {
        interpreter(identifier);
    }

    @Override
    public Command command(Sandbox.Program program) throws SandboxException {
        var identifier = program.runtime();
        var interpreter = interpreter(identifier);
        var warning = interpreter.hasVersion(List.of(major(identifier)))
                ? null
                : "%s is not on this machine: running on Node.js %s (%s)"
                        .formatted(identifier, interpreter.versionText(), interpreter.executable());
        return new Command(
                List.of(
                        interpreter.executable().toString(),
                        "--max-old-space-size=" + heap(program),
                        directory.resolve("bootstrap.cjs").toString()),
                directory,
                Map.of("NODE_PATH", program.code().resolve("node_modules").toString()),
                warning);
    }

    /** As AWS has it: 90 % of the function's memory, in MB. */
    private static long heap(Sandbox.Program program) {
        return Long.parseLong(program.variables().getOrDefault("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")) * 90 / 100;
    }

    private Interpreter interpreter(String identifier) throws SandboxException {
        int major = major(identifier);
        var names = List.of("node" + major, "node", "nodejs");
        var exact = interpreters
                .find(names, PROBE)
                .filter(node -> node.hasVersion(List.of(major)))
                .findFirst();
        var nearest = exact.or(() -> interpreters
                .find(names, PROBE)
                .filter(node -> node.version().get(0) >= OLDEST)
                .findFirst());
        if (nearest.isPresent()) {
            return nearest.get();
        }
        throw new SandboxException(
                SandboxException.Kind.RUNTIME_MISSING,
                "The runtime %s is not available: there is no Node.js %d or later on the search path (%s). Install Node.js %d and make it available as node."
                        .formatted(identifier, OLDEST, interpreters.searchPath(), major));
    }

    private static int major(String identifier) {
        var matcher = IDENTIFIER.matcher(identifier);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
