package dev.ruststack.cli.file;

import dev.ruststack.crds.yaml.Findings;
import dev.ruststack.crds.yaml.LocalFiles;
import dev.ruststack.crds.yaml.OneMachine;
import dev.ruststack.crds.yaml.Problem;
import dev.ruststack.crds.yaml.ReadResult;
import dev.ruststack.crds.yaml.RustStackDocument;
import dev.ruststack.crds.yaml.RustStackYaml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A YAML file with everything that is wrong with it: what no RustStack may have, what cannot be had on one machine, and
 * files it names that are not there.
 *
 * @param name the file as it is called in problems
 * @param folder what paths in it are relative to
 * @param documents what it declares; empty where it cannot be read
 * @param problems what stops it from being used
 * @param missing problems with the files it names
 * @param warnings what works, but not as one might think
 * @param lines its text, to show where problems are
 */
public record StackFile(
        String name,
        Path folder,
        List<RustStackDocument> documents,
        List<Problem> problems,
        List<Problem> missing,
        List<Problem> warnings,
        List<String> lines) {
    /** Stands for standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final List<String> USUAL_NAMES = List.of("stack.yaml", "stack.yml", "ruststack.yaml");

    public StackFile {
        documents = List.copyOf(documents);
        problems = List.copyOf(problems);
        missing = List.copyOf(missing);
        warnings = List.copyOf(warnings);
        lines = List.copyOf(lines);
    }

    /** Everything that is wrong. */
    public List<Problem> allProblems() {
        var all = new ArrayList<>(problems);
        all.addAll(missing);
        return all;
    }

    /**
     * Reads a file.
     *
     * @param given a file, a folder with a {@code stack.yaml}, or {@code -} for standard input
     * @param standardInput read to its end where it is meant
     */
    public static StackFile read(String given, InputStream standardInput) throws IOException {
        return read(given, standardInput, false);
    }

    /** As {@link #read}, where {@code docker} has functions run in containers whatever the file says. */
    public static StackFile read(String given, InputStream standardInput, boolean docker) throws IOException {
        return read(given, standardInput, document -> OneMachine.check(document, docker));
    }

    /** As {@link #read}, for a file that is made for a cluster: what one machine cannot do is no problem. */
    public static StackFile readForCluster(String given, InputStream standardInput) throws IOException {
        return read(given, standardInput, _ -> new Findings(List.of(), List.of()));
    }

    private static StackFile read(String given, InputStream standardInput, Function<RustStackDocument, Findings> check)
            throws IOException {
        if (given.equals(STANDARD_INPUT)) {
            var bytes = standardInput.readAllBytes();
            return read("standard input", Path.of("").toAbsolutePath(), bytes, check);
        }
        var file = inFolder(Path.of(given));
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            return of(file.toString(), folderOf(file), RustStackYaml.read(file), null, check);
        }
        return read(file.toString(), folderOf(file), bytes, check);
    }

    private static StackFile read(String name, Path folder, byte[] bytes, Function<RustStackDocument, Findings> check)
            throws IOException {
        return of(name, folder, RustStackYaml.read(new ByteArrayInputStream(bytes), name), bytes, check);
    }

    private static StackFile of(
            String name,
            Path folder,
            ReadResult result,
            byte @Nullable [] bytes,
            Function<RustStackDocument, Findings> check) {
        var text = bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
        return switch (result) {
            case ReadResult.Invalid(var problems, var warnings) ->
                new StackFile(
                        name,
                        folder,
                        List.of(),
                        problems,
                        List.of(),
                        warnings,
                        text.lines().toList());
            case ReadResult.Valid(var documents, var warnings) ->
                checked(name, folder, documents, warnings, text, check);
        };
    }

    private static StackFile checked(
            String name,
            Path folder,
            List<RustStackDocument> documents,
            List<Problem> warnings,
            String text,
            Function<RustStackDocument, Findings> check) {
        var problems = new ArrayList<Problem>();
        var missing = new ArrayList<Problem>();
        var allWarnings = new ArrayList<>(warnings);
        for (var document : documents) {
            var findings = check.apply(document);
            problems.addAll(findings.problems());
            allWarnings.addAll(findings.warnings());
            missing.addAll(LocalFiles.check(document, folder));
        }
        return new StackFile(
                name,
                folder,
                documents,
                problems,
                missing,
                allWarnings,
                text.lines().toList());
    }

    private static Path inFolder(Path given) {
        if (Files.isDirectory(given)) {
            for (var name : USUAL_NAMES) {
                if (Files.isRegularFile(given.resolve(name))) {
                    return given.resolve(name);
                }
            }
        }
        return given;
    }

    private static Path folderOf(Path file) {
        var folder = file.toAbsolutePath().getParent();
        return folder == null ? Path.of("/") : folder;
    }
}
