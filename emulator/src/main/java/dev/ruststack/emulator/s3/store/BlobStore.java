package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.S3Error;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the bytes of objects: small ones in memory, up to a budget, all others in one file each. Bytes are taken in
 * once, digests computed on the way, with memory that does not depend on their number. A released file is unlinked at
 * once; who reads it still reads it to the end, and the system frees the space after. Safe for use by several threads.
 */
public final class BlobStore {
    /** Content up to this many bytes may stay in memory. */
    public static final int SMALL = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(BlobStore.class);
    private static final int BUFFER = 128 * 1024;
    private static final String SUFFIX = ".blob";

    private final Path directory;
    private final long memoryBudget;

    /** Whether every blob is in a file, to be found by the next process. */
    private final boolean kept;

    private final AtomicLong inMemory = new AtomicLong();
    private final AtomicLong lastNumber = new AtomicLong();
    private final PartReader parts = new PartReader(this);
    private final BufferPool buffers = new BufferPool(BUFFER, 32);

    /**
     * Opens an empty store: files that an earlier one left in the directory are removed.
     *
     * @param directory made where it does not exist; belongs to this store alone
     * @param memoryBudget how many bytes of small content stay in memory
     */
    public BlobStore(Path directory, long memoryBudget) throws IOException {
        this(directory, memoryBudget, false);
        clearFiles();
    }

