package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.s3.S3Error;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The headers {@code x-amz-meta-…}. AWS: S3 User Guide, Working with object metadata. */
final class UserMetadata {
    static final String PREFIX = "x-amz-meta-";

    private static final int MAX_BYTES = 2048;

    private UserMetadata() {}

    /** Refuses what is larger than S3 keeps: 2 KB of names and values in UTF-8. */
    static Map<String, String> checked(Map<String, String> metadata) {
        int size = 0;
        for (var entry : metadata.entrySet()) {
            size += entry.getKey().length() + entry.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        if (size > MAX_BYTES) {
            throw S3Error.METADATA_TOO_LARGE
                    .with("Size", Integer.toString(size))
                    .with("MaxSizeAllowed", Integer.toString(MAX_BYTES));
        }
        return metadata;
    }

    /** The values as they are returned: those that are not ASCII encoded as RFC 2047 has it. */
    static Map<String, String> returned(Map<String, String> metadata) {
        if (metadata.values().stream().allMatch(UserMetadata::isPrintable)) {
            return metadata;
        }
        var returned = new LinkedHashMap<String, String>();
        metadata.forEach((name, value) -> returned.put(name, isPrintable(value) ? value : encoded(value)));
        return returned;
    }

    private static boolean isPrintable(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c < 0x7F || c == '\t');
    }

    private static String encoded(String value) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + "?=";
    }
}
