package dev.ruststack.emulator.seed;

import dev.ruststack.emulator.journal.Journal;
import dev.ruststack.emulator.journal.Journaled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Which declared items were made already, and so are no more a seed's business where {@code seedPolicy.mode} is Once. The
 * marks live as long as the items: where these outlive the process, so do they. Safe for use by several threads.
 */
public final class SeedMarks implements Journaled, AutoCloseable {
    private final Set<Mark> marks = ConcurrentHashMap.newKeySet();
    private final ReentrantLock changing = new ReentrantLock();
    private @Nullable Journal journal;

    private SeedMarks() {}

    /** An item that was made; without kind and name, that none was. */
    private record Mark(@Nullable String kind, @Nullable String name) {
        static final Mark NONE = new Mark(null, null);
    }

    /** Marks that end with the process. */
    public static SeedMarks inMemory() {
        return new SeedMarks();
    }

    /**
     * Marks that outlive the process.
     *
     * @param directory a directory of the marks' own
     */
    public static SeedMarks kept(Path directory) throws IOException {
        var kept = new SeedMarks();
        kept.journal = Journal.open(directory, kept);
        return kept;
    }

    boolean has(String kind, String name) {
        return marks.contains(new Mark(kind, name));
    }

    /** Marks an item; throws where that cannot be kept. */
    void add(String kind, String name) throws IOException {
        var mark = new Mark(kind, name);
        if (!marks.contains(mark)) {
            change(mark);
        }
    }

    /** Forgets every mark: nothing is there any more. */
    public void clear() throws IOException {
        change(Mark.NONE);
    }

    private void change(Mark mark) throws IOException {
        changing.lock();
        try {
            if (journal != null) {
                journal.append(Calls.JSON.writeValueAsBytes(mark));
            }
            apply(mark);
        } finally {
            changing.unlock();
        }
    }

    private void apply(Mark mark) {
        if (mark.equals(Mark.NONE)) {
            marks.clear();
        } else {
            marks.add(mark);
        }
    }

    @Override
    public void replay(byte[] json) throws IOException {
        try {
            apply(Calls.JSON.readValue(json, Mark.class));
        } catch (JacksonException e) {
            throw new IOException("a record of the seed that this version of RustStack does not know", e);
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
        for (var mark : marks) {
            sink.accept(Calls.JSON.writeValueAsBytes(mark));
        }
    }

    @Override
    public void close() throws IOException {
        if (journal != null) {
            journal.close();
        }
    }
}
