package dev.ruststack.emulator.lambda;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A layer.
 *
 * @param lastVersion the number of the version published last; a number is not given twice
 * @param versions those that are not deleted, by number
 */
public record StoredLayer(int lastVersion, SortedMap<Integer, LayerVersion> versions) {
    static final StoredLayer NEW = new StoredLayer(0, new TreeMap<>());

    public StoredLayer {
        versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    }

    StoredLayer with(LayerVersion version) {
        Map<Integer, LayerVersion> all = new TreeMap<>(versions);
        all.put(version.version(), version);
        return new StoredLayer(Math.max(lastVersion, version.version()), new TreeMap<>(all));
    }

    StoredLayer without(int version) {
        var all = new TreeMap<>(versions);
        all.remove(version);
        return new StoredLayer(lastVersion, all);
    }
}
