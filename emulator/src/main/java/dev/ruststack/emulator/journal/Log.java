package dev.ruststack.emulator.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file that records are appended to. Not a channel, because that would be closed for all by the interrupt of one
 * thread that writes. Not safe for use by several threads.
 */
final class Log implements AutoCloseable {
    private final Path path;
    private final RandomAccessFile file;
    private long size;
    private boolean unusable;

    private Log(Path path, RandomAccessFile file, long size) {
        this.path = path;
        this.file = file;
        this.size = size;
    }

    /** Begins a file, over what may be left of one that no record went into. */
    static Log create(Path path) throws IOException {
        var log = open(path, 0);
        try {
            log.append(JournalFile.HEADER);
            return log;
        } catch (IOException e) {
            log.close();
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Goes on with a file after its whole records; what follows them is cut off. */
    static Log open(Path path, long whole) throws IOException {
        var file = new RandomAccessFile(path.toFile(), "rw");
        try {
            file.setLength(whole);
            file.seek(whole);
            return new Log(path, file, whole);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    long size() {
        return size;
    }

    /**
     * Appends a line: once this returns, the kernel has it, and the end of this process does not matter to it.
     *
     * @throws IOException where it cannot be written, for want of space mostly; nothing of it is left then
     */
    void append(byte[] line) throws IOException {
        if (unusable) {
            throw new IOException(path + " could not be repaired after a failed write");
        }
        try {
            file.write(line);
            size += line.length;
        } catch (IOException e) {
            cut(e);
            throw e;
        }
    }

    /** Half a record must not stand before the next one. */
    private void cut(IOException failure) {
        try {
            file.setLength(size);
            file.seek(size);
        } catch (IOException e) {
            unusable = true;
            failure.addSuppressed(e);
        }
    }

    /** Returns once the disk has everything. */
    void force() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
