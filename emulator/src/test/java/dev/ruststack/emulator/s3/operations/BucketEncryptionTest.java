package dev.ruststack.emulator.s3.operations;

import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.code;
import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.put;
import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

class BucketEncryptionTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    @Test
    void everyBucketIsEncryptedByS3sOwnKeys() {
        var bucket = S3.bucket();

        var rule = S3.client()
                .getBucketEncryption(r -> r.bucket(bucket))
                .serverSideEncryptionConfiguration()
                .rules()
                .getFirst();

        assertThat(rule.applyServerSideEncryptionByDefault().sseAlgorithm()).isEqualTo(ServerSideEncryption.AES256);
        assertThat(rule.bucketKeyEnabled()).isFalse();
    }

    @Test
    void whatIsSetIsGivenBackUntilItIsRemoved() {
        var bucket = S3.bucket();
        var rule = ServerSideEncryptionRule.builder()
                .applyServerSideEncryptionByDefault(
                        d -> d.sseAlgorithm(ServerSideEncryption.AWS_KMS).kmsMasterKeyID("alias/mine"))
                .bucketKeyEnabled(true)
                .build();

        S3.client().putBucketEncryption(r -> r.bucket(bucket).serverSideEncryptionConfiguration(c -> c.rules(rule)));

        assertThat(rules(bucket)).containsExactly(rule);
        S3.client().deleteBucketEncryption(r -> r.bucket(bucket));
        assertThat(rules(bucket).getFirst().applyServerSideEncryptionByDefault().sseAlgorithm())
                .isEqualTo(ServerSideEncryption.AES256);
    }

    private static List<ServerSideEncryptionRule> rules(String bucket) {
        return S3.client()
                .getBucketEncryption(r -> r.bucket(bucket))
                .serverSideEncryptionConfiguration()
                .rules();
    }

    @Test
    void aMissingBucketIsToldFirst() {
        refused(404, "NoSuchBucket", () -> S3.client().getBucketEncryption(r -> r.bucket("no-such-bucket")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                " | MalformedXML",
                "<Rule/> | MalformedXML",
                "<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>ROT13</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule> | MalformedXML",
                "<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm><KMSMasterKeyID>k</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule> | InvalidArgument"
            })
    void documentsThatS3DoesNotTakeAreRefused(String content, String code) throws IOException {
        var document = "<ServerSideEncryptionConfiguration>" + content + "</ServerSideEncryptionConfiguration>";

        var reply = put(S3, S3.bucket(), "encryption", document);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(code);
    }
}
