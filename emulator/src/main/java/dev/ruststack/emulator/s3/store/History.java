package dev.ruststack.emulator.s3.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one key, the current one first; never changes. One version is a history by itself, so that a bucket
 * without versioning pays nothing for it; a change of several costs a copy of as many references.
 */
public sealed interface History permits Version, History.Several {
    Version current();

    /** At least one, the current one first. */
    List<Version> versions();

    /** The version of this id, or null. */
    @Nullable
    Version find(String id);

    /** More than one version. */
    record Several(List<Version> versions) implements History {
        @Override
        public Version current() {
            return versions.getFirst();
        }

        @Override
        public @Nullable Version find(String id) {
            for (var version : versions) {
                if (version.id().equals(id)) {
                    return version;
                }
            }
            return null;
        }
    }

    /** The current object, or null where a delete marker is current. */
    default @Nullable ObjectVersion object() {
        return current() instanceof ObjectVersion object ? object : null;
    }

    /** A history with one more version, which becomes the current one; one of the same id goes. */
    static History with(@Nullable History before, Version version) {
        if (before == null || before instanceof Version only && only.id().equals(version.id())) {
            return version;
        }
        var versions = new ArrayList<Version>(before.versions().size() + 1);
        versions.add(version);
        for (var each : before.versions()) {
            if (!each.id().equals(version.id())) {
                versions.add(each);
            }
        }
        return of(versions);
    }

    /** A history without the version of this id; null where it has no other. */
    static @Nullable History without(@Nullable History before, String id) {
        if (before == null || before.find(id) == null) {
            return before;
        }
        var versions = new ArrayList<>(before.versions());
        versions.removeIf(each -> each.id().equals(id));
        return versions.isEmpty() ? null : of(versions);
    }

    /** A history in which a version stands in the place of the one of its id. */
    static History replacing(History before, Version version) {
        if (before instanceof Version) {
            return version;
        }
        var versions = new ArrayList<>(before.versions());
        versions.replaceAll(each -> each.id().equals(version.id()) ? version : each);
        return of(versions);
    }

    private static History of(List<Version> versions) {
        return versions.size() == 1 ? versions.getFirst() : new Several(List.copyOf(versions));
    }
}
