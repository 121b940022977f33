package dev.ruststack.emulator.lambda;

import java.time.Instant;
import java.util.List;

/**
 * Who may have signed the code of functions. Nothing here can be signed: {@code Warn} lets all code pass, {@code Enforce}
 * none. AWS: Lambda API Reference, CodeSigningConfig.
 *
 * @param publishers ARNs of versions of signing profiles, taken as they are
 * @param policy {@code Warn} or {@code Enforce}
 */
public record CodeSigningConfig(
        String arn, String description, List<String> publishers, String policy, Instant lastModified) {
    public static final String ENFORCE = "Enforce";
    public static final String WARN = "Warn";

    public CodeSigningConfig {
        publishers = List.copyOf(publishers);
    }

    /** Whether it lets no code pass that is not signed. */
    public boolean enforced() {
        return policy.equals(ENFORCE);
    }
}
