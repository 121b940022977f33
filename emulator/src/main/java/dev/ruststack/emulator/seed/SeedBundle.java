package dev.ruststack.emulator.seed;

import dev.ruststack.crds.RustStackSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;

/**
 * A whole declaration in one piece, as the operator hands it over: the resource, and what it refers to. On the wire it
 * is the gzip of a JSON document of {@code revision}, {@code stack} and {@code references}.
 *
 * @param revision {@code sha256:…}, as the operator named it
 * @param sources the content of ConfigMaps and Secrets
 */
public record SeedBundle(String revision, RustStackSpec spec, SeedSources sources) {
    /** The largest bundle, in bytes of gzip. */
    public static final int LARGEST = 64 << 20;

    /** What one unpacks to at most: more is an attack, or a mistake. */
    private static final long LARGEST_DOCUMENT = 256L << 20;

    private static final Pattern REVISION = Pattern.compile("sha256:[0-9a-f]{1,64}");
    private static final ObjectReader READER =
            Calls.JSON.readerFor(Document.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private record Document(
            @Nullable String revision,
            @Nullable Stack stack,
            @Nullable List<Reference> references) {}

    private record Stack(
            @Nullable String apiVersion,
            @Nullable String kind,
            @Nullable Metadata metadata,
            @Nullable RustStackSpec spec) {}

    private record Metadata(@Nullable String name) {}

    private record Reference(
            @Nullable String kind,
            @Nullable String name,
            @Nullable Map<String, byte[]> data) {}

    /** Reads a bundle; what it takes in memory is bounded. */
    public static SeedBundle read(byte[] gzip) throws InvalidBundleException {
        if (gzip.length > LARGEST) {
            throw new InvalidBundleException("a seed bundle has at most " + LARGEST + " bytes");
        }
        try (var document = new Bounded(new GZIPInputStream(new ByteArrayInputStream(gzip), 64 * 1024))) {
            return of(READER.readValue(document));
        } catch (IOException e) {
            throw new InvalidBundleException("the seed bundle cannot be unpacked: " + e.getMessage());
        } catch (JacksonException e) {
            throw new InvalidBundleException("the seed bundle cannot be read: " + e.getOriginalMessage());
        }
    }

    private static SeedBundle of(@Nullable Document document) throws InvalidBundleException {
        var revision = document == null ? null : document.revision;
        if (document == null || revision == null || !REVISION.matcher(revision).matches()) {
            throw new InvalidBundleException("the seed bundle has no revision");
        }
        var spec = document.stack == null ? null : document.stack.spec;
        if (spec == null) {
            throw new InvalidBundleException("the seed bundle has no stack");
        }
        Map<String, SortedMap<String, byte[]>> references = new HashMap<>();
        for (var reference : document.references == null ? List.<Reference>of() : document.references) {
            if (reference.kind == null || reference.name == null || reference.data == null) {
                throw new InvalidBundleException("the seed bundle has a reference without kind, name or data");
            }
            references.put(reference.kind + " " + reference.name, new TreeMap<>(reference.data));
        }
        return new SeedBundle(revision, spec, new BundleSources(references));
    }

    /** Fails where there is more to read than there should be. */
    private static final class Bounded extends InputStream {
        private final InputStream in;
        private long left = LARGEST_DOCUMENT;

        Bounded(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            left -= Math.max(count, 0);
            if (left < 0) {
                throw new IOException("it holds more than " + LARGEST_DOCUMENT + " bytes");
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
