package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.aws.AwsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A deployment package on its way to disk, hostile until it is checked: no name leads out of the directory, no link
 * points out of it, no file comes twice, every checksum holds, and what is written is counted while it is written.
 * Modes are kept but for writing: a package is shared by all who run it. AWS: Lambda Developer Guide, Lambda quotas.
 */
final class CodeArchive {
    /** Bytes of a package, unzipped. */
    static final long MAX_UNZIPPED = 262_144_000;

    /** AWS names no limit; this one keeps a package of nothing but empty files from using up the disk's inodes. */
    private static final int MAX_ENTRIES = 250_000;

    private static final int MAX_NAME_BYTES = 255;
    private static final int MAX_PATH_BYTES = 4_000;
    private static final int EXECUTE_OR_READ = 0555;
    private static final int OWNER_READS = 0400;
    private static final int EVERYBODY_READS = 0444;

    private final Path directory;
    private final PackageLinks links = new PackageLinks();

    /** Those that are there already: most files share theirs with others. */
    private final Set<Path> directories = new HashSet<>();

    private final byte[] buffer = new byte[64 * 1024];
    private long left = MAX_UNZIPPED;

    private CodeArchive(Path directory) {
        this.directory = directory;
    }

    /**
     * Unpacks a zip into a directory that is made for it.
     *
     * @throws AwsException {@code InvalidParameterValueException} where it is not a package Lambda takes
     * @throws IOException where our own disk fails
     */
    static void unpack(Path zip, Path directory) throws IOException {
        Files.createDirectories(directory);
        var archive = new CodeArchive(directory);
        try (var file = open(zip)) {
            var entries = file.getEntriesInPhysicalOrder();
            int count = 0;
            while (entries.hasMoreElements()) {
                if (++count > MAX_ENTRIES) {
                    throw unreadable();
                }
                archive.unpack(file, entries.nextElement());
            }
            if (count == 0) {
                throw LambdaError.INVALID_PARAMETER_VALUE.saying("Uploaded file must be a non-empty zip");
            }
        } catch (FileAlreadyExistsException | InvalidPathException e) {
            throw unreadable();
        }
        archive.links.make(directory);
        archive.seal();
    }

    static AwsException unreadable() {
        return LambdaError.INVALID_PARAMETER_VALUE.saying(
                "Could not unzip uploaded file. Please check your file, then try to upload again.");
    }

    static AwsException tooLarge() {
        return LambdaError.INVALID_PARAMETER_VALUE.saying(
                "Unzipped size must be smaller than " + MAX_UNZIPPED + " bytes");
    }

    private static ZipFile open(Path zip) {
        try {
            return ZipFile.builder().setPath(zip).get();
        } catch (IOException | RuntimeException e) {
            throw unreadable();
        }
    }

    private void unpack(ZipFile zip, ZipArchiveEntry entry) throws IOException {
        var target = resolve(entry.getName());
        if (entry.isDirectory()) {
            makeDirectory(target);
            return;
        }
        if (target.equals(directory) || !zip.canReadEntryData(entry)) {
            throw unreadable();
        }
        if (entry.isUnixSymlink()) {
            links.add(directory.relativize(target), linkTarget(zip, entry));
            return;
        }
        makeDirectory(parent(target));
        try (var out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            copy(zip, entry, out, MAX_UNZIPPED);
        }
        Files.setPosixFilePermissions(target, permissions(entry.getUnixMode()));
    }

    /** The place of an entry, with {@code .} and doubled slashes taken out. */
    private Path resolve(String name) {
        if (name.startsWith("/")) {
            throw unreadable();
        }
        var target = directory;
        for (var part : name.split("/")) {
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..") || part.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
                throw unreadable();
            }
            target = target.resolve(part);
        }
        if (target.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            throw unreadable();
        }
        return target;
    }

    private void makeDirectory(Path path) throws IOException {
        if (directories.add(path)) {
            Files.createDirectories(path);
        }
    }

    private Path parent(Path target) {
        var parent = target.getParent();
        return parent == null ? directory : parent;
    }

    private String linkTarget(ZipFile zip, ZipArchiveEntry entry) throws IOException {
        var bytes = new ByteArrayOutputStream();
        copy(zip, entry, bytes, MAX_PATH_BYTES);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Copies an entry's bytes, checking their number and checksum against what the zip says of them. */
    private void copy(ZipFile zip, ZipArchiveEntry entry, OutputStream out, long limit) throws IOException {
        var checksum = new CRC32();
        long size = 0;
        try (var in = content(zip, entry)) {
            for (int read = read(in); read >= 0; read = read(in)) {
                size += read;
                left -= read;
                if (left <= 0) {
                    throw tooLarge();
                }
                if (size > limit) {
                    throw unreadable();
                }
                checksum.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        }
        if (size != entry.getSize() || checksum.getValue() != entry.getCrc()) {
            throw unreadable();
        }
    }

    private static InputStream content(ZipFile zip, ZipArchiveEntry entry) {
        try {
            return zip.getInputStream(entry);
        } catch (IOException | RuntimeException e) {
            throw unreadable();
        }
    }

    private int read(InputStream in) {
        try {
            return in.read(buffer);
        } catch (IOException | RuntimeException e) {
            throw unreadable();
        }
    }

    /** A zip made where there are no modes says 0. */
    private static Set<PosixFilePermission> permissions(int mode) {
        int readable = mode == 0 ? EVERYBODY_READS : (mode & EXECUTE_OR_READ) | OWNER_READS;
        var permissions = EnumSet.noneOf(PosixFilePermission.class);
        var all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((readable & (0400 >> i)) != 0) {
                permissions.add(all[i]);
            }
        }
        return permissions;
    }

    /** Makes the directories read-only, once nothing more goes into them. */
    private void seal() throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.setPosixFilePermissions(visited, permissions(EXECUTE_OR_READ));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
