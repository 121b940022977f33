package dev.ruststack.emulator.process;

import java.nio.file.Files;
import java.nio.file.Path;

/** A JVM with guarded children, for tests that kill it: it prints {@code ready} once all of them run. */
final class GuardedParent {
    /** Starts a process, its child in the same group, and one that left for a session of its own; prints all pids. */
    static final String FAMILY =
            "sleep 1000 & echo $! >> \"$0\"; setsid sh -c 'echo $$ >> \"$0\"; sleep 1000' \"$0\" & echo $$ >> \"$0\"; wait";

    private GuardedParent() {}

    static void main(String[] arguments) throws Exception {
        var pids = Path.of(arguments[0]);
        var directory = Files.createDirectories(Path.of(arguments[1]));
        Files.writeString(directory.resolve("file"), "content");
        var guard = ProcessGuard.start();
        guard.ownDirectory(directory);
        guard.start(new ProcessBuilder("/bin/sh", "-c", FAMILY, pids.toString()));
        guard.start(new ProcessBuilder(
                "/bin/sh", "-c", "trap '' TERM HUP; echo $$ >> \"$0\"; sleep 1000", pids.toString()));
        System.in.read();
    }
}
