package dev.ruststack.emulator.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A map that a journal keeps: the smallest state that has changes and removals. As a process it counts in twenty keys,
 * from several threads, each key gone at every fifth number, and says each change once it is kept.
 */
final class Numbers implements Journaled {
    static final int THREADS = 4;
    static final int KEYS = 5;
    static final int GONE = 5;

    final Map<String, String> values = new ConcurrentSkipListMap<>();
    private final ReentrantReadWriteLock changes = new ReentrantReadWriteLock();

    @Override
    public void replay(byte[] json) {
        apply(new String(json, UTF_8));
    }

    private void apply(String record) {
        var parts = record.split(":", 2);
        if (parts[1].isEmpty()) {
            values.remove(parts[0]);
        } else {
            values.put(parts[0], parts[1]);
        }
    }

    void change(Journal journal, String key, String value) {
        changes.readLock().lock();
        try {
            var record = key + ":" + value;
            journal.append(record.getBytes(UTF_8));
            apply(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            changes.readLock().unlock();
        }
    }

    @Override
    public void settle() {
        changes.writeLock().lock();
        changes.writeLock().unlock();
    }

    @Override
    public void write(Sink sink) throws IOException {
        for (var entry : values.entrySet()) {
            sink.accept((entry.getKey() + ":" + entry.getValue()).getBytes(UTF_8));
        }
    }

    public static void main(String[] arguments) throws IOException {
        var numbers = new Numbers();
        var journal = Journal.open(Path.of(arguments[0]), numbers, 4_000);
        for (int thread = 0; thread < THREADS; thread++) {
            int first = thread * KEYS;
            Thread.ofPlatform().start(() -> {
                for (int i = 1; ; i++) {
                    for (int key = first; key < first + KEYS; key++) {
                        numbers.change(journal, "k" + key, i % GONE == 0 ? "" : Integer.toString(i));
                        System.out.println(key + " " + i);
                    }
                }
            });
        }
    }
}
