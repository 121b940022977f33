package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.s3.S3Error;
import org.jspecify.annotations.Nullable;

/** How many entries a page of a list may have. AWS: S3 API Reference, ListObjectsV2 (max-keys). */
final class PageSize {
    private static final int MAX = 1000;

    private PageSize() {}

    /** Reads {@code max-keys}: larger pages than S3 gives are cut to 1,000. */
    static int ofMaxKeys(@Nullable Integer maxKeys) {
        return of(maxKeys, "maxKeys");
    }

    /** As {@link #ofMaxKeys}, of a parameter that errors call by this name. */
    static int of(@Nullable Integer most, String name) {
        if (most == null) {
            return MAX;
        }
        if (most < 0) {
            throw S3Error.invalidArgument(
                    "Argument " + name + " must be an integer between 0 and 2147483647", name, Integer.toString(most));
        }
        return Math.min(most, MAX);
    }
}
