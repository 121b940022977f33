package dev.ruststack.crds.yaml;

import dev.ruststack.crds.RustStackSpec;

/** One RustStack as it was read from a file, with the place of every field. */
public final class RustStackDocument {
    private final Metadata metadata;
    private final RustStackSpec spec;
    private final Locations locations;

    RustStackDocument(Metadata metadata, RustStackSpec spec, Locations locations) {
        this.metadata = metadata;
        this.spec = spec;
        this.locations = locations;
    }

    public Metadata metadata() {
        return metadata;
    }

    public RustStackSpec spec() {
        return spec;
    }

    /**
     * A problem with one field, for checks that only the caller can make.
     *
     * @param fieldPath such as {@code spec.tables[0].name}
     */
    public Problem problem(String fieldPath, String message) {
        return locations.problem(fieldPath, message);
    }

    Locations locations() {
        return locations;
    }

    @Override
    public String toString() {
        return "RustStack " + metadata.name();
    }
}
