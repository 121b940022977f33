package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.s3.S3Error;
import org.jspecify.annotations.Nullable;

/** How many entries a page of a list may have. AWS: S3 API Reference, ListObjectsV2 (max-keys). */
final class PageSize {
    private static final int MAX = 1000;

    private PageSize() {}

    /** Reads {@code max-keys}: larger pages than S3 gives are cut to 1,000. */
    static int ofMaxKeys(@Nullable Integer maxKeys) {
        if (maxKeys == null) {
            return MAX;
        }
        if (maxKeys < 0) {
            throw S3Error.invalidArgument(
                    "Argument maxKeys must be an integer between 0 and 2147483647",
                    "maxKeys",
                    Integer.toString(maxKeys));
        }
        return Math.min(maxKeys, MAX);
    }
}
