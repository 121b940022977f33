package dev.ruststack.cli.build;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One build of one folder: hash, look into the cache, install what is missing, pack. */
final class FolderBuild {
    /** Part of every key: changes whenever the same input would give another package. */
    private static final String FORMAT = "1";

    private final FunctionSource source;
    private final BuildCache cache;
    private final Commands commands;
    private final BuildProgress progress;

    FolderBuild(FunctionSource source, BuildCache cache, Commands commands, BuildProgress progress) {
        this.source = source;
        this.cache = cache;
        this.commands = commands;
        this.progress = progress;
    }

    record Result(Path zip, boolean fromCache) {}

    Result run() throws BuildException, IOException, InterruptedException {
        var tree = SourceTree.read(source.name(), source.code());
        if (tree.entries().isEmpty()) {
            throw new BuildException(source.name(), "its folder " + source.code() + " holds nothing to pack");
        }
        var dependencies = dependencies().orElse(null);
        var dependenciesKey = dependencies == null ? "" : key(dependencies);
        var key = new Fingerprint()
                .add(FORMAT)
                .add(tree.fingerprint())
                .add(dependenciesKey)
                .hex();
        var known = cache.find(key);
        if (known.isPresent()) {
            return new Result(known.get(), true);
        }
        return new Result(build(tree, dependencies, dependenciesKey, key), false);
    }

    private Optional<Dependencies> dependencies() throws BuildException, IOException, InterruptedException {
        if (source.runtime().startsWith("python")) {
            return PipDependencies.of(source, commands);
        }
        if (source.runtime().startsWith("nodejs")) {
            return NpmDependencies.of(source, commands);
        }
        return Optional.empty();
    }

    private static String key(Dependencies dependencies) {
        var once = dependencies.repeatable() ? "" : UUID.randomUUID().toString();
        return new Fingerprint()
                .add(FORMAT)
                .add(dependencies.fingerprint())
                .add(once)
                .hex();
    }

    private Path build(SourceTree tree, @Nullable Dependencies dependencies, String dependenciesKey, String key)
            throws BuildException, IOException, InterruptedException {
        try (var workspace = cache.newWorkspace()) {
            var installed = dependencies == null ? null : installed(dependencies, dependenciesKey, workspace.folder());
            progress.line("Packing " + source.code());
            var zip = workspace.folder().resolve("function.zip");
            FunctionArchive.write(source.name(), tree, installed, zip);
            return cache.store(key, zip);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new BuildException(
                    source.name(),
                    "building it in " + cache.root() + " failed (" + CacheDirectory.VARIABLE
                            + " names another folder for that)",
                    e);
        }
    }

    /** The zip file of the dependencies. */
    private Path installed(Dependencies dependencies, String key, Path workspace)
            throws BuildException, IOException, InterruptedException {
        var known = cache.find(key);
        if (known.isPresent()) {
            return known.get();
        }
        var target = Files.createDirectory(workspace.resolve("dependencies"));
        dependencies.install(target, Files.createDirectory(workspace.resolve("tmp")), progress);
        var zip = workspace.resolve("dependencies.zip");
        FunctionArchive.write(source.name(), SourceTree.read(source.name(), target), null, zip);
        return cache.store(key, zip);
    }
}
