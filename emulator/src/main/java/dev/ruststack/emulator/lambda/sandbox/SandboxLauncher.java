package dev.ruststack.emulator.lambda.sandbox;

/** Makes sandboxes. */
public interface SandboxLauncher extends AutoCloseable {
    /**
     * Makes a sandbox for functions of a runtime.
     *
     * @param memorySize MB
     * @param ephemeralStorage MB of /tmp
     */
    Sandbox launch(String runtime, int memorySize, int ephemeralStorage) throws SandboxException;

    /** Ends what all sandboxes share. They are closed before. */
    @Override
    void close();
}
