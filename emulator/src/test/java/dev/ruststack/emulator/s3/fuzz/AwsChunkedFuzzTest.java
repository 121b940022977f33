package dev.ruststack.emulator.s3.fuzz;

import static dev.ruststack.emulator.s3.fuzz.FuzzedS3.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bodies in {@code aws-chunked} framing: what is whole is stored, of what is damaged nothing is. */
class AwsChunkedFuzzTest {
    @RegisterExtension
    static final FuzzedS3 S3 = new FuzzedS3();

    private static final String SIGNATURE = ";chunk-signature=" + "0".repeat(64);
    private static final List<String> FRAMINGS = List.of(
            "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER");
    private static final List<String> WORDS = List.of(
            "\r\n",
            "0\r\n",
            "0\r\n\r\n",
            "\r\n\r\n",
            "ffffffffffffffff",
            "7fffffff",
            "-1",
            ";chunk-signature=",
            ";a=b",
            "x-amz-checksum-crc32:AAAAAA==\r\n",
            "x-amz-checksum-sha256:AAAAAA==\r\n",
            "x-amz-trailer-signature:00\r\n",
            "x".repeat(9_000));

    @Test
    void whatIsDamagedIsNotStored() {
        Fuzz.run(700, random -> {
            var content = content(random);
            var framing = FRAMINGS.get(random.nextInt(FRAMINGS.size()));
            boolean trailer = framing.endsWith("TRAILER");
            var whole = framed(random, content, !framing.contains("UNSIGNED"), trailer);
            boolean damaged = random.nextInt(4) > 0;
            var body = damaged ? new Mutations(random, WORDS).of(whole) : whole;
            var headers = headers(framing, trailer, damaged && random.nextInt(10) == 0 ? -1 : content.length);

            var answer = S3.send("PUT", "/" + BUCKET + "/chunked", headers, body);

            if (answer.status() == 200) {
                assertThat(stored()).hasSize(content.length);
                // Only a checksum tells that bytes were exchanged for others.
                if (trailer || !damaged) {
                    assertThat(stored()).isEqualTo(content);
                }
            } else {
                assertThat(damaged).as(answer.text()).isTrue();
                assertThat(S3.send("GET", "/" + BUCKET + "/chunked", Map.of(), new byte[0])
                                .status())
                        .isEqualTo(404);
            }
            S3.send("DELETE", "/" + BUCKET + "/chunked", Map.of(), new byte[0]);
        });
    }

    private static byte[] stored() throws Exception {
        return S3.send("GET", "/" + BUCKET + "/chunked", Map.of(), new byte[0]).body();
    }

    private static byte[] content(Random random) {
        var content = new byte[random.nextInt(3) == 0 ? random.nextInt(100_000) : random.nextInt(200)];
        random.nextBytes(content);
        return content;
    }

    private static Map<String, String> headers(String framing, boolean trailer, int length) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("x-amz-content-sha256", framing);
        headers.put("x-amz-decoded-content-length", Integer.toString(length));
        headers.put("Content-Encoding", "aws-chunked");
        if (trailer) {
            headers.put("x-amz-trailer", "x-amz-checksum-crc32");
        }
        return headers;
    }

    private static byte[] framed(Random random, byte[] content, boolean signed, boolean trailer) {
        var out = new ByteArrayOutputStream();
        int at = 0;
        while (at < content.length) {
            int length = Math.min(content.length - at, 1 + random.nextInt(content.length));
            write(out, Integer.toHexString(length) + (signed ? SIGNATURE : "") + "\r\n");
            out.write(content, at, length);
            write(out, "\r\n");
            at += length;
        }
        write(out, "0" + (signed ? SIGNATURE : "") + "\r\n");
        if (trailer) {
            write(out, "x-amz-checksum-crc32:" + crc(content) + "\r\n");
            write(out, signed ? "x-amz-trailer-signature:" + "0".repeat(64) + "\r\n" : "");
        }
        write(out, "\r\n");
        return out.toByteArray();
    }

    private static String crc(byte[] content) {
        var crc = new CRC32();
        crc.update(content);
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
