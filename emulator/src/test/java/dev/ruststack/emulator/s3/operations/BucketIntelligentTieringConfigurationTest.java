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
import software.amazon.awssdk.services.s3.model.IntelligentTieringConfiguration;

class BucketIntelligentTieringConfigurationTest {
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
                        .listBucketIntelligentTieringConfigurations(r -> r.bucket(bucket))
                        .intelligentTieringConfigurationList())
                .containsExactly(one, two);
        S3.client()
                .deleteBucketIntelligentTieringConfiguration(
                        r -> r.bucket(bucket).id("one"));
        refused(404, "NoSuchConfiguration", () -> get(bucket, "one"));
        refused(
                404,
                "NoSuchConfiguration",
                () -> S3.client()
                        .deleteBucketIntelligentTieringConfiguration(
                                r -> r.bucket(bucket).id("one")));
    }

    @Test
    void listsHavePagesOfAHundred() {
        var bucket = S3.bucket();
        for (int i = 0; i < 150; i++) {
            put(bucket, configuration("id-%03d".formatted(i)));
        }

        var first = S3.client().listBucketIntelligentTieringConfigurations(r -> r.bucket(bucket));
        var second = S3.client()
                .listBucketIntelligentTieringConfigurations(
                        r -> r.bucket(bucket).continuationToken(first.nextContinuationToken()));

        assertThat(first.isTruncated()).isTrue();
        assertThat(first.intelligentTieringConfigurationList()).hasSize(100);
        assertThat(second.isTruncated()).isFalse();
        assertThat(second.intelligentTieringConfigurationList()).hasSize(50);
    }

    private static IntelligentTieringConfiguration configuration(String id) {
        return IntelligentTieringConfiguration.builder()
                .id(id)
                .status("Enabled")
                .tierings(t -> t.days(90).accessTier("ARCHIVE_ACCESS"))
                .build();
    }

    private static void put(String bucket, IntelligentTieringConfiguration configuration) {
        S3.client()
                .putBucketIntelligentTieringConfiguration(
                        r -> r.bucket(bucket).id(configuration.id()).intelligentTieringConfiguration(configuration));
    }

    private static IntelligentTieringConfiguration get(String bucket, String id) {
        return S3.client()
                .getBucketIntelligentTieringConfiguration(r -> r.bucket(bucket).id(id))
                .intelligentTieringConfiguration();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "<Id>one</Id><Status>Enabled</Status> | MalformedXML",
                "<Id>one</Id><Status>Enabled</Status><Tiering><Days>1</Days><AccessTier>ARCHIVE_ACCESS</AccessTier></Tiering> | InvalidArgument",
                "<Id>one</Id><Status>Enabled</Status><Tiering><Days>200</Days><AccessTier>CELLAR</AccessTier></Tiering> | MalformedXML"
            })
    void documentsThatS3DoesNotTakeAreRefused(String content, String code) throws IOException {
        var document = "<IntelligentTieringConfiguration>" + content + "</IntelligentTieringConfiguration>";

        var reply = ConfigurationAssert.put(S3, S3.bucket(), "intelligent-tiering&id=one", document);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(code);
    }
}
