package dev.ruststack.emulator.dynamodb;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.emulator.journal.Journal;
import dev.ruststack.emulator.journal.Journaled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What DynamoDB Local does not keep of tables, and which data sets it has been called with. It lives as long as the
 * tables: where these outlive the process, so does it. Safe for use by several threads.
 */
public final class TableNotes implements Journaled, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TableNotes.class);
    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Set<DataSet> dataSets = ConcurrentHashMap.newKeySet();
    private final Map<TableKey, Note> notes = new ConcurrentHashMap<>();
    private final ReentrantLock changing = new ReentrantLock();
    private @Nullable Journal journal;

    private TableNotes() {}

    /** One table of one account in one region. */
    record TableKey(DataSet dataSet, String table) {}

    /**
     * What is noted of a table.
     *
     * @param tableClass null where none was named
     * @param keyArn of the key that it is encrypted with; null where that is DynamoDB's own
     * @param warm the warm throughput that was asked for, by index, the table's own under an empty name; null, in
     *     journals from before there was any, for none
     * @param recovery null where the table cannot be recovered to a point in time
     */
    record Note(
            Map<String, String> tags,
            @Nullable String tableClass,
            @Nullable String keyArn,
            Map<String, Units> warm,
            @Nullable Recovery recovery) {
        static final Note NONE = new Note(Map.of(), null, null, Map.of(), null);

        Note {
            tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
            warm = Map.copyOf(Objects.requireNonNullElse(warm, Map.of()));
        }

        Note withTags(Map<String, String> newTags) {
            return new Note(newTags, tableClass, keyArn, warm, recovery);
        }

        Note withRecovery(@Nullable Recovery newRecovery) {
            return new Note(tags, tableClass, keyArn, warm, newRecovery);
        }
    }

    /** Read and write units per second. */
    record Units(long reads, long writes) {
        Units atLeast(Units others) {
            return new Units(Math.max(reads, others.reads), Math.max(writes, others.writes));
        }
    }

    /**
     * Recovery to a point in time.
     *
     * @param days how far back it would reach
     * @param since seconds since 1970
     */
    record Recovery(int days, double since) {}

    /**
     * A change, as it stands in the journal.
     *
     * @param dataSet null where everything is forgotten
     * @param table null where the data set is used for the first time
     * @param note null where the table has gone
     */
    private record Entry(
            @Nullable DataSet dataSet,
            @Nullable String table,
            @Nullable Note note) {}

    /** Notes that end with the process. */
    public static TableNotes inMemory() {
        return new TableNotes();
    }

    /**
     * Notes that outlive the process.
     *
     * @param directory a directory of the notes' own
     */
    public static TableNotes kept(Path directory) throws IOException {
        var kept = new TableNotes();
        kept.journal = Journal.open(directory, kept);
        return kept;
    }

    Note of(TableKey table) {
        return notes.getOrDefault(table, Note.NONE);
    }

    /** Changes what is noted of a table; throws where that cannot be kept. */
    void change(TableKey table, UnaryOperator<Note> change) {
        changing.lock();
        try {
            var before = of(table);
            var after = change.apply(before);
            if (!after.equals(before)) {
                make(new Entry(table.dataSet, table.table, after.equals(Note.NONE) ? null : after));
            }
        } finally {
            changing.unlock();
        }
    }

    void forget(TableKey table) {
        change(table, note -> Note.NONE);
    }

    /** The tables of all data sets are gone. */
    void forgetAll() {
        changing.lock();
        try {
            make(new Entry(null, null, null));
        } finally {
            changing.unlock();
        }
    }

    /** A data set is used. */
    void use(DataSet dataSet) {
        if (dataSets.contains(dataSet)) {
            return;
        }
        changing.lock();
        try {
            make(new Entry(dataSet, null, null));
        } finally {
            changing.unlock();
        }
    }

    /** Every data set that was used and may have tables. */
    Set<DataSet> dataSets() {
        return Set.copyOf(dataSets);
    }

    private void make(Entry change) {
        if (journal != null) {
            try {
                journal.append(JSON.writeValueAsBytes(change));
            } catch (IOException e) {
                LOG.error("The data directory cannot take a change of a table: free some space", e);
                throw DynamoDbError.SERVICE_UNAVAILABLE.saying(
                        "RustStack cannot keep the change: free space in its data directory and try again.");
            }
        }
        apply(change);
    }

    private void apply(Entry change) {
        var dataSet = change.dataSet;
        if (dataSet == null) {
            notes.clear();
            dataSets.clear();
            return;
        }
        dataSets.add(dataSet);
        if (change.table != null) {
            var key = new TableKey(dataSet, change.table);
            if (change.note == null) {
                notes.remove(key);
            } else {
                notes.put(key, change.note);
            }
        }
    }

    @Override
    public void replay(byte[] json) throws IOException {
        try {
            apply(JSON.readValue(json, Entry.class));
        } catch (JacksonException e) {
            throw new IOException("a record of DynamoDB that this version of RustStack does not know", e);
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
        for (var dataSet : dataSets) {
            sink.accept(JSON.writeValueAsBytes(new Entry(dataSet, null, null)));
        }
        for (var note : notes.entrySet()) {
            var key = note.getKey();
            sink.accept(JSON.writeValueAsBytes(new Entry(key.dataSet, key.table, note.getValue())));
        }
    }

    @Override
    public void close() throws IOException {
        if (journal != null) {
            journal.close();
        }
    }
}
