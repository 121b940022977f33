package dev.ruststack.operator.seed;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ruststack.crds.RustStackSpec;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.Collection;
import java.util.SortedMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a bundle into a temporary file while it reads what belongs in it, object by object: of all content there is
 * never more than one object in memory.
 */
public final class SeedWriter {
    private static final int BUFFER = 64 << 10;

    private final String stackName;
    private final RustStackSpec spec;
    private final Source source;

    /** Where the content of ConfigMaps and Secrets comes from. */
    @FunctionalInterface
    public interface Source {
        /**
         * The content of an object by key; null where there is no such object. What is missing is left out of the bundle,
         * and the emulator says so at the item that asks for it.
         *
         * @param keys those that are wanted
         */
        @Nullable
        SortedMap<String, byte[]> read(Reference.Target target, Keys keys);
    }

    /** Keys of an object that are wanted. */
    @FunctionalInterface
    public interface Keys {
        boolean has(String key);

        static Keys of(Collection<String> names) {
            return names::contains;
        }
    }

    /** What writing gave. */
    public sealed interface Written {}

    /** @param file to be closed by whoever asked */
    public record Whole(SeedFile file) implements Written {}

    public record Refused(SeedResult.TooLarge tooLarge) implements Written {}

    private SeedWriter(String stackName, RustStackSpec spec, Source source) {
        this.stackName = stackName;
        this.spec = spec;
        this.source = source;
    }

    /**
     * The bundle of a stack.
     *
     * @throws UncheckedIOException where the file cannot be written
     */
    public static Written write(String stackName, RustStackSpec spec, Source source) {
        try {
            return new SeedWriter(stackName, spec, source).write();
        } catch (IOException e) {
            throw new UncheckedIOException("the seed bundle could not be written", e);
        }
    }

    private Written write() throws IOException {
        var path = Files.createTempFile("seed-", ".gz");
        var file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        var isDone = false;
        try {
            var bundle = write(file);
            isDone = true;
            return new Whole(new SeedFile(bundle, file));
        } catch (Limit.ExceededException e) {
            return new Refused(new SeedResult.TooLarge(e.limit(), e.limit() == SeedBundle.LARGEST));
        } finally {
            if (!isDone) {
                file.close();
            }
        }
    }

    private SeedBundle write(FileChannel file) throws IOException {
        var pieces = new PieceDigests(new Limit(unclosed(file), SeedBundle.LARGEST));
        String revision;
        // The JDK's header has no time and no name: the same bytes give the same gzip.
        try (var gzip = new GZIPOutputStream(pieces, BUFFER)) {
            revision = document(new Limit(gzip, SeedBundle.LARGEST_DOCUMENT));
        }
        return new SeedBundle(revision, pieces.sha256(), pieces.bytes(), pieces.pieces());
    }

    private static OutputStream unclosed(FileChannel file) {
        return new FilterOutputStream(Channels.newOutputStream(file)) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    /** The canonical form is the document without the revision, which is its hash: so it comes last. */
    private String document(OutputStream out) throws IOException {
        var canonical = new DigestOutputStream(out, PieceDigests.newDigest());
        try (var json = SeedDocument.generator(canonical)) {
            json.writeStartObject();
            json.writeFieldName("stack");
            json.writeTree(SeedDocument.resource(stackName, spec));
            json.writeArrayFieldStart("references");
            references(json);
            json.writeEndArray();
            json.flush();
            canonical.on(false);
            var digest = canonical.getMessageDigest();
            digest.update("}".getBytes(StandardCharsets.US_ASCII));
            var revision = "sha256:" + PieceDigests.hexadecimal(digest);
            json.writeStringField("revision", revision);
            json.writeEndObject();
            return revision;
        }
    }

    private void references(JsonGenerator json) throws IOException {
        var references = References.of(spec);
        for (var target : references.targets()) {
            var data = source.read(target, references.keys(target));
            if (data != null) {
                reference(json, target, data);
            }
        }
    }

    private static void reference(JsonGenerator json, Reference.Target target, SortedMap<String, byte[]> data)
            throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("data");
        for (var entry : data.entrySet()) {
            json.writeFieldName(entry.getKey());
            json.writeBinary(entry.getValue());
        }
        json.writeEndObject();
        json.writeStringField("kind", target.kind().text());
        json.writeStringField("name", target.name());
        json.writeEndObject();
    }
}
