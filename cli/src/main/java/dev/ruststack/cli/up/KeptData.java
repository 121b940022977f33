package dev.ruststack.cli.up;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder of a stack whose data is kept: with the emulator's part and DynamoDB Local's, as on the volume that the
 * stack has in a cluster. One {@code up} at a time has it.
 */
final class KeptData implements AutoCloseable {
    /** The folder beside the YAML file that the data of its stacks is in, where no other is named. */
    static final String FOLDER = ".ruststack";

    private final Path folder;
    private final FileChannel lock;

    private KeptData(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes the folder of a stack into use; made where it is not there.
     *
     * @param parent the folder that it is in
     */
    static KeptData open(Path parent, String stack) {
        var folder = parent.resolve(stack);
        try {
            Files.createDirectories(parent);
            ignore(parent);
            makePrivate(folder);
            return new KeptData(folder, lock(folder));
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.NOT_STARTED,
                    "the stack's data cannot be kept in " + folder + ": " + e.getMessage(),
                    "Name another folder with --data.");
        }
    }

    /** Data is no source code: a repository that the folder lies in does not take it up. */
    private static void ignore(Path parent) throws IOException {
        if (parent.endsWith(FOLDER)) {
            Files.writeString(parent.resolve(".gitignore"), "*\n");
        }
    }

    private static void makePrivate(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, asFileAttribute(fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        var file = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (file.tryLock() == null) {
            file.close();
            throw new CommandException(
                    ExitCode.NOT_STARTED,
                    "the data in " + folder + " is in use by a stack that runs",
                    "Stop that one first, or name another folder with --data.");
        }
        return file;
    }

    Path folder() {
        return folder;
    }

    /** What the emulator keeps. */
    Path emulator() {
        return folder.resolve("ruststack");
    }

    /** What DynamoDB Local keeps. */
    Path dynamoDb() throws IOException {
        return Files.createDirectories(folder.resolve("dynamodb"));
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
