package dev.ruststack.emulator.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.s3.S3Fixture.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.InvalidObjectStateException;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.TransitionStorageClass;

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

    @Test
    void whoMakesAnObjectIsToldWhenItExpires() throws IOException {
        var bucket = bucket(rule("logs", "logs/").expiration(e -> e.days(3)));
        S3.put(bucket, "key", "text");

        var copy =
                S3.send("PUT", "/" + bucket + "/logs/copy", Map.of("x-amz-copy-source", bucket + "/key"), new byte[0]);
        var upload = S3.client()
                .createMultipartUpload(r -> r.bucket(bucket).key("logs/parts"))
                .uploadId();
        var part = S3.client()
                .uploadPart(
                        r -> r.bucket(bucket).key("logs/parts").uploadId(upload).partNumber(1),
                        RequestBody.fromString("part"))
                .eTag();
        var completed = S3.client()
                .completeMultipartUpload(r -> r.bucket(bucket)
                        .key("logs/parts")
                        .uploadId(upload)
                        .multipartUpload(m -> m.parts(p -> p.partNumber(1).eTag(part))));

        assertThat(copy.header("x-amz-expiration")).contains("rule-id=\"logs\"");
        assertThat(completed.expiration()).contains("rule-id=\"logs\"");
    }

    @Test
    void whoBeginsAnUploadIsToldWhenItIsAborted() {
        var bucket = bucket(
                rule("late", "").abortIncompleteMultipartUpload(a -> a.daysAfterInitiation(9)),
                rule("soon", "").abortIncompleteMultipartUpload(a -> a.daysAfterInitiation(2)));

        var begun = S3.client().createMultipartUpload(r -> r.bucket(bucket).key("key"));
        var listed = S3.client().listParts(r -> r.bucket(bucket).key("key").uploadId(begun.uploadId()));

        assertThat(begun.abortRuleId()).isEqualTo("soon");
        assertThat(begun.abortDate()).isEqualTo(begun.abortDate().truncatedTo(ChronoUnit.DAYS));
        assertThat(listed.abortRuleId()).isEqualTo("soon");
        assertThat(listed.abortDate()).isEqualTo(begun.abortDate());
        pass(1);
        assertThat(S3.client().listMultipartUploads(r -> r.bucket(bucket)).uploads())
                .hasSize(1);
    }

    private static void put(String bucket, String key, int size) {
        S3.client().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(new byte[size]));
    }

    private static Map<String, String> classes(String bucket) {
        return S3.client().listObjectsV2(r -> r.bucket(bucket)).contents().stream()
                .collect(Collectors.toMap(S3Object::key, S3Object::storageClassAsString));
    }

    @Test
    void objectsBecomeColderWithTime() {
        var bucket = bucket(rule("cold", "")
                .transitions(
                        t -> t.days(30).storageClass(TransitionStorageClass.STANDARD_IA),
                        t -> t.days(90).storageClass(TransitionStorageClass.GLACIER_IR)));
        put(bucket, "large", 128 << 10);
        put(bucket, "small", (128 << 10) - 1);
        var modified =
                S3.client().headObject(r -> r.bucket(bucket).key("large")).lastModified();

        pass(29);
        assertThat(classes(bucket)).isEqualTo(Map.of("large", "STANDARD", "small", "STANDARD"));
        pass(2);
        assertThat(classes(bucket)).isEqualTo(Map.of("large", "STANDARD_IA", "small", "STANDARD"));
        pass(60);
        assertThat(classes(bucket)).isEqualTo(Map.of("large", "GLACIER_IR", "small", "STANDARD"));
        var head = S3.client().headObject(r -> r.bucket(bucket).key("large"));
        assertThat(head.storageClassAsString()).isEqualTo("GLACIER_IR");
        assertThat(head.lastModified()).isEqualTo(modified);
        assertThat(S3.client()
                        .getObjectAsBytes(r -> r.bucket(bucket).key("large"))
                        .asByteArray())
                .hasSize(128 << 10);
    }

    @Test
    void nothingIsReadFromAnArchive() {
        var bucket = bucket(rule("archive", "")
                .filter(f -> f.objectSizeGreaterThan(1L))
                .transitions(t -> t.days(0).storageClass(TransitionStorageClass.GLACIER)));
        S3.put(bucket, "key", "text");

        pass(1);

        assertThat(classes(bucket)).isEqualTo(Map.of("key", "GLACIER"));
        assertThatThrownBy(
                        () -> S3.client().getObjectAsBytes(r -> r.bucket(bucket).key("key")))
                .isInstanceOfSatisfying(
                        InvalidObjectStateException.class,
                        error -> assertThat(error.storageClassAsString()).isEqualTo("GLACIER"));
        assertThatThrownBy(() -> S3.client()
                        .copyObject(r -> r.sourceBucket(bucket)
                                .sourceKey("key")
                                .destinationBucket(bucket)
                                .destinationKey("copy")))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("storage class");
        assertThat(S3.client().headObject(r -> r.bucket(bucket).key("key")).contentLength())
                .isEqualTo(4);
    }

    @Test
    void olderVersionsHaveTransitionsOfTheirOwn() {
        var bucket = bucket(rule("older", "")
                .noncurrentVersionTransitions(t -> t.noncurrentDays(3)
                        .newerNoncurrentVersions(1)
                        .storageClass(TransitionStorageClass.ONEZONE_IA)));
        versioned(bucket);
        for (int i = 0; i < 3; i++) {
            put(bucket, "key", 200_000 + i);
        }

        pass(5);

        assertThat(S3.client().listObjectVersions(r -> r.bucket(bucket)).versions())
                .extracting(ObjectVersion::storageClassAsString)
                .containsExactly("STANDARD", "STANDARD", "ONEZONE_IA");
    }
}
