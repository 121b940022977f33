package dev.ruststack.emulator.aws.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Writes events as AWS frames them in {@code application/vnd.amazon.eventstream}: lengths, headers, payload, and
 * checksums of both. AWS: Smithy, Amazon event stream specification.
 */
public final class EventStream {
    public static final String CONTENT_TYPE = "application/vnd.amazon.eventstream";

    /** Bytes of a message beside its headers and payload. */
    private static final int FRAME = 16;

    private static final int STRING = 7;

    private final OutputStream out;

    public EventStream(OutputStream out) {
        this.out = out;
    }

    /** Writes one event; it is not flushed. */
    public void event(String type, String contentType, byte[] payload) throws IOException {
        typed("event", type, contentType, payload);
    }

    /** Writes an error that the operation has a shape for; the last of the stream. */
    public void exception(String type, String contentType, byte[] payload) throws IOException {
        typed("exception", type, contentType, payload);
    }

    private void typed(String kind, String type, String contentType, byte[] payload) throws IOException {
        var headers = new ByteArrayOutputStream();
        header(headers, ":" + kind + "-type", type);
        header(headers, ":content-type", contentType);
        header(headers, ":message-type", kind);
        message(headers.toByteArray(), payload);
    }

    private static void header(ByteArrayOutputStream headers, String name, String value) {
        var text = value.getBytes(StandardCharsets.UTF_8);
        headers.write(name.length());
        headers.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        headers.write(STRING);
        headers.write(text.length >> 8);
        headers.write(text.length);
        headers.writeBytes(text);
    }

    private void message(byte[] headers, byte[] payload) throws IOException {
        var bytes = new ByteArrayOutputStream(FRAME + headers.length + payload.length);
        var message = new DataOutputStream(bytes);
        message.writeInt(FRAME + headers.length + payload.length);
        message.writeInt(headers.length);
        message.writeInt(checksum(bytes.toByteArray()));
        message.write(headers);
        message.write(payload);
        message.writeInt(checksum(bytes.toByteArray()));
        bytes.writeTo(out);
    }

    private static int checksum(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
