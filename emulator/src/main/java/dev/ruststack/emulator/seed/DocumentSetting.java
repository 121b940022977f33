package dev.ruststack.emulator.seed;

import dev.ruststack.emulator.aws.wire.MalformedDocumentException;
import dev.ruststack.emulator.aws.wire.XmlReader;
import dev.ruststack.emulator.aws.wire.XmlWriter;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.RequestBody;
import dev.ruststack.emulator.s3.RunningChecksum;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A setting that S3 takes and gives back as one XML document.
 *
 * @param name its field, its sub-resource, and what the operations are called behind Get, Put and Delete
 * @param document as S3 gives it back once it was put; null where nothing is declared
 * @param fresh that of a new bucket; null where a new bucket has none
 */
record DocumentSetting<T extends Record>(
        Name name,
        Class<T> type,
        @Nullable T document,
        @Nullable T fresh) implements BucketSetting {
    private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

    /** What it is called: {@code cors, cors, BucketCors}. */
    record Name(String field, String query, String operation) {}

    @Override
    public String field() {
        return name.field;
    }

    @Override
    public boolean declared() {
        return document != null;
    }

    @Override
    public boolean holds(Calls s3, String bucket) throws SeedException, IOException {
        return Objects.equals(due(), read(s3, bucket, name, type));
    }

    @Override
    public void put(Calls s3, String bucket) throws SeedException, IOException {
        var due = due();
        if (due == null) {
            Calls.require(s3.call("DELETE", target(bucket, name)), name.field + ": Delete" + name.operation);
        } else {
            write(s3, bucket, name, due);
        }
    }

    private @Nullable T due() {
        return document == null ? fresh : document;
    }

    /** What S3 gives back; null where there is none. */
    static <T extends Record> @Nullable T read(Calls s3, String bucket, Name name, Class<T> type)
            throws SeedException, IOException {
        var answer = s3.call("GET", target(bucket, name));
        if (answer.status() == 404) {
            return null;
        }
        var body = Calls.require(answer, name.field + ": Get" + name.operation).body();
        try {
            return XmlReader.read(new ByteArrayInputStream(body), type);
        } catch (MalformedDocumentException e) {
            throw new SeedException(name.field + ": Get" + name.operation + ": " + e.getMessage());
        }
    }

    static void write(Calls s3, String bucket, Name name, Record document) throws SeedException, IOException {
        var xml = XmlWriter.write(document, NAMESPACE);
        var headers = Headers.of("Content-Length", Integer.toString(xml.length), "Content-MD5", md5(xml));
        Calls.require(
                s3.call("PUT", target(bucket, name), headers, RequestBody.of(xml)),
                name.field + ": Put" + name.operation);
    }

    private static String target(String bucket, Name name) {
        return "/" + bucket + "?" + name.query;
    }

    private static String md5(byte[] bytes) {
        var md5 = RunningChecksum.digest("MD5");
        md5.update(bytes, 0, bytes.length);
        return Base64.getEncoder().encodeToString(md5.value());
    }
}
