package dev.ruststack.emulator.lambda.sandbox;

import dev.ruststack.emulator.lambda.sandbox.Interpreters.Interpreter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Ruby functions, on the machine's own Ruby: the version asked for where it is there, else {@code ruby}. */
final class RubyRuntime implements LanguageRuntime {
    private static final Pattern IDENTIFIER = Pattern.compile("ruby(\\d+)\\.(\\d+)");
    private static final int OLDEST = 3;
    private static final List<String> PROBE = List.of("-e", "puts RbConfig.ruby, RUBY_VERSION");

    private final Interpreters interpreters;
    private final Path directory;

    RubyRuntime(Interpreters interpreters, Path directory) {
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
        var warning = interpreter.hasVersion(version(identifier))
                ? null
                : "%s is not on this machine: running on Ruby %s (%s)"
                        .formatted(identifier, interpreter.versionText(), interpreter.executable());
        // Where Bundler puts the gems of a package: named after the version that it ran on.
        var gems = program.code().resolve("vendor/bundle/ruby");
        var own = interpreter.version();
        return new Command(
                List.of(
                        interpreter.executable().toString(),
                        directory.resolve("bootstrap.rb").toString()),
                directory,
                Map.of(
                        "RUBYLIB",
                        program.code().toString(),
                        "GEM_PATH",
                        gems.resolve(identifier.replace("ruby", "") + ".0") + ":"
                                + gems.resolve(own.get(0) + "." + own.get(1) + ".0")),
                warning);
    }

    private Interpreter interpreter(String identifier) throws SandboxException {
        var version = version(identifier);
        var names = List.of(identifier, "ruby");
        var exact = interpreters
                .find(names, PROBE)
                .filter(ruby -> ruby.hasVersion(version))
                .findFirst();
        var nearest = exact.or(() -> interpreters
                .find(names, PROBE)
                .filter(ruby -> ruby.version().get(0) >= OLDEST)
                .findFirst());
        if (nearest.isPresent()) {
            return nearest.get();
        }
        throw new SandboxException(
                SandboxException.Kind.RUNTIME_MISSING,
                "The runtime %s is not available: there is no Ruby %d or later on the search path (%s). Install %s, or any Ruby %d, and make it available as ruby."
                        .formatted(
                                identifier,
                                OLDEST,
                                interpreters.searchPath(),
                                identifier.replace("ruby", "Ruby "),
                                OLDEST));
    }

    private static List<Integer> version(String identifier) {
        var matcher = IDENTIFIER.matcher(identifier);
        return matcher.matches()
                ? List.of(Integer.valueOf(matcher.group(1)), Integer.valueOf(matcher.group(2)))
                : List.of(OLDEST);
    }
}
