package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.s3.configuration.ConfigurationKind;
import dev.ruststack.emulator.s3.configuration.ConfigurationKinds;
import dev.ruststack.emulator.s3.store.BucketRecord.Configured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a bucket is configured with: documents by their kind and, where a kind has several, their id. Each changes
 * atomically, is kept where the bucket is kept, and goes with the bucket. Reading takes no lock.
 */
public final class Configurations {
    private final Bucket bucket;
    private final @Nullable ChangeLog log;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile Map<Name, Record> documents = Map.of();
    private final Map<String, Derived> derived = new ConcurrentHashMap<>();

    Configurations(Bucket bucket, @Nullable ChangeLog log) {
        this.bucket = bucket;
        this.log = log;
    }

    /** @param id empty where the kind has only one */
    private record Name(String kind, String id) {}

    /** What was made of a document. */
    private record Derived(Record document, Object made) {}

    /** Decides what comes after what is there; either may be null for nothing. */
    @FunctionalInterface
    public interface Change<T extends Record> {
        /** Called once, while the bucket's other configurations wait; where it throws nothing is changed. */
        @Nullable
        T apply(@Nullable T current);
    }

    /** The document of a kind that has only one, or null. */
    public <T extends Record> @Nullable T get(ConfigurationKind<T> kind) {
        return get(kind, "");
    }

    public <T extends Record> @Nullable T get(ConfigurationKind<T> kind, String id) {
        var all = documents;
        return all.isEmpty() ? null : kind.type().cast(all.get(new Name(kind.name(), id)));
    }

    /**
     * What is made of the document of a kind that has only one, made once for each document; null where there is none.
     *
     * @param making makes always the same of a document
     */
    @SuppressWarnings("ReferenceEquality") // The very document that it was made of is there, or another.
    public <T extends Record, D> @Nullable D derived(ConfigurationKind<T> kind, Class<D> type, Function<T, D> making) {
        var document = get(kind);
        if (document == null) {
            return null;
        }
        var known = derived.get(kind.name());
        if (known == null || known.document != document) {
            known = new Derived(document, making.apply(document));
            derived.put(kind.name(), known);
        }
        return type.cast(known.made);
    }

    /** The documents of a kind by their ids, in their order. */
    public <T extends Record> Map<String, T> all(ConfigurationKind<T> kind) {
        var all = new TreeMap<String, T>();
        documents.forEach((name, document) -> {
            if (name.kind.equals(kind.name())) {
                all.put(name.id, kind.type().cast(document));
            }
        });
        return all;
    }

    /** Sets the document of a kind that has only one. */
    public <T extends Record> void set(ConfigurationKind<T> kind, T document) {
        change(kind, "", current -> document);
    }

    /** Removes the document of a kind that has only one, where it has one. */
    public <T extends Record> void remove(ConfigurationKind<T> kind) {
        change(kind, "", current -> null);
    }

    /**
     * Changes one document. Where the change cannot be kept it is not made, and an exception says so.
     *
     * @param id empty where the kind has only one
     */
    public <T extends Record> void change(ConfigurationKind<T> kind, String id, Change<T> change) {
        bucket.whileOpen(() -> {
            changing.lock();
            try {
                var current = get(kind, id);
                var next = change.apply(current);
                if (log != null && (current != null || next != null)) {
                    log.configured(bucket, Configured.of(kind, id, next));
                }
                restore(kind, id, next);
                return next;
            } finally {
                changing.unlock();
            }
        });
    }

    /** Makes a change that was noted by a process before this one. */
    void replay(Configured change) throws IOException {
        var kind = ConfigurationKinds.named(change.kind());
        if (kind == null) {
            throw new IOException("this version of RustStack does not know the configuration " + change.kind());
        }
        restore(kind, change.id(), change.restored(kind));
    }

    private void restore(ConfigurationKind<?> kind, String id, @Nullable Record document) {
        var changed = new HashMap<>(documents);
        var name = new Name(kind.name(), id);
        if (document == null) {
            changed.remove(name);
        } else {
            changed.put(name, document);
        }
        documents = Map.copyOf(changed);
    }

    /** Every document as it stands in the journal. */
    List<Configured> records() {
        var records = new ArrayList<Configured>();
        documents.forEach((name, document) -> records.add(Configured.of(name.kind, name.id, document)));
        return records;
    }
}
