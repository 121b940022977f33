package dev.ruststack.emulator.journal;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a journal. {@code N.log} has the records of a while, {@code N.state} the whole state at some moment of
 * that while: what came before {@code N} is in it. So the journal is the last state and the logs from there on.
 */
final class JournalFolder {
    private static final String RECORDS = ".log";
    private static final String STATE = ".state";
    private static final String UNFINISHED = ".unfinished";
    private static final String RESERVE = "reserve";

    /** Bytes: room for some hundred records. */
    private static final int RESERVED = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(JournalFolder.class);

    private final Path path;

    JournalFolder(Path path) throws IOException {
        this.path = Files.createDirectories(path);
    }

    /** Gives records. */
    interface Content {
        void writeTo(Journaled.Sink sink) throws IOException;
    }

    Path log(long number) {
        return path.resolve(number + RECORDS);
    }

    Path state(long number) {
        return path.resolve(number + STATE);
    }

    NavigableSet<Long> logs() throws IOException {
        return numbered(RECORDS);
    }

    NavigableSet<Long> states() throws IOException {
        return numbered(STATE);
    }

    private NavigableSet<Long> numbered(String suffix) throws IOException {
        var numbers = new TreeSet<Long>();
        try (var files = Files.newDirectoryStream(path, "[0-9]*" + suffix)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                var number = name.substring(0, name.length() - suffix.length());
                if (number.matches("[0-9]{1,18}")) {
                    numbers.add(Long.valueOf(number));
                }
            }
        }
        return numbers;
    }

    /** Writes a state as a whole: it is there once the disk has all of it, and not before. */
    void writeState(long number, Content state) throws IOException {
        var unfinished = path.resolve(number + UNFINISHED);
        try (var file = new FileOutputStream(unfinished.toFile());
                var out = new BufferedOutputStream(file, 64 * 1024)) {
            out.write(JournalFile.HEADER);
            state.writeTo(json -> out.write(Line.of(json)));
            out.flush();
            file.getFD().sync();
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
        Files.move(unfinished, state(number), StandardCopyOption.ATOMIC_MOVE);
        force();
    }

    /** Removes what a state stands for, and what was never finished. */
    void removeBefore(long number) throws IOException {
        for (long log : logs().headSet(number)) {
            Files.delete(log(log));
        }
        for (long state : states().headSet(number)) {
            Files.delete(state(state));
        }
        try (var files = Files.newDirectoryStream(path, "*" + UNFINISHED)) {
            for (var file : files) {
                Files.delete(file);
            }
        }
    }

    /** Takes some room that is given back when there is none left; without room there is none to take. */
    void reserve() {
        var reserve = path.resolve(RESERVE);
        if (Files.exists(reserve)) {
            return;
        }
        try {
            Files.write(reserve, new byte[RESERVED]);
        } catch (IOException e) {
            LOG.debug("No room for a reserve in {}", path, e);
        }
    }

    /** Gives the reserve back; false where it was given back before. */
    boolean useReserve() throws IOException {
        return Files.deleteIfExists(path.resolve(RESERVE));
    }

    /** Has the disk know which files there are. */
    private void force() throws IOException {
        try (var directory = FileChannel.open(path, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
