package dev.ruststack.emulator.lambda.sandbox;

/** Runs no function, and says why. */
public final class NoLauncher implements SandboxLauncher {
    private final String reason;

    /** The reason is a sentence for whoever invokes a function. */
    public NoLauncher(String reason) {
        this.reason = reason;
    }

    @Override
    public Sandbox launch(Request request) throws SandboxException {
        throw new SandboxException(SandboxException.Kind.UNAVAILABLE, reason);
    }

    @Override
    public void close() {}
}
