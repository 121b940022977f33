package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.s3.S3Error;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How names stand in lists. AWS: S3 API Reference, ListObjectsV2 (encoding-type). */
enum KeyEncoding {
    NONE(null),
    URL("url");

    private final @Nullable String wireName;

    KeyEncoding(@Nullable String wireName) {
        this.wireName = wireName;
    }

    static KeyEncoding parse(@Nullable String text) {
        if (text == null) {
            return NONE;
        }
        if (!text.equals("url")) {
            throw S3Error.invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", text);
        }
        return URL;
    }

    /** As it is echoed, null where it was not asked for. */
    @Nullable
    String wireName() {
        return wireName;
    }

    /** As forms are encoded, but for the slash. */
    String encode(String text) {
        return switch (this) {
            case NONE -> text;
            case URL -> URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2F", "/");
        };
    }

    @Nullable
    String encodeNullable(@Nullable String text) {
        return text == null || text.isEmpty() ? null : encode(text);
    }
}
