package dev.ruststack.emulator.s3;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The storage classes of objects, each colder than those before. From archives nothing can be read. AWS: S3 User Guide,
 * Understanding and managing Amazon S3 storage classes.
 */
public enum StorageClass {
    STANDARD,
    REDUCED_REDUNDANCY,
    STANDARD_IA,
    INTELLIGENT_TIERING,
    ONEZONE_IA,
    GLACIER_IR,
    /** Objects get here by lifecycle rules only. */
    GLACIER,
    /** Objects get here by lifecycle rules only. */
    DEEP_ARCHIVE;

    private static final Set<String> ELSEWHERE = Set.of(
            "OUTPOSTS",
            "SNOW",
            "EXPRESS_ONEZONE",
            "FSX_OPENZFS",
            "FSX_ONTAP",
            "AWS_BACKUP_WARM",
            "AWS_BACKUP_LOW_COST_WARM");

    /** Reads the header {@code x-amz-storage-class}; absent is STANDARD. */
    public static StorageClass parse(@Nullable String text) {
        if (text == null) {
            return STANDARD;
        }
        for (var known : values()) {
            if (known.name().equals(text) && !known.archived()) {
                return known;
            }
        }
        if (ELSEWHERE.contains(text) || text.equals(GLACIER.name()) || text.equals(DEEP_ARCHIVE.name())) {
            throw S3Error.unsupportedHeader("x-amz-storage-class");
        }
        throw S3Error.INVALID_STORAGE_CLASS.with("StorageClassRequested", text);
    }

    /** Whether objects have to be restored before they are read. */
    public boolean archived() {
        return this == GLACIER || this == DEEP_ARCHIVE;
    }

    /** As it stands in headers, where STANDARD is not named. */
    public @Nullable String header() {
        return this == STANDARD ? null : name();
    }
}