    private BlobStore(Path directory, long memoryBudget, boolean kept) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.memoryBudget = memoryBudget;
        this.kept = kept;
    }

    /** Opens a store whose blobs outlive the process: all of them are in files. {@link #keepOnly} must be next. */
    public static BlobStore kept(Path directory) throws IOException {
        return new BlobStore(directory, 0, true);
    }

    /**
     * Removes every file but these, and numbers new ones from there on.
     *
     * @param numbers of the files that are referred to, in order
     * @param greatest a number that no new file must have, nor one below it
     * @return those that are not there
     */
    long[] keepOnly(long[] numbers, long greatest) throws IOException {
        var found = new BitSet(numbers.length);
        long last = greatest;
        try (var files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                long number = Long.parseLong(name, 0, name.length() - SUFFIX.length(), 16);
                last = Math.max(last, number);
                int index = Arrays.binarySearch(numbers, number);
                if (index < 0) {
                    Files.delete(file);
                } else {
                    found.set(index);
                }
            }
        }
        lastNumber.set(last);
        return IntStream.range(0, numbers.length)
                .filter(index -> !found.get(index))
                .mapToLong(index -> numbers[index])
                .toArray();
    }

    /**
     * Takes in everything that the stream gives. Where reading or writing fails, nothing is left behind.
     *
     * @throws dev.ruststack.emulator.aws.AwsException {@link S3Error#SERVICE_UNAVAILABLE} where the data directory
     *     cannot take the bytes
     */
    public StoredBlob store(InputStream content, ChecksumAlgorithm algorithm) throws IOException {
        return store(content, algorithm, null);
    }

    /** As {@link #store(InputStream, ChecksumAlgorithm)}, with a second checksum where one is wanted. */
    public StoredBlob store(InputStream content, ChecksumAlgorithm algorithm, @Nullable ChecksumAlgorithm second)
            throws IOException {
        var digests = new Digests(algorithm, second);
        var buffer = buffers.take();
        try {
            int length = content.readNBytes(buffer, 0, SMALL + 1);
            if (length <= SMALL && reserve(length)) {
                digests.update(buffer, 0, length);
                return digests.finish(new Blob.InMemory(Arrays.copyOf(buffer, length)));
            }
            return spool(buffer, length, content, digests);
        } finally {
            buffers.give(buffer);
        }
    }

    private boolean reserve(int bytes) {
        if (inMemory.addAndGet(bytes) <= memoryBudget) {
            return true;
        }
        inMemory.addAndGet(-bytes);
        return false;
    }

    private StoredBlob spool(byte[] buffer, int filled, InputStream content, Digests digests) throws IOException {
        var number = lastNumber.incrementAndGet();
        boolean complete = false;
        try (var file = create(number)) {
            long size = 0;
            for (int length = filled; length > 0; length = content.readNBytes(buffer, 0, BUFFER)) {
                digests.update(buffer, 0, length);
                write(file, buffer, length);
                size += length;
            }
            var stored = digests.finish(new Blob.InFile(number, size));
            complete = true;
            return stored;
        } finally {
            if (!complete) {
                unlink(number);
            }
        }
    }

    private FileChannel create(long number) {
        try {
            return FileChannel.open(path(number), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw full(e);
        }
    }

    private void write(FileChannel file, byte[] buffer, int length) {
        try {
            var bytes = ByteBuffer.wrap(buffer, 0, length);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw full(e);
        }
    }

    /** AWS's own answer to "no room" is to ask for a retry; so do we, and the log says what to do. */
    private RuntimeException full(IOException cause) {
        LOG.error("The data directory {} cannot take an object: free some space", directory, cause);
        return S3Error.SERVICE_UNAVAILABLE.saying(
                "RustStack cannot keep the object: free space in its data directory and try again.");
    }

    /**
     * A range of a blob, to be sent.
     *
     * @throws NoSuchFileException where the blob was released meanwhile
     */
    public Body body(Blob blob, long offset, long length) throws IOException {
        return switch (blob) {
            case Blob.InMemory(var bytes) -> new Body.Bytes(bytes, (int) offset, (int) length);
            case Blob.InFile(var number, var size) -> {
                var file = open(number, size);
                yield kept && length <= SMALL
                        ? readWhole(file, offset, (int) length)
                        : new Body.FileRange(file, offset, length);
            }
            case Blob.InParts whole -> parts.body(whole, offset, length);
        };
    }

    /** A few bytes are sent sooner from memory. */
    private static Body readWhole(FileChannel file, long offset, int length) throws IOException {
        try (file) {
            var bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining()) {
                if (file.read(bytes, offset + bytes.position()) < 0) {
                    throw new EOFException("a blob is shorter than it was");
                }
            }
            return Body.of(bytes.array());
        }
    }

    /**
     * All of a blob, to be read here.
     *
     * @throws NoSuchFileException where the blob was released meanwhile
     */
    public InputStream read(Blob blob) throws IOException {
        return switch (blob) {
            case Blob.InMemory(var bytes) -> new ByteArrayInputStream(bytes);
            case Blob.InFile(var number, var size) -> Channels.newInputStream(open(number, size));
            case Blob.InParts whole -> parts.read(whole);
        };
    }

    /** A range of a blob, to be read here. */
    public InputStream read(Blob blob, long offset, long length) throws IOException {
        var content = read(blob);
        boolean ready = false;
        try {
            content.skipNBytes(offset);
            ready = true;
            return new LimitedStream(content, length);
        } finally {
            if (!ready) {
                content.close();
            }
        }
    }

    private FileChannel open(long number, long size) throws IOException {
        var file = FileChannel.open(path(number), StandardOpenOption.READ);
        // A machine that lost its power may keep a file and not all its bytes: no others must be sent for them.
        if (kept && file.size() != size) {
            file.close();
            throw new IOException(path(number) + " has not the " + size + " bytes it was stored with");
        }
        return file;
    }

    /**
     * A blob of the same bytes with an owner of its own; no bytes are copied.
     *
     * @throws NoSuchFileException where the blob was released meanwhile
     */
    public Blob share(Blob blob) throws IOException {
        return switch (blob) {
            case Blob.InMemory(var bytes) -> {
                inMemory.addAndGet(bytes.length);
                yield blob;
            }
            case Blob.InFile(var number, var size) -> {
                long link = lastNumber.incrementAndGet();
                Files.createLink(path(link), path(number));
                yield new Blob.InFile(link, size);
            }
            case Blob.InParts whole -> parts.share(whole);
        };
    }

    /** The checksum of a blob by another algorithm than the one it was taken in with. */
    public Checksum checksum(Blob blob, ChecksumAlgorithm algorithm) throws IOException {
        var checksum = algorithm.start();
        var buffer = buffers.take();
        try (var content = read(blob)) {
            for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
                checksum.update(buffer, 0, length);
            }
        } finally {
            buffers.give(buffer);
        }
        return Checksum.fullObject(algorithm, checksum.value());
    }

    /** Frees a blob that nothing refers to any more. */
    public void release(Blob blob) {
        switch (blob) {
            case Blob.InMemory(var bytes) -> inMemory.addAndGet(-bytes.length);
            case Blob.InFile(var number, var size) -> unlink(number);
            case Blob.InParts whole -> {
                if (whole.leave()) {
                    whole.parts().forEach(this::release);
                }
            }
        }
    }

    /** The bytes of small content in memory. */
    long inMemory() {
        return inMemory.get();
    }

    private void unlink(long number) {
        try {
            Files.deleteIfExists(path(number));
        } catch (IOException e) {
            LOG.warn("Cannot remove {}; its space stays taken", path(number), e);
        }
    }

    private Path path(long number) {
        return directory.resolve(Long.toHexString(number) + SUFFIX);
    }

    private void clearFiles() throws IOException {
        try (var files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (var file : files) {
                Files.delete(file);
            }
        }
    }
}
