package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.s3.LegalHold;
import dev.ruststack.emulator.s3.Retention;
import dev.ruststack.emulator.s3.S3Fixture;
import dev.ruststack.emulator.s3.store.Attachments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

/** Object Lock: configuration, retention, legal hold, and what may be removed. */
class ObjectLockTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    private static final AtomicInteger LAST = new AtomicInteger();
    private static final String PROTECTED = "Access Denied because object protected by object lock.";

    private static String bucket() {
        var name = "locked-" + LAST.incrementAndGet();
        S3.client().createBucket(r -> r.bucket(name).objectLockEnabledForBucket(true));
        return name;
    }

    private static Instant in(Duration time) {
        return Instant.now().plus(time).truncatedTo(ChronoUnit.SECONDS);
    }

    private static void retain(String bucket, String id, ObjectLockRetentionMode mode, Instant until, boolean bypass) {
        S3.client()
                .putObjectRetention(r -> r.bucket(bucket)
                        .key("key")
                        .versionId(id)
                        .bypassGovernanceRetention(bypass ? true : null)
                        .retention(t -> t.mode(mode).retainUntilDate(until)));
    }

    private static void remove(String bucket, String id, boolean bypass) {
        S3.client()
                .deleteObject(
                        r -> r.bucket(bucket).key("key").versionId(id).bypassGovernanceRetention(bypass ? true : null));
    }

    private static void denied(ThrowingCallable call) {
        assertThat(Versioned.message(Versioned.refused(403, "AccessDenied", call)))
                .isEqualTo(PROTECTED);
    }

    private static S3Fixture.Reply put(String target, Map<String, String> headers, String body) throws Exception {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var all = new HashMap<>(headers);
        all.put(
                "Content-MD5",
                Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("MD5").digest(bytes)));
        return S3.send("PUT", target, all, bytes);
    }

    @Test
    void aBucketMadeWithLocksIsVersioned() {
        var bucket = bucket();

        assertThat(S3.client().getBucketVersioning(r -> r.bucket(bucket)).status())
                .isEqualTo(BucketVersioningStatus.ENABLED);
        var configuration =
                S3.client().getObjectLockConfiguration(r -> r.bucket(bucket)).objectLockConfiguration();
        assertThat(configuration.objectLockEnabled()).isEqualTo(ObjectLockEnabled.ENABLED);
        assertThat(configuration.rule()).isNull();
        var error = Versioned.refused(409, "InvalidBucketState", () -> Versioned.suspend(S3, bucket));
        assertThat(Versioned.message(error))
                .isEqualTo("An Object Lock configuration is present on this bucket, so the versioning state cannot be "
                        + "changed.");
        Versioned.set(S3, bucket, BucketVersioningStatus.ENABLED);
    }

    @Test
    void locksNeedVersioning() {
        var bucket = S3.bucket();
        Versioned.refused(
                404,
                "ObjectLockConfigurationNotFoundError",
                () -> S3.client().getObjectLockConfiguration(r -> r.bucket(bucket)));
        ThrowingCallable enable = () -> S3.client()
                .putObjectLockConfiguration(r ->
                        r.bucket(bucket).objectLockConfiguration(c -> c.objectLockEnabled(ObjectLockEnabled.ENABLED)));

        Versioned.refused(409, "InvalidBucketState", enable);
        Versioned.set(S3, bucket, BucketVersioningStatus.ENABLED);
        assertThatCode(enable).doesNotThrowAnyException();
        assertThat(S3.client()
                        .getObjectLockConfiguration(r -> r.bucket(bucket))
                        .objectLockConfiguration()
                        .objectLockEnabledAsString())
                .isEqualTo("Enabled");
    }

    @ParameterizedTest
    @CsvSource({
        "'', MalformedXML",
        "<ObjectLockEnabled>Disabled</ObjectLockEnabled>, MalformedXML",
        "<ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule/>, MalformedXML",
        "<ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention/></Rule>, MalformedXML",
        "<ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode>"
                + "</DefaultRetention></Rule>, MalformedXML",
        "<ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>1</Days>"
                + "<Years>1</Years></DefaultRetention></Rule>, MalformedXML",
        "<ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>other</Mode><Days>1</Days>"
                + "</DefaultRetention></Rule>, MalformedXML",
        "<ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>0</Days>"
                + "</DefaultRetention></Rule>, InvalidRetentionPeriod",
        "<ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Years>101"
                + "</Years></DefaultRetention></Rule>, InvalidRetentionPeriod",
    })
    void configurationsThatSayNothingAreRefused(String content, String code) throws Exception {
        var bucket = bucket();

        var reply = put(
                "/" + bucket + "?object-lock",
                Map.of(),
                "<ObjectLockConfiguration>" + content + "</ObjectLockConfiguration>");

        assertThat(reply.text()).contains("<Code>" + code + "</Code>");
    }

    @Test
    void theBucketsRetentionIsThatOfVersionsWithoutOne() {
        var bucket = bucket();
        S3.client()
                .putObjectLockConfiguration(r -> r.bucket(bucket)
                        .objectLockConfiguration(c -> c.objectLockEnabled(ObjectLockEnabled.ENABLED)
                                .rule(u -> u.defaultRetention(d -> d.mode(ObjectLockRetentionMode.GOVERNANCE)
                                        .days(3)))));

        var id = Versioned.put(S3, bucket, "key", "content");
        var upload = S3.client()
                .createMultipartUpload(r -> r.bucket(bucket).key("upload"))
                .uploadId();
        var eTag = S3.client()
                .uploadPart(
                        r -> r.bucket(bucket).key("upload").uploadId(upload).partNumber(1),
                        RequestBody.fromString("part"))
                .eTag();
        S3.client()
                .completeMultipartUpload(r -> r.bucket(bucket)
                        .key("upload")
                        .uploadId(upload)
                        .multipartUpload(m -> m.parts(p -> p.partNumber(1).eTag(eTag))));

        for (var key : List.of("key", "upload")) {
            var head = S3.client().headObject(r -> r.bucket(bucket).key(key));
            assertThat(head.objectLockMode()).isEqualTo(ObjectLockMode.GOVERNANCE);
            assertThat(head.objectLockRetainUntilDate()).isBetween(in(Duration.ofDays(2)), in(Duration.ofDays(4)));
        }
        denied(() -> remove(bucket, id, false));
        remove(bucket, id, true);
    }

    @Test
    void headersLockTheNewVersion() {
        var bucket = bucket();
        var until = in(Duration.ofDays(1));
        var id = S3.client()
                .putObject(
                        r -> r.bucket(bucket)
                                .key("key")
                                .objectLockMode(ObjectLockMode.COMPLIANCE)
                                .objectLockRetainUntilDate(until)
                                .objectLockLegalHoldStatus(ObjectLockLegalHoldStatus.ON),
                        RequestBody.fromString("content"))
                .versionId();

        var got = Versioned.get(S3, bucket, "key", id).response();
        assertThat(got.objectLockMode()).isEqualTo(ObjectLockMode.COMPLIANCE);
        assertThat(got.objectLockRetainUntilDate()).isEqualTo(until);
        assertThat(got.objectLockLegalHoldStatus()).isEqualTo(ObjectLockLegalHoldStatus.ON);
        var retention =
                S3.client().getObjectRetention(r -> r.bucket(bucket).key("key")).retention();
        assertThat(retention.modeAsString()).isEqualTo("COMPLIANCE");
        assertThat(retention.retainUntilDate()).isEqualTo(until);
        // A copy gets no lock of its source.
        var copied = S3.client()
                .copyObject(r -> r.sourceBucket(bucket)
                        .sourceKey("key")
                        .destinationBucket(bucket)
                        .destinationKey("copy"));
        assertThat(copied.versionId()).isNotNull();
        assertThat(S3.client().headObject(r -> r.bucket(bucket).key("copy")).objectLockMode())
                .isNull();
    }

    @Test
    void aLockedVersionGetsAMarkerAndStays() {
        var bucket = bucket();
        var id = Versioned.put(S3, bucket, "key", "content");
        S3.client()
                .putObjectLegalHold(
                        r -> r.bucket(bucket).key("key").legalHold(h -> h.status(ObjectLockLegalHoldStatus.ON)));

        assertThat(S3.client().deleteObject(r -> r.bucket(bucket).key("key")).deleteMarker())
                .isTrue();
        denied(() -> remove(bucket, id, true));
        var many = S3.client()
                .deleteObjects(r ->
                        r.bucket(bucket).delete(d -> d.objects(o -> o.key("key").versionId(id))));
        assertThat(many.errors())
                .extracting(error -> error.code() + ": " + error.message())
                .containsExactly("AccessDenied: " + PROTECTED);

        S3.client()
                .putObjectLegalHold(r -> r.bucket(bucket)
                        .key("key")
                        .versionId(id)
                        .legalHold(h -> h.status(ObjectLockLegalHoldStatus.OFF)));
        assertThat(S3.client()
                        .getObjectLegalHold(r -> r.bucket(bucket).key("key").versionId(id))
                        .legalHold()
                        .status())
                .isEqualTo(ObjectLockLegalHoldStatus.OFF);
        remove(bucket, id, false);
    }

    @Test
    void retentionByGovernanceIsShortenedOnlyByWhoBypassesIt() {
        var bucket = bucket();
        var id = Versioned.put(S3, bucket, "key", "content");
        retain(bucket, id, ObjectLockRetentionMode.GOVERNANCE, in(Duration.ofDays(2)), false);

        retain(bucket, id, ObjectLockRetentionMode.GOVERNANCE, in(Duration.ofDays(3)), false);
        denied(() -> retain(bucket, id, ObjectLockRetentionMode.GOVERNANCE, in(Duration.ofDays(1)), false));
        denied(() -> retain(bucket, id, ObjectLockRetentionMode.COMPLIANCE, in(Duration.ofDays(4)), false));
        denied(() -> retain(bucket, id, null, null, false));
        denied(() -> remove(bucket, id, false));
        retain(bucket, id, ObjectLockRetentionMode.GOVERNANCE, in(Duration.ofDays(1)), true);
        retain(bucket, id, null, null, true);

        Versioned.refused(
                404,
                "NoSuchObjectLockConfiguration",
                () -> S3.client().getObjectRetention(r -> r.bucket(bucket).key("key")));
        remove(bucket, id, false);
    }

    @Test
    void retentionByComplianceIsShortenedByNoOne() {
        var bucket = bucket();
        var id = Versioned.put(S3, bucket, "key", "content");
        retain(bucket, id, ObjectLockRetentionMode.COMPLIANCE, in(Duration.ofDays(2)), false);

        retain(bucket, id, ObjectLockRetentionMode.COMPLIANCE, in(Duration.ofDays(3)), false);
        denied(() -> retain(bucket, id, ObjectLockRetentionMode.COMPLIANCE, in(Duration.ofDays(1)), true));
        denied(() -> retain(bucket, id, ObjectLockRetentionMode.GOVERNANCE, in(Duration.ofDays(4)), true));
        denied(() -> retain(bucket, id, null, null, true));
        denied(() -> remove(bucket, id, true));
    }

    @Test
    void aRetentionThatIsOverBindsNoOne() {
        var now = Instant.parse("2026-01-02T03:04:05Z");
        var over = Attachments.NONE.withRetention(new Retention(Retention.Mode.COMPLIANCE, now));
        var holds = over.withRetention(new Retention(Retention.Mode.COMPLIANCE, now.plusSeconds(1)));

        assertThatCode(() -> ObjectLock.checkRemoval(over, false, now)).doesNotThrowAnyException();
        assertThatCode(() -> ObjectLock.checkReplacement(over.retention(), null, false, now))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ObjectLock.checkRemoval(holds, true, now)).isInstanceOf(AwsException.class);
        assertThatThrownBy(() -> ObjectLock.checkRemoval(over.withLegalHold(LegalHold.ON), true, now))
                .isInstanceOf(AwsException.class);
    }

    @Test
    void withoutLocksOnTheBucketNothingCanBeLocked() {
        var bucket = Versioned.bucket(S3);
        var id = Versioned.put(S3, bucket, "key", "content");

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> retain(bucket, id, ObjectLockRetentionMode.GOVERNANCE, in(Duration.ofDays(1)), false),
                () -> S3.client().getObjectRetention(r -> r.bucket(bucket).key("key")),
                () -> S3.client().getObjectLegalHold(r -> r.bucket(bucket).key("key")),
                () -> S3.client()
                        .putObjectLegalHold(r ->
                                r.bucket(bucket).key("key").legalHold(h -> h.status(ObjectLockLegalHoldStatus.ON))),
                () -> S3.client()
                        .putObject(
                                r -> r.bucket(bucket)
                                        .key("key")
                                        .objectLockLegalHoldStatus(ObjectLockLegalHoldStatus.ON),
                                RequestBody.empty()))) {
            assertThat(Versioned.message(Versioned.refused(400, "InvalidRequest", call)))
                    .isEqualTo("Bucket is missing Object Lock Configuration");
        }
        var error = Versioned.refused(400, "InvalidArgument", () -> remove(bucket, id, true));
        assertThat(Versioned.message(error))
                .isEqualTo("x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.");
    }

    @ParameterizedTest
    @CsvSource({
        "mode, GOVERNANCE, x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
        "retain-until-date, 2099-01-01T00:00:00Z, "
                + "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
        "legal-hold, SOME, Legal Hold must be either of 'ON' or 'OFF'",
    })
    void headersThatSayNothingAreInvalidArguments(String header, String value, String message) throws Exception {
        var reply = put("/" + bucket() + "/key", Map.of("x-amz-object-lock-" + header, value), "content");

        assertThat(reply.text()).contains("<Code>InvalidArgument</Code><Message>" + message + "</Message>");
    }

    @ParameterizedTest
    @CsvSource({
        "GOVERNANCE, 2020-01-01T00:00:00Z, The retain until date must be in the future!",
        "GOVERNANCE, tomorrow, The retain until date must be provided in ISO 8601 format",
        "OTHER, 2099-01-01T00:00:00Z, Unknown wormMode directive.",
    })
    void retentionsThatCannotBeAreInvalidArguments(String mode, String date, String message) throws Exception {
        var headers = Map.of("x-amz-object-lock-mode", mode, "x-amz-object-lock-retain-until-date", date);

        var reply = put("/" + bucket() + "/key", headers, "content");

        assertThat(reply.text()).contains("<Code>InvalidArgument</Code><Message>" + message + "</Message>");
    }

    @ParameterizedTest
    @CsvSource({
        "retention, <Retention><Mode>GOVERNANCE</Mode></Retention>, MalformedXML",
        "retention, <Retention><RetainUntilDate>2099-01-01T00:00:00Z</RetainUntilDate></Retention>, MalformedXML",
        "retention, <Retention><Mode>abc</Mode><RetainUntilDate>2099-01-01T00:00:00Z</RetainUntilDate></Retention>, MalformedXML",
        "retention, <Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>2020-01-01T00:00:00Z</RetainUntilDate></Retention>, InvalidArgument",
        "legal-hold, <LegalHold><Status>abc</Status></LegalHold>, MalformedXML",
        "legal-hold, <LegalHold/>, MalformedXML",
    })
    void documentsThatSayNothingAreRefused(String what, String document, String code) throws Exception {
        var bucket = bucket();
        Versioned.put(S3, bucket, "key", "content");

        var reply = put("/" + bucket + "/key?" + what, Map.of(), document);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("<Code>" + code + "</Code>");
    }

    @Test
    void bytesToBeLockedMustBeVouchedFor() throws IOException {
        var bucket = bucket();
        var body = "content".getBytes(StandardCharsets.UTF_8);

        var refused = S3.send("PUT", "/" + bucket + "/key", Map.of("x-amz-object-lock-legal-hold", "ON"), body);
        var plain = S3.send("PUT", "/" + bucket + "/key", Map.of(), body);

        assertThat(refused.text())
                .contains("<Code>InvalidRequest</Code><Message>Content-MD5 OR x-amz-checksum- HTTP header is required "
                        + "for Put Object requests with Object Lock parameters</Message>");
        assertThat(plain.status()).isEqualTo(200);
    }
}
