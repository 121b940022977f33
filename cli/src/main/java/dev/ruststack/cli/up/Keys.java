package dev.ruststack.cli.up;

import dev.ruststack.emulator.aws.signing.SigV4Authenticator.Mode;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The stack's AWS keys. Where any key is taken they are the same every time, so that a shell that has them set is right
 * for the next stack too; where signatures are verified they are secret.
 */
record Keys(String accessKeyId, String secretAccessKey) {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    static Keys of(Mode mode) {
        return switch (mode) {
            case PERMISSIVE -> new Keys("ruststack", "ruststack");
            case ENFORCE -> new Keys("AKIA" + letters(16), random(30));
        };
    }

    /** What the admin port asks for. */
    static String token() {
        return random(32);
    }

    private static String random(int bytes) {
        var random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static String letters(int count) {
        var random = new SecureRandom();
        var letters = new StringBuilder();
        for (var i = 0; i < count; i++) {
            letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return letters.toString();
    }
}
