package dev.ruststack.emulator.s3.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One version of a key: an object, or the mark that there is none any more. Never changes. */
public sealed interface Version extends History permits ObjectVersion, DeleteMarker {
    /** The id of versions that were made while versioning was not enabled. */
    String NULL_ID = "null";

    /** The version's id, unique within the key. */
    String id();

    Instant lastModified();

    @Override
    default Version current() {
        return this;
    }

    @Override
    default List<Version> versions() {
        return List.of(this);
    }

    @Override
    default @Nullable Version find(String id) {
        return id().equals(id) ? this : null;
    }
}
