package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.sandbox.Sandbox.Image;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One function as it stands at one revision: everything that running it needs. Immutable; every change makes a new one
 * with a new {@code revisionId}. AWS: Lambda API Reference, FunctionConfiguration.
 *
 * @param arn the unqualified ARN
 * @param version {@code $LATEST}, or the number of a published version
 * @param memorySize MB
 * @param timeout seconds
 * @param ephemeralStorage MB of /tmp
 * @param runtime empty where there is an image, as is {@code handler}
 * @param code where the deployment package lies
 * @param image the function's own image; null where there is a package
 * @param layers null, in journals from before there were any, for none
 * @param services null, in journals from before there was any, for none
 */
public record FunctionConfiguration(
        String name,
        String arn,
        String version,
        String runtime,
        String handler,
        String role,
        String description,
        int memorySize,
        int timeout,
        int ephemeralStorage,
        Map<String, String> environment,
        List<String> architectures,
        Code code,
        @Nullable Image image,
        FunctionLayers layers,
        ServiceSettings services,
        State state,
        @Nullable UpdateStatus lastUpdate,
        Instant lastModified,
        String revisionId) {
    public FunctionConfiguration {
        environment = Map.copyOf(environment);
        architectures = List.copyOf(architectures);
        layers = Objects.requireNonNullElse(layers, FunctionLayers.NONE);
        services = Objects.requireNonNullElse(services, ServiceSettings.NONE);
    }

    /** The ARN of this version; the unqualified one for {@code $LATEST}. */
    public String versionArn() {
        return version.equals(FunctionName.LATEST) ? arn : arn + ":" + version;
    }

    /** A builder that starts with this configuration. */
    public FunctionConfigurationBuilder toBuilder() {
        return new FunctionConfigurationBuilder(this);
    }

    /**
     * A deployment package, unpacked once and read by every execution environment.
     *
     * @param sha256 base64, of the zip
     * @param size bytes of the zip
     * @param zip the zip as it was given
     * @param directory the unpacked package, what the function sees as its task root
     */
    public record Code(String sha256, long size, Path zip, Path directory) {
        /** What stands for the package where there is an image: no file, and the digest that AWS shows. */
        public static Code ofImage(String sha256) {
            return new Code(sha256, 0, Path.of(""), Path.of(""));
        }

        Code moved(UnaryOperator<Path> move) {
            return ofImage() ? this : new Code(sha256, size, move.apply(zip), move.apply(directory));
        }

        /** Whether this stands for an image. */
        boolean ofImage() {
            return zip.toString().isEmpty();
        }
    }

    /** Where the function is in its life; {@code reason} and {@code reasonCode} are null once it is Active. */
    public record State(
            String name, @Nullable String reason, @Nullable String reasonCode) {
        public static final State ACTIVE = new State("Active", null, null);
        public static final State PENDING = new State("Pending", "The function is being created.", "Creating");
    }

    /** Where the last update is. */
    public record UpdateStatus(
            String name, @Nullable String reason, @Nullable String reasonCode) {
        public static final UpdateStatus SUCCESSFUL = new UpdateStatus("Successful", null, null);

        /** The words are those of a creation on AWS too. */
        public static final UpdateStatus IN_PROGRESS =
                new UpdateStatus("InProgress", "The function is being created.", "Creating");
    }
}
