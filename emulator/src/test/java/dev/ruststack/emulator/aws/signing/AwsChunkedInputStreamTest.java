package dev.ruststack.emulator.aws.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.signing.AwsChunkedInputStream.Framing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwsChunkedInputStreamTest {
    private static AwsChunkedInputStream stream(String body, long length, boolean trailer) {
        return stream(body.getBytes(StandardCharsets.UTF_8), new Framing(length, trailer, null));
    }

    private static AwsChunkedInputStream stream(byte[] body, Framing framing) {
        InputStream dribbling = new ByteArrayInputStream(body) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, 7));
            }
        };
        return new AwsChunkedInputStream(dribbling, framing, new TestProtocol()::authentication);
    }

    private static String outcome(AwsChunkedInputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (AwsException e) {
            return e.code().code();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void chunksAreJoinedAndTrailersKept() {
        var stream = stream("3\r\nabc\r\n2\r\nde\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", 5, true);

        assertThat(outcome(stream)).isEqualTo("abcde");
        assertThat(stream.trailers()).containsExactly(java.util.Map.entry("x-amz-checksum-crc32", "AAAAAA=="));
    }

    @Test
    void emptyBodiesAndUppercaseSizes() {
        assertThat(outcome(stream("0\r\n\r\n", 0, false))).isEmpty();
        assertThat(outcome(stream("A;chunk-signature=00\r\n0123456789\r\n0;chunk-signature=00\r\n\r\n", 10, false)))
                .isEqualTo("0123456789");
    }

    @Test
    void brokenFramingsAreMalformed() {
        for (var body : List.of(
                "xyz",
                "g\r\n",
                "-1\r\n",
                "fffffffffffffffff\r\n",
                "3\r\nabcd\r\n0\r\n\r\n",
                "3\r\nabc\r\n0\r\nunexpected:trailer\r\n\r\n",
                "a".repeat(9000))) {
            assertThat(outcome(stream(body, -1, false))).as(body).isEqualTo("MalformedChunk");
        }
    }

    @Test
    void bodiesOfAnotherLengthAreIncomplete() {
        for (var body :
                List.of("3\r\nab", "3\r\nabc\r\n", "3\r\nabc\r\n0\r\n\r\n", "9\r\nabcdefghi\r\n0\r\n\r\n", "")) {
            assertThat(outcome(stream(body, 5, false))).as(body).isEqualTo("IncompleteBody");
        }
    }

    /** The example of the S3 API Reference: 66,560 times {@code a}, in chunks of 64 KiB. */
    private static final Signature EXAMPLE = new Signature(
            "AKIAIOSFODNN7EXAMPLE",
            "20130524",
            "us-east-1",
            "s3",
            List.of("host"),
            "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
            "20130524T000000Z",
            null);

    private static String signed(String lastSignature) throws IOException {
        var body = new ByteArrayOutputStream();
        body.writeBytes("10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes("a".repeat(65536).getBytes(StandardCharsets.US_ASCII));
        body.writeBytes("\r\n400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes("a".repeat(1024).getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(("\r\n0;chunk-signature=" + lastSignature + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        var key = SigningKey.of("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", EXAMPLE);
        return outcome(stream(body.toByteArray(), new Framing(66560, false, new ChunkSignatures(key, EXAMPLE))));
    }

    @Test
    void theExampleOfTheDocumentationHolds() throws IOException {
        assertThat(signed("b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"))
                .hasSize(66560);
    }

    @Test
    void aWrongChunkSignatureIsRefused() throws IOException {
        assertThat(signed("b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df0"))
                .isEqualTo("ChunkMismatch");
    }
}
