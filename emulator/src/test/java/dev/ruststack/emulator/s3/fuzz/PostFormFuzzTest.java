package dev.ruststack.emulator.s3.fuzz;

import static dev.ruststack.emulator.s3.fuzz.FuzzedS3.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Forms of browsers: what is whole is stored byte for byte, what is damaged is taken or refused. */
class PostFormFuzzTest {
    @RegisterExtension
    static final FuzzedS3 S3 = new FuzzedS3();

    private static final String BOUNDARY = "----boundary";
    private static final String POLICY = Base64.getEncoder()
            .encodeToString(("{\"expiration\":\"2050-01-01T00:00:00Z\",\"conditions\":[{\"bucket\":\"" + BUCKET
                            + "\"},[\"starts-with\",\"$key\",\"\"],[\"content-length-range\",0,100000]]}")
                    .getBytes(StandardCharsets.UTF_8));
    private static final List<String> FIELDS = List.of(
            "acl",
            "Content-Type",
            "Cache-Control",
            "Expires",
            "policy",
            "success_action_status",
            "success_action_redirect",
            "tagging",
            "x-amz-meta-a",
            "x-amz-storage-class",
            "x-amz-server-side-encryption",
            "x-amz-server-side-encryption-customer-key",
            "x-amz-checksum-crc32",
            "X-Amz-Algorithm",
            "X-Amz-Credential",
            "X-Amz-Date",
            "X-Amz-Signature",
            "AWSAccessKeyId",
            "signature");
    private static final List<String> VALUES = List.of(
            "",
            "201",
            "private",
            "text/plain",
            "http://a/b?c",
            "::no uri::",
            "<Tagging><TagSet/></Tagging>",
            "<Tagging>",
            "aws:kms",
            "AWS4-HMAC-SHA256",
            "a/20260101/us-east-1/s3/aws4_request",
            "20260101T000000Z",
            "\u00e4\u20ac",
            "a\r\nb: c",
            POLICY,
            "e30=",
            "bm8ganNvbg==",
            "!");
    private static final List<String> WORDS = List.of(
            "\r\n",
            "\r\n\r\n",
            "--" + BOUNDARY,
            "\r\n--" + BOUNDARY,
            "\r\n--" + BOUNDARY + "--\r\n",
            "--",
            "Content-Disposition: form-data; name=\"key\"\r\n\r\n",
            "Content-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n",
            "; name=\"",
            "; filename=\"${filename}\"",
            "${filename}",
            "name=",
            "\"",
            "x".repeat(25_000));

    @Test
    void formsAreTakenOrRefused() {
        Fuzz.run(1_000, random -> {
            var file = new byte[random.nextInt(3) == 0 ? random.nextInt(80_000) : random.nextInt(100)];
            random.nextBytes(file);
            boolean plain = random.nextInt(4) == 0;
            var form = form(random, file, plain);
            var body = plain ? form : new Mutations(random, WORDS).of(form);
            var type = "multipart/form-data; boundary=" + (random.nextInt(30) == 0 ? "\"other" : BOUNDARY);

            var answer = S3.send("POST", "/" + BUCKET, Map.of("Content-Type", type), body);

            if (plain && type.endsWith(BOUNDARY)) {
                assertThat(answer.status()).as(answer.text()).isEqualTo(204);
                var stored = S3.send("GET", "/" + BUCKET + "/form", Map.of(), new byte[0]);
                assertThat(Arrays.equals(stored.body(), file)).isTrue();
            }
        });
    }

    private static byte[] form(Random random, byte[] file, boolean plain) {
        var out = new ByteArrayOutputStream();
        field(out, "key", "form");
        for (int i = plain ? 0 : random.nextInt(5); i > 0; i--) {
            field(out, FIELDS.get(random.nextInt(FIELDS.size())), VALUES.get(random.nextInt(VALUES.size())));
        }
        write(
                out,
                "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
                        + "Content-Type: text/plain\r\n\r\n");
        out.writeBytes(file);
        write(out, "\r\n--" + BOUNDARY + "--\r\n");
        return out.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, String name, String value) {
        write(
                out,
                "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n");
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
