package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.FunctionConfiguration.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deployment packages of all functions: each kept once, as the zip it came as and unpacked, however many functions
 * have it. A package that no function has any more stays for a while, because invocations that began before may still
 * load files from it; it goes with the next change after that, or with {@link #close}.
 */
public final class CodeArchives implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CodeArchives.class);

    private final Path root;
    private final Clock clock;

    /** Whether packages outlive the process. */
    private final boolean persistent;

    private final AtomicLong names = new AtomicLong();
    private final LayerTrees trees;

    /** Directories of several layers, each with the packages that it is of; guarded by {@link #archives}. */
    private final Map<Path, List<String>> together = new HashMap<>();

    /** By SHA-256; guarded by itself, never held while files are touched. */
    private final Map<String, Kept> archives = new HashMap<>();

    /** A package, how many functions have it, and from when on it may go once that is none. */
    private record Kept(Code code, Path home, int functions, Instant goes) {
        Kept with(int newFunctions, Instant newGoes) {
            return new Kept(code, home, newFunctions, newGoes);
        }
    }

    /** Keeps packages under {@code root}, of which it is the only user: what lies there is removed first. */
    public CodeArchives(Path root, Clock clock) throws IOException {
        this(root, clock, false);
        FileTree.delete(root);
        Files.createDirectories(root);
    }

    private CodeArchives(Path root, Clock clock, boolean persistent) {
        this.root = root;
        this.clock = clock;
        this.persistent = persistent;
        this.trees = new LayerTrees(root.resolve("layers"));
    }

    /**
     * Keeps packages that outlive the process. Those of the process before have to be {@linkplain #restore restored},
     * and {@linkplain #removeOthers the others removed}, before any is added.
     */
    public static CodeArchives persistent(Path root, Clock clock) throws IOException {
        var archives = new CodeArchives(Files.createDirectories(root).toRealPath(), clock, true);
        archives.trees.clear();
        return archives;
    }

    Path root() {
        return root;
    }

    /** Takes up a package of the process before for one function, which must {@link #release} it; false where it is gone. */
    boolean restore(Code code) throws IOException {
        if (code.ofImage()) {
            return true;
        }
        if (!Files.isRegularFile(code.zip()) || Files.size(code.zip()) != code.size()) {
            return false;
        }
        if (!Files.isDirectory(code.directory())) {
            CodeArchive.unpack(code.zip(), code.directory());
        }
        if (retain(code.sha256()) == null) {
            keep(code, root.resolve(root.relativize(code.zip()).getName(0)));
        }
        return true;
    }

    /** Removes what no function has that was restored. */
    void removeOthers() throws IOException {
        var homes = new HashSet<Path>();
        synchronized (archives) {
            archives.values().forEach(kept -> homes.add(kept.home()));
        }
        try (var entries = Files.newDirectoryStream(root)) {
            for (var entry : entries) {
                var name = entry.getFileName().toString();
                if (homes.contains(entry)) {
                    names.accumulateAndGet(Long.parseLong(name), Math::max);
                } else if (name.matches("[0-9]{1,18}")) {
                    FileTree.delete(entry);
                }
            }
        }
    }

    /**
     * Takes in a zip for one function, which must {@link #release} it.
     *
     * @throws dev.ruststack.emulator.aws.AwsException {@code InvalidParameterValueException} where it cannot be
     *     unpacked or is too large
     */
    public Code add(InputStream zip) throws IOException {
        sweep();
        var home = Files.createDirectory(root.resolve(Long.toString(names.incrementAndGet())));
        Code code = null;
        try {
            code = take(zip, home);
            return code;
        } finally {
            if (code == null || !code.zip().startsWith(home)) {
                FileTree.delete(home);
            }
        }
    }

    private Code take(InputStream zip, Path home) throws IOException {
        var file = home.resolve("code.zip");
        var digest = sha256();
        long size = copy(new DigestInputStream(zip, digest), file);
        var sha256 = Base64.getEncoder().encodeToString(digest.digest());
        var known = retain(sha256);
        if (known != null) {
            return known;
        }
        var directory = home.resolve("task");
        CodeArchive.unpack(file, directory);
        // Node.js looks upwards for the package.json that says of what type a file is: it is to find none of the
        // user's.
        Files.writeString(home.resolve("package.json"), "{}\n");
        return keep(new Code(sha256, size, file, directory), home);
    }

    private static long copy(InputStream in, Path file) throws IOException {
        long size = 0;
        var buffer = new byte[64 * 1024];
        try (var out = Files.newOutputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (size > CodeArchive.MAX_UNZIPPED) {
                    throw CodeArchive.tooLarge();
                }
                out.write(buffer, 0, read);
            }
        }
        return size;
    }

    /** A package by where it lies. */
    Code code(String home, String sha256, long size) {
        var directory = root.resolve(home);
        return new Code(sha256, size, directory.resolve("code.zip"), directory.resolve("task"));
    }

    /** Where a package lies, for {@link #code(String, String, long)}. */
    public String home(Code code) {
        return root.relativize(code.zip()).getName(0).toString();
    }

    /** The directory that has the files of all these packages, the later over the earlier. */
    Path together(List<Code> layers) throws IOException {
        if (layers.size() == 1) {
            return layers.getFirst().directory();
        }
        var directory = trees.make(layers);
        synchronized (archives) {
            together.put(directory, layers.stream().map(Code::sha256).toList());
        }
        return directory;
    }

    /** Counts a function more that has a package, and which must {@link #release} it. */
    void retain(Code code) {
        retain(code.sha256());
    }

    private @Nullable Code retain(String sha256) {
        synchronized (archives) {
            var kept = archives.computeIfPresent(sha256, (key, each) -> each.with(each.functions() + 1, each.goes()));
            return kept == null ? null : kept.code();
        }
    }

    /** Keeps a new package, or counts one more for the same that another request has unpacked meanwhile. */
    private Code keep(Code code, Path home) {
        synchronized (archives) {
            return archives.merge(
                            code.sha256(),
                            new Kept(code, home, 1, Instant.MAX),
                            (known, same) -> known.with(known.functions() + 1, known.goes()))
                    .code();
        }
    }

    /**
     * Tells that a function has a package no more.
     *
     * @param stays how long invocations that began before may still need it
     */
    public void release(Code code, Duration stays) {
        synchronized (archives) {
            archives.computeIfPresent(
                    code.sha256(),
                    (key, kept) ->
                            kept.with(kept.functions() - 1, clock.instant().plus(stays)));
        }
        sweep();
    }

    private void sweep() {
        var now = clock.instant();
        var gone = new ArrayList<Path>();
        synchronized (archives) {
            archives.values().removeIf(kept -> {
                boolean goes = kept.functions() == 0 && !kept.goes().isAfter(now);
                return goes && gone.add(kept.home());
            });
            together.entrySet()
                    .removeIf(each -> !archives.keySet().containsAll(each.getValue()) && gone.add(each.getKey()));
        }
        deleteAll(gone);
    }

    private static void deleteAll(List<Path> homes) {
        for (var home : homes) {
            try {
                FileTree.delete(home);
            } catch (IOException e) {
                LOG.warn("a deployment package could not be removed: {}", home, e);
            }
        }
    }

    /** Removes every package, unless they outlive the process. */
    @Override
    public void close() {
        synchronized (archives) {
            archives.clear();
        }
        if (!persistent) {
            deleteAll(List.of(root));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
