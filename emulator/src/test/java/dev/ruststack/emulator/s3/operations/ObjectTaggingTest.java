package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

/** PutObjectTagging, GetObjectTagging, DeleteObjectTagging, and tags that come with an object. */
class ObjectTaggingTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static List<Tag> tags(String bucket, String key) {
        return S3.client().getObjectTagging(r -> r.bucket(bucket).key(key)).tagSet();
    }

    private static void set(String bucket, String key, Tag... tags) {
        S3.client().putObjectTagging(r -> r.bucket(bucket).key(key).tagging(t -> t.tagSet(tags)));
    }

    private static String bucketWithObject() {
        var bucket = S3.bucket();
        S3.put(bucket, "key", "content");
        return bucket;
    }

    @Test
    void tagsAreReplacedAndRemovedWithoutTouchingTheObject() {
        var bucket = bucketWithObject();
        var before = S3.client().headObject(r -> r.bucket(bucket).key("key"));
        assertThat(tags(bucket, "key")).isEmpty();
        assertThat(before.tagCount()).isNull();

        set(bucket, "key", tag("tag1", "value"), tag("tag2", ""));
        assertThat(tags(bucket, "key")).containsExactly(tag("tag1", "value"), tag("tag2", ""));
        set(bucket, "key", tag("tag3", "Straße +-=._:/@"));
        assertThat(tags(bucket, "key")).containsExactly(tag("tag3", "Straße +-=._:/@"));
        var tagged = S3.client().headObject(r -> r.bucket(bucket).key("key"));
        assertThat(tagged.tagCount()).isEqualTo(1);
        assertThat(tagged.lastModified()).isEqualTo(before.lastModified());
        assertThat(tagged.eTag()).isEqualTo(before.eTag());

        S3.client().deleteObjectTagging(r -> r.bucket(bucket).key("key"));
        assertThat(tags(bucket, "key")).isEmpty();
        assertThat(S3.client().headObject(r -> r.bucket(bucket).key("key")).tagCount())
                .isNull();
    }

    @Test
    void tagsComeWithAnObjectAndGoWithIt() {
        var bucket = S3.bucket();
        S3.client()
                .putObject(
                        r -> r.bucket(bucket).key("key").tagging("a=1&b&c%20d=%C3%BC+x"),
                        RequestBody.fromString("content"));

        assertThat(tags(bucket, "key")).containsExactly(tag("a", "1"), tag("b", ""), tag("c d", "ü x"));
        assertThat(S3.client()
                        .getObjectAsBytes(r -> r.bucket(bucket).key("key"))
                        .response()
                        .tagCount())
                .isEqualTo(3);
        S3.put(bucket, "key", "other");
        assertThat(tags(bucket, "key")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"key1=val1&key1=val2", "key1=val1,key2=val2", "=value", "a=%zz", "key!=1"})
    void aHeaderOfTheWrongFormIsAnInvalidArgument(String header) throws IOException {
        var bucket = S3.bucket();

        var reply = S3.send(
                "PUT", "/" + bucket + "/key", Map.of("x-amz-tagging", header), "x".getBytes(StandardCharsets.UTF_8));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text())
                .contains("<Code>InvalidArgument</Code><Message>The header 'x-amz-tagging' shall be encoded as UTF-8 "
                        + "then URLEncoded URL query parameters without tag name duplicates.</Message>"
                        + "<ArgumentName>x-amz-tagging</ArgumentName>");
        assertThat(S3.client().listObjectsV2(r -> r.bucket(bucket)).contents()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'Key1,Key2', value, The TagKey you have provided is invalid",
        "'', value, The TagKey you have provided is invalid",
        "aws:prefixed, value, Your TagKey cannot be prefixed with aws:",
        "Key1, 'Val1,Val2', The TagValue you have provided is invalid",
    })
    void tagsThatS3DoesNotTakeAreInvalid(String key, String value, String message) {
        var bucket = bucketWithObject();

        var error = Versioned.refused(400, "InvalidTag", () -> set(bucket, "key", tag(key, value)));

        assertThat(Versioned.message(error)).isEqualTo(message);
        assertThat(tags(bucket, "key")).isEmpty();
    }

    @Test
    void tagsHaveLimits() {
        var bucket = bucketWithObject();
        var ten = IntStream.range(0, 10).mapToObj(i -> tag("k" + i, "v")).toArray(Tag[]::new);
        var eleven = IntStream.range(0, 11).mapToObj(i -> tag("k" + i, "v")).toArray(Tag[]::new);

        set(bucket, "key", tag("k".repeat(128), "ü".repeat(256)));
        set(bucket, "key", ten);
        var tooMany = Versioned.refused(400, "BadRequest", () -> set(bucket, "key", eleven));
        Versioned.refused(400, "InvalidTag", () -> set(bucket, "key", tag("k".repeat(129), "")));
        Versioned.refused(400, "InvalidTag", () -> set(bucket, "key", tag("k", "v".repeat(257))));
        Versioned.refused(400, "InvalidTag", () -> set(bucket, "key", tag("k", "1"), tag("k", "2")));

        assertThat(Versioned.message(tooMany)).isEqualTo("Object tags cannot be greater than 10");
        assertThat(tags(bucket, "key")).hasSize(10);
    }

    @Test
    void aDocumentMustBeVouchedForAndWhole() throws IOException {
        var bucket = bucketWithObject();
        var xml = "<Tagging><TagSet></TagSet></Tagging>".getBytes(StandardCharsets.UTF_8);

        var reply = S3.send("PUT", "/" + bucket + "/key?tagging", Map.of(), xml);

        assertThat(reply.text()).contains("<Code>InvalidRequest</Code>", "Content-MD5");
    }

    @Test
    void eachVersionHasTagsOfItsOwn() {
        var bucket = Versioned.bucket(S3);
        var first = Versioned.put(S3, bucket, "key", "first");
        var second = Versioned.put(S3, bucket, "key", "second");

        set(bucket, "key", tag("current", ""));
        var tagged = S3.client()
                .putObjectTagging(
                        r -> r.bucket(bucket).key("key").versionId(first).tagging(t -> t.tagSet(tag("older", ""))));

        assertThat(tagged.versionId()).isEqualTo(first);
        var older =
                S3.client().getObjectTagging(r -> r.bucket(bucket).key("key").versionId(first));
        assertThat(older.tagSet()).containsExactly(tag("older", ""));
        assertThat(older.versionId()).isEqualTo(first);
        assertThat(tags(bucket, "key")).containsExactly(tag("current", ""));
        assertThat(S3.client().listObjectVersions(r -> r.bucket(bucket)).versions())
                .extracting("versionId")
                .containsExactly(second, first);
    }

    @Test
    void aDeleteMarkerHasNoTags() {
        var bucket = Versioned.bucket(S3);
        Versioned.put(S3, bucket, "key", "content");
        var marker = S3.client().deleteObject(r -> r.bucket(bucket).key("key")).versionId();

        for (var id : new String[] {marker, null}) {
            Versioned.refused(
                    405,
                    "MethodNotAllowed",
                    () -> S3.client()
                            .getObjectTagging(r -> r.bucket(bucket).key("key").versionId(id)));
            Versioned.refused(
                    405,
                    "MethodNotAllowed",
                    () -> S3.client()
                            .putObjectTagging(r ->
                                    r.bucket(bucket).key("key").versionId(id).tagging(t -> t.tagSet(tag("a", "b")))));
            Versioned.refused(
                    405,
                    "MethodNotAllowed",
                    () -> S3.client()
                            .deleteObjectTagging(
                                    r -> r.bucket(bucket).key("key").versionId(id)));
        }
    }

    @Test
    void withoutTheObjectThereAreNoTags() {
        var bucket = S3.bucket();

        Versioned.refused(404, "NoSuchKey", () -> tags(bucket, "none"));
        Versioned.refused(404, "NoSuchKey", () -> set(bucket, "none", tag("a", "b")));
        Versioned.refused(
                404,
                "NoSuchKey",
                () -> S3.client().deleteObjectTagging(r -> r.bucket(bucket).key("none")));
    }

    @Test
    void aCopyKeepsTheTagsOrGetsOthers() {
        var bucket = bucketWithObject();
        set(bucket, "key", tag("a", "1"));

        S3.client()
                .copyObject(r -> r.sourceBucket(bucket)
                        .sourceKey("key")
                        .destinationBucket(bucket)
                        .destinationKey("kept"));
        S3.client()
                .copyObject(r -> r.sourceBucket(bucket)
                        .sourceKey("key")
                        .destinationBucket(bucket)
                        .destinationKey("other")
                        .taggingDirective(TaggingDirective.REPLACE)
                        .tagging("b=2"));
        Versioned.refused(
                400,
                "InvalidArgument",
                () -> S3.client()
                        .copyObject(r -> r.sourceBucket(bucket)
                                .sourceKey("key")
                                .destinationBucket(bucket)
                                .destinationKey("none")
                                .taggingDirective("SOME")));

        assertThat(tags(bucket, "kept")).containsExactly(tag("a", "1"));
        assertThat(tags(bucket, "other")).containsExactly(tag("b", "2"));
    }

    @Test
    void anUploadGivesItsTagsToTheObject() {
        var bucket = S3.bucket();
        var upload = S3.client()
                .createMultipartUpload(r -> r.bucket(bucket).key("key").tagging("a=1&b=2"))
                .uploadId();
        var eTag = S3.client()
                .uploadPart(
                        r -> r.bucket(bucket).key("key").uploadId(upload).partNumber(1), RequestBody.fromString("part"))
                .eTag();
        S3.client()
                .completeMultipartUpload(r -> r.bucket(bucket)
                        .key("key")
                        .uploadId(upload)
                        .multipartUpload(m -> m.parts(p -> p.partNumber(1).eTag(eTag))));

        assertThat(tags(bucket, "key")).containsExactly(tag("a", "1"), tag("b", "2"));
    }
}
