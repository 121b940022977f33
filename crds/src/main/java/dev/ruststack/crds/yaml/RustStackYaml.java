package dev.ruststack.crds.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads a file of one or more RustStacks. JSON, being YAML, is read as well.
 *
 * <p>All mistakes are found in one go; only after a mistake in the YAML syntax nothing further can be read. Paths on this
 * machine are not looked at (see {@link LocalFiles}), nor is it asked what one machine can do (see {@link OneMachine}).
 */
public final class RustStackYaml {
    /** A resource larger than this fits no cluster: etcd takes 1.5 MB. */
    private static final int LARGEST = 16 << 20;

    private RustStackYaml() {}

    /** Reads a file; a file that cannot be read is a problem like any other. */
    public static ReadResult read(Path file) {
        var name = file.toString();
        try (var stream = Files.newInputStream(file)) {
            return read(stream, name);
        } catch (NoSuchFileException e) {
            return unreadable(name, "no such file");
        } catch (AccessDeniedException e) {
            return unreadable(name, "permission denied");
        } catch (IOException e) {
            return unreadable(
                    name, Files.isDirectory(file) ? "is a directory, not a file" : "cannot be read: " + e.getMessage());
        }
    }

    /**
     * Reads UTF-8 text to its end; the stream stays open.
     *
     * @param name stands for the file in problems
     * @throws IOException when the stream does
     */
    public static ReadResult read(InputStream stream, String name) throws IOException {
        var bytes = stream.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            return unreadable(name, "is larger than 16 MiB");
        }
        try {
            var decoder = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
            return readText(decoder.decode(ByteBuffer.wrap(bytes)).toString(), name);
        } catch (CharacterCodingException e) {
            return unreadable(name, "is not UTF-8 text");
        }
    }

    private static ReadResult readText(String text, String name) {
        var log = new Log(name);
        var documents = new ArrayList<RustStackDocument>();
        var reader = new DocumentReader(log);
        try {
            var composer = new Compose(settings(name));
            for (var root : composer.composeAllFromString(text)) {
                reader.read(root).ifPresent(documents::add);
            }
            if (!reader.sawAnything()) {
                log.misfit(new Problem(name, 0, 0, "", "holds no RustStack"));
            }
        } catch (MarkedYamlEngineException e) {
            log.misfit(syntax(e, name));
        } catch (ReaderException e) {
            log.misfit(character(e, text, name));
        } catch (YamlEngineException e) {
            log.misfit(new Problem(name, 0, 0, "", String.valueOf(e.getMessage())));
        } catch (StackOverflowError e) {
            log.misfit(new Problem(name, 0, 0, "", "is nested too deeply"));
        }
        return result(documents, log.findings());
    }

    private static ReadResult result(List<RustStackDocument> documents, Findings found) {
        return found.problems().isEmpty()
                ? new ReadResult.Valid(documents, found.warnings())
                : new ReadResult.Invalid(found.problems(), found.warnings());
    }

    private static LoadSettings settings(String name) {
        return LoadSettings.builder()
                .setLabel(name)
                .setSchema(new CoreSchema())
                .setCodePointLimit(LARGEST)
                .build();
    }

    private static ReadResult unreadable(String name, String why) {
        return new ReadResult.Invalid(List.of(new Problem(name, 0, 0, "", why)), List.of());
    }

    private static Problem syntax(MarkedYamlEngineException e, String name) {
        var context = e.getContext() == null || e.getContext().isEmpty() ? "" : " (" + e.getContext() + ")";
        var message = e.getProblem() + context;
        return e.getProblemMark()
                .map(mark -> new Problem(name, mark.getLine() + 1, mark.getColumn() + 1, "", message))
                .orElseGet(() -> new Problem(name, 0, 0, "", message));
    }

    private static Problem character(ReaderException e, String text, String name) {
        var before = text.substring(
                0, text.offsetByCodePoints(0, Math.min(e.getPosition(), text.codePointCount(0, text.length()))));
        var line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        var column = before.length() - before.lastIndexOf('\n');
        return new Problem(
                name, line, column, "", "YAML does not allow the character U+%04X".formatted(e.getCodePoint()));
    }
}
