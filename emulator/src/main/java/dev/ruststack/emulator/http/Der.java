package dev.ruststack.emulator.http;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The few ASN.1 values that a certificate is made of, in the encoding DER (ITU-T X.690). */
final class Der {
    static final int CONTEXT = 0x80;
    static final int CONSTRUCTED = 0x20;
    static final byte[] TRUE = value(0x01, new byte[] {(byte) 0xff});

    private static final DateTimeFormatter GENERALIZED_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Instant FIRST_GENERALIZED = Instant.parse("2050-01-01T00:00:00Z");

    private Der() {}

    /** A value with this tag over the parts one after the other. */
    static byte[] value(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < 0x80) {
            out.write(length);
        } else {
            var bytes = BigInteger.valueOf(length).toByteArray();
            int skip = bytes[0] == 0 ? 1 : 0;
            out.write(0x80 | bytes.length - skip);
            out.write(bytes, skip, bytes.length - skip);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return value(0x30, parts);
    }

    static byte[] integer(BigInteger number) {
        return value(0x02, number.toByteArray());
    }

    static byte[] octets(byte[] content) {
        return value(0x04, content);
    }

    /** Bits, of which the last {@code unused} do not count. */
    static byte[] bits(int unused, byte[] content) {
        return value(0x03, new byte[] {(byte) unused}, content);
    }

    static byte[] oid(String dotted) {
        var arcs = dotted.split("\\.");
        var out = new ByteArrayOutputStream();
        out.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            int arc = Integer.parseInt(arcs[i]);
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arc >>> shift != 0) {
                    out.write(0x80 | (arc >>> shift & 0x7f));
                }
            }
            out.write(arc & 0x7f);
        }
        return value(0x06, out.toByteArray());
    }

    /** A time, in the form that RFC 5280 4.1.2.5 wants for its year. */
    static byte[] time(Instant instant) {
        boolean generalized = !instant.isBefore(FIRST_GENERALIZED);
        var text = (generalized ? GENERALIZED_TIME : UTC_TIME).format(instant);
        return value(generalized ? 0x18 : 0x17, text.getBytes(StandardCharsets.US_ASCII));
    }
}
