package dev.ruststack.cli.build;

import java.io.IOException;
import java.nio.file.Path;

/** What a function needs beside its own code, installed by its language's own tool. */
sealed interface Dependencies permits PipDependencies, NpmDependencies {
    /** Two sets with the same fingerprint install the same, where {@link #repeatable}. */
    String fingerprint();

    /** Whether nothing but the fingerprint decides what is installed; otherwise it is installed every time. */
    boolean repeatable();

    /**
     * Installs them as they lie in the function's zip file.
     *
     * @param target a new, empty folder for them
     * @param temporary a folder for what the tool throws away; an interrupted tool leaves it there
     */
    void install(Path target, Path temporary, BuildProgress progress)
            throws BuildException, IOException, InterruptedException;
}
