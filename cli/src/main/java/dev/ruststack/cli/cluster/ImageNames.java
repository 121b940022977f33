package dev.ruststack.cli.cluster;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names of images: {@code HOST/PREFIX/STACK-FUNCTION}. */
final class ImageNames {
    /** Podman's word for images that no registry has. */
    private static final String NOWHERE = "localhost";

    private final String prefix;

    /** @param registry null for images that are only handed on as files */
    ImageNames(@Nullable String registry) {
        prefix = registry == null ? NOWHERE : checked(registry);
    }

    private static String checked(String registry) {
        var prefix = registry.replaceFirst("/+$", "");
        var host = prefix.replaceFirst("/.*", "");
        boolean isHost = host.contains(".") || host.contains(":") || host.equals("localhost");
        if (!isHost || prefix.contains("@")) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--registry " + registry + " does not begin with the host of a registry",
                    "Such as ghcr.io/acme, localhost:5000, docker.io/acme.");
        }
        return prefix;
    }

    /** @param tag tells one state of the code from others */
    ImageReference of(String stack, String function, String tag) {
        var name = (stack + "-" + function)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceFirst("-$", "");
        return parse(prefix + "/" + name + ":" + tag);
    }

    static ImageReference parse(String name) {
        try {
            return ImageReference.parse(name);
        } catch (InvalidImageReferenceException _) {
            throw new CommandException(ExitCode.USAGE, name + " is not the name of an image");
        }
    }

    /** Whether the registry is on this machine, where http is usual and nobody listens in. */
    static boolean isLocal(ImageReference image) {
        var host = image.getRegistry().replaceFirst(":[0-9]+$", "");
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }
}
