package dev.ruststack.emulator.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Strings out of head bytes: UTF-8 where the bytes are that (AWS SDKs send metadata so), else ISO-8859-1. Clients
 * repeat themselves, so short texts come from a small cache. Confined to one event loop.
 */
final class HeadText {
    private static final int CACHE_SIZE = 512;
    private static final int MAX_CACHED_LENGTH = 64;
    private static final boolean[] TOKEN = token();

    private final @Nullable String[] cache = new String[CACHE_SIZE];
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();

    private static boolean[] token() {
        var token = new boolean[128];
        for (char c = '0'; c <= 'z'; c++) {
            token[c] = Character.isLetterOrDigit(c);
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            token[c] = true;
        }
        return token;
    }

    static boolean isToken(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0 || !TOKEN[bytes[i]]) {
                return false;
            }
        }
        return from < to;
    }

    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= TOKEN.length || !TOKEN[c]) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Neither controls nor spaces. */
    static boolean isVisible(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] >= 0 && (bytes[i] <= ' ' || bytes[i] == 0x7f)) {
                return false;
            }
        }
        return true;
    }

    /** No controls but the tabulator. */
    static boolean isFieldValue(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] >= 0 && ((bytes[i] < ' ' && bytes[i] != '\t') || bytes[i] == 0x7f)) {
                return false;
            }
        }
        return true;
    }

    /** No controls but the tabulator. */
    static boolean isFieldValue(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c != 0x7f || c == '\t');
    }

    /** As {@link #decode}, from the cache where it is there. */
    String cached(byte[] bytes, int from, int to) {
        if (to - from > MAX_CACHED_LENGTH) {
            return decode(bytes, from, to);
        }
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + bytes[i];
        }
        int slot = (hash ^ hash >>> 15) & CACHE_SIZE - 1;
        var known = cache[slot];
        if (known != null && same(known, bytes, from, to)) {
            return known;
        }
        var text = decode(bytes, from, to);
        cache[slot] = text;
        return text;
    }

    /** Only ASCII is ever the same: other texts are decoded each time. */
    private static boolean same(String text, byte[] bytes, int from, int to) {
        if (text.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i - from) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    String decode(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return decodeUtf8(bytes, from, to);
            }
        }
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private String decodeUtf8(byte[] bytes, int from, int to) {
        try {
            return utf8.decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }
}
