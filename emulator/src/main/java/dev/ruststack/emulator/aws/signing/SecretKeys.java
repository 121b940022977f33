package dev.ruststack.emulator.aws.signing;

import org.jspecify.annotations.Nullable;

/** The secrets of the access keys that a stack knows. */
@FunctionalInterface
public interface SecretKeys {
    /** The secret of an access key, or null where it is unknown. */
    @Nullable
    String secretOf(String accessKeyId);
}
