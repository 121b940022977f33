package dev.ruststack.emulator.s3.operations;

import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.code;
import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.MetricsConfiguration;
import software.amazon.awssdk.services.s3.model.MetricsFilter;

class BucketMetricsConfigurationTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    @Test
    void documentsAreTheirIds() {
        var bucket = S3.bucket();
        var one = configuration("one");
        var two = configuration("two");

        put(bucket, two);
        put(bucket, one);

        assertThat(get(bucket, "one")).isEqualTo(one);
        assertThat(get(bucket, "two")).isEqualTo(two);
        assertThat(S3.client()
                        .listBucketMetricsConfigurations(r -> r.bucket(bucket))
                        .metricsConfigurationList())
                .containsExactly(one, two);
        S3.client().deleteBucketMetricsConfiguration(r -> r.bucket(bucket).id("one"));
        refused(404, "NoSuchConfiguration", () -> get(bucket, "one"));
        refused(
                404,
                "NoSuchConfiguration",
                () -> S3.client()
                        .deleteBucketMetricsConfiguration(r -> r.bucket(bucket).id("one")));
    }

    @Test
    void listsHavePagesOfAHundred() {
        var bucket = S3.bucket();
        for (int i = 0; i < 150; i++) {
            put(bucket, configuration("id-%03d".formatted(i)));
        }

        var first = S3.client().listBucketMetricsConfigurations(r -> r.bucket(bucket));
        var second = S3.client()
                .listBucketMetricsConfigurations(
                        r -> r.bucket(bucket).continuationToken(first.nextContinuationToken()));

        assertThat(first.isTruncated()).isTrue();
        assertThat(first.metricsConfigurationList()).hasSize(100);
        assertThat(second.isTruncated()).isFalse();
        assertThat(second.metricsConfigurationList()).hasSize(50);
    }

    private static MetricsConfiguration configuration(String id) {
        return MetricsConfiguration.builder()
                .id(id)
                .filter(MetricsFilter.fromPrefix("a/"))
                .build();
    }

    private static void put(String bucket, MetricsConfiguration configuration) {
        S3.client()
                .putBucketMetricsConfiguration(
                        r -> r.bucket(bucket).id(configuration.id()).metricsConfiguration(configuration));
    }

    private static MetricsConfiguration get(String bucket, String id) {
        return S3.client()
                .getBucketMetricsConfiguration(r -> r.bucket(bucket).id(id))
                .metricsConfiguration();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {"<Id>two</Id> | MalformedXML", "<Id>one</Id><Filter/> | MalformedXML"})
    void documentsThatS3DoesNotTakeAreRefused(String content, String code) throws IOException {
        var document = "<MetricsConfiguration>" + content + "</MetricsConfiguration>";

        var reply = ConfigurationAssert.put(S3, S3.bucket(), "metrics&id=one", document);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(code);
    }
}
