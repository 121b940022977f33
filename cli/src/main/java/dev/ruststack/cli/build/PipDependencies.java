package dev.ruststack.cli.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Python function's {@code requirements.txt}, installed by uv where it is on the PATH, else by the Python's pip. */
final class PipDependencies implements Dependencies {
    /** Neither a user's nor a distribution's settings may move the packages elsewhere or ask questions. */
    private static final Map<String, String> VARIABLES = Map.of(
            "PIP_DISABLE_PIP_VERSION_CHECK", "1",
            "PIP_NO_INPUT", "1",
            "PIP_PROGRESS_BAR", "off",
            "PIP_REQUIRE_VIRTUALENV", "0",
            "PIP_ROOT_USER_ACTION", "ignore",
            "PIP_USER", "0");

    private static final String FILE = "requirements.txt";

    /** What uv leaves in a target folder. */
    private static final String UV_LOCK = ".lock";

    private final FunctionSource source;
    private final Requirements requirements;
    private final PythonRuntime python;
    private final Commands commands;

    private PipDependencies(FunctionSource source, Requirements requirements, PythonRuntime python, Commands commands) {
        this.source = source;
        this.requirements = requirements;
        this.python = python;
        this.commands = commands;
    }

    /** What the function's requirements.txt asks for; empty where there is none or it asks for nothing. */
    static Optional<Dependencies> of(FunctionSource source, Commands commands)
            throws BuildException, IOException, InterruptedException {
        var file = source.code().resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var requirements = Requirements.read(file);
        if (requirements.empty()) {
            return Optional.empty();
        }
        var python = PythonRuntime.find(source, commands);
        return Optional.of(new PipDependencies(source, requirements, python, commands));
    }

    @Override
    public String fingerprint() {
        return new Fingerprint()
                .add("pip")
                .add(python.version())
                .add(python.platform())
                .add(requirements.fingerprint())
                .hex();
    }

    @Override
    public boolean repeatable() {
        return !requirements.local();
    }

    @Override
    public void install(Path target, Path temporary, BuildProgress progress)
            throws BuildException, IOException, InterruptedException {
        if (!source.runtime().equals("python" + python.version())) {
            progress.line("This machine has no " + source.runtime() + ": building for Python " + python.version());
        }
        var command = new ArrayList<>(installer());
        var file = source.code().resolve(FILE).toString();
        command.addAll(List.of("--target", target.toString(), "-r", file));
        progress.line("Installing requirements.txt for Python " + python.version());
        var variables = new HashMap<>(VARIABLES);
        variables.put("TMPDIR", temporary.toString());
        // Python imports from where it is started: the function's own logging.py must not become pip's.
        var folder = requirements.local() ? source.code() : temporary;
        var result = commands.run(command, folder, variables, progress);
        if (!result.succeeded()) {
            throw BuildException.of(source, "requirements.txt could not be installed", command, result);
        }
        Files.deleteIfExists(target.resolve(UV_LOCK));
    }

    private List<String> installer() throws BuildException, IOException, InterruptedException {
        var program = python.program().toString();
        var uv = commands.find("uv");
        if (uv.isPresent() && commands.probe(uv.get(), "--version").succeeded()) {
            return List.of(
                    uv.get().toString(), "pip", "install", "--python", program, "--no-progress", "--link-mode", "copy");
        }
        var pip = commands.probe(python.program(), "-m", "pip", "--version");
        if (!pip.succeeded()) {
            throw new BuildException(
                    source.name(),
                    "requirements.txt needs pip or uv, and " + program + " has no pip (" + pip.lastLine()
                            + "); install pip (Debian, Ubuntu: apt-get install python3-pip; elsewhere: " + program
                            + " -m ensurepip) or uv");
        }
        return List.of(program, "-m", "pip", "install", "--no-compile", "--no-warn-conflicts");
    }
}
