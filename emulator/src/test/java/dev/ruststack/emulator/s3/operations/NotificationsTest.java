package dev.ruststack.emulator.s3.operations;

import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.LambdaFunctionConfiguration;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import tools.jackson.databind.JsonNode;

class NotificationsTest {
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:hears";

    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    private static String bucket(String prefix, String... events) {
        var bucket = S3.bucket();
        var function = LambdaFunctionConfiguration.builder()
                .id("one")
                .lambdaFunctionArn(FUNCTION)
                .eventsWithStrings(events)
                .filter(f -> f.key(k -> k.filterRules(List.of(
                        FilterRule.builder().name("prefix").value(prefix).build()))))
                .build();
        S3.client()
                .putBucketNotificationConfiguration(r -> r.bucket(bucket)
                        .notificationConfiguration(c -> c.lambdaFunctionConfigurations(List.of(function))));
        return bucket;
    }

    private static List<String> names(String bucket) {
        return S3.functions().of(bucket).stream()
                .map(event -> event.get("eventName").asString())
                .toList();
    }

    private static JsonNode only(String bucket) {
        var events = S3.functions().of(bucket);
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    @Test
    void anEventTellsWhatHappened() {
        var bucket = bucket("in/", "s3:ObjectCreated:*");

        S3.put(bucket, "in/a b+ü.txt", "text");

        var event = only(bucket);
        assertThat(event.propertyNames())
                .containsExactly(
                        "eventVersion",
                        "eventSource",
                        "awsRegion",
                        "eventTime",
                        "eventName",
                        "userIdentity",
                        "requestParameters",
                        "responseElements",
                        "s3");
        assertThat(event.at("/eventVersion").asString()).isEqualTo("2.1");
        assertThat(event.at("/eventSource").asString()).isEqualTo("aws:s3");
        assertThat(event.at("/awsRegion").asString()).isEqualTo("us-east-1");
        assertThat(event.at("/eventName").asString()).isEqualTo("ObjectCreated:Put");
        assertThat(event.at("/requestParameters/sourceIPAddress").asString()).isEqualTo("127.0.0.1");
        assertThat(event.at("/responseElements/x-amz-request-id").asString()).hasSize(16);
        assertThat(event.at("/s3/s3SchemaVersion").asString()).isEqualTo("1.0");
        assertThat(event.at("/s3/configurationId").asString()).isEqualTo("one");
        assertThat(event.at("/s3/bucket/arn").asString()).isEqualTo("arn:aws:s3:::" + bucket);
        assertThat(event.at("/s3/object/key").asString()).isEqualTo("in/a+b%2B%C3%BC.txt");
        assertThat(event.at("/s3/object/size").asLong()).isEqualTo(4);
        assertThat(event.at("/s3/object/eTag").asString()).isEqualTo("1cb251ec0d568de6a929b520c4aed8d1");
        assertThat(event.at("/s3/object").has("versionId")).isFalse();
        assertThat(event.at("/s3/object/sequencer").asString()).hasSize(18);
    }

    @Test
    void onlyWhatIsAskedForIsTold() {
        var bucket = bucket("in/", "s3:ObjectCreated:Copy", "s3:ObjectRemoved:Delete");

        S3.put(bucket, "in/a", "text");
        S3.client()
                .copyObject(r -> r.sourceBucket(bucket)
                        .sourceKey("in/a")
                        .destinationBucket(bucket)
                        .destinationKey("in/b"));
        S3.client()
                .copyObject(r -> r.sourceBucket(bucket)
                        .sourceKey("in/a")
                        .destinationBucket(bucket)
                        .destinationKey("out/b"));
        S3.client().deleteObject(r -> r.bucket(bucket).key("in/a"));
        S3.client().deleteObject(r -> r.bucket(bucket).key("in/never-there"));
        S3.client()
                .deleteObjects(r -> r.bucket(bucket)
                        .delete(d ->
                                d.objects(ObjectIdentifier.builder().key("in/b").build())));

        assertThat(names(bucket)).containsExactly("ObjectCreated:Copy", "ObjectRemoved:Delete", "ObjectRemoved:Delete");
        var removed = S3.functions().of(bucket).getLast();
        assertThat(removed.at("/s3/object").propertyNames()).containsExactly("key", "sequencer");
        assertThat(S3.functions().of(bucket))
                .extracting(event -> event.at("/s3/object/sequencer").asString())
                .isSorted();
    }

    @Test
    void versionsAndDeleteMarkersAreTold() {
        var bucket = bucket("", "s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:ObjectTagging:*");
        S3.client()
                .putBucketVersioning(
                        r -> r.bucket(bucket).versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));

        S3.put(bucket, "key", "text");
        var marker = S3.client().deleteObject(r -> r.bucket(bucket).key("key")).versionId();
        S3.client().deleteObject(r -> r.bucket(bucket).key("key").versionId(marker));
        S3.client().deleteObjectTagging(r -> r.bucket(bucket).key("key"));

        assertThat(names(bucket))
                .containsExactly(
                        "ObjectCreated:Put",
                        "ObjectRemoved:DeleteMarkerCreated",
                        "ObjectRemoved:Delete",
                        "ObjectTagging:Delete");
        assertThat(S3.functions().of(bucket).get(1).at("/s3/object/versionId").asString())
                .isEqualTo(marker);
    }

    @Test
    void aFunctionThatIsNotThereIsRefused() {
        var bucket = S3.bucket();

        refused(
                400,
                "InvalidArgument",
                () -> S3.client()
                        .putBucketNotificationConfiguration(r -> r.bucket(bucket)
                                .notificationConfiguration(c ->
                                        c.lambdaFunctionConfigurations(List.of(LambdaFunctionConfiguration.builder()
                                                .lambdaFunctionArn(FUNCTION.replace("hears", "missing"))
                                                .eventsWithStrings("s3:ObjectCreated:*")
                                                .build())))));
    }
}
