package dev.ruststack.emulator.s3.fuzz;

import static dev.ruststack.emulator.s3.fuzz.FuzzedS3.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads, chunks and pipelines that no client would send. */
class HttpHeadFuzzTest {
    @RegisterExtension
    static final FuzzedS3 S3 = new FuzzedS3();

    private static final List<String> REQUESTS = List.of(
            "GET /B/key HTTP/1.1\r\nHost: 127.0.0.1\r\nRange: bytes=0-1\r\n\r\n",
            "HEAD /B/key?versionId=null HTTP/1.1\r\nHost: 127.0.0.1\r\nIf-None-Match: \"x\"\r\n\r\n",
            "PUT /B/put HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\nx-amz-meta-a: b\r\n\r\ntext",
            "PUT /B/put HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\ntext",
            "PUT /B/chunks HTTP/1.1\r\nHost: B.localhost\r\nTransfer-Encoding: chunked\r\n\r\n4;a=b\r\ntext\r\n"
                    + "0\r\nx-amz-checksum-crc32: AAAAAA==\r\n\r\n",
            "POST /B?delete HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 65\r\nContent-MD5: x\r\n\r\n"
                    + "<Delete><Object><Key>none</Key></Object><Quiet>true</Quiet></Delete>",
            "OPTIONS /B/key HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://a\r\n"
                    + "Access-Control-Request-Method: PUT\r\n\r\n",
            "GET http://127.0.0.1/B?list-type=2&prefix=%2F HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
            "DELETE /B/none HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: AWS4-HMAC-SHA256 "
                    + "Credential=a/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00\r\n\r\n",
            "GET /B/key?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a%2F20260101%2Fus-east-1%2Fs3%2Faws4_request"
                    + "&X-Amz-Date=20260101T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=0 "
                    + "HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

    private static final List<String> WORDS = List.of(
            "\r\n",
            "\n",
            "\r\n\r\n",
            "\r\n ",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: gzip, chunked\r\n",
            "Transfer-Encoding: chunked, identity\r\n",
            "Content-Length: 0\r\n",
            "Content-Length: 5\r\n",
            "Content-Length: -1\r\n",
            "Content-Length: +4\r\n",
            "Content-Length: 4, 4\r\n",
            "Content-Length: 99999999999999999999\r\n",
            "Expect: 100-continue\r\n",
            "Expect: something\r\n",
            "Connection: close\r\n",
            "Connection: upgrade\r\nUpgrade: h2c\r\n",
            "Host: \r\n",
            "Host: b.s3-website.localhost\r\n",
            "HTTP/1.0",
            "HTTP/2.0",
            "HTTP/0.9",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "CONNECT ",
            "* ",
            "//",
            "/../",
            "/%2e%2e/",
            "%00",
            "%",
            "%GG",
            "%ff%fe",
            "?",
            "#",
            "=&=&",
            "ffffffffffffffff\r\n",
            "0\r\n\r\n",
            "-1\r\n",
            "\u0016\u0003\u0001\u0002\0",
            "x".repeat(17_000),
            "a: b\r\n".repeat(2_000));

    @Test
    void everyHeadIsAnsweredOrItsConnectionCloses() {
        Fuzz.run(1_000, random -> {
            var bytes = requests(random);
            if (random.nextInt(10) == 0) {
                S3.sendAndLeave(bytes);
            } else {
                S3.send(bytes);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/another", "/B?tagging", "/B/key?tagging", "/B?versioning"})
    void aBodyInBrokenChunksIsTheClientsFault(String target) throws IOException {
        var request = "PUT " + target.replace("B", BUCKET)
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<Tagg\r\nnone\r\n";

        assertThat(S3.send(request.getBytes(StandardCharsets.ISO_8859_1)).status())
                .isBetween(400, 499);
    }

    private static byte[] requests(Random random) {
        var mutations = new Mutations(random, WORDS);
        var out = new ByteArrayOutputStream();
        for (int i = random.nextInt(3); i >= 0; i--) {
            var request = REQUESTS.get(random.nextInt(REQUESTS.size())).replace("B", BUCKET);
            var bytes = request.getBytes(StandardCharsets.ISO_8859_1);
            out.writeBytes(random.nextInt(4) == 0 ? bytes : mutations.of(bytes));
        }
        return out.toByteArray();
    }
}
