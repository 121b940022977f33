package dev.ruststack.emulator.lambda;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of a layer. AWS: Lambda API Reference, PublishLayerVersion.
 *
 * @param sha256 base64, of the zip
 * @param size bytes of the zip
 * @param home the directory of the package, relative to that of all packages
 * @param policyRevision changes with the policy
 */
public record LayerVersion(
        String arn,
        int version,
        String description,
        String licenseInfo,
        Instant created,
        List<String> compatibleRuntimes,
        List<String> compatibleArchitectures,
        String sha256,
        long size,
        String home,
        ResourcePolicy policy,
        @Nullable String policyRevision) {
    public LayerVersion {
        compatibleRuntimes = List.copyOf(compatibleRuntimes);
        compatibleArchitectures = List.copyOf(compatibleArchitectures);
    }

    /** The ARN with the version. */
    public String versionArn() {
        return arn + ":" + version;
    }

    /** Whether it is for such a runtime and architecture; null is any. One that names none is for all. */
    public boolean fits(@Nullable String runtime, @Nullable String architecture) {
        return (runtime == null || compatibleRuntimes.contains(runtime))
                && (architecture == null || compatibleArchitectures.contains(architecture));
    }

    LayerVersion withPolicy(ResourcePolicy newPolicy, String newRevision) {
        return new LayerVersion(
                arn,
                version,
                description,
                licenseInfo,
                created,
                compatibleRuntimes,
                compatibleArchitectures,
                sha256,
                size,
                home,
                newPolicy,
                newRevision);
    }
}
