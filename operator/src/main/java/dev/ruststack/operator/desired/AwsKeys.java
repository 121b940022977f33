package dev.ruststack.operator.desired;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * A pair of AWS keys. AWS: IAM User Guide, Manage access keys.
 *
 * @param accessKeyId 20 characters when generated
 * @param secretAccessKey 40 characters when generated; never printed
 */
public record AwsKeys(String accessKeyId, String secretAccessKey) {
    /** Key of the Secret's entry. */
    public static final String ACCESS_KEY_ID = "AWS_ACCESS_KEY_ID";

    /** Key of the Secret's entry. */
    public static final String SECRET_ACCESS_KEY = "AWS_SECRET_ACCESS_KEY";

    /** Real access keys begin with AKIA; scanners for leaked keys need not be troubled by ours. */
    private static final String PREFIX = "LSIA";

    private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /** Letters and digits only, so that no tool stumbles over '/' and '+'. */
    private static final String LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /** New keys, from the system's secure random source. */
    public static AwsKeys generate() {
        var random = new SecureRandom();
        return new AwsKeys(PREFIX + text(random, BASE_32, 16), text(random, LETTERS_AND_DIGITS, 40));
    }

    private static String text(RandomGenerator random, String alphabet, int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "AwsKeys[" + accessKeyId + "]";
    }
}
