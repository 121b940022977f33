package dev.ruststack.cli.up;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code up} was asked for, beside the file.
 *
 * @param bind the address that every port is bound to
 * @param ports the ports to bind; 0 for a free one
 * @param hosts further names that the AWS port is reached under
 * @param enforceSignatures whether signatures are verified, whatever the file says
 * @param reload whether a function whose source changes is brought up to date
 * @param dataFolder where the folder for the data is made; null for the temporary folder, or, where the data is kept, for
 *     one beside the file
 * @param docker of functions in containers
 */
public record UpOptions(
        String bind,
        Ports ports,
        List<String> hosts,
        boolean enforceSignatures,
        boolean reload,
        @Nullable Path dataFolder,
        Docker docker) {
    public UpOptions {
        hosts = List.copyOf(hosts);
    }

    /**
     * Of functions in containers.
     *
     * @param always whether they run so whatever the file says
     * @param network the engine's network that they are in
     * @param address the address of this machine that containers reach; null: to be found out
     */
    public record Docker(
            boolean always, String network, @Nullable String address) {
        /** As the file says. */
        public static final Docker DEFAULT = new Docker(false, "bridge", null);
    }

    /** The ports to bind. */
    public record Ports(int aws, int front, int runtime, int admin) {}

    /** The address that clients on this machine use: a wildcard is none. */
    public String reachableHost() {
        return switch (bind) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "0:0:0:0:0:0:0:0" -> "::1";
            default -> bind;
        };
    }
}
