package dev.ruststack.emulator.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** One file of a journal, read from its beginning: a line that names the format, then records. */
final class JournalFile {
    /** What every file begins with. A format that older programs would misread gets another number. */
    static final byte[] HEADER = Line.of("{\"format\":1}".getBytes(StandardCharsets.US_ASCII));

    private static final int BUFFER = 256 * 1024;

    private final Path path;
    private byte[] buffer = new byte[BUFFER];
    private int start;
    private int end;

    /** Where in the file the buffer's first byte stands. */
    private long offset;

    private JournalFile(Path path) {
        this.path = path;
    }

    /** What comes after the last whole record. */
    enum Tail {
        /** Nothing. */
        NONE,
        /** A part of a record: the process ended while it wrote it, so nobody was told that it is kept. */
        TORN
    }

    /** How far a file could be read, in bytes. */
    record Read(long whole, Tail tail) {}

    /**
     * Replays the records of a file.
     *
     * @throws IOException where the file is damaged, which no crash of a process does: a record is not whole, and
     *     others follow
     */
    static Read replay(Path path, Journaled into) throws IOException {
        try (var in = Files.newInputStream(path)) {
            return new JournalFile(path).replay(in, into);
        }
    }

    private Read replay(InputStream in, Journaled into) throws IOException {
        boolean header = true;
        for (int feed = next(in); feed >= 0; feed = next(in)) {
            var json = Line.json(buffer, start, feed);
            if (json == null) {
                long whole = offset + start;
                requireNothingAfter(in, feed, whole);
                return new Read(whole, Tail.TORN);
            }
            if (header) {
                requireFormat(feed);
                header = false;
            } else {
                into.replay(json);
            }
            start = feed + 1;
        }
        return new Read(offset + start, start < end ? Tail.TORN : Tail.NONE);
    }

    private void requireFormat(int feed) throws IOException {
        if (!Arrays.equals(buffer, start, feed + 1, HEADER, 0, HEADER.length)) {
            throw new IOException(path + " was written by another version of RustStack, whose format this one cannot"
                    + " read; use that version, or remove the data");
        }
    }

    private void requireNothingAfter(InputStream in, int feed, long damaged) throws IOException {
        start = feed + 1;
        for (int next = next(in); next >= 0; next = next(in)) {
            if (Line.json(buffer, start, next) != null) {
                throw new IOException(path + " is damaged at byte " + damaged
                        + ", and whole records follow; restore it," + " or remove the data");
            }
            start = next + 1;
        }
    }

    /** The place of the next line feed, or -1 where there is none. */
    private int next(InputStream in) throws IOException {
        int searched = start;
        while (true) {
            for (int at = searched; at < end; at++) {
                if (buffer[at] == '\n') {
                    return at;
                }
            }
            int scanned = end - start;
            if (!fill(in)) {
                return -1;
            }
            searched = start + scanned;
        }
    }

    private boolean fill(InputStream in) throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            offset += start;
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(0, read);
        return read > 0;
    }
}
