package dev.ruststack.emulator.s3.store;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/**
 * The bytes of an object, wherever they are; they never change. Made, read and released by the {@link BlobStore}. A
 * blob has one owner: what is to be kept twice is {@linkplain BlobStore#share shared} first.
 */
public sealed interface Blob {
    /** The number of bytes. */
    long size();

    /** The numbers of the files that it is in. */
    default LongStream files() {
        return switch (this) {
            case InMemory memory -> LongStream.empty();
            case InFile(var number, var length) -> LongStream.of(number);
            case InParts whole -> whole.parts().stream().flatMapToLong(Blob::files);
        };
    }

    /** Whether some of it is in one of these files, given in order. */
    default boolean isIn(long[] files) {
        return files().anyMatch(number -> Arrays.binarySearch(files, number) >= 0);
    }

    /** Small content, in memory. The array must not change. */
    record InMemory(byte[] bytes) implements Blob {
        @Override
        public long size() {
            return bytes.length;
        }
    }

    /** Content in a file of the store, named by its number. */
    record InFile(long number, long size) implements Blob {}

    /**
     * Content in several blobs, one after the other, which it owns. Counts its readers: its parts are freed when it is
     * released and no one reads it any more.
     */
    final class InParts implements Blob {
        private final List<Blob> parts;

        /** The offset behind each part. */
        private final long[] ends;

        /** One for the owner, and one for each reader. */
        private final AtomicInteger users = new AtomicInteger(1);

        /** Of at least one part, none of which is in parts itself. */
        public InParts(List<Blob> parts) {
            this.parts = List.copyOf(parts);
            this.ends = new long[parts.size()];
            long end = 0;
            for (int index = 0; index < ends.length; index++) {
                end += parts.get(index).size();
                ends[index] = end;
            }
        }

        public List<Blob> parts() {
            return parts;
        }

        @Override
        public long size() {
            return ends[ends.length - 1];
        }

        long end(int index) {
            return ends[index];
        }

        /** The part that has the byte at this offset. */
        int indexOf(long offset) {
            int found = Arrays.binarySearch(ends, offset + 1);
            return found < 0 ? -found - 1 : found;
        }

        /** Whether it may be read: it has not been freed, and is not before {@link #leave}. */
        boolean join() {
            return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
        }

        /** Whether its parts are to be freed now: this was its last user. */
        boolean leave() {
            return users.decrementAndGet() == 0;
        }
    }
}
