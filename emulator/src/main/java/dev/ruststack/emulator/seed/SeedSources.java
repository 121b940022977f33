package dev.ruststack.emulator.seed;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where a seed finds what it names by a local path. On one machine the CLI builds and resolves; in a cluster there are
 * no local paths and {@link #NONE} refuses them.
 */
public interface SeedSources {
    /** Refuses every path. */
    SeedSources NONE = new SeedSources() {
        @Override
        public Path resolve(String path) throws IOException {
            throw new IOException("local paths are for one machine only: " + path);
        }

        @Override
        public Path deploymentPackage(String functionName, String codePath) throws IOException {
            throw new IOException("local paths are for one machine only: " + codePath);
        }
    };

    /** The file or directory that a path of the declaration names. */
    Path resolve(String path) throws IOException;

    /**
     * The zip that a function's {@code code.path} gives, built where it needs to be. Throws an exception whose message
     * is for the user, with the output of the build where that failed.
     */
    Path deploymentPackage(String functionName, String codePath) throws IOException, InterruptedException;
}
