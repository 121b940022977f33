package dev.ruststack.emulator.s3;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The storage classes that RustStack keeps objects in: those from which S3 reads at once. AWS: S3 User Guide,
 * Understanding and managing Amazon S3 storage classes.
 */
public enum StorageClass {
    STANDARD,
    REDUCED_REDUNDANCY,
    STANDARD_IA,
    ONEZONE_IA,
    INTELLIGENT_TIERING,
    GLACIER_IR;

    private static final Set<String> ARCHIVED_OR_ELSEWHERE = Set.of(
            "GLACIER",
            "DEEP_ARCHIVE",
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
            if (known.name().equals(text)) {
                return known;
            }
        }
        if (ARCHIVED_OR_ELSEWHERE.contains(text)) {
            throw S3Error.unsupportedHeader("x-amz-storage-class");
        }
        throw S3Error.INVALID_STORAGE_CLASS.with("StorageClassRequested", text);
    }

    /** As it stands in headers, where STANDARD is not named. */
    public @Nullable String header() {
        return this == STANDARD ? null : name();
    }
}
