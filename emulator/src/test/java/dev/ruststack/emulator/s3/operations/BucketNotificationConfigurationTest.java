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
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.LambdaFunctionConfiguration;

class BucketNotificationConfigurationTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:thumbnails";

    @Test
    void bucketWithoutOneHasAnEmptyOne() {
        var bucket = S3.bucket();

        var got = S3.client().getBucketNotificationConfiguration(r -> r.bucket(bucket));

        assertThat(got.lambdaFunctionConfigurations()).isEmpty();
        assertThat(got.eventBridgeConfiguration()).isNull();
    }

    @Test
    void whatIsSetIsGivenBack() {
        var bucket = S3.bucket();
        var function = LambdaFunctionConfiguration.builder()
                .id("thumbnails")
                .lambdaFunctionArn(FUNCTION)
                .events(Event.S3_OBJECT_CREATED)
                .filter(f -> f.key(k -> k.filterRules(
                        rule -> rule.name("prefix").value("in/"),
                        rule -> rule.name("suffix").value(".png"))))
                .build();

        S3.client()
                .putBucketNotificationConfiguration(
                        r -> r.bucket(bucket).notificationConfiguration(c -> c.lambdaFunctionConfigurations(function)));

        var got = S3.client()
                .getBucketNotificationConfiguration(r -> r.bucket(bucket))
                .lambdaFunctionConfigurations();
        assertThat(got).hasSize(1);
        assertThat(got.getFirst().id()).isEqualTo("thumbnails");
        assertThat(got.getFirst().lambdaFunctionArn()).isEqualTo(FUNCTION);
        assertThat(got.getFirst().events()).containsExactly(Event.S3_OBJECT_CREATED);
        assertThat(got.getFirst().filter().key().filterRules())
                .extracting(rule -> rule.nameAsString() + "=" + rule.value())
                .containsExactly("Prefix=in/", "Suffix=.png");
    }

    @Test
    void otherDestinationsAreRefusedByName() {
        var bucket = S3.bucket();

        refused(
                501,
                "NotImplemented",
                () -> S3.client()
                        .putBucketNotificationConfiguration(r -> r.bucket(bucket)
                                .notificationConfiguration(c ->
                                        c.queueConfigurations(q -> q.queueArn("arn:aws:sqs:us-east-1:000000000000:q")
                                                .events(Event.S3_OBJECT_CREATED)))));
        refused(
                501,
                "NotImplemented",
                () -> S3.client()
                        .putBucketNotificationConfiguration(r ->
                                r.bucket(bucket).notificationConfiguration(c -> c.eventBridgeConfiguration(e -> {}))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "<CloudFunctionConfiguration><Event>s3:ObjectCreated:*</Event></CloudFunctionConfiguration> | MalformedXML",
                "<CloudFunctionConfiguration><CloudFunction>f</CloudFunction><Event>s3:Nothing</Event></CloudFunctionConfiguration> | InvalidArgument",
                "<CloudFunctionConfiguration><CloudFunction>f</CloudFunction><Event>s3:ObjectCreated:*</Event><Filter><S3Key><FilterRule><Name>middle</Name><Value>a</Value></FilterRule></S3Key></Filter></CloudFunctionConfiguration> | InvalidArgument"
            })
    void documentsThatS3DoesNotTakeAreRefused(String content, String code) throws IOException {
        var document = "<NotificationConfiguration>" + content + "</NotificationConfiguration>";

        var reply = put(S3, S3.bucket(), "notification", document);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(code);
    }

    private static String function(String id, String event, String prefix, String suffix) {
        return "<CloudFunctionConfiguration><Id>" + id + "</Id><CloudFunction>" + FUNCTION + "</CloudFunction><Event>"
                + event + "</Event><Filter><S3Key>"
                + (prefix == null ? "" : "<FilterRule><Name>prefix</Name><Value>" + prefix + "</Value></FilterRule>")
                + (suffix == null ? "" : "<FilterRule><Name>suffix</Name><Value>" + suffix + "</Value></FilterRule>")
                + "</S3Key></Filter></CloudFunctionConfiguration>";
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "s3:ObjectCreated:*, -, -, s3:ObjectCreated:Put, -, -, Configurations overlap",
                "s3:ObjectCreated:Put, a, -, s3:ObjectCreated:*, -, -, Configurations overlap",
                "s3:ObjectCreated:*, a, -, s3:ObjectCreated:*, a/b, -, Configuration is ambiguously defined",
                "s3:ObjectCreated:*, a, .png, s3:ObjectCreated:*, a, g, Configuration is ambiguously defined",
                "s3:ObjectCreated:*, a, -, s3:ObjectCreated:*, -, .png, Configuration is ambiguously defined",
            })
    void configurationsThatOverlapAreRefused(
            String event, String prefix, String suffix, String event2, String prefix2, String suffix2, String text)
            throws IOException {
        var document = "<NotificationConfiguration>" + function("one", event, prefix, suffix)
                + function("two", event2, prefix2, suffix2) + "</NotificationConfiguration>";

        var reply = put(S3, S3.bucket(), "notification", document);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo("InvalidArgument");
        assertThat(ConfigurationAssert.message(reply)).startsWith(text);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "s3:ObjectCreated:Put, -, -, s3:ObjectCreated:Copy, -, -",
                "s3:ObjectCreated:*, a/, -, s3:ObjectCreated:*, b/, -",
                "s3:ObjectCreated:*, a/, .png, s3:ObjectCreated:*, a/, .jpg",
            })
    void configurationsApartFromOneAnotherAreTaken(
            String event, String prefix, String suffix, String event2, String prefix2, String suffix2)
            throws IOException {
        var document = "<NotificationConfiguration>" + function("one", event, prefix, suffix)
                + function("two", event2, prefix2, suffix2) + "</NotificationConfiguration>";

        assertThat(put(S3, S3.bucket(), "notification", document).status()).isEqualTo(200);
    }
}
