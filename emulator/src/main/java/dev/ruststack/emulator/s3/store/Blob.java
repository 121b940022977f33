package dev.ruststack.emulator.s3.store;

/**
 * The bytes of an object, wherever they are; they never change. Made, read and released by the {@link BlobStore}. A
 * blob has one owner: what is to be kept twice is {@linkplain BlobStore#share shared} first.
 */
public sealed interface Blob {
    /** The number of bytes. */
    long size();

    /** Small content, in memory. The array must not change. */
    record InMemory(byte[] bytes) implements Blob {
        @Override
        public long size() {
            return bytes.length;
        }
    }

    /** Content in a file of the store, named by its number. */
    record InFile(long number, long size) implements Blob {}
}
