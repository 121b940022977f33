package dev.ruststack.emulator.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A table of small immutable values by key, which outlives the process where it is opened with a directory: every change
 * is in a journal before it is made. A change that cannot be kept is not made, and throws {@link UncheckedIOException}.
 * Safe for use by several threads.
 *
 * @param <V> a record that Jackson reads as it writes it, or a tree of JSON that nobody changes
 */
public final class KeptTable<V> implements Journaled, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Class<V> type;
    private final ConcurrentSkipListMap<String, V> values = new ConcurrentSkipListMap<>();
    private final ReentrantLock changing = new ReentrantLock();
    private @Nullable Journal journal;

    private KeptTable(Class<V> type) {
        this.type = type;
    }

    /** One change; without a value, the key has gone. */
    private record Change(String key, @Nullable JsonNode value) {}

    /** A table that ends with the process. */
    public static <V> KeptTable<V> inMemory(Class<V> type) {
        return new KeptTable<>(type);
    }

    /**
     * A table that outlives the process.
     *
     * @param directory a directory of the table's own
     */
    public static <V> KeptTable<V> kept(Class<V> type, Path directory) throws IOException {
        var table = new KeptTable<>(type);
        table.journal = Journal.open(directory, table);
        return table;
    }

    public @Nullable V get(String key) {
        return values.get(key);
    }

    /** Everything, by key; a view. */
    public SortedMap<String, V> all() {
        return Collections.unmodifiableSortedMap(values);
    }

    /** What has a key that starts so; a view. */
    public SortedMap<String, V> startingWith(String prefix) {
        return Collections.unmodifiableSortedMap(values.subMap(prefix, prefix + Character.MAX_VALUE));
    }

    /**
     * Replaces a value by what a function makes of it, null for none, and returns that. Changes are made one after the
     * other; what the function throws is thrown, and nothing changed then.
     */
    public @Nullable V change(String key, UnaryOperator<@Nullable V> change) {
        changing.lock();
        try {
            var before = values.get(key);
            var after = change.apply(before);
            if (!Objects.equals(before, after)) {
                append(key, after);
                apply(key, after);
            }
            return after;
        } finally {
            changing.unlock();
        }
    }

    public void put(String key, V value) {
        change(key, before -> value);
    }

    /** Removes a value and returns it; null where there was none. */
    public @Nullable V remove(String key) {
        var before = values.get(key);
        change(key, current -> null);
        return before;
    }

    /** Removes everything. */
    public void clear() {
        values.keySet().forEach(this::remove);
    }

    private void append(String key, @Nullable V value) {
        if (journal == null) {
            return;
        }
        var line = line(key, value);
        try {
            if (value == null) {
                journal.appendFreeing(line);
            } else {
                journal.append(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory cannot take a change: free some space", e);
        }
    }

    private void apply(String key, @Nullable V value) {
        if (value == null) {
            values.remove(key);
        } else {
            values.put(key, value);
        }
    }

    private byte[] line(String key, @Nullable V value) {
        JsonNode tree = value == null ? null : JSON.valueToTree(value);
        return JSON.writeValueAsBytes(new Change(key, tree));
    }

    @Override
    public void replay(byte[] json) throws IOException {
        try {
            var change = JSON.readValue(json, Change.class);
            var tree = change.value();
            apply(change.key(), tree == null || tree.isNull() ? null : JSON.treeToValue(tree, type));
        } catch (JacksonException e) {
            throw new IOException("a record of " + type.getSimpleName() + " that this version does not know", e);
        }
    }

    @Override
    public void settle() {
        changing.lock();
        try {
            // Whoever held it has made what was noted.
        } finally {
            changing.unlock();
        }
    }

    @Override
    public void write(Sink sink) throws IOException {
        for (Map.Entry<String, V> entry : values.entrySet()) {
            sink.accept(line(entry.getKey(), entry.getValue()));
        }
    }

    @Override
    public void close() throws IOException {
        if (journal != null) {
            journal.close();
        }
    }
}
