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

    /** A delete marker becomes the current version of a key. */
    void marked(Bucket bucket, String key, DeleteMarker marker);

    /** A configuration of a bucket is set or removed. */
    void configured(Bucket bucket, BucketRecord.Configured change);

    /** A version goes. */
    void removed(Bucket bucket, String key, String versionId);

    /** What is attached to a version changes. */
    void amended(Bucket bucket, String key, Attachments attachments);

    /** Held for the making of a bucket. */
    ReentrantLock lock();
}
