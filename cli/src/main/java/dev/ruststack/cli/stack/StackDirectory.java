package dev.ruststack.cli.stack;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;

import com.sun.security.auth.module.UnixSystem;
import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import dev.ruststack.cli.terminal.Json;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Where running stacks are noted: a folder each, with {@code stack.json}, in {@code $XDG_RUNTIME_DIR/ruststack} or else
 * {@code ruststack-UID} in the temporary folder. Only its owner can look into it, for it holds secrets. A stack whose
 * process is gone is not seen, and its folder is removed.
 */
public final class StackDirectory {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final String FILE = "stack.json";

    /** The number of this user: containers may have no name for it. */
    private static final long USER = new UnixSystem().getUid();

    private final Path root;

    private StackDirectory(Path root) {
        this.root = root;
    }

    /** The folder of this user. It need not exist. */
    public static StackDirectory of(Map<String, String> environment) {
        var runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!runtime.isBlank() && Files.isWritable(Path.of(runtime))) {
            return new StackDirectory(Path.of(runtime, "ruststack"));
        }
        return new StackDirectory(temporary(environment).resolve("ruststack-" + USER));
    }

    /** {@code TMPDIR}, which Java does not heed on Linux, or the system's temporary folder. */
    public static Path temporary(Map<String, String> environment) {
        var named = environment.getOrDefault("TMPDIR", "");
        return Path.of(named.isBlank() ? System.getProperty("java.io.tmpdir") : named)
                .toAbsolutePath();
    }

    /** The folder that this process notes its stack in; not made yet. */
    public Path folder(String name) {
        return root.resolve(name + "-" + ProcessHandle.current().pid());
    }

    /** Notes a stack of this process, or changes what was noted. */
    public void note(RunningStack stack) throws IOException {
        makePrivate(root);
        var folder = folder(stack.name());
        makePrivate(folder);
        var written = Files.createTempFile(folder, "stack", ".new");
        Files.writeString(written, Json.of(stack));
        Files.move(written, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Forgets a stack of this process. */
    public void forget(String name) {
        remove(folder(name));
    }

    /** Every stack that runs, by name. */
    public List<RunningStack> running() {
        if (!Files.isDirectory(root) || !isPrivate(root)) {
            return List.of();
        }
        var stacks = new ArrayList<RunningStack>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
            for (var folder : folders) {
                var stack = read(folder.resolve(FILE));
                if (stack != null && stack.alive()) {
                    stacks.add(stack);
                } else if (stack != null) {
                    remove(folder);
                }
            }
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, root + " cannot be read: " + e.getMessage());
        }
        stacks.sort(Comparator.comparing(RunningStack::name).thenComparing(RunningStack::started));
        return stacks;
    }

    /**
     * The one stack that is meant.
     *
     * @param name its name, or its pid; null for the only one that runs
     * @throws CommandException where there is none, or more than one
     */
    public RunningStack require(@Nullable String name) {
        var all = running();
        var meant = name == null
                ? all
                : all.stream().filter(stack -> isNamed(stack, name)).toList();
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        var names = all.stream()
                .map(stack -> stack.name() + " (pid " + stack.pid() + ")")
                .collect(Collectors.joining(", "));
        if (all.isEmpty()) {
            throw new CommandException(ExitCode.NOT_RUNNING, "no stack is running", "Start one: ./ruststack up FILE");
        }
        if (meant.isEmpty()) {
            throw new CommandException(ExitCode.NOT_RUNNING, "no stack " + name + " is running", "Running: " + names);
        }
        throw new CommandException(
                ExitCode.USAGE,
                "more than one stack is running: " + names,
                name == null ? "Say which one: --name NAME" : "Say which one by its pid: --name PID");
    }

    private static boolean isNamed(RunningStack stack, String name) {
        return stack.name().equals(name) || String.valueOf(stack.pid()).equals(name);
    }

    private static @Nullable RunningStack read(Path file) {
        try {
            return Json.read(Files.readAllBytes(file), RunningStack.class);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException | JacksonException e) {
            // Of another version of RustStack, perhaps: not ours to remove.
            return null;
        }
    }

    private static void remove(Path folder) {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // Another command removes it at the same time.
            return;
        }
    }

    private static void makePrivate(Path folder) throws IOException {
        Files.createDirectories(folder.getParent());
        try {
            Files.createDirectory(folder, asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            if (!isPrivate(folder)) {
                throw new IOException(
                        folder
                                + " belongs to someone else, or others can look into it; remove it, or set XDG_RUNTIME_DIR",
                        e);
            }
        }
    }

    /** A folder in a place open to all could have been put there by anyone. */
    private static boolean isPrivate(Path folder) {
        try {
            var owner = ((Number) Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS)).longValue();
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && owner == USER
                    && Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS)
                            .equals(OWNER_ONLY);
        } catch (IOException e) {
            return false;
        }
    }
}
