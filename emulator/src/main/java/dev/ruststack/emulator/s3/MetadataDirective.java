package dev.ruststack.emulator.s3;

import org.jspecify.annotations.Nullable;

/** Where a copy takes its metadata from. AWS: S3 API Reference, CopyObject (x-amz-metadata-directive). */
public enum MetadataDirective {
    COPY,
    REPLACE;

    /** Reads the header; absent is COPY. */
    public static MetadataDirective parse(@Nullable String text) {
        return switch (text) {
            case null -> COPY;
            case "COPY" -> COPY;
            case "REPLACE" -> REPLACE;
            default -> throw S3Error.invalidArgument("Unknown metadata directive.", "x-amz-metadata-directive", text);
        };
    }
}
