package dev.ruststack.emulator.lambda.sandbox;

import dev.ruststack.emulator.lambda.sandbox.Interpreters.Interpreter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Python functions, on the machine's own interpreter: the version asked for where it is there, else {@code python3}.
 * What Python compiles is cached outside of the deployment package, which stays as it is.
 */
final class PythonRuntime implements LanguageRuntime {
    private static final Pattern IDENTIFIER = Pattern.compile("python3\\.(\\d+)");
    private static final int OLDEST_MINOR = 8;
    private static final List<String> PROBE =
            List.of("-c", "import sys; print(sys.executable); print('.'.join(str(n) for n in sys.version_info[:3]))");

    private final Interpreters interpreters;
    private final Path directory;
    private final Path bytecode;

    PythonRuntime(Interpreters interpreters, Path directory, Path bytecode) {
        this.interpreters = interpreters;
        this.directory = directory;
        this.bytecode = bytecode;
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
        var warning = interpreter.hasVersion(version(identifier))
                ? null
                : "%s is not on this machine: running on Python %s (%s)"
                        .formatted(identifier, interpreter.versionText(), interpreter.executable());
        return new Command(
                List.of(
                        interpreter.executable().toString(),
                        "-X",
                        "pycache_prefix=" + bytecode,
                        directory.resolve("bootstrap.py").toString()),
                directory,
                Map.of("PYTHONPATH", directory.toString()),
                warning);
    }

    private Interpreter interpreter(String identifier) throws SandboxException {
        var version = version(identifier);
        var names = List.of(identifier, "python3", "python");
        var exact = interpreters
                .find(names, PROBE)
                .filter(python -> python.hasVersion(version))
                .findFirst();
        var nearest = exact.or(() ->
                interpreters.find(names, PROBE).filter(PythonRuntime::isRecent).findFirst());
        if (nearest.isPresent()) {
            return nearest.get();
        }
        throw new SandboxException(
                SandboxException.Kind.RUNTIME_MISSING,
                ("The runtime %s is not available: there is no Python 3.8 or later on the search path (%s). Install %s, or"
                                + " any Python 3, and make it available as python3.")
                        .formatted(identifier, interpreters.searchPath(), identifier.replace("python", "Python ")));
    }

    private static boolean isRecent(Interpreter python) {
        return python.hasVersion(List.of(3)) && python.version().get(1) >= OLDEST_MINOR;
    }

    private static List<Integer> version(String identifier) {
        var matcher = IDENTIFIER.matcher(identifier);
        return matcher.matches() ? List.of(3, Integer.valueOf(matcher.group(1))) : List.of(3);
    }
}
