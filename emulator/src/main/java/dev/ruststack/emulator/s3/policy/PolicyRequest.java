package dev.ruststack.emulator.s3.policy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a policy decides about.
 *
 * @param principal who asks
 * @param action such as {@code s3:GetObject}
 * @param resource the ARN of the bucket or the object
 * @param context the condition keys that are there, in lower case, with their values: never none
 */
public record PolicyRequest(Principal principal, String action, String resource, Map<String, List<String>> context) {
    /**
     * Who asks.
     *
     * @param accountId null for an anonymous caller
     * @param canonicalId the canonical user id of the account; null for an anonymous caller
     */
    public record Principal(
            @Nullable String accountId, @Nullable String canonicalId) {
        /** Nobody in particular. */
        public static final Principal ANONYMOUS = new Principal(null, null);

        /** The ARN of the account, which stands for everyone in it. */
        String arn() {
            return "arn:aws:iam::" + accountId + ":root";
        }
    }
}
