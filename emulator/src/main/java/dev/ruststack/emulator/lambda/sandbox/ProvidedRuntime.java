package dev.ruststack.emulator.lambda.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** OS-only runtimes: the package's own {@code bootstrap} executable, in any language. */
final class ProvidedRuntime implements LanguageRuntime {
    private static final List<String> IDENTIFIERS = List.of("provided.al2023", "provided.al2", "provided");

    private final Path directory;

    ProvidedRuntime(Path directory) {
        this.directory = directory;
    }

    @Override
    public boolean runs(String identifier) {
        return IDENTIFIERS.contains(identifier);
    }

    @Override
    public void require(String identifier) {}

    @Override
    public Command command(Sandbox.Program program) throws SandboxException {
        var bootstrap = bootstrap(program);
        if (!Files.isRegularFile(bootstrap)) {
            throw new SandboxException(
                    SandboxException.Kind.INVALID_ENTRYPOINT,
                    "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
        }
        if (!Files.isExecutable(bootstrap)) {
            throw new SandboxException(
                    SandboxException.Kind.INVALID_ENTRYPOINT, "fork/exec /var/task/bootstrap: permission denied");
        }
        return new Command(List.of(bootstrap.toString()), directory, Map.of(), null);
    }

    /** A layer may bring the bootstrap where the package does not. */
    private static Path bootstrap(Sandbox.Program program) {
        var own = program.code().resolve("bootstrap");
        var layers = program.layers();
        return Files.isRegularFile(own) || layers == null ? own : layers.resolve("bootstrap");
    }
}
