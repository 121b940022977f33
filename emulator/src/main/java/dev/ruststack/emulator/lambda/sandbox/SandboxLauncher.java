package dev.ruststack.emulator.lambda.sandbox;

import org.jspecify.annotations.Nullable;

/** Makes sandboxes. */
public interface SandboxLauncher extends AutoCloseable {
    /** Makes a sandbox for a function. */
    Sandbox launch(Request request) throws SandboxException, InterruptedException;

    /** Ends what all sandboxes share. They are closed before. */
    @Override
    void close();

    /**
     * What a sandbox has to be.
     *
     * @param function the function's name, for those who look
     * @param runtime the identifier of a Lambda runtime; null where there is an image
     * @param imageUri the function's own image; null where there is a runtime
     * @param architecture {@code x86_64} or {@code arm64}
     * @param memorySize MB
     * @param ephemeralStorage MB of /tmp
     * @param debugPort the port of this machine at which a debugger attaches; null where none may
     */
    record Request(
            String function,
            @Nullable String runtime,
            @Nullable String imageUri,
            String architecture,
            int memorySize,
            int ephemeralStorage,
            @Nullable Integer debugPort) {
        public Request {
            if ((runtime == null) == (imageUri == null)) {
                throw new IllegalArgumentException("a sandbox has either a runtime or an image");
            }
        }
    }
}
