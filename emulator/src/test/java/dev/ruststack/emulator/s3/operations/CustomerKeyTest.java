package dev.ruststack.emulator.s3.operations;

import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.EncryptionType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** SSE-C: keys that the customer sends with every request. Texts as AWS was seen to answer in February 2026. */
class CustomerKeyTest {
    private static final String MD5_OF_TEXT = "\"1cb251ec0d568de6a929b520c4aed8d1\"";
    private static final String NOT_GIVEN =
            "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to "
                    + "retrieve the object.";
    private static final String WRONG =
            "Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.";
    private static final String NOT_NEEDED = "The encryption parameters are not applicable to this object.";
    private static final Key ONE = Key.of(1, 32);
    private static final Key TWO = Key.of(2, 32);

    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.enforcing();

    @RegisterExtension
    static final S3Fixture OPEN = S3Fixture.permissive();

    private record Key(String base64, String md5) {
        static Key of(int seed, int length) {
            var bytes = new byte[length];
            Arrays.fill(bytes, (byte) seed);
            try {
                var encoder = Base64.getEncoder();
                return new Key(
                        encoder.encodeToString(bytes),
                        encoder.encodeToString(MessageDigest.getInstance("MD5").digest(bytes)));
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static PutObjectResponse put(String bucket, String name, Key key) {
        return S3.client()
                .putObject(
                        r -> r.bucket(bucket)
                                .key(name)
                                .sseCustomerAlgorithm("AES256")
                                .sseCustomerKey(key.base64)
                                .sseCustomerKeyMD5(key.md5),
                        RequestBody.fromString("text"));
    }

    private static Consumer<GetObjectRequest.Builder> with(Key key) {
        return r -> r.sseCustomerAlgorithm("AES256").sseCustomerKey(key.base64).sseCustomerKeyMD5(key.md5);
    }

    private static String text(String bucket, String name, Consumer<GetObjectRequest.Builder> how) {
        return S3.client()
                .getObjectAsBytes(r -> r.bucket(bucket).key(name).applyMutation(how))
                .asUtf8String();
    }

    private static void refusedSaying(int status, String code, String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class, error -> {
            assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(error.statusCode()).isEqualTo(status);
            assertThat(error.awsErrorDetails().errorMessage()).isEqualTo(message);
        });
    }

    private static String bucketWithObject() {
        var bucket = S3.bucket();
        put(bucket, "k", ONE);
        return bucket;
    }

    @Test
    void theKeyIsToldByItsDigestAndNothingElseIsSaidOfEncryption() {
        var bucket = S3.bucket();

        var put = put(bucket, "k", ONE);

        assertThat(put.sseCustomerAlgorithm()).isEqualTo("AES256");
        assertThat(put.sseCustomerKeyMD5()).isEqualTo(ONE.md5);
        assertThat(put.serverSideEncryption()).isNull();
        assertThat(put.eTag()).isNotEqualTo(MD5_OF_TEXT).matches("\"[0-9a-f]{32}\"");
        var got = S3.client().getObjectAsBytes(r -> r.bucket(bucket).key("k").applyMutation(with(ONE)));
        assertThat(got.asUtf8String()).isEqualTo("text");
        assertThat(got.response().sseCustomerKeyMD5()).isEqualTo(ONE.md5);
        assertThat(got.response().serverSideEncryption()).isNull();
        assertThat(got.response().eTag()).isEqualTo(put.eTag());
    }

    @Test
    void onlyTheSameKeyOpensAnObject() {
        var bucket = bucketWithObject();

        refusedSaying(400, "InvalidRequest", NOT_GIVEN, () -> text(bucket, "k", r -> {}));
        refusedSaying(403, "AccessDenied", WRONG, () -> text(bucket, "k", with(TWO)));
        refusedSaying(403, "AccessDenied", WRONG, () -> text(bucket, "k", with(Key.of(1, 16))));
        assertThat(text(bucket, "k", with(ONE))).isEqualTo("text");
        assertThat(text(bucket, "k", with(ONE).andThen(r -> r.range("bytes=1-2"))))
                .isEqualTo("ex");
    }

    @Test
    void aHeadNeedsTheKeyToo() {
        var bucket = bucketWithObject();

        assertThatThrownBy(() -> S3.client().headObject(r -> r.bucket(bucket).key("k")))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        error -> assertThat(error.statusCode()).isEqualTo(400));
        var head = S3.client()
                .headObject(r -> r.bucket(bucket)
                        .key("k")
                        .sseCustomerAlgorithm("AES256")
                        .sseCustomerKey(ONE.base64)
                        .sseCustomerKeyMD5(ONE.md5));
        assertThat(head.contentLength()).isEqualTo(4);
        assertThat(head.sseCustomerAlgorithm()).isEqualTo("AES256");
    }

