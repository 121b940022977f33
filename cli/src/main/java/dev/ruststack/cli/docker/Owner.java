package dev.ruststack.cli.docker;

import com.github.dockerjava.api.model.Container;
import dev.ruststack.cli.stack.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose containers are whose: each has labels that name its stack, its sandbox and the process that made it. Containers
 * whose process has gone, however it went, are removed by whoever starts next on this machine.
 *
 * @param process process id, when it started, and where, so that it is taken for no other
 */
record Owner(String stack, String process) {
    static final String STACK = "dev.ruststack.stack";
    static final String SANDBOX = "dev.ruststack.sandbox";
    static final String PROCESS = "dev.ruststack.process";

    private static final Logger LOG = LoggerFactory.getLogger(Owner.class);

    /** This process. */
    static Owner here(String stack) {
        long pid = ProcessHandle.current().pid();
        return new Owner(stack, pid + "." + Processes.started(pid) + "@" + place());
    }

    /** The machine, and the table of processes in it: containers have one of their own. */
    private static String place() {
        var name = read(Path.of("/proc/sys/kernel/hostname"));
        try {
            return name + "/" + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException e) {
            var environment = System.getenv();
            return name + "/" + environment.getOrDefault("HOSTNAME", environment.getOrDefault("COMPUTERNAME", ""));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }

    Map<String, String> labels(String sandbox) {
        return Map.of(STACK, stack, SANDBOX, sandbox, PROCESS, process);
    }

    /** What selects the containers of this process. */
    String filter() {
        return PROCESS + "=" + process;
    }

    /** Removes the containers of processes of this machine that have gone. */
    static int removeLeftovers(DockerEngine engine) {
        int removed = 0;
        for (var container : engine.labelled(PROCESS)) {
            if (isLeft(container)) {
                LOG.info("Removing container {} that a killed run has left", container.getId());
                engine.remove(container.getId());
                removed++;
            }
        }
        return removed;
    }

    private static boolean isLeft(Container container) {
        var labels = container.getLabels();
        return labels != null && hasGone(labels.getOrDefault(PROCESS, ""));
    }

    /** Whether a process was one of this machine, and is no more. */
    static boolean hasGone(String process) {
        var at = process.indexOf('@');
        if (at < 0 || !process.substring(at + 1).equals(place())) {
            return false;
        }
        var parts = process.substring(0, at).split("\\.");
        try {
            long pid = Long.parseLong(parts[0]);
            var alive = ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
            return !alive || Processes.started(pid) != Long.parseLong(parts[1]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return false;
        }
    }
}
