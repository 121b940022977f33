package dev.ruststack.emulator.seed;

import dev.ruststack.crds.KeyReference;
import dev.ruststack.crds.NameReference;
import dev.ruststack.crds.Part;
import dev.ruststack.emulator.seed.SeedSources.ReferenceKind;
import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Finds what a declaration keeps in keys of ConfigMaps and Secrets. */
record References(SeedSources sources) {
    /** The bytes of one key; null where neither reference is given. */
    byte @Nullable [] find(@Nullable KeyReference configMap, @Nullable KeyReference secret)
            throws ReferenceMissingException {
        if (configMap != null) {
            return key(ReferenceKind.CONFIG_MAP, configMap);
        }
        return secret == null ? null : key(ReferenceKind.SECRET, secret);
    }

    /** Every key of the one that is given, with its bytes. */
    SortedMap<String, byte[]> all(@Nullable NameReference configMap, @Nullable NameReference secret)
            throws ReferenceMissingException {
        if (configMap != null) {
            return sources.content(ReferenceKind.CONFIG_MAP, configMap.name());
        }
        return secret == null ? Collections.emptySortedMap() : sources.content(ReferenceKind.SECRET, secret.name());
    }

    /** The bytes of all parts, one after the other. */
    byte[] join(List<Part> parts) throws ReferenceMissingException {
        var joined = new ByteArrayOutputStream();
        for (var part : parts) {
            var bytes = find(part.configMapKeyRef(), part.secretKeyRef());
            if (bytes != null) {
                joined.writeBytes(bytes);
            }
        }
        return joined.toByteArray();
    }

    private byte[] key(ReferenceKind kind, KeyReference reference) throws ReferenceMissingException {
        var bytes = sources.content(kind, reference.name()).get(reference.key());
        if (bytes == null) {
            throw new ReferenceMissingException(
                    kind.text() + " " + reference.name() + " has no key " + reference.key());
        }
        return bytes;
    }
}
