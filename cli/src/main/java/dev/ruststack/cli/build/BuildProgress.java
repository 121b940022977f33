package dev.ruststack.cli.build;

/** Hears what a build does, a line at a time; called by the threads of the build, one call after the other. */
@FunctionalInterface
public interface BuildProgress {
    void line(String line);
}
