package dev.ruststack.emulator.lambda.sandbox;

import dev.ruststack.emulator.process.ProcessGuard;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Finds the interpreters of a machine on a search path. Each candidate is run once and asked for its real path and
 * version: what a version manager (pyenv, nvm, asdf) puts on the path are scripts that are slow, and may refuse.
 */
final class Interpreters {
    private final ProcessGuard guard;
    private final List<Path> searchPath;
    private final Map<Path, Optional<Interpreter>> probed = new ConcurrentHashMap<>();

    Interpreters(ProcessGuard guard, String searchPath) {
        this.guard = guard;
        var directories = new ArrayList<Path>();
        for (var directory : searchPath.split(File.pathSeparator)) {
            if (directory.startsWith("/")) {
                directories.add(Path.of(directory));
            }
        }
        this.searchPath = List.copyOf(directories);
    }

    /**
     * An interpreter that works.
     *
     * @param version its numbers, such as 3, 12, 1
     */
    record Interpreter(Path executable, List<Integer> version) {
        String versionText() {
            return String.join(".", version.stream().map(String::valueOf).toList());
        }

        boolean hasVersion(List<Integer> prefix) {
            return version.size() >= prefix.size()
                    && version.subList(0, prefix.size()).equals(prefix);
        }
    }

    /** The interpreters with one of these file names, in the order of names, then of the search path; probed lazily. */
    Stream<Interpreter> find(List<String> names, List<String> probe) {
        return names.stream()
                .flatMap(name -> searchPath.stream().map(directory -> directory.resolve(name)))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .flatMap(file -> probe(file, probe).stream());
    }

    String searchPath() {
        return String.join(
                File.pathSeparator, searchPath.stream().map(Path::toString).toList());
    }

    /** The probe prints the interpreter's path, then its version. */
    private Optional<Interpreter> probe(Path file, List<String> arguments) {
        var known = probed.get(file);
        if (known != null) {
            return known;
        }
        var command = new ArrayList<String>();
        command.add(file.toString());
        command.addAll(arguments);
        var interpreter = run(command);
        probed.put(file, interpreter);
        return interpreter;
    }

    private Optional<Interpreter> run(List<String> command) {
        try {
            var process = guard.start(new ProcessBuilder(command).redirectError(Redirect.DISCARD));
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                guard.kill(process);
                return Optional.empty();
            }
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return process.exitValue() == 0 && output.size() == 2
                    ? Optional.of(new Interpreter(Path.of(output.get(0)), version(output.get(1))))
                    : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static List<Integer> version(String text) {
        var numbers = new ArrayList<Integer>();
        for (var number : text.split("\\.")) {
            numbers.add(Integer.valueOf(number));
        }
        return List.copyOf(numbers);
    }
}
