package dev.ruststack.cli.cluster;

import dev.ruststack.crds.function.FunctionSpec;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A built function.
 *
 * @param stack the stack's name
 * @param name the function's
 * @param architecture as the function says, {@code x86_64} or {@code arm64}; null where it does not
 * @param baseImage the stack's own image of the runtime; null where it names none
 * @param source what {@code code.path} names
 * @param zip made from it
 */
record FunctionCode(
        String stack,
        String name,
        String runtime,
        String handler,
        @Nullable String architecture,
        @Nullable String baseImage,
        Path source,
        Path zip) {

    /** Runtimes that run the package's own {@code bootstrap}. */
    boolean bringsItsRuntime() {
        return runtime.startsWith("provided");
    }

    /** As images name it. */
    static String imageArchitecture(String architecture) {
        return architecture.equals(FunctionSpec.ARM64) ? "arm64" : "amd64";
    }
}