    @Test
    void attributesNeedTheKeyToo() {
        var bucket = bucketWithObject();

        refusedSaying(
                400,
                "InvalidRequest",
                NOT_GIVEN,
                () -> S3.client()
                        .getObjectAttributes(
                                r -> r.bucket(bucket).key("k").objectAttributes(ObjectAttributes.OBJECT_SIZE)));
        var attributes = S3.client()
                .getObjectAttributes(r -> r.bucket(bucket)
                        .key("k")
                        .objectAttributes(ObjectAttributes.OBJECT_SIZE)
                        .sseCustomerAlgorithm("AES256")
                        .sseCustomerKey(ONE.base64)
                        .sseCustomerKeyMD5(ONE.md5));
        assertThat(attributes.objectSize()).isEqualTo(4);
    }

    @Test
    void anObjectWithoutAKeyTakesNone() {
        var bucket = S3.bucket();
        S3.put(bucket, "k", "text");

        refusedSaying(400, "InvalidRequest", NOT_NEEDED, () -> text(bucket, "k", with(ONE)));
    }

    @Test
    void whoDeletesNeedsNoKey() {
        var bucket = bucketWithObject();

        S3.client().deleteObject(r -> r.bucket(bucket).key("k"));

        refused(404, "NoSuchKey", () -> text(bucket, "k", with(ONE)));
    }

    @Test
    void everyVersionHasItsOwnKey() {
        var bucket = S3.bucket();
        S3.client()
                .putBucketVersioning(
                        r -> r.bucket(bucket).versioningConfiguration(c -> c.status(BucketVersioningStatus.ENABLED)));
        var first = put(bucket, "k", ONE).versionId();
        put(bucket, "k", TWO);

        assertThat(text(bucket, "k", with(TWO))).isEqualTo("text");
        refusedSaying(403, "AccessDenied", WRONG, () -> text(bucket, "k", with(ONE)));
        assertThat(text(bucket, "k", with(ONE).andThen(r -> r.versionId(first))))
                .isEqualTo("text");
    }

    private static void copy(String bucket, Consumer<CopyObjectRequest.Builder> how) {
        S3.client()
                .copyObject(r -> r.sourceBucket(bucket)
                        .sourceKey("k")
                        .destinationBucket(bucket)
                        .destinationKey("copy")
                        .applyMutation(how));
    }

    private static Consumer<CopyObjectRequest.Builder> from(Key key) {
        return r -> r.copySourceSSECustomerAlgorithm("AES256")
                .copySourceSSECustomerKey(key.base64)
                .copySourceSSECustomerKeyMD5(key.md5);
    }

