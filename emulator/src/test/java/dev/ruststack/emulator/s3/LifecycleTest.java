package dev.ruststack.emulator.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lifecycle rules are applied, in a time that passes as the test wants it. */
class LifecycleTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    private static String bucket(LifecycleRule.Builder... rules) {
        var bucket = S3.bucket();
        var enabled = List.of(rules).stream()
                .map(rule -> rule.status(ExpirationStatus.ENABLED).build())
                .toList();
        S3.client()
                .putBucketLifecycleConfiguration(r -> r.bucket(bucket).lifecycleConfiguration(c -> c.rules(enabled)));
        return bucket;
    }

    private static LifecycleRule.Builder rule(String id, String prefix) {
        return LifecycleRule.builder().id(id).filter(f -> f.prefix(prefix));
    }

    private static void versioned(String bucket) {
        S3.client()
                .putBucketVersioning(
                        r -> r.bucket(bucket).versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    }

    private static List<String> keys(String bucket) {
        return S3.client().listObjectsV2(r -> r.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private static List<String> versions(String bucket) {
        return S3.client().listObjectVersions(r -> r.bucket(bucket)).versions().stream()
                .map(ObjectVersion::versionId)
                .toList();
    }

    private static void pass(int days) {
        S3.pass(Duration.ofDays(days));
    }

    @Test
    void objectsExpireAtTheMidnightAfterTheirDays() throws IOException {
        var bucket = bucket(rule("logs of old", "logs/").expiration(e -> e.days(3)));
        S3.put(bucket, "logs/a", "text");
        S3.put(bucket, "data/a", "text");

        Reply head = S3.send("HEAD", "/" + bucket + "/logs/a");
        assertThat(head.header("x-amz-expiration"))
                .startsWith("expiry-date=\"")
                .endsWith(" 00:00:00 GMT\", rule-id=\"logs+of+old\"");
        assertThat(S3.send("HEAD", "/" + bucket + "/data/a").header("x-amz-expiration"))
                .isNull();
        pass(2);
        assertThat(keys(bucket)).containsExactly("data/a", "logs/a");
        pass(2);
        assertThat(keys(bucket)).containsExactly("data/a");
    }

    @Test
    void tagsAndSizesNarrowARule() {
        var bucket =
                bucket(rule("big", "").filter(f -> f.objectSizeGreaterThan(5L)).expiration(e -> e.days(1)));
        S3.put(bucket, "small", "12345");
        S3.put(bucket, "big", "123456");

        pass(3);

        assertThat(keys(bucket)).containsExactly("small");
    }

    @Test
    void disabledRulesDoNothing() {
        var bucket = S3.bucket();
        var rule = rule("off", "")
                .expiration(e -> e.days(1))
                .status(ExpirationStatus.DISABLED)
                .build();
        S3.client()
                .putBucketLifecycleConfiguration(
                        r -> r.bucket(bucket).lifecycleConfiguration(c -> c.rules(List.of(rule))));
        S3.put(bucket, "key", "text");

        pass(5);

        assertThat(keys(bucket)).containsExactly("key");
    }

    @Test
    void whereVersionsAreKeptADeleteMarkerIsMadeAndGoesAtLast() {
        var bucket = bucket(
                rule("all", "").expiration(e -> e.days(1)).noncurrentVersionExpiration(n -> n.noncurrentDays(5)),
                rule("markers", "").expiration(e -> e.expiredObjectDeleteMarker(true)));
        versioned(bucket);
        S3.put(bucket, "key", "text");

        pass(2);
        assertThat(keys(bucket)).isEmpty();
        assertThat(versions(bucket)).hasSize(1);
        pass(7);
        assertThat(versions(bucket)).isEmpty();
        pass(1);
        assertThat(S3.client().listObjectVersions(r -> r.bucket(bucket)).deleteMarkers())
                .isEmpty();
    }

    @Test
    void theNewestOlderVersionsMayBeKept() {
        var bucket = bucket(rule("older", "")
                .noncurrentVersionExpiration(n -> n.noncurrentDays(1).newerNoncurrentVersions(1)));
        versioned(bucket);
        for (int i = 0; i < 4; i++) {
            S3.put(bucket, "key", "text " + i);
        }
        var before = versions(bucket);

        pass(3);

        assertThat(versions(bucket)).isEqualTo(before.subList(0, 2));
    }

    @Test
    void staleUploadsAreAborted() {
        var bucket = bucket(rule("uploads", "").abortIncompleteMultipartUpload(a -> a.daysAfterInitiation(1)));
        var upload = S3.client()
                .createMultipartUpload(r -> r.bucket(bucket).key("key"))
                .uploadId();
        S3.client()
                .uploadPart(
                        r -> r.bucket(bucket).key("key").uploadId(upload).partNumber(1),
                        RequestBody.fromString("part"));

        pass(3);

        assertThat(S3.client().listMultipartUploads(r -> r.bucket(bucket)).uploads())
                .isEmpty();
    }
}
