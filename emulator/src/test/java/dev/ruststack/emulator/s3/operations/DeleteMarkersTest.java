package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Deleting in buckets with versions. AWS: S3 User Guide, Working with delete markers. */
class DeleteMarkersTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    private static ObjectIdentifier identifier(String key, String versionId) {
        return ObjectIdentifier.builder().key(key).versionId(versionId).build();
    }

    @Test
    void deletingLeavesAMarkerAndTheVersions() {
        var bucket = Versioned.bucket(S3);
        var id = Versioned.put(S3, bucket, "key", "content");
        Versioned.put(S3, bucket, "other", "content");

        var deleted = S3.client().deleteObject(r -> r.bucket(bucket).key("key"));

        assertThat(deleted.deleteMarker()).isTrue();
        var error = Versioned.refused(
                404,
                "NoSuchKey",
                () -> S3.client().getObject(r -> r.bucket(bucket).key("key")));
        assertThat(Versioned.header(error, "x-amz-delete-marker")).isEqualTo("true");
        assertThat(Versioned.header(error, "x-amz-version-id")).isEqualTo(deleted.versionId());
        assertThat(Versioned.get(S3, bucket, "key", id).asUtf8String()).isEqualTo("content");
        assertThat(S3.client().listObjectsV2(r -> r.bucket(bucket)).contents())
                .extracting(S3Object::key)
                .containsExactly("other");
    }

    @Test
    void aMarkerThatIsAskedForIsNotAllowed() throws IOException {
        var bucket = Versioned.bucket(S3);
        var marker = S3.client().deleteObject(r -> r.bucket(bucket).key("key")).versionId();

        var reply = S3.send("GET", "/" + bucket + "/key?versionId=" + marker);
        var head = S3.send("HEAD", "/" + bucket + "/key?versionId=" + marker);

        assertThat(reply.text())
                .contains("<Code>MethodNotAllowed</Code><Message>The specified method is not allowed against this "
                        + "resource.</Message><Method>GET</Method><ResourceType>DeleteMarker</ResourceType>");
        for (var each : new S3Fixture.Reply[] {reply, head}) {
            assertThat(each.status()).isEqualTo(405);
            assertThat(each.header("x-amz-delete-marker")).isEqualTo("true");
            assertThat(each.header("x-amz-version-id")).isEqualTo(marker);
            assertThat(each.header("Allow")).isEqualTo("DELETE");
            assertThat(each.header("Last-Modified")).endsWith(" GMT");
        }
    }

    @Test
    void removingTheMarkerBringsTheObjectBack() {
        var bucket = Versioned.bucket(S3);
        var id = Versioned.put(S3, bucket, "key", "content");
        var marker = S3.client().deleteObject(r -> r.bucket(bucket).key("key")).versionId();

        var removed = S3.client().deleteObject(r -> r.bucket(bucket).key("key").versionId(marker));

        assertThat(removed.deleteMarker()).isTrue();
        assertThat(removed.versionId()).isEqualTo(marker);
        assertThat(S3.client().headObject(r -> r.bucket(bucket).key("key")).versionId())
                .isEqualTo(id);
        assertThat(S3.client().listObjectsV2(r -> r.bucket(bucket)).contents()).hasSize(1);
    }

    @Test
    void aVersionThatIsRemovedIsGoneForGood() {
        var bucket = Versioned.bucket(S3);
        var first = Versioned.put(S3, bucket, "key", "first");
        var second = Versioned.put(S3, bucket, "key", "second");

        var removed = S3.client().deleteObject(r -> r.bucket(bucket).key("key").versionId(second));

        assertThat(removed.versionId()).isEqualTo(second);
        assertThat(removed.deleteMarker()).isNull();
        assertThat(Versioned.get(S3, bucket, "key", null).asUtf8String()).isEqualTo("first");
        Versioned.refused(404, "NoSuchVersion", () -> Versioned.get(S3, bucket, "key", second));
        assertThat(S3.client()
                        .deleteObject(r -> r.bucket(bucket).key("key").versionId(second))
                        .versionId())
                .isEqualTo(second);
        assertThat(Versioned.get(S3, bucket, "key", first).asUtf8String()).isEqualTo("first");
    }

    @Test
    void anIdThatNoVersionCanHaveIsAnInvalidArgument() {
        var bucket = Versioned.bucket(S3);
        Versioned.put(S3, bucket, "key", "content");

        for (var id : new String[] {Versioned.MADE_UP, "nonsense", ""}) {
            Versioned.refused(400, "InvalidArgument", () -> Versioned.get(S3, bucket, "key", id));
            Versioned.refused(
                    400,
                    "InvalidArgument",
                    () -> S3.client()
                            .deleteObject(r -> r.bucket(bucket).key("key").versionId(id)));
        }
    }

    @Test
    void anUnversionedBucketDeletesItsNullVersionForGood() {
        var bucket = S3.bucket();
        S3.put(bucket, "key", "content");

        var deleted = S3.client().deleteObject(r -> r.bucket(bucket).key("key").versionId("null"));

        assertThat(deleted.versionId()).isNull();
        assertThat(deleted.deleteMarker()).isNull();
        assertThat(S3.client().listObjectVersions(r -> r.bucket(bucket)).versions())
                .isEmpty();
    }

    @Test
    void aSuspendedBucketReplacesTheNullVersionByAMarker() {
        var bucket = S3.bucket();
        S3.put(bucket, "key", "null version");
        Versioned.set(S3, bucket, BucketVersioningStatus.ENABLED);
        var kept = Versioned.put(S3, bucket, "key", "kept");
        Versioned.suspend(S3, bucket);

        var deleted = S3.client().deleteObject(r -> r.bucket(bucket).key("key"));

        assertThat(deleted.versionId()).isEqualTo("null");
        assertThat(deleted.deleteMarker()).isTrue();
        var listed = S3.client().listObjectVersions(r -> r.bucket(bucket));
        assertThat(listed.versions()).extracting("versionId").containsExactly(kept);
        assertThat(listed.deleteMarkers()).extracting("versionId").containsExactly("null");
    }

    @Test
    void aBucketWithMarkersOnlyIsNotEmpty() {
        var bucket = Versioned.bucket(S3);
        var marker = S3.client().deleteObject(r -> r.bucket(bucket).key("key")).versionId();

        var error = Versioned.refused(409, "BucketNotEmpty", () -> S3.client().deleteBucket(r -> r.bucket(bucket)));
        assertThat(Versioned.message(error))
                .isEqualTo("The bucket you tried to delete is not empty. You must delete all versions in the bucket.");

        S3.client().deleteObject(r -> r.bucket(bucket).key("key").versionId(marker));
        S3.client().deleteBucket(r -> r.bucket(bucket));
    }

    @Test
    void manyAtOnceTellTheirMarkersAndVersions() {
        var bucket = Versioned.bucket(S3);
        var id = Versioned.put(S3, bucket, "a", "content");
        var marked = S3.client()
                .deleteObjects(r ->
                        r.bucket(bucket).delete(d -> d.objects(identifier("a", null), identifier("none", null))))
                .deleted();
        assertThat(marked).extracting(DeletedObject::deleteMarker).containsOnly(true);
        assertThat(marked).extracting(DeletedObject::versionId).containsOnlyNulls();
        var marker = marked.getFirst().deleteMarkerVersionId();

        var deleted = S3.client()
                .deleteObjects(r -> r.bucket(bucket)
                        .delete(d -> d.objects(
                                identifier("a", marker), identifier("a", id), identifier("a", Versioned.MADE_UP))));

        assertThat(deleted.deleted())
                .containsExactly(
                        DeletedObject.builder()
                                .key("a")
                                .versionId(marker)
                                .deleteMarker(true)
                                .deleteMarkerVersionId(marker)
                                .build(),
                        DeletedObject.builder().key("a").versionId(id).build());
        assertThat(deleted.errors())
                .extracting(error -> error.code() + " " + error.versionId())
                .containsExactly("NoSuchVersion " + Versioned.MADE_UP);
        assertThat(S3.client()
                        .listObjectVersions(r -> r.bucket(bucket).prefix("a"))
                        .versions())
                .isEmpty();
    }

    @Test
    void aMarkerCountsAsNoObjectForConditionalWrites() {
        var bucket = Versioned.bucket(S3);
        Versioned.put(S3, bucket, "key", "first");
        var body = RequestBody.fromString("second");
        Versioned.refused(
                412,
                "PreconditionFailed",
                () -> S3.client().putObject(r -> r.bucket(bucket).key("key").ifNoneMatch("*"), body));
        S3.client().deleteObject(r -> r.bucket(bucket).key("key"));

        Versioned.refused(
                404,
                "NoSuchKey",
                () -> S3.client().putObject(r -> r.bucket(bucket).key("key").ifMatch("\"any\""), body));
        assertThat(S3.client()
                        .putObject(r -> r.bucket(bucket).key("key").ifNoneMatch("*"), body)
                        .versionId())
                .isNotNull();
    }

    @Test
    void copiesAreMadeOfTheVersionThatIsNamed() {
        var bucket = Versioned.bucket(S3);
        var first = Versioned.put(S3, bucket, "key", "first");
        var marker = S3.client().deleteObject(r -> r.bucket(bucket).key("key")).versionId();

        Versioned.refused(
                404,
                "NoSuchKey",
                () -> S3.client()
                        .copyObject(r -> r.sourceBucket(bucket)
                                .sourceKey("key")
                                .destinationBucket(bucket)
                                .destinationKey("to")));
        Versioned.refused(
                400,
                "InvalidRequest",
                () -> S3.client()
                        .copyObject(r -> r.sourceBucket(bucket)
                                .sourceKey("key")
                                .sourceVersionId(marker)
                                .destinationBucket(bucket)
                                .destinationKey("to")));
        var restored = S3.client()
                .copyObject(r -> r.sourceBucket(bucket)
                        .sourceKey("key")
                        .sourceVersionId(first)
                        .destinationBucket(bucket)
                        .destinationKey("key"));

        assertThat(restored.copySourceVersionId()).isEqualTo(first);
        assertThat(restored.versionId()).isNotEqualTo(first).hasSize(32);
        assertThat(Versioned.get(S3, bucket, "key", null).asUtf8String()).isEqualTo("first");
    }

    @Test
    void anUploadMakesAVersionAndItsCompletionCanBeRepeatedWhileItIsThere() {
        var bucket = Versioned.bucket(S3);
        var source = Versioned.put(S3, bucket, "source", "content");
        Versioned.put(S3, bucket, "source", "other content");
        var upload = S3.client()
                .createMultipartUpload(r -> r.bucket(bucket).key("key"))
                .uploadId();
        var part = S3.client()
                .uploadPartCopy(r -> r.sourceBucket(bucket)
                        .sourceKey("source")
                        .sourceVersionId(source)
                        .destinationBucket(bucket)
                        .destinationKey("key")
                        .uploadId(upload)
                        .partNumber(1));
        assertThat(part.copySourceVersionId()).isEqualTo(source);
        var eTag = part.copyPartResult().eTag();

        var completed = S3.client()
                .completeMultipartUpload(r -> r.bucket(bucket)
                        .key("key")
                        .uploadId(upload)
                        .multipartUpload(m -> m.parts(
                                CompletedPart.builder().partNumber(1).eTag(eTag).build())));
        Versioned.put(S3, bucket, "key", "newer");
        var repeated = S3.client()
                .completeMultipartUpload(r -> r.bucket(bucket)
                        .key("key")
                        .uploadId(upload)
                        .multipartUpload(m -> m.parts(
                                CompletedPart.builder().partNumber(1).eTag(eTag).build())));

        assertThat(completed.versionId()).hasSize(32).isEqualTo(repeated.versionId());
        assertThat(Versioned.get(S3, bucket, "key", completed.versionId()).asUtf8String())
                .isEqualTo("content");
    }

    @Test
    void conditionsOfADeletionAreThoseOfTheCurrentVersion() {
        var bucket = Versioned.bucket(S3);
        Versioned.put(S3, bucket, "key", "first");
        Versioned.put(S3, bucket, "key", "second");
        var eTag = S3.client().headObject(r -> r.bucket(bucket).key("key")).eTag();

        Versioned.refused(
                412,
                "PreconditionFailed",
                () -> S3.client().deleteObject(r -> r.bucket(bucket).key("key").ifMatch("\"other\"")));
        var failed = S3.client()
                .deleteObjects(r ->
                        r.bucket(bucket).delete(d -> d.objects(o -> o.key("key").eTag("other"))));
        assertThat(failed.errors()).extracting(error -> error.code()).containsExactly("PreconditionFailed");
        var deleted = S3.client().deleteObject(r -> r.bucket(bucket).key("key").ifMatch(eTag));

        assertThat(deleted.deleteMarker()).isTrue();
        assertThat(S3.client().listObjectVersions(r -> r.bucket(bucket)).versions())
                .hasSize(2);
    }

    @Test
    void conditionsOnSizeAndTimeAreForDirectoryBucketsOnly() {
        var bucket = S3.bucket();
        S3.put(bucket, "key", "x");

        var answer = S3.client()
                .deleteObjects(r ->
                        r.bucket(bucket).delete(d -> d.objects(o -> o.key("key").size(1L))));

        assertThat(answer.errors()).extracting(error -> error.code()).containsExactly("NotImplemented");
        assertThat(S3.client().listObjectsV2(r -> r.bucket(bucket)).contents()).hasSize(1);
    }
}