    @Test
    void aCopyNeedsTheKeyOfItsSource() {
        var bucket = bucketWithObject();

        refusedSaying(400, "InvalidRequest", NOT_GIVEN, () -> copy(bucket, r -> {}));
        refusedSaying(403, "AccessDenied", WRONG, () -> copy(bucket, from(TWO)));
        copy(bucket, from(ONE));

        var got = S3.client().getObjectAsBytes(r -> r.bucket(bucket).key("copy"));
        assertThat(got.asUtf8String()).isEqualTo("text");
        assertThat(got.response().serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
        assertThat(got.response().eTag()).isEqualTo(MD5_OF_TEXT);
    }

    @Test
    void aCopyMayGetAKeyOfItsOwn() {
        var bucket = bucketWithObject();

        copy(
                bucket,
                from(ONE)
                        .andThen(r -> r.sseCustomerAlgorithm("AES256")
                                .sseCustomerKey(TWO.base64)
                                .sseCustomerKeyMD5(TWO.md5)));

        assertThat(text(bucket, "copy", with(TWO))).isEqualTo("text");
        refusedSaying(403, "AccessDenied", WRONG, () -> text(bucket, "copy", with(ONE)));
    }

    @Test
    void everyPartComesWithTheKeyOfItsUpload() {
        var bucket = S3.bucket();
        var upload = S3.client()
                .createMultipartUpload(r -> r.bucket(bucket)
                        .key("k")
                        .sseCustomerAlgorithm("AES256")
                        .sseCustomerKey(ONE.base64)
                        .sseCustomerKeyMD5(ONE.md5));

        assertThat(upload.sseCustomerKeyMD5()).isEqualTo(ONE.md5);
        refusedSaying(
                400,
                "InvalidRequest",
                "The multipart upload initiate requested encryption. Subsequent part requests must include the "
                        + "appropriate encryption parameters.",
                () -> part(bucket, upload.uploadId(), null));
        refusedSaying(
                400,
                "InvalidRequest",
                "The provided encryption parameters did not match the ones used originally.",
                () -> part(bucket, upload.uploadId(), TWO));
        var etag = part(bucket, upload.uploadId(), ONE);
        assertThat(etag).isNotEqualTo(MD5_OF_TEXT);
        var done = S3.client()
                .completeMultipartUpload(r -> r.bucket(bucket)
                        .key("k")
                        .uploadId(upload.uploadId())
                        .multipartUpload(m -> m.parts(p -> p.partNumber(1).eTag(etag))));

        assertThat(done.serverSideEncryption()).isNull();
        assertThat(text(bucket, "k", with(ONE))).isEqualTo("text");
        refusedSaying(400, "InvalidRequest", NOT_GIVEN, () -> text(bucket, "k", r -> {}));
    }

    private static String part(String bucket, String uploadId, Key key) {
        return S3.client()
                .uploadPart(
                        r -> {
                            r.bucket(bucket).key("k").uploadId(uploadId).partNumber(1);
                            if (key != null) {
                                r.sseCustomerAlgorithm("AES256")
                                        .sseCustomerKey(key.base64)
                                        .sseCustomerKeyMD5(key.md5);
                            }
                        },
                        RequestBody.fromString("text"))
                .eTag();
    }

    @Test
    void aPartThatIsCopiedNeedsBothKeys() {
        var bucket = bucketWithObject();
        var upload = S3.client()
                .createMultipartUpload(r -> r.bucket(bucket)
                        .key("copy")
                        .sseCustomerAlgorithm("AES256")
                        .sseCustomerKey(TWO.base64)
                        .sseCustomerKeyMD5(TWO.md5));

        refused(
                400,
                "InvalidRequest",
                () -> S3.client()
                        .uploadPartCopy(r -> r.sourceBucket(bucket)
                                .sourceKey("k")
                                .destinationBucket(bucket)
                                .destinationKey("copy")
                                .uploadId(upload.uploadId())
                                .partNumber(1)
                                .sseCustomerAlgorithm("AES256")
                                .sseCustomerKey(TWO.base64)
                                .sseCustomerKeyMD5(TWO.md5)));
        var copied = S3.client()
                .uploadPartCopy(r -> r.sourceBucket(bucket)
                        .sourceKey("k")
                        .destinationBucket(bucket)
                        .destinationKey("copy")
                        .uploadId(upload.uploadId())
                        .partNumber(1)
                        .sseCustomerAlgorithm("AES256")
                        .sseCustomerKey(TWO.base64)
                        .sseCustomerKeyMD5(TWO.md5)
                        .copySourceSSECustomerAlgorithm("AES256")
                        .copySourceSSECustomerKey(ONE.base64)
                        .copySourceSSECustomerKeyMD5(ONE.md5));

        assertThat(copied.sseCustomerKeyMD5()).isEqualTo(TWO.md5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            nullValues = "-",
            value = {
                "AES128 | ok | ok | InvalidEncryptionAlgorithmError | The Encryption request you specified is not valid. Supported value: AES256.",
                "- | ok | ok | InvalidArgument | Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.",
                "AES256 | - | - | InvalidArgument | Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.",
                "AES256 | !!! | ok | InvalidArgument | Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.",
                "AES256 | ok | wrong | InvalidArgument | The calculated MD5 hash of the key did not match the hash that was provided.",
                "AES256 | short | short | InvalidArgument | The secret key was invalid for the specified algorithm.",
            })
    void aKeyThatIsNoneIsRefusedAndNothingIsStored(
            String algorithm, String key, String md5, String code, String message) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        put(headers, "algorithm", algorithm);
        put(
                headers,
                "key",
                key == null ? null : key.equals("ok") ? ONE.base64 : key.equals("short") ? Key.of(1, 16).base64 : key);
        put(
                headers,
                "key-MD5",
                md5 == null ? null : md5.equals("ok") ? ONE.md5 : md5.equals("short") ? Key.of(1, 16).md5 : TWO.md5);
        var bucket = OPEN.bucket();

        var reply = OPEN.send("PUT", "/" + bucket + "/k", headers, new byte[] {1});

        assertThat(reply.status()).isEqualTo(400);
        assertThat(ConfigurationAssert.code(reply)).isEqualTo(code);
        assertThat(ConfigurationAssert.message(reply)).isEqualTo(message);
        assertThat(OPEN.send("GET", "/" + bucket + "/k").status()).isEqualTo(404);
    }

    private static void put(Map<String, String> headers, String name, String value) {
        if (value != null) {
            headers.put("x-amz-server-side-encryption-customer-" + name, value);
        }
    }

    @Test
    void aKeyAndAnotherMethodAreRefused() {
        var bucket = S3.bucket();

        refusedSaying(
                400,
                "InvalidArgument",
                "Server Side Encryption with Customer provided key is incompatible with the encryption method specified",
                () -> S3.client()
                        .putObject(
                                r -> r.bucket(bucket)
                                        .key("k")
                                        .serverSideEncryption(ServerSideEncryption.AES256)
                                        .sseCustomerAlgorithm("AES256")
                                        .sseCustomerKey(ONE.base64)
                                        .sseCustomerKeyMD5(ONE.md5),
                                RequestBody.fromString("text")));
    }

    @Test
    void aBucketMayBlockCustomersKeys() {
        var bucket = bucketWithObject();
        S3.client()
                .putBucketEncryption(r -> r.bucket(bucket)
                        .serverSideEncryptionConfiguration(c -> c.rules(
                                rule -> rule.blockedEncryptionTypes(b -> b.encryptionType(EncryptionType.SSE_C)))));

        assertThatThrownBy(() -> put(bucket, "new", ONE))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        error -> assertThat(error.statusCode()).isEqualTo(403))
                .hasMessageContaining("because this bucket has blocked upload requests");
        assertThat(text(bucket, "k", with(ONE))).isEqualTo("text");
    }
}
