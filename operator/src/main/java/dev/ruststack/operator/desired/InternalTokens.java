package dev.ruststack.operator.desired;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What the parts of one stack know each other by: 32 random bytes each, in hexadecimal.
 *
 * @param adminToken the bearer token of the emulator's admin port
 * @param runnerKey the key that runners' tokens are derived from
 */
public record InternalTokens(String adminToken, String runnerKey) {
    /** Key of the Secret's entry. */
    public static final String ADMIN_TOKEN = "adminToken";

    /** Key of the Secret's entry. */
    public static final String RUNNER_KEY = "runnerKey";

    /** New ones, from the system's secure random source. */
    public static InternalTokens generate() {
        var random = new SecureRandom();
        return new InternalTokens(token(random), token(random));
    }

    private static String token(SecureRandom random) {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return "InternalTokens[]";
    }
}
