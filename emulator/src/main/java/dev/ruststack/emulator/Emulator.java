package dev.ruststack.emulator;

import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.emulator.process.ProcessGuard;
import dev.ruststack.emulator.seed.SeedProgress;
import dev.ruststack.emulator.seed.SeedReport;
import dev.ruststack.emulator.seed.SeedSources;
import java.io.IOException;

/** The whole emulator: its services behind their ports. The composition root. */
public final class Emulator implements AutoCloseable {
    private Emulator() {}

    /**
     * Binds the ports and serves, not yet seeded.
     *
     * @param guard ends the children and directories of the emulator with it; stays the caller's
     * @throws java.net.BindException naming the address, where a port is taken; nothing is left running then
     */
    public static Emulator start(EmulatorConfig config, ProcessGuard guard) throws IOException {
        throw new UnsupportedOperationException(config + " " + guard);
    }

    /** The ports that were bound. */
    public record Ports(int aws, int front, int runtime, int admin) {}

    public Ports ports() {
        return new Ports(0, 0, 0, 0);
    }

    /**
     * Makes the emulator match a declaration: creates what is missing, updates what differs, and waits until each item
     * answers or has failed. One failed item does not stop the others, unless the seed policy says so. Idempotent.
     */
    public SeedReport seed(RustStackSpec spec, SeedSources sources, SeedProgress progress) throws InterruptedException {
        throw new UnsupportedOperationException(spec + " " + sources + progress);
    }

    /** The outcome of the last seeding. */
    public SeedReport seedReport() {
        return SeedReport.NOTHING;
    }

    /** Forgets everything that clients and seeds have made, and seeds again from the last declaration. */
    public SeedReport reset() throws InterruptedException {
        return SeedReport.NOTHING;
    }

    /** Stops: running requests end within seconds, functions are killed, data that is owned is removed. */
    @Override
    public void close() {}
}
