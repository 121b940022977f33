package dev.ruststack.cli.up;

import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import dev.ruststack.cli.stack.RunningStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks, before anything is started, whether the ports can be had, and says of all that cannot who has them. */
final class PortCheck {
    private final UpOptions options;
    private final List<RunningStack> running;
    private final String program;

    /** @param program how this program was called, for hints */
    PortCheck(UpOptions options, List<RunningStack> running, String program) {
        this.options = options;
        this.running = running;
        this.program = program;
    }

    /** Throws where a port cannot be had. */
    void run() {
        var address = address();
        var problems = new ArrayList<String>();
        RunningStack owner = null;
        for (var wanted : wanted().entrySet()) {
            int port = wanted.getValue();
            var refusal = port == 0 ? null : refusal(address, port);
            if (refusal != null) {
                var stack = stackOn(port);
                owner = stack == null ? owner : stack;
                problems.add(wanted.getKey() + " " + port + ": " + refusal + owner(port, stack));
            }
        }
        if (!problems.isEmpty()) {
            throw new CommandException(ExitCode.NOT_STARTED, message(problems), remedy(owner));
        }
    }

    private Map<String, Integer> wanted() {
        var ports = options.ports();
        var wanted = new LinkedHashMap<String, Integer>();
        wanted.put("--port", ports.aws());
        wanted.put("--front-port", ports.front());
        wanted.put("--admin-port", ports.admin());
        wanted.put("--runtime-port", ports.runtime());
        var seen = new LinkedHashMap<Integer, String>();
        wanted.forEach((option, port) -> {
            var other = port == 0 ? null : seen.put(port, option);
            if (other != null) {
                throw new CommandException(ExitCode.USAGE, other + " and " + option + " are both " + port);
            }
        });
        return wanted;
    }

    private InetAddress address() {
        try {
            return InetAddress.getByName(options.bind());
        } catch (UnknownHostException e) {
            throw new CommandException(
                    ExitCode.USAGE, "--bind " + options.bind() + " is not an address of this machine");
        }
    }

    /** Why the port cannot be bound, or null where it can. */
    private static @Nullable String refusal(InetAddress address, int port) {
        try (var socket = new ServerSocket()) {
            // As the emulator does: a port that was closed a moment ago is free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return null;
        } catch (IOException e) {
            var message = String.valueOf(e.getMessage());
            if (message.contains("Permission denied")) {
                return "needs root (ports below 1024)";
            }
            return message.contains("in use") ? "is in use" : message + " (" + address.getHostAddress() + ")";
        }
    }

    private @Nullable RunningStack stackOn(int port) {
        for (var stack : running) {
            var ports = stack.ports();
            if (List.of(ports.aws(), ports.front(), ports.runtime(), ports.admin())
                    .contains(port)) {
                return stack;
            }
        }
        return null;
    }

    private static String owner(int port, @Nullable RunningStack stack) {
        if (stack != null) {
            return " by stack " + stack.name() + " (pid " + stack.pid() + ", " + stack.file() + ")";
        }
        var owner = PortOwner.of(port);
        return owner == null ? "" : " by process " + owner.pid() + ": " + owner.command();
    }

    private static String message(List<String> problems) {
        return problems.size() == 1
                ? "port " + problems.getFirst()
                : "these ports cannot be had:\n  " + String.join("\n  ", problems);
    }

    private String remedy(@Nullable RunningStack owner) {
        var other = "Choose others with these options: 0 takes a free port, --free-ports does so for all four.";
        return owner == null ? other : "Stop it: " + program + " down --name " + owner.name() + "\n" + other;
    }
}
