package dev.ruststack.operator.desired;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

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

    /** Tells these tokens and those keys from others, and tells nobody what they are. */
    String hash(AwsKeys keys) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(adminToken.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            var secrets = String.join("\n", runnerKey, keys.accessKeyId(), keys.secretAccessKey());
            return HexFormat.of().formatHex(mac.doFinal(secrets.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
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
