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
import software.amazon.awssdk.services.s3.model.InventoryConfiguration;

class BucketInventoryConfigurationTest {
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
                        .listBucketInventoryConfigurations(r -> r.bucket(bucket))
                        .inventoryConfigurationList())
                .containsExactly(one, two);
        S3.client().deleteBucketInventoryConfiguration(r -> r.bucket(bucket).id("one"));
        refused(404, "NoSuchConfiguration", () -> get(bucket, "one"));
        refused(
                404,
                "NoSuchConfiguration",
                () -> S3.client()
                        .deleteBucketInventoryConfiguration(
                                r -> r.bucket(bucket).id("one")));
    }

    @Test
    void listsHavePagesOfAHundred() {
        var bucket = S3.bucket();
        for (int i = 0; i < 150; i++) {
            put(bucket, configuration("id-%03d".formatted(i)));
        }

        var first = S3.client().listBucketInventoryConfigurations(r -> r.bucket(bucket));
        var second = S3.client()
                .listBucketInventoryConfigurations(
                        r -> r.bucket(bucket).continuationToken(first.nextContinuationToken()));

        assertThat(first.isTruncated()).isTrue();
        assertThat(first.inventoryConfigurationList()).hasSize(100);
        assertThat(second.isTruncated()).isFalse();
        assertThat(second.inventoryConfigurationList()).hasSize(50);
    }

    private static InventoryConfiguration configuration(String id) {
        return InventoryConfiguration.builder()
                .id(id)
                .isEnabled(true)
                .includedObjectVersions("Current")
                .schedule(s -> s.frequency("Daily"))
                .optionalFieldsWithStrings("Size", "ETag")
                .destination(d -> d.s3BucketDestination(
                        b -> b.format("CSV").bucket("arn:aws:s3:::b").encryption(e -> e.ssekms(k -> k.keyId("key")))))
                .build();
    }

    private static void put(String bucket, InventoryConfiguration configuration) {
        S3.client()
                .putBucketInventoryConfiguration(
                        r -> r.bucket(bucket).id(configuration.id()).inventoryConfiguration(configuration));
    }

    private static InventoryConfiguration get(String bucket, String id) {
        return S3.client()
                .getBucketInventoryConfiguration(r -> r.bucket(bucket).id(id))
                .inventoryConfiguration();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "<Id>one</Id> | MalformedXML",
                "<Id>two</Id><IsEnabled>true</IsEnabled><IncludedObjectVersions>All</IncludedObjectVersions><Schedule><Frequency>Daily</Frequency></Schedule><Destination><S3BucketDestination><Format>CSV</Format><Bucket>arn:aws:s3:::b</Bucket></S3BucketDestination></Destination> | IdMismatch",
                "<Id>one</Id><IsEnabled>true</IsEnabled><IncludedObjectVersions>All</IncludedObjectVersions><Schedule><Frequency>Daily</Frequency></Schedule><Destination><S3BucketDestination><Format>CSV</Format><Bucket>b</Bucket></S3BucketDestination></Destination> | InvalidS3DestinationBucket"
            })
    void documentsThatS3DoesNotTakeAreRefused(String content, String code) throws IOException {
        var document = "<InventoryConfiguration>" + content + "</InventoryConfiguration>";

        var reply = ConfigurationAssert.put(S3, S3.bucket(), "inventory&id=one", document);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(code);
    }
}
