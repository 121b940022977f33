package dev.ruststack.cli.command;

import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import dev.ruststack.cli.cluster.ImageOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether functions become images, and which. */
final class ImageArguments {
    private static final List<String> PLATFORMS = List.of("linux/amd64", "linux/arm64");

    @Option(
            names = "--registry",
            paramLabel = "HOST/PREFIX",
            description = "Make an image of each function with code.path and push it there, instead of ConfigMaps.")
    private @Nullable String registry;

    @Option(
            names = "--image-tar",
            paramLabel = "FOLDER",
            description = "Write the images into this folder, as docker load takes them, instead of pushing.")
    private @Nullable Path tars;

    @Option(
            names = "--base",
            paramLabel = "RUNTIME=IMAGE",
            description =
                    "The image that functions of a runtime are built on; tar://FILE for one of docker save; may be"
                            + " repeated (default: spec.lambda.images, or else AWS's own).")
    private Map<String, String> bases = new LinkedHashMap<>();

    @Option(
            names = "--platform",
            paramLabel = "PLATFORM",
            description = "linux/amd64 or linux/arm64, for functions without architectures (default: this machine's).")
    private @Nullable String platform;

    @Option(
            names = "--insecure-registry",
            description = "Let registries speak http or show any certificate; on this machine they always may.")
    private boolean insecure;

    /** Null where functions become ConfigMaps. */
    @Nullable
    ImageOptions options() {
        if (registry == null && tars == null) {
            if (!bases.isEmpty() || platform != null || insecure) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "--base, --platform and --insecure-registry are of images, which are made with --registry or"
                                + " --image-tar only");
            }
            return null;
        }
        if (platform != null && !PLATFORMS.contains(platform)) {
            throw new CommandException(
                    ExitCode.USAGE, "--platform " + platform + " is none of " + String.join(", ", PLATFORMS));
        }
        return new ImageOptions(registry, tars, bases, insecure, platform);
    }
}
