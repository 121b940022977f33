package dev.ruststack.cli.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A Node function's {@code package.json} whose {@code node_modules} is missing, installed by npm. */
final class NpmDependencies implements Dependencies {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MANIFEST = "package.json";
    private static final List<String> LOCKS = List.of("npm-shrinkwrap.json", "package-lock.json");
    private static final String SETTINGS = ".npmrc";
    private static final Pattern LOCAL = Pattern.compile("(?:file:|link:|workspace:|[./~]).*");

    private static final Map<String, String> VARIABLES = Map.of(
            "npm_config_audit", "false",
            "npm_config_fund", "false",
            "npm_config_progress", "false",
            "npm_config_update_notifier", "false");

    private final FunctionSource source;
    private final ObjectNode manifest;
    private final Commands commands;
    private final Path npm;
    private final String fingerprint;

    private NpmDependencies(
            FunctionSource source, ObjectNode manifest, Commands commands, Path npm, String fingerprint) {
        this.source = source;
        this.manifest = manifest;
        this.commands = commands;
        this.npm = npm;
        this.fingerprint = fingerprint;
    }

    /** What the function's package.json asks for; empty where it asks for nothing or node_modules is there. */
    static Optional<Dependencies> of(FunctionSource source, Commands commands)
            throws BuildException, IOException, InterruptedException {
        var file = source.code().resolve(MANIFEST);
        if (!Files.exists(file) || Files.exists(source.code().resolve("node_modules"))) {
            return Optional.empty();
        }
        var manifest = manifest(source, file);
        if (manifest.path("dependencies").isEmpty()
                && manifest.path("optionalDependencies").isEmpty()) {
            return Optional.empty();
        }
        refuseLocal(source, manifest);
        var npm = require(source, commands, "npm");
        var fingerprint = new Fingerprint().add("npm").add(platform(source, commands));
        for (var name : files(source)) {
            fingerprint.add(name).add(Files.readAllBytes(source.code().resolve(name)));
        }
        return Optional.of(new NpmDependencies(source, manifest, commands, npm, fingerprint.hex()));
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public void install(Path target, Path temporary, BuildProgress progress)
            throws BuildException, IOException, InterruptedException {
        for (var name : files(source)) {
            Files.copy(source.code().resolve(name), target.resolve(name));
        }
        // Scripts of the function itself (prepare, postinstall) expect its sources and development tools.
        var withoutScripts = manifest.deepCopy();
        withoutScripts.remove("scripts");
        Files.write(target.resolve(MANIFEST), JSON.writeValueAsBytes(withoutScripts));

        boolean locked = LOCKS.stream().anyMatch(lock -> Files.exists(target.resolve(lock)));
        var command = new ArrayList<>(List.of(npm.toString(), locked ? "ci" : "install", "--omit=dev"));
        if (!locked) {
            command.add("--no-package-lock");
        }
        progress.line("Installing the dependencies of " + MANIFEST);
        var variables = new HashMap<>(VARIABLES);
        variables.put("TMPDIR", temporary.toString());
        var result = commands.run(command, target, variables, progress);
        if (!result.succeeded()) {
            throw BuildException.of(source, "the dependencies of package.json failed to install", command, result);
        }
    }

    private static ObjectNode manifest(FunctionSource source, Path file) throws BuildException, IOException {
        try {
            if (JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode manifest) {
                return manifest;
            }
        } catch (JacksonException e) {
            var place = e.getLocation();
            throw new BuildException(
                    source.name(),
                    file + ", line " + place.getLineNr() + ", column " + place.getColumnNr() + ": "
                            + e.getOriginalMessage());
        }
        throw new BuildException(source.name(), file + " does not hold a JSON object");
    }

    /** npm would link to a place that the function's zip file does not have. */
    private static void refuseLocal(FunctionSource source, ObjectNode manifest) throws BuildException {
        var remedy = "; run npm install --install-links there yourself, its node_modules is then packed as it is";
        if (manifest.has("workspaces")) {
            throw new BuildException(source.name(), "package.json has workspaces, which are not built here" + remedy);
        }
        for (var kind : List.of("dependencies", "optionalDependencies")) {
            for (var dependency : manifest.path(kind).properties()) {
                var version = dependency.getValue().asString("");
                if (LOCAL.matcher(version).matches()) {
                    throw new BuildException(
                            source.name(),
                            "package.json depends on " + dependency.getKey() + " at " + version
                                    + ", and dependencies on folders are not built here" + remedy);
                }
            }
        }
    }

    /** What of the function's folder npm reads. */
    private static List<String> files(FunctionSource source) {
        var names = new ArrayList<>(LOCKS);
        names.addFirst(MANIFEST);
        names.add(SETTINGS);
        names.removeIf(name -> !Files.exists(source.code().resolve(name)));
        return names;
    }

    private static String platform(FunctionSource source, Commands commands)
            throws BuildException, IOException, InterruptedException {
        var node = require(source, commands, "node");
        var answer = commands.probe(
                node, "-p", "[process.version, process.platform, process.arch, process.versions.modules].join(' ')");
        if (!answer.succeeded()) {
            throw new BuildException(source.name(), node + " does not run: " + answer.lastLine());
        }
        return answer.lastLine();
    }

    private static Path require(FunctionSource source, Commands commands, String program) throws BuildException {
        return commands.find(program)
                .orElseThrow(() -> new BuildException(
                        source.name(),
                        "package.json needs " + program + ", which was not found on the PATH; install Node.js with npm"
                                + " (Debian, Ubuntu: apt-get install nodejs npm)"));
    }
}
