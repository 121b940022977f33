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
import software.amazon.awssdk.services.s3.model.AnalyticsConfiguration;
import software.amazon.awssdk.services.s3.model.AnalyticsFilter;

class BucketAnalyticsConfigurationTest {
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
                        .listBucketAnalyticsConfigurations(r -> r.bucket(bucket))
                        .analyticsConfigurationList())
                .containsExactly(one, two);
        S3.client().deleteBucketAnalyticsConfiguration(r -> r.bucket(bucket).id("one"));
        refused(404, "NoSuchConfiguration", () -> get(bucket, "one"));
        refused(
                404,
                "NoSuchConfiguration",
                () -> S3.client()
                        .deleteBucketAnalyticsConfiguration(
                                r -> r.bucket(bucket).id("one")));
    }

    @Test
    void listsHavePagesOfAHundred() {
        var bucket = S3.bucket();
        for (int i = 0; i < 150; i++) {
            put(bucket, configuration("id-%03d".formatted(i)));
        }

        var first = S3.client().listBucketAnalyticsConfigurations(r -> r.bucket(bucket));
        var second = S3.client()
                .listBucketAnalyticsConfigurations(
                        r -> r.bucket(bucket).continuationToken(first.nextContinuationToken()));

        assertThat(first.isTruncated()).isTrue();
        assertThat(first.analyticsConfigurationList()).hasSize(100);
        assertThat(second.isTruncated()).isFalse();
        assertThat(second.analyticsConfigurationList()).hasSize(50);
    }

    private static AnalyticsConfiguration configuration(String id) {
        return AnalyticsConfiguration.builder()
                .id(id)
                .filter(AnalyticsFilter.fromPrefix("a/"))
                .storageClassAnalysis(s -> s.dataExport(d -> d.outputSchemaVersion("V_1")
                        .destination(
                                t -> t.s3BucketDestination(b -> b.format("CSV").bucket("arn:aws:s3:::b")))))
                .build();
    }

    private static void put(String bucket, AnalyticsConfiguration configuration) {
        S3.client()
                .putBucketAnalyticsConfiguration(
                        r -> r.bucket(bucket).id(configuration.id()).analyticsConfiguration(configuration));
    }

    private static AnalyticsConfiguration get(String bucket, String id) {
        return S3.client()
                .getBucketAnalyticsConfiguration(r -> r.bucket(bucket).id(id))
                .analyticsConfiguration();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {"<Id>one</Id> | MalformedXML", "<Id>two</Id><StorageClassAnalysis/> | MalformedXML"})
    void documentsThatS3DoesNotTakeAreRefused(String content, String code) throws IOException {
        var document = "<AnalyticsConfiguration>" + content + "</AnalyticsConfiguration>";

        var reply = ConfigurationAssert.put(S3, S3.bucket(), "analytics&id=one", document);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(code);
    }
}
