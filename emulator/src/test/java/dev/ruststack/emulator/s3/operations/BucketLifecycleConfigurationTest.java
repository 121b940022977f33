package dev.ruststack.emulator.s3.operations;

import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.code;
import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.put;
import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.TransitionStorageClass;

class BucketLifecycleConfigurationTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    @Test
    void whatIsSetIsGivenBack() {
        var bucket = S3.bucket();
        var rule = LifecycleRule.builder()
                .id("old")
                .status(ExpirationStatus.ENABLED)
                .filter(f -> f.and(a -> a.prefix("logs/").objectSizeGreaterThan(10L)))
                .expiration(e -> e.days(30))
                .transitions(t -> t.days(10).storageClass(TransitionStorageClass.GLACIER))
                .noncurrentVersionExpiration(n -> n.noncurrentDays(3).newerNoncurrentVersions(2))
                .abortIncompleteMultipartUpload(a -> a.daysAfterInitiation(7))
                .build();

        S3.client().putBucketLifecycleConfiguration(r -> r.bucket(bucket).lifecycleConfiguration(c -> c.rules(rule)));

        var got = S3.client().getBucketLifecycleConfiguration(r -> r.bucket(bucket));
        assertThat(got.rules()).containsExactly(rule);
        assertThat(got.transitionDefaultMinimumObjectSizeAsString()).isEqualTo("all_storage_classes_128K");
    }

    @Test
    void rulesOfTheFirstGenerationAreTakenAndGetAnId() throws IOException {
        var bucket = S3.bucket();

        put(
                S3,
                bucket,
                "lifecycle",
                "<LifecycleConfiguration><Rule><Prefix>a/</Prefix><Status>Enabled</Status>"
                        + "<Expiration><Date>2030-01-01T00:00:00Z</Date></Expiration></Rule></LifecycleConfiguration>");

        var rule = S3.client()
                .getBucketLifecycleConfiguration(r -> r.bucket(bucket))
                .rules()
                .getFirst();
        assertThat(rule.id()).isNotBlank();
        assertThat(rule.expiration().date()).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(S3.send("GET", "/" + bucket + "?lifecycle").text())
                .contains("<Prefix>a/</Prefix>", "<Date>2030-01-01T00:00:00.000Z</Date>");
    }

    @Test
    void bucketWithoutOneSaysSo() {
        var bucket = S3.bucket();

        refused(
                404,
                "NoSuchLifecycleConfiguration",
                () -> S3.client().getBucketLifecycleConfiguration(r -> r.bucket(bucket)));
    }

    @Test
    void whatIsRemovedIsGone() {
        var bucket = S3.bucket();
        S3.client()
                .putBucketLifecycleConfiguration(r -> r.bucket(bucket)
                        .lifecycleConfiguration(c -> c.rules(LifecycleRule.builder()
                                .status(ExpirationStatus.ENABLED)
                                .filter(f -> f.prefix(""))
                                .expiration(e -> e.days(1))
                                .build())));

        S3.client().deleteBucketLifecycle(r -> r.bucket(bucket));
        S3.client().deleteBucketLifecycle(r -> r.bucket(bucket));

        refused(
                404,
                "NoSuchLifecycleConfiguration",
                () -> S3.client().getBucketLifecycleConfiguration(r -> r.bucket(bucket)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                " | MalformedXML",
                "<Rule><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule> | MalformedXML",
                "<Rule><Prefix/><Filter/><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule> | MalformedXML",
                "<Rule><Filter/><Status>On</Status><Expiration><Days>1</Days></Expiration></Rule> | MalformedXML",
                "<Rule><Filter/><Status>Enabled</Status></Rule> | InvalidRequest",
                "<Rule><Filter/><Status>Enabled</Status><Expiration><Days>0</Days></Expiration></Rule> | InvalidArgument",
                "<Rule><Filter/><Status>Enabled</Status><Expiration><Days>x</Days></Expiration></Rule> | MalformedXML",
                "<Rule><Filter/><Status>Enabled</Status><Expiration><Days>1</Days><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration></Rule> | MalformedXML",
                "<Rule><Filter/><Status>Enabled</Status><Expiration><Date>2030-01-01T01:00:00Z</Date></Expiration></Rule> | InvalidArgument",
                "<Rule><Filter><Prefix>a</Prefix><ObjectSizeLessThan>1</ObjectSizeLessThan></Filter><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule> | MalformedXML",
                "<Rule><ID>a</ID><Filter/><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule><Rule><ID>a</ID><Filter/><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule> | InvalidArgument",
                "<Rule><Filter/><Status>Enabled</Status><Transition><Days>1</Days><StorageClass>STANDARD</StorageClass></Transition></Rule> | MalformedXML",
                "<Rule><Filter/><Status>Enabled</Status><NoncurrentVersionExpiration/></Rule> | MalformedXML"
            })
    void documentsThatS3DoesNotTakeAreRefused(String content, String code) throws IOException {
        var document = "<LifecycleConfiguration>" + content + "</LifecycleConfiguration>";

        var reply = put(S3, S3.bucket(), "lifecycle", document);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(code);
    }
}
