package dev.ruststack.emulator.seed;

import java.io.IOException;

/** One setting of a bucket: what is declared of it, and the operations that tell and change it. */
interface BucketSetting {
    /** The field of the declaration: {@code cors}. */
    String field();

    /** Whether anything is declared. */
    boolean declared();

    /** Whether the bucket has what is declared, or, where nothing is, what a new bucket has. */
    boolean holds(Calls s3, String bucket) throws SeedException, IOException;

    /** Gives the bucket what {@link #holds} asks for; what S3 says against it names the field. */
    void put(Calls s3, String bucket) throws SeedException, IOException;
}
