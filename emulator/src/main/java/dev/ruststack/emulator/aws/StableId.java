package dev.ruststack.emulator.aws;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Ids that look like AWS's random ones and come from what they stand for, so that a stack has the same addresses each
 * time it starts.
 */
public final class StableId {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

    private StableId() {}

    /** The id of something, of so many letters and digits, 32 at most. */
    public static String of(String something, int length) {
        var hash = sha256(something);
        var id = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            id.append(ALPHABET.charAt(Math.floorMod(hash[i], ALPHABET.length())));
        }
        return id.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
