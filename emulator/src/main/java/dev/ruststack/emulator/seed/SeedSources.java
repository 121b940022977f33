package dev.ruststack.emulator.seed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;

/**
 * Where a seed finds what it names. On one machine the CLI builds and resolves local paths; in a cluster there are none,
 * but ConfigMaps and Secrets, whose content comes with the declaration. {@link #NONE} has neither.
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

    /** What a declaration may refer to. */
    enum ReferenceKind {
        CONFIG_MAP("ConfigMap"),
        SECRET("Secret");

        private final String text;

        ReferenceKind(String text) {
            this.text = text;
        }

        /** Kubernetes' name of the kind. */
        public String text() {
            return text;
        }
    }

    /** The keys of a ConfigMap or Secret that the declaration asks for, with their bytes, which must not be changed. */
    default SortedMap<String, byte[]> content(ReferenceKind kind, String name) throws ReferenceMissingException {
        throw new ReferenceMissingException("there is no cluster to take " + kind.text() + " " + name + " from");
    }

    /** The file or directory that a path of the declaration names. */
    Path resolve(String path) throws IOException;

    /**
     * The zip that a function's {@code code.path} gives, built where it needs to be. Throws an exception whose message
     * is for the user, with the output of the build where that failed.
     */
    Path deploymentPackage(String functionName, String codePath) throws IOException, InterruptedException;

    /** The zip that a layer's {@code code.path} gives: the folder as it is, or the file. */
    default Path layerPackage(String layerName, String codePath) throws IOException, InterruptedException {
        return resolve(codePath);
    }
}
