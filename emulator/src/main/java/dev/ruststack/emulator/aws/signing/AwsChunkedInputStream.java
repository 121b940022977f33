package dev.ruststack.emulator.aws.signing;

import dev.ruststack.emulator.aws.AuthFailure;
import dev.ruststack.emulator.aws.AwsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes the {@code aws-chunked} framing off a body: {@code <hex size>[;chunk-signature=<hex>]}, the data, an empty
 * chunk, trailing headers. Chunk and trailer signatures are checked where {@code signatures} is given. A body that
 * breaks the framing, or is not of the decoded length, throws before the end of the stream is reported. AWS: S3 API
 * Reference, Signature calculations: transferring payload in multiple chunks, and with trailing headers.
 */
final class AwsChunkedInputStream extends InputStream {
    private static final int LONGEST_LINE = 4096;
    private static final int MOST_TRAILERS = 32;
    private static final String SIGNATURE = "chunk-signature=";
    private static final String TRAILER_SIGNATURE = "x-amz-trailer-signature";

    private final InputStream in;
    private final long decodedLength;
    private final boolean hasTrailer;
    private final @Nullable ChunkSignatures signatures;
    private final Function<AuthFailure, AwsException> errors;
    private final @Nullable MessageDigest digest;
    private final Map<String, String> trailers = new LinkedHashMap<>();

    private final byte[] buffer = new byte[8192];
    private int position;
    private int limit;

    private long leftInChunk;
    private String chunkSignature = "";
    private long received;
    private boolean started;
    private boolean ended;

    AwsChunkedInputStream(InputStream in, Framing framing, Function<AuthFailure, AwsException> errors) {
        this.in = in;
        this.decodedLength = framing.decodedLength;
        this.hasTrailer = framing.hasTrailer;
        this.signatures = framing.signatures;
        this.errors = errors;
        this.digest = signatures == null ? null : Digests.sha256();
    }

    /**
     * What the headers say of the framing.
     *
     * @param decodedLength {@code x-amz-decoded-content-length}; -1 where it is not given
     * @param hasTrailer whether trailing headers follow the last chunk
     * @param signatures checks chunk signatures; null to leave them unchecked
     */
    record Framing(
            long decodedLength,
            boolean hasTrailer,
            @Nullable ChunkSignatures signatures) {}

    /** The trailing headers in lower case, once the stream has ended. */
    Map<String, String> trailers() {
        return trailers;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (leftInChunk == 0 && (ended || !nextChunk())) {
            return -1;
        }
        int count = readRaw(into, offset, (int) Math.min(length, leftInChunk));
        if (count < 0) {
            throw errors.apply(new AuthFailure.IncompleteBody(decodedLength, received));
        }
        leftInChunk -= count;
        received += count;
        if (digest != null) {
            digest.update(into, offset, count);
        }
        if (leftInChunk == 0) {
            endChunk();
        }
        return count;
    }

    private boolean nextChunk() throws IOException {
        var line = line();
        if (line == null) {
            throw errors.apply(new AuthFailure.IncompleteBody(decodedLength, received));
        }
        started = true;
        int semicolon = line.indexOf(';');
        leftInChunk = size(semicolon < 0 ? line : line.substring(0, semicolon));
        chunkSignature = signature(semicolon < 0 ? "" : line.substring(semicolon + 1));
        if (decodedLength >= 0 && received + leftInChunk > decodedLength) {
            throw errors.apply(new AuthFailure.IncompleteBody(decodedLength, received + leftInChunk));
        }
        if (leftInChunk > 0) {
            return true;
        }
        ended = true;
        verifyChunk();
        if (decodedLength >= 0 && received != decodedLength) {
            throw errors.apply(new AuthFailure.IncompleteBody(decodedLength, received));
        }
        end();
        return false;
    }

    private void endChunk() throws IOException {
        if (!"".equals(line())) {
            throw malformed("a chunk is longer than its size");
        }
        verifyChunk();
    }

    private void verifyChunk() {
        if (signatures != null && digest != null && !signatures.chunk(chunkSignature, digest.digest())) {
            throw errors.apply(new AuthFailure.ChunkMismatch(""));
        }
    }

    /** Reads what follows the last chunk: trailing headers where they are due, and an empty line. */
    private void end() throws IOException {
        var canonical = new StringBuilder();
        @Nullable String signature = null;
        for (var line = line(); line != null && !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (!hasTrailer || colon <= 0 || trailers.size() == MOST_TRAILERS) {
                throw malformed("unexpected trailer");
            }
            var name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            var value = line.substring(colon + 1).strip();
            if (name.equals(TRAILER_SIGNATURE)) {
                signature = value;
            } else {
                trailers.put(name, value);
                canonical.append(name).append(':').append(value).append('\n');
            }
        }
        if (signatures != null
                && hasTrailer
                && (signature == null || !signatures.trailer(signature, canonical.toString()))) {
            throw errors.apply(new AuthFailure.ChunkMismatch(""));
        }
        // What a client sends beyond the end of the framing is not looked at, but the connection needs it read.
        in.transferTo(OutputStream.nullOutputStream());
    }

    private long size(String hex) {
        try {
            long size = hex.length() > 15 ? -1 : Long.parseLong(hex.strip(), 16);
            if (size >= 0) {
                return size;
            }
        } catch (NumberFormatException e) {
            throw malformed("the size of a chunk is no hexadecimal number");
        }
        throw malformed("the size of a chunk is out of range");
    }

    private static String signature(String extension) {
        return extension.startsWith(SIGNATURE) ? extension.substring(SIGNATURE.length()) : "";
    }

    private AwsException malformed(String text) {
        return errors.apply(new AuthFailure.MalformedChunk(started ? text : "the body is not aws-chunked"));
    }

    /** A line without its end; null at the end of the body. */
    private @Nullable String line() throws IOException {
        var line = new StringBuilder(96);
        while (true) {
            if (position == limit && !fill()) {
                return line.isEmpty() ? null : line.toString();
            }
            int c = buffer[position++] & 0xff;
            if (c == '\n') {
                int length = line.length();
                if (length > 0 && line.charAt(length - 1) == '\r') {
                    line.setLength(length - 1);
                }
                return line.toString();
            }
            if (line.length() == LONGEST_LINE) {
                throw malformed("a line is too long");
            }
            line.append((char) c);
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    /** Reads past the buffer where it is empty: large chunks are copied once. */
    private int readRaw(byte[] into, int offset, int length) throws IOException {
        if (position == limit) {
            if (length >= buffer.length) {
                return in.read(into, offset, length);
            }
            if (!fill()) {
                return -1;
            }
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, into, offset, count);
        position += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
