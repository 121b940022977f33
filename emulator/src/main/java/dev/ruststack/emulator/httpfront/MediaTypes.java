package dev.ruststack.emulator.httpfront;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What media types say of a body. */
final class MediaTypes {
    private static final Set<String> TEXT = Set.of(
            "application/json",
            "application/xml",
            "application/javascript",
            "application/ecmascript",
            "application/graphql",
            "application/sql",
            "application/yaml",
            "application/x-yaml",
            "application/x-ndjson",
            "application/x-www-form-urlencoded");

    private static final Set<String> PLAIN = Set.of("application/json", "application/javascript", "application/xml");

    private MediaTypes() {}

    /** Whether a type is one of these, of which {@code *}{@code /*} and {@code image/*} stand for many. */
    static boolean matches(List<String> types, String type) {
        var essence = essence(type);
        var family = essence.substring(0, essence.indexOf('/') + 1) + "*";
        return types.stream()
                .map(each -> each.toLowerCase(Locale.ROOT))
                .anyMatch(each -> each.equals("*/*") || each.equals(essence) || each.equals(family));
    }

    /** Whether a body is text: by its type, and because its bytes are UTF-8. */
    static boolean isText(@Nullable String contentType, byte[] body) {
        return (contentType == null || isText(essence(contentType))) && isUtf8(body);
    }

    /**
     * Whether a body reaches a function as text in format 2.0, where forms do not. AWS: Lambda Developer Guide, Invoking
     * Lambda function URLs.
     */
    static boolean isPlain(@Nullable String contentType, byte[] body) {
        if (contentType == null) {
            return isUtf8(body);
        }
        var essence = essence(contentType);
        boolean plain = essence.startsWith("text/") || essence.endsWith("+json") || PLAIN.contains(essence);
        return plain && isUtf8(body);
    }

    private static boolean isText(String essence) {
        return essence.startsWith("text/")
                || essence.endsWith("+json")
                || essence.endsWith("+xml")
                || TEXT.contains(essence);
    }

    private static boolean isUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** A type without its parameters. */
    private static String essence(String type) {
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }
}
