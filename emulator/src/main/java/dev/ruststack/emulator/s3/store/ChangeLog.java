package dev.ruststack.emulator.s3.store;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Where changes of buckets are noted before they are made. Each method throws where the change cannot be kept, and then
 * it is not to be made.
 */
interface ChangeLog {
    /** A bucket is made, empty. */
    void made(Bucket bucket);

    /** A bucket goes, with all that is in it. */
    void dropped(Bucket bucket);

    /** A version becomes the current one of a key. */
    void put(Bucket bucket, String key, ObjectVersion version);

    /** An upload begins. */
    void began(Bucket bucket, MultipartUpload.Start start);

    /** A part is put into an upload. */
    void put(Bucket bucket, MultipartUpload.Start start, MultipartUpload.Part part);

    /** An upload ends without an object; one that ends with an object ends with the object's note. */
    void aborted(Bucket bucket, MultipartUpload.Start start);

    /** A key goes. */
    void removed(Bucket bucket, String key);

    /** A configuration of a bucket is set or removed. */
    void configured(Bucket bucket, BucketRecord.Configured change);

    /** Held from before a change of a key is decided until it is made, so that it is noted in the order it is made in. */
    ReentrantLock lock(Bucket bucket, String key);

    /** Held for the making of a bucket. */
    ReentrantLock lock();
}
