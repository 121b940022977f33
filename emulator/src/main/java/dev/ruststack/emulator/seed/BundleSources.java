package dev.ruststack.emulator.seed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;

/** What a bundle brought along; it has no local paths. */
final class BundleSources implements SeedSources {
    private final Map<String, SortedMap<String, byte[]>> references;

    /** By kind and name, with a space between. */
    BundleSources(Map<String, SortedMap<String, byte[]>> references) {
        this.references = Map.copyOf(references);
    }

    @Override
    public SortedMap<String, byte[]> content(ReferenceKind kind, String name) throws ReferenceMissingException {
        var data = references.get(kind.text() + " " + name);
        if (data == null) {
            throw new ReferenceMissingException("there is no " + kind.text() + " " + name);
        }
        return Collections.unmodifiableSortedMap(data);
    }

    @Override
    public Path resolve(String path) throws IOException {
        return NONE.resolve(path);
    }

    @Override
    public Path deploymentPackage(String functionName, String codePath) throws IOException, InterruptedException {
        return NONE.deploymentPackage(functionName, codePath);
    }
}
