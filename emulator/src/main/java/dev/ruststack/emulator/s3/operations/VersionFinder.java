package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.wire.Scalars;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.Versioning;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.DeleteMarker;
import dev.ruststack.emulator.s3.store.History;
import dev.ruststack.emulator.s3.store.ObjectVersion;
import dev.ruststack.emulator.s3.store.Version;
import dev.ruststack.emulator.s3.store.VersionIds;
import org.jspecify.annotations.Nullable;

/**
 * Finds the version that a request is about.
 *
 * @param versionId null for the current one
 * @param method what the request wants to do to it
 */
record VersionFinder(String key, @Nullable String versionId, String method) {
    VersionFinder {
        check(versionId);
    }

    static VersionFinder of(String key, @Nullable String versionId, Call call) {
        return new VersionFinder(key, versionId, call.request().method());
    }

    /** Refuses an id that no version can have. */
    static void check(@Nullable String versionId) {
        if (versionId == null) {
            return;
        }
        if (versionId.isEmpty()) {
            throw S3Error.invalidArgument("Version id cannot be the empty string", "versionId", versionId);
        }
        if (!VersionIds.isPossible(versionId)) {
            throw S3Error.invalidArgument("Invalid version id specified", "versionId", versionId);
        }
    }

    /** The object to read. AWS: S3 User Guide, Working with delete markers. */
    ObjectVersion read(Bucket bucket) {
        var history = bucket.history(key);
        if (history != null && versionId == null && history.current() instanceof DeleteMarker marker) {
            throw described(S3Error.NO_SUCH_KEY.with("Key", key), marker);
        }
        return find(history);
    }

    /** Throws where the bytes cannot be read before they are restored. AWS: S3 API Reference, GetObject. */
    static void requireReadable(ObjectVersion version) {
        if (version.storageClass().archived()) {
            throw S3Error.INVALID_OBJECT_STATE.with(
                    "StorageClass", version.storageClass().name());
        }
    }

    /** The object to copy. AWS: S3 API Reference, CopyObject (x-amz-copy-source). */
    ObjectVersion source(Bucket bucket) {
        var history = bucket.history(key);
        if (history != null && versionId != null && history.find(versionId) instanceof DeleteMarker) {
            throw S3Error.INVALID_REQUEST.saying(
                    "The source of a copy request may not specifically refer to a delete marker by version id.");
        }
        return read(bucket);
    }

    /** The object whose attachments are read or written: a delete marker cannot have any, current or not. */
    ObjectVersion find(@Nullable History history) {
        return switch (version(history)) {
            case ObjectVersion object -> object;
            case DeleteMarker marker -> throw notAllowed(marker);
        };
    }

    private Version version(@Nullable History history) {
        if (versionId == null) {
            if (history == null) {
                throw S3Error.NO_SUCH_KEY.with("Key", key);
            }
            return history.current();
        }
        var version = history == null ? null : history.find(versionId);
        if (version == null) {
            throw S3Error.NO_SUCH_VERSION.with("Key", key).with("VersionId", versionId);
        }
        return version;
    }

    private AwsException notAllowed(DeleteMarker marker) {
        var error = S3Error.METHOD_NOT_ALLOWED.with("Method", method).with("ResourceType", "DeleteMarker");
        return described(error, marker)
                .withHeader("Allow", "DELETE")
                .withHeader("Last-Modified", Scalars.httpDate(marker.lastModified()));
    }

    private static AwsException described(AwsException error, DeleteMarker marker) {
        return error.withHeader("x-amz-delete-marker", "true").withHeader("x-amz-version-id", marker.id());
    }

    /** The id to tell of a version that is there: none in a bucket that never had versions. */
    static @Nullable String told(Bucket bucket, Version version) {
        return bucket.versioning() == Versioning.UNVERSIONED ? null : version.id();
    }

    /** The id to tell of a version that was just made: the null version's is not told. */
    static @Nullable String told(ObjectVersion made) {
        return made.id().equals(Version.NULL_ID) ? null : made.id();
    }
}
