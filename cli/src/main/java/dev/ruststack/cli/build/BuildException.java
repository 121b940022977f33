package dev.ruststack.cli.build;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** A function could not be built. The message names the function, the cause and, where there is one, the remedy. */
public final class BuildException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    BuildException(String function, String message) {
        super("function " + function + ": " + message);
    }

    BuildException(String function, String what, IOException cause) {
        super("function " + function + ": " + what + ": " + reason(cause), cause);
    }

    /** A build tool failed: what it was to do, which command, its exit code and its own output. */
    static BuildException of(FunctionSource source, String what, List<String> command, Commands.Result result) {
        var output = result.lines().isEmpty() ? List.of("(none)") : result.lines();
        return new BuildException(
                source.name(),
                what + "\n  folder:    " + source.code() + "\n  command:   " + String.join(" ", command)
                        + "\n  exit code: " + result.exitCode() + "\n  output:\n    " + String.join("\n    ", output));
    }

    private static String reason(IOException exception) {
        return switch (exception) {
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case NoSuchFileException gone -> gone.getFile() + ": no such file";
            case FileSystemException failed
            when failed.getReason() != null -> failed.getFile() + ": " + failed.getReason();
            default -> String.valueOf(exception.getMessage());
        };
    }
}
