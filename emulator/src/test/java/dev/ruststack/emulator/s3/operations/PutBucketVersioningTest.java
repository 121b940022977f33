package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.MFADelete;
import software.amazon.awssdk.services.s3.model.MFADeleteStatus;

class PutBucketVersioningTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    private static S3Fixture.Reply put(String bucket, String xml) throws IOException {
        return S3.send("PUT", "/" + bucket + "?versioning", Map.of(), xml.getBytes(StandardCharsets.UTF_8));
    }

    private static BucketVersioningStatus status(String bucket) {
        return S3.client().getBucketVersioning(r -> r.bucket(bucket)).status();
    }

    @Test
    void aNewBucketHasNoStatus() throws IOException {
        var bucket = S3.bucket();

        assertThat(status(bucket)).isNull();
        assertThat(S3.send("GET", "/" + bucket + "?versioning").text())
                .endsWith("<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                        + "</VersioningConfiguration>");
    }

    @Test
    void itCanBeEnabledAndSuspended() {
        var bucket = S3.bucket();

        Versioned.set(S3, bucket, BucketVersioningStatus.ENABLED);
        assertThat(status(bucket)).isEqualTo(BucketVersioningStatus.ENABLED);
        Versioned.suspend(S3, bucket);
        assertThat(status(bucket)).isEqualTo(BucketVersioningStatus.SUSPENDED);
    }

    @ParameterizedTest
    @CsvSource({
        "<Status>enabled</Status>, MalformedXML",
        "<Status>Disabled</Status>, MalformedXML",
        "<Other/>, MalformedXML",
        "'', IllegalVersioningConfigurationException",
        "<Status>Enabled</Status><MfaDelete>enabled</MfaDelete>, MalformedXML",
    })
    void otherDocumentsAreRefused(String content, String code) throws IOException {
        var bucket = S3.bucket();

        var reply = put(bucket, "<VersioningConfiguration>" + content + "</VersioningConfiguration>");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("<Code>" + code + "</Code>");
        assertThat(status(bucket)).isNull();
    }

    @Test
    void deletionByMfaCannotBeEnabledForThereIsNoDevice() {
        var bucket = S3.bucket();

        Versioned.refused(
                403,
                "AccessDenied",
                () -> S3.client()
                        .putBucketVersioning(r -> r.bucket(bucket)
                                .versioningConfiguration(c ->
                                        c.status(BucketVersioningStatus.ENABLED).mfaDelete(MFADelete.ENABLED))));
        assertThat(status(bucket)).isNull();
    }

    @Test
    void deletionByMfaStaysDisabled() {
        var bucket = S3.bucket();
        S3.client()
                .putBucketVersioning(r -> r.bucket(bucket)
                        .versioningConfiguration(
                                c -> c.status(BucketVersioningStatus.ENABLED).mfaDelete(MFADelete.DISABLED)));
        Versioned.suspend(S3, bucket);

        var versioning = S3.client().getBucketVersioning(r -> r.bucket(bucket));

        assertThat(versioning.status()).isEqualTo(BucketVersioningStatus.SUSPENDED);
        assertThat(versioning.mfaDelete()).isEqualTo(MFADeleteStatus.DISABLED);
    }

    @Test
    void objectsOfBeforeBecomeNullVersions() {
        var bucket = S3.bucket();
        S3.put(bucket, "key", "before");
        Versioned.set(S3, bucket, BucketVersioningStatus.ENABLED);

        var after = Versioned.put(S3, bucket, "key", "after");

        assertThat(after).matches("[A-Za-z0-9._]{32}");
        assertThat(Versioned.get(S3, bucket, "key", "null").asUtf8String()).isEqualTo("before");
        assertThat(Versioned.get(S3, bucket, "key", "null").response().versionId())
                .isEqualTo("null");
        assertThat(Versioned.get(S3, bucket, "key", after).asUtf8String()).isEqualTo("after");
    }

    @Test
    void aSuspendedBucketOverwritesItsNullVersionOnly() {
        var bucket = Versioned.bucket(S3);
        var first = Versioned.put(S3, bucket, "key", "first");
        Versioned.suspend(S3, bucket);

        assertThat(Versioned.put(S3, bucket, "key", "second")).isNull();
        assertThat(Versioned.put(S3, bucket, "key", "third")).isNull();

        assertThat(S3.client().headObject(r -> r.bucket(bucket).key("key")).versionId())
                .isEqualTo("null");
        assertThat(S3.client().listObjectVersions(r -> r.bucket(bucket)).versions())
                .extracting(version -> version.versionId() + " " + version.isLatest())
                .containsExactly("null true", first + " false");
        assertThat(Versioned.get(S3, bucket, "key", "null").asUtf8String()).isEqualTo("third");
    }
}
