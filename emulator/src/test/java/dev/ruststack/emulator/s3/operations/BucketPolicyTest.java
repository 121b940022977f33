package dev.ruststack.emulator.s3.operations;

import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BucketPolicyTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    private static String statement(String bucket, String principal) {
        return "{\"Effect\":\"Allow\",\"Principal\":" + principal
                + ",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::" + bucket + "/*\"}";
    }

    private static String policy(String statement) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statement + "]}";
    }

    @Test
    void bucketWithoutOneSaysSo() {
        var bucket = S3.bucket();

        refused(404, "NoSuchBucketPolicy", () -> S3.client().getBucketPolicy(r -> r.bucket(bucket)));
        refused(404, "NoSuchBucketPolicy", () -> S3.client().getBucketPolicyStatus(r -> r.bucket(bucket)));
    }

    @Test
    void whatIsSetIsGivenBackUntilItIsRemoved() throws IOException {
        var bucket = S3.bucket();
        var policy = policy(statement(bucket, "{\"AWS\":\"111111111111\"}"));

        S3.client().putBucketPolicy(r -> r.bucket(bucket).policy(policy.replace(",", ", \n")));

        assertThat(S3.client().getBucketPolicy(r -> r.bucket(bucket)).policy()).isEqualTo(policy);
        assertThat(S3.send("GET", "/" + bucket + "?policy").header("Content-Type"))
                .isEqualTo("application/json");
        assertThat(S3.client()
                        .getBucketPolicyStatus(r -> r.bucket(bucket))
                        .policyStatus()
                        .isPublic())
                .isFalse();
        S3.client().deleteBucketPolicy(r -> r.bucket(bucket));
        S3.client().deleteBucketPolicy(r -> r.bucket(bucket));
        refused(404, "NoSuchBucketPolicy", () -> S3.client().getBucketPolicy(r -> r.bucket(bucket)));
    }

    @Test
    void aPublicPolicyIsTakenOnlyWhereThatIsNotBlocked() {
        var bucket = S3.bucket();
        var policy = policy(statement(bucket, "\"*\""));

        refused(
                403,
                "AccessDenied",
                () -> S3.client().putBucketPolicy(r -> r.bucket(bucket).policy(policy)));
        S3.client().deletePublicAccessBlock(r -> r.bucket(bucket));
        S3.client().putBucketPolicy(r -> r.bucket(bucket).policy(policy));

        assertThat(S3.client()
                        .getBucketPolicyStatus(r -> r.bucket(bucket))
                        .policyStatus()
                        .isPublic())
                .isTrue();
    }

    @Test
    void whatIsNoPolicyIsRefused() {
        var bucket = S3.bucket();

        refused(
                400,
                "MalformedPolicy",
                () -> S3.client().putBucketPolicy(r -> r.bucket(bucket).policy("{}")));
    }
}
