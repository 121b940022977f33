package dev.ruststack.cli.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who listens on a TCP port, as far as Linux tells in {@code /proc}: processes of other users are not seen. Elsewhere
 * nothing is known.
 *
 * @param command what it was started as, shortened
 */
record PortOwner(long pid, String command) {
    private static final int LONGEST_COMMAND = 100;
    private static final String LISTENING = "0A";

    static @Nullable PortOwner of(int port) {
        var sockets = listeningSockets(port);
        if (sockets.isEmpty()) {
            return null;
        }
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                if (holdsOneOf(process, sockets)) {
                    return new PortOwner(Long.parseLong(process.getFileName().toString()), command(process));
                }
            }
        } catch (IOException e) {
            return null;
        }
        return null;
    }

    /** proc(5): {@code sl local_address rem_address st … inode}, addresses and ports in hexadecimal. */
    private static Set<String> listeningSockets(int port) {
        var sockets = new HashSet<String>();
        var local = ":%04X".formatted(port);
        for (var table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try {
                for (var line : Files.readAllLines(Path.of(table))) {
                    var fields = line.strip().split("\\s+");
                    if (fields.length > 9 && fields[1].endsWith(local) && fields[3].equals(LISTENING)) {
                        sockets.add("socket:[" + fields[9] + "]");
                    }
                }
            } catch (IOException e) {
                // Not Linux, or no IPv6.
            }
        }
        return sockets;
    }

    private static boolean holdsOneOf(Path process, Set<String> sockets) {
        try (var descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (var descriptor : descriptors) {
                if (sockets.contains(target(descriptor))) {
                    return true;
                }
            }
        } catch (IOException e) {
            // Gone by now, or another user's.
            return false;
        }
        return false;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static String command(Path process) throws IOException {
        var line =
                Files.readString(process.resolve("cmdline")).replace('\0', ' ').strip();
        return line.length() <= LONGEST_COMMAND ? line : line.substring(0, LONGEST_COMMAND) + "…";
    }
}
