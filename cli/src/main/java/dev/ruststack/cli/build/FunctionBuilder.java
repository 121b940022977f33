package dev.ruststack.cli.build;

import dev.ruststack.emulator.process.ProcessGuard;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Makes the zip file of a function from its {@code code.path}, as {@code sam build} does. A zip file is taken as it is. A
 * folder is packed with its modes; for a Python runtime its {@code requirements.txt} and for a Node runtime its
 * {@code package.json} is installed into the package. Everything is cached by content, so that building the same again
 * costs hashing only. One builder serves any number of threads, and any number of processes share a cache.
 *
 * <p>AWS: Lambda Developer Guide, Working with .zip file archives for Python (and Node.js) Lambda functions.
 */
public final class FunctionBuilder {
    private final BuildCache cache;
    private final Commands commands;

    /**
     * A builder with the cache of {@link CacheDirectory}.
     *
     * @param environment the variables that build tools see; its PATH is where they are looked for
     * @param guard ends the tools and removes what is half built when this process ends, however it ends
     */
    public FunctionBuilder(Map<String, String> environment, ProcessGuard guard) {
        this(new BuildCache(CacheDirectory.of(environment), guard), new Commands(environment, guard));
    }

    FunctionBuilder(BuildCache cache, Commands commands) {
        this.cache = cache;
        this.commands = commands;
    }

    /**
     * Builds a function, or finds it built. An interrupt ends the build with all that it started and leaves nothing.
     *
     * @throws BuildException when the code or its dependencies cannot be packed; the message says why and what to do
     */
    public BuiltFunction build(FunctionSource source, BuildProgress progress)
            throws BuildException, InterruptedException {
        long start = System.nanoTime();
        try {
            boolean isFolder = Files.isDirectory(source.code());
            var result = isFolder
                    ? new FolderBuild(source, cache, commands, progress).run()
                    : new FolderBuild.Result(checked(source), true);
            return new BuiltFunction(result.zip(), result.fromCache(), Duration.ofNanos(System.nanoTime() - start));
        } catch (ClosedByInterruptException _) {
            // The interrupt met a file; the flag stays set there, while an InterruptedException clears it.
            Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException e) {
            throw new BuildException(source.name(), "its code cannot be read", e);
        }
    }

    private static Path checked(FunctionSource source) throws BuildException {
        var file = source.code();
        if (!Files.exists(file)) {
            throw new BuildException(source.name(), "its code " + file + " does not exist");
        }
        try (var zip = ZipFile.builder().setPath(file).get()) {
            if (zip.getEntries().hasMoreElements()) {
                return file;
            }
        } catch (IOException e) {
            throw new BuildException(source.name(), "its code is neither a folder nor a zip file that opens", e);
        }
        throw new BuildException(source.name(), "its code " + file + " is an empty zip file");
    }
}
