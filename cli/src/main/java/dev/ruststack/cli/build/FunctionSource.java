package dev.ruststack.cli.build;

import java.nio.file.Path;

/**
 * A function's code, or what is in a layer, before it is built.
 *
 * @param name the function's name, which every message carries
 * @param runtime Lambda's identifier of the runtime, such as {@code python3.11}; decides which dependencies are looked
 *     for. AWS: Lambda Developer Guide, Lambda runtimes
 * @param code a folder, or a zip file
 */
public record FunctionSource(String name, String runtime, Path code) {
    /** A layer's content: packed as it is, with nothing installed. */
    public static FunctionSource layer(String name, Path code) {
        return new FunctionSource(name, "provided.al2023", code);
    }

    public FunctionSource {
        if (name.isBlank() || runtime.isBlank()) {
            throw new IllegalArgumentException("a function has a name and a runtime");
        }
        code = code.toAbsolutePath().normalize();
    }
}
