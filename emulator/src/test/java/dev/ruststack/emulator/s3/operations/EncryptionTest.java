package dev.ruststack.emulator.s3.operations;

import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.s3.S3Fixture;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** SSE-S3 and SSE-KMS; SSE-C has a test of its own. */
class EncryptionTest {
    private static final String KEY = "arn:aws:kms:us-east-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final String MD5_OF_TEXT = "\"1cb251ec0d568de6a929b520c4aed8d1\"";

    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.enforcing();

    private static PutObjectResponse put(String bucket, java.util.function.Consumer<PutObjectRequest.Builder> how) {
        return S3.client().putObject(r -> r.bucket(bucket).key("k").applyMutation(how), RequestBody.fromString("text"));
    }

    private static void encryptByDefault(String bucket, ServerSideEncryption method, String key, Boolean bucketKey) {
        S3.client()
                .putBucketEncryption(r -> r.bucket(bucket)
                        .serverSideEncryptionConfiguration(c -> c.rules(rule -> rule.bucketKeyEnabled(bucketKey)
                                .applyServerSideEncryptionByDefault(
                                        d -> d.sseAlgorithm(method).kmsMasterKeyID(key)))));
    }

    @Test
    void everyNewObjectIsEncryptedByS3() {
        var bucket = S3.bucket();

        var put = put(bucket, r -> {});

        assertThat(put.serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
        assertThat(put.eTag()).isEqualTo(MD5_OF_TEXT);
        assertThat(put.ssekmsKeyId()).isNull();
        assertThat(put.bucketKeyEnabled()).isNull();
        var head = S3.client().headObject(r -> r.bucket(bucket).key("k"));
        assertThat(head.serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
    }

    @Test
    void aKeyOfKmsIsToldWithTheObject() {
        var bucket = S3.bucket();
        var context = Base64.getEncoder().encodeToString("{\"a\":\"b\"}".getBytes(StandardCharsets.UTF_8));

        var put = put(
                bucket,
                r -> r.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                        .ssekmsKeyId(KEY)
                        .ssekmsEncryptionContext(context)
                        .bucketKeyEnabled(true));

        assertThat(put.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
        assertThat(put.ssekmsKeyId()).isEqualTo(KEY);
        assertThat(put.ssekmsEncryptionContext()).isEqualTo(context);
        assertThat(put.bucketKeyEnabled()).isTrue();
        assertThat(put.eTag()).isNotEqualTo(MD5_OF_TEXT).matches("\"[0-9a-f]{32}\"");
        var got = S3.client().getObjectAsBytes(r -> r.bucket(bucket).key("k"));
        assertThat(got.asUtf8String()).isEqualTo("text");
        assertThat(got.response().eTag()).isEqualTo(put.eTag());
        assertThat(got.response().serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
        assertThat(got.response().ssekmsKeyId()).isEqualTo(KEY);
        assertThat(got.response().bucketKeyEnabled()).isTrue();
        var head = S3.client().headObject(r -> r.bucket(bucket).key("k"));
        assertThat(head.ssekmsKeyId()).isEqualTo(KEY);
    }

    @ParameterizedTest
    @CsvSource({
        ", arn:aws:kms:us-east-1:000000000000:alias/aws/s3",
        "alias/mine, alias/mine",
        "1234abcd-12ab-34cd-56ef-1234567890ab, " + KEY,
    })
    void aKeyIsToldAsItsArn(String given, String told) {
        var bucket = S3.bucket();

        var put = put(
                bucket,
                r -> r.serverSideEncryption(ServerSideEncryption.AWS_KMS_DSSE).ssekmsKeyId(given));

        assertThat(put.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS_DSSE);
        assertThat(put.ssekmsKeyId()).isEqualTo(told);
        assertThat(put.bucketKeyEnabled()).isNull();
    }

    @Test
    void theBucketsEncryptionHoldsForWhatSaysNothing() {
        var bucket = S3.bucket();
        encryptByDefault(bucket, ServerSideEncryption.AWS_KMS, KEY, true);

        var put = put(bucket, r -> {});

        assertThat(put.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
        assertThat(put.ssekmsKeyId()).isEqualTo(KEY);
        assertThat(put.bucketKeyEnabled()).isTrue();
        var own = put(bucket, r -> r.serverSideEncryption(ServerSideEncryption.AES256));
        assertThat(own.serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
        assertThat(own.ssekmsKeyId()).isNull();
        assertThat(own.eTag()).isEqualTo(MD5_OF_TEXT);
        var without = put(
                bucket,
                r -> r.serverSideEncryption(ServerSideEncryption.AWS_KMS).bucketKeyEnabled(false));
        assertThat(without.bucketKeyEnabled()).isNull();
        assertThat(without.ssekmsKeyId()).endsWith(":alias/aws/s3");
    }

    @Test
    void objectsKeepTheirEncryptionWhenTheBucketsChanges() {
        var bucket = S3.bucket();
        put(bucket, r -> {});

        encryptByDefault(bucket, ServerSideEncryption.AWS_KMS, KEY, false);

        assertThat(S3.client().headObject(r -> r.bucket(bucket).key("k")).serverSideEncryption())
                .isEqualTo(ServerSideEncryption.AES256);
    }

    @Test
    void aCopyIsEncryptedAsItsBucketOrItsRequestSays() {
        var bucket = S3.bucket();
        var other = S3.bucket();
        encryptByDefault(other, ServerSideEncryption.AWS_KMS, KEY, false);
        put(bucket, r -> {});

        var copy = S3.client()
                .copyObject(r -> r.sourceBucket(bucket)
                        .sourceKey("k")
                        .destinationBucket(other)
                        .destinationKey("k"));

        assertThat(copy.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
        assertThat(copy.ssekmsKeyId()).isEqualTo(KEY);
        assertThat(copy.copyObjectResult().eTag()).isNotEqualTo(MD5_OF_TEXT);
        var back = S3.client()
                .copyObject(r -> r.sourceBucket(other)
                        .sourceKey("k")
                        .destinationBucket(bucket)
                        .destinationKey("back"));
        assertThat(back.serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
        assertThat(back.copyObjectResult().eTag()).isEqualTo(MD5_OF_TEXT);
    }

    @Test
    void anObjectMayBeCopiedOntoItselfToChangeItsEncryption() {
        var bucket = S3.bucket();
        put(bucket, r -> {});

        S3.client()
                .copyObject(r -> r.sourceBucket(bucket)
                        .sourceKey("k")
                        .destinationBucket(bucket)
                        .destinationKey("k")
                        .serverSideEncryption(ServerSideEncryption.AWS_KMS));

        assertThat(S3.client().headObject(r -> r.bucket(bucket).key("k")).serverSideEncryption())
                .isEqualTo(ServerSideEncryption.AWS_KMS);
    }

    @Test
    void anUploadInPartsIsEncryptedAsItWasBegun() {
        var bucket = S3.bucket();
        var begun = S3.client()
                .createMultipartUpload(r -> r.bucket(bucket)
                        .key("k")
                        .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                        .ssekmsKeyId(KEY)
                        .bucketKeyEnabled(true));

        var part = S3.client()
                .uploadPart(
                        r -> r.bucket(bucket)
                                .key("k")
                                .uploadId(begun.uploadId())
                                .partNumber(1),
                        RequestBody.fromString("text"));
        var done = S3.client()
                .completeMultipartUpload(r -> r.bucket(bucket)
                        .key("k")
                        .uploadId(begun.uploadId())
                        .multipartUpload(m -> m.parts(p -> p.partNumber(1).eTag(part.eTag()))));

        assertThat(begun.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
        assertThat(begun.ssekmsKeyId()).isEqualTo(KEY);
        assertThat(part.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
        assertThat(part.bucketKeyEnabled()).isTrue();
        assertThat(part.eTag()).isNotEqualTo(MD5_OF_TEXT);
        assertThat(done.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
        assertThat(done.ssekmsKeyId()).isEqualTo(KEY);
        assertThat(done.eTag()).endsWith("-1\"");
        var head = S3.client().headObject(r -> r.bucket(bucket).key("k"));
        assertThat(head.ssekmsKeyId()).isEqualTo(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES512", "aes256", ""})
    void aMethodThatS3DoesNotKnowIsAnInvalidArgument(String method) {
        var bucket = S3.bucket();

        assertThatThrownBy(() -> put(bucket, r -> r.serverSideEncryption(method)))
                .isInstanceOfSatisfying(S3Exception.class, error -> {
                    assertThat(error.awsErrorDetails().errorCode()).isEqualTo("InvalidArgument");
                    assertThat(error).hasMessageContaining("The encryption method specified is not supported");
                });
    }

    @Test
    void aKeyOfKmsNeedsTheMethod() {
        var bucket = S3.bucket();

        refused(400, "InvalidArgument", () -> put(bucket, r -> r.ssekmsKeyId(KEY)));
        refused(
                400,
                "InvalidArgument",
                () -> put(
                        bucket,
                        r -> r.serverSideEncryption(ServerSideEncryption.AES256).ssekmsKeyId(KEY)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no base64!", "bm8ganNvbg==", "eyJhIjoxfQ==", "W10="})
    void aContextThatIsNoMapIsRefused(String context) {
        var bucket = S3.bucket();

        refused(
                400,
                "InvalidArgument",
                () -> put(
                        bucket,
                        r -> r.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                                .ssekmsEncryptionContext(context)));
    }

    @Test
    void whoReadsMayNotSayHowItIsEncrypted() {
        var bucket = S3.bucket();
        put(bucket, r -> {});

        refused(
                400,
                "InvalidArgument",
                () -> S3.client()
                        .getObject(r -> r.bucket(bucket)
                                .key("k")
                                .overrideConfiguration(o -> o.putHeader("x-amz-server-side-encryption", "AES256"))));
    }

    @Test
    void whoDoesNotSignMayNotReadWhatAKeyOfKmsEncrypts() throws Exception {
        var bucket = S3.bucket();
        put(bucket, r -> r.serverSideEncryption(ServerSideEncryption.AWS_KMS));
        S3.client().deletePublicAccessBlock(r -> r.bucket(bucket));
        S3.client().putBucketPolicy(r -> r.bucket(bucket).policy("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
                  "Action": "s3:GetObject", "Resource": "arn:aws:s3:::%s/*"}]}
                """.formatted(bucket)));

        var reply = S3.send("GET", "/" + bucket + "/k");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(ConfigurationAssert.message(reply)).endsWith("require AWS Signature Version 4.");
    }

    @Test
    void aPolicyMayAskForAMethod() {
        var bucket = S3.bucket();
        S3.client().putBucketPolicy(r -> r.bucket(bucket).policy("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
                  "Action": "s3:PutObject", "Resource": "arn:aws:s3:::%s/*",
                  "Condition": {"StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"}}}]}
                """.formatted(bucket)));

        refused(403, "AccessDenied", () -> put(bucket, r -> {}));
        refused(403, "AccessDenied", () -> put(bucket, r -> r.serverSideEncryption(ServerSideEncryption.AES256)));
        assertThat(put(bucket, r -> r.serverSideEncryption(ServerSideEncryption.AWS_KMS))
                        .eTag())
                .isNotNull();
    }
}
