package dev.ruststack.emulator.s3.operations;

import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.code;
import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import dev.ruststack.emulator.s3.S3Fixture.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostObjectTest {
    private static final String BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
    private static final String CREDENTIAL = "AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/s3/aws4_request";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    private static final String KEY_ID = "x-amz-server-side-encryption-aws-kms-key-id";

    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.enforcing();

    /** A form with a policy that allows what stands in it. */
    private static Map<String, String> form(String bucket, String key, String... further) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("key", key);
        for (int i = 0; i < further.length; i += 2) {
            fields.put(further[i], further[i + 1]);
        }
        var conditions = new ArrayList<String>();
        conditions.add("{\"bucket\": \"" + bucket + "\"}");
        fields.forEach((name, value) -> conditions.add("[\"starts-with\", \"$" + name + "\", \"\"]"));
        return signed(fields, "[" + String.join(",", conditions) + "]");
    }

    private static Map<String, String> signed(Map<String, String> fields, String conditions) {
        return signed(fields, conditions, Instant.now().plusSeconds(600));
    }

    private static Map<String, String> signed(Map<String, String> fields, String conditions, Instant expiration) {
        var all = conditions.substring(0, conditions.length() - 1)
                + ",{\"x-amz-algorithm\":\"AWS4-HMAC-SHA256\"},{\"x-amz-credential\":\"" + CREDENTIAL
                + "\"},{\"x-amz-date\":\"20260101T000000Z\"}]";
        var document = "{\"expiration\":\"" + expiration + "\",\"conditions\":" + all + "}";
        var policy = Base64.getEncoder().encodeToString(document.getBytes(StandardCharsets.UTF_8));
        var signedFields = new LinkedHashMap<>(fields);
        signedFields.put("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
        signedFields.put("X-Amz-Credential", CREDENTIAL);
        signedFields.put("X-Amz-Date", "20260101T000000Z");
        signedFields.put("Policy", policy);
        signedFields.put("X-Amz-Signature", signature(policy));
        return signedFields;
    }

    private static String signature(String policy) {
        var key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
        for (var part : new String[] {"20260101", "us-east-1", "s3", "aws4_request", policy}) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(key);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] body(Map<String, String> fields, String fileName, byte[] file) throws IOException {
        var out = new ByteArrayOutputStream();
        for (var field : fields.entrySet()) {
            out.write(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + field.getKey() + "\"\r\n\r\n"
                            + field.getValue() + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        out.write(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName
                        + "\"\r\nContent-Type: text/plain\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.write(file);
        out.write(("\r\n--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"submit\"\r\n\r\nUpload\r\n--"
                        + BOUNDARY + "--\r\n")
                .getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static Reply post(String bucket, Map<String, String> fields, byte[] file) throws IOException {
        return S3.send(
                "POST",
                "/" + bucket,
                Map.of("Content-Type", "multipart/form-data; boundary=" + BOUNDARY),
                body(fields, "C:\\photos\\cat.txt", file));
    }

    private static Reply post(String bucket, Map<String, String> fields) throws IOException {
        return post(bucket, fields, "text".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aFormMaySayHowItIsEncrypted() throws IOException {
        var bucket = S3.bucket();

        var reply = post(bucket, form(bucket, "k", "x-amz-server-side-encryption", "aws:kms", KEY_ID, "alias/mine"));

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.header("x-amz-server-side-encryption")).isEqualTo("aws:kms");
        assertThat(reply.header(KEY_ID)).isEqualTo("alias/mine");
        assertThat(S3.client().headObject(r -> r.bucket(bucket).key("k")).ssekmsKeyId())
                .isEqualTo("alias/mine");
    }

    private static String text(String bucket, String key) {
        return S3.client().getObjectAsBytes(r -> r.bucket(bucket).key(key)).asUtf8String();
    }

    @Test
    void aSignedFormIsAnObject() throws IOException {
        var bucket = S3.bucket();
        var fields = form(bucket, "up/${filename}", "Content-Type", "text/html", "x-amz-meta-colour", "red");

        var reply = post(bucket, fields);

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.header("ETag")).isEqualTo("\"1cb251ec0d568de6a929b520c4aed8d1\"");
        assertThat(reply.header("Location")).endsWith("/" + bucket + "/up%2Fcat.txt");
        assertThat(text(bucket, "up/cat.txt")).isEqualTo("text");
        var head = S3.client().headObject(r -> r.bucket(bucket).key("up/cat.txt"));
        assertThat(head.contentType()).isEqualTo("text/html");
        assertThat(head.metadata()).containsEntry("colour", "red");
    }

    @Test
    void theFormSaysHowItIsAnswered() throws IOException {
        var bucket = S3.bucket();

        var created = post(bucket, form(bucket, "a b", "success_action_status", "201"));
        var ok = post(bucket, form(bucket, "a", "success_action_status", "200"));
        var other = post(bucket, form(bucket, "a", "success_action_status", "302"));
        var redirected = post(bucket, form(bucket, "a", "success_action_redirect", "http://example.com/done?x=1"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text())
                .contains("<PostResponse")
                .contains("<Bucket>" + bucket + "</Bucket><Key>a b</Key><ETag>&quot;");
        assertThat(ok.status()).isEqualTo(200);
        assertThat(other.status()).isEqualTo(204);
        assertThat(redirected.status()).isEqualTo(303);
        assertThat(redirected.header("Location"))
                .isEqualTo("http://example.com/done?x=1&bucket=" + bucket
                        + "&key=a&etag=%221cb251ec0d568de6a929b520c4aed8d1%22");
    }

    @Test
    void filesOfAnySizeAreStreamed() throws IOException {
        var bucket = S3.bucket();
        var file = new byte[3_000_001];
        new Random(1).nextBytes(file);
        var almost = ("\r\n--" + BOUNDARY.substring(0, 20)).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(almost, 0, file, 65_520, almost.length);

        var reply = post(bucket, form(bucket, "large"), file);

        assertThat(reply.status()).isEqualTo(204);
        assertThat(S3.client()
                        .getObjectAsBytes(r -> r.bucket(bucket).key("large"))
                        .asByteArray())
                .isEqualTo(file);
    }

    @ParameterizedTest
    @CsvSource({"1, 3, EntityTooLarge", "5, 9, EntityTooSmall", "4, 4, none"})
    void theSizeMustBeWithinTheRange(int least, int most, String code) throws IOException {
        var bucket = S3.bucket();
        var fields = signed(
                Map.of("key", "a"),
                "[{\"bucket\":\"" + bucket + "\"},{\"key\":\"a\"},[\"content-length-range\"," + least + "," + most
                        + "]]");

        var reply = post(bucket, fields);

        assertThat(code(reply)).isEqualTo(code);
    }

    @Test
    void whatThePolicyDoesNotAllowIsRefused() throws IOException {
        var bucket = S3.bucket();
        var conditions = "[{\"bucket\":\"" + bucket + "\"},[\"starts-with\",\"$key\",\"mine/\"]]";

        var otherKey = post(bucket, signed(Map.of("key", "theirs/a"), conditions));
        var extra = post(bucket, signed(Map.of("key", "mine/a", "x-amz-meta-a", "b"), conditions));
        var ignored = post(bucket, signed(Map.of("key", "mine/a", "x-ignore-a", "b"), conditions));
        var expired = post(bucket, signed(Map.of("key", "mine/a"), conditions, Instant.EPOCH));

        assertThat(message(otherKey))
                .isEqualTo("Invalid according to Policy: Policy Condition failed: "
                        + "[&quot;starts-with&quot;, &quot;$key&quot;, &quot;mine/&quot;]");
        assertThat(message(extra)).isEqualTo("Invalid according to Policy: Extra input fields: x-amz-meta-a");
        assertThat(ignored.status()).isEqualTo(204);
        assertThat(message(expired)).isEqualTo("Invalid according to Policy: Policy expired.");
        assertThat(expired.status()).isEqualTo(403);
    }

    @Test
    void theSignatureMustHold() throws IOException {
        var bucket = S3.bucket();
        var wrong = form(bucket, "a");
        wrong.put("X-Amz-Signature", "0".repeat(64));
        var missing = form(bucket, "a");
        missing.remove("X-Amz-Signature");
        var unknown = form(bucket, "a");
        unknown.put("X-Amz-Credential", CREDENTIAL.replace("AKIA", "BKIA"));

        assertThat(code(post(bucket, wrong))).isEqualTo("SignatureDoesNotMatch");
        assertThat(code(post(bucket, missing))).isEqualTo("InvalidArgument");
        assertThat(code(post(bucket, unknown))).isEqualTo("InvalidAccessKeyId");
        assertThat(code(post(bucket, Map.of("key", "a")))).isEqualTo("AccessDenied");
        assertThat(S3.client().listObjectsV2(r -> r.bucket(bucket)).keyCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"x-amz-meta-a b,c", "x-amz-meta-a,'b\r\nX-More: c'", "Content-Type,'text/plain\u0000'", "x-amz-meta-ä,b"
    })
    void aFieldThatIsNoHeaderIsRefused(String name, String value) throws IOException {
        var bucket = S3.bucket();

        assertThat(code(post(bucket, form(bucket, "a", name, value)))).isEqualTo("InvalidArgument");

        assertThat(S3.client().listObjectsV2(r -> r.bucket(bucket)).keyCount()).isZero();
    }

    @Test
    void whatIsNoFormIsRefused() throws IOException {
        var bucket = S3.bucket();
        var type = Map.of("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
        var whole = body(form(bucket, "a"), "f", new byte[100]);

        assertThat(code(post(bucket, Map.of()))).isEqualTo("InvalidArgument");
        assertThat(code(S3.send("POST", "/" + bucket, Map.of("Content-Type", "text/plain"), new byte[3])))
                .isEqualTo("PreconditionFailed");
        assertThat(code(S3.send("POST", "/" + bucket, type, new byte[3]))).isEqualTo("MalformedPOSTRequest");
        for (int cut : new int[] {10, 200, whole.length - 300, whole.length - 160}) {
            var reply = S3.send("POST", "/" + bucket, type, Arrays.copyOf(whole, cut));
            assertThat(code(reply)).as("cut at " + cut).isEqualTo("MalformedPOSTRequest");
        }
        var fat = form(bucket, "a");
        fat.put("x-ignore-a", "x".repeat(21_000));
        assertThat(code(post(bucket, fat))).isEqualTo("MaxPostPreDataLengthExceededError");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bm8=", "e30=", "eyJleHBpcmF0aW9uIjoiMjAzMCJ9"})
    void whatIsNoPolicyIsRefused(String policy) throws IOException {
        var bucket = S3.bucket();
        var fields = form(bucket, "a");
        fields.put("Policy", policy);

        assertThat(code(post(bucket, fields))).isEqualTo("InvalidPolicyDocument");
    }
}
