package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.ObjectPart;

class GetObjectAttributesTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    private static final int PART = 5 << 20;

    private static String upload(ChecksumAlgorithm algorithm) {
        var bucket = S3.bucket();
        var upload = S3.client()
                .createMultipartUpload(r -> r.bucket(bucket).key("key").checksumAlgorithm(algorithm))
                .uploadId();
        var parts = new ArrayList<CompletedPart>();
        for (int number : new int[] {2, 4, 9}) {
            var part = S3.client()
                    .uploadPart(
                            r -> r.bucket(bucket)
                                    .key("key")
                                    .uploadId(upload)
                                    .partNumber(number)
                                    .checksumAlgorithm(algorithm),
                            RequestBody.fromBytes(new byte[number == 9 ? 10 : PART]));
            parts.add(CompletedPart.builder()
                    .partNumber(number)
                    .eTag(part.eTag())
                    .checksumSHA256(part.checksumSHA256())
                    .build());
        }
        S3.client()
                .completeMultipartUpload(
                        r -> r.bucket(bucket).key("key").uploadId(upload).multipartUpload(m -> m.parts(parts)));
        return bucket;
    }

    @Test
    void onlyWhatIsAskedForIsTold() throws IOException {
        var bucket = S3.bucket();
        S3.put(bucket, "key", "content");

        var reply = S3.send(
                "GET",
                "/" + bucket + "/key?attributes",
                Map.of("x-amz-object-attributes", "ObjectSize, ETag,StorageClass"),
                new byte[0]);

        assertThat(reply.text())
                .endsWith("<GetObjectAttributesResponse xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                        + "<ETag>9a0364b9e99bb480dd25e1f0284c8555</ETag><StorageClass>STANDARD</StorageClass>"
                        + "<ObjectSize>7</ObjectSize></GetObjectAttributesResponse>");
        assertThat(reply.header("Last-Modified")).endsWith(" GMT");
        assertThat(reply.header("x-amz-version-id")).isNull();
    }

    @Test
    void theChecksumIsTold() {
        var bucket = S3.bucket();
        S3.client()
                .putObject(
                        r -> r.bucket(bucket).key("key").checksumAlgorithm(ChecksumAlgorithm.SHA256),
                        RequestBody.fromString("content"));

        var attributes = S3.client()
                .getObjectAttributes(r -> r.bucket(bucket)
                        .key("key")
                        .objectAttributes(ObjectAttributes.CHECKSUM, ObjectAttributes.OBJECT_PARTS));

        assertThat(attributes.checksum().checksumSHA256()).isEqualTo("7XACtDnprIRfIjV9giusFERzD722AW0+yUMil7nsn3M=");
        assertThat(attributes.checksum().checksumTypeAsString()).isEqualTo("FULL_OBJECT");
        assertThat(attributes.eTag()).isNull();
        assertThat(attributes.objectParts()).isNull();
    }

    @Test
    void partsComeInPages() {
        var bucket = upload(ChecksumAlgorithm.SHA256);

        var first = S3.client()
                .getObjectAttributes(r -> r.bucket(bucket)
                        .key("key")
                        .maxParts(2)
                        .objectAttributes(ObjectAttributes.OBJECT_PARTS, ObjectAttributes.OBJECT_SIZE))
                .objectParts();
        var second = S3.client()
                .getObjectAttributes(r -> r.bucket(bucket)
                        .key("key")
                        .partNumberMarker(first.nextPartNumberMarker())
                        .objectAttributes(ObjectAttributes.OBJECT_PARTS))
                .objectParts();

        assertThat(first.totalPartsCount()).isEqualTo(3);
        assertThat(first.isTruncated()).isTrue();
        assertThat(first.maxParts()).isEqualTo(2);
        assertThat(first.parts()).extracting(ObjectPart::partNumber).containsExactly(2, 4);
        assertThat(first.parts()).extracting(ObjectPart::size).containsExactly((long) PART, (long) PART);
        assertThat(first.parts()).extracting(ObjectPart::checksumSHA256).doesNotContainNull();
        assertThat(second.isTruncated()).isFalse();
        assertThat(second.partNumberMarker()).isEqualTo(4);
        assertThat(second.parts()).extracting(ObjectPart::partNumber).containsExactly(9);
    }

    @Test
    void anUploadWithoutAnAlgorithmTellsOnlyHowManyPartsItHad() {
        var bucket = upload(null);

        var attributes = S3.client()
                .getObjectAttributes(r -> r.bucket(bucket)
                        .key("key")
                        .objectAttributes(ObjectAttributes.OBJECT_PARTS, ObjectAttributes.E_TAG));

        assertThat(attributes.objectParts().totalPartsCount()).isEqualTo(3);
        assertThat(attributes.objectParts().parts()).isEmpty();
        assertThat(attributes.eTag()).endsWith("-3");
    }

    @Test
    void eachVersionHasAttributesAndADeleteMarkerHasNone() {
        var bucket = Versioned.bucket(S3);
        var first = Versioned.put(S3, bucket, "key", "first");
        var marker = S3.client().deleteObject(r -> r.bucket(bucket).key("key")).versionId();

        var attributes = S3.client()
                .getObjectAttributes(r ->
                        r.bucket(bucket).key("key").versionId(first).objectAttributes(ObjectAttributes.OBJECT_SIZE));
        assertThat(attributes.versionId()).isEqualTo(first);
        assertThat(attributes.objectSize()).isEqualTo(5);
        Versioned.refused(
                405,
                "MethodNotAllowed",
                () -> S3.client()
                        .getObjectAttributes(r -> r.bucket(bucket)
                                .key("key")
                                .versionId(marker)
                                .objectAttributes(ObjectAttributes.OBJECT_SIZE)));
        var error = Versioned.refused(
                404,
                "NoSuchKey",
                () -> S3.client()
                        .getObjectAttributes(
                                r -> r.bucket(bucket).key("key").objectAttributes(ObjectAttributes.OBJECT_SIZE)));
        assertThat(Versioned.header(error, "x-amz-delete-marker")).isEqualTo("true");
    }

    @Test
    void attributesThatAreNoneAreRefused() throws IOException {
        var bucket = S3.bucket();
        S3.put(bucket, "key", "content");
        var target = "/" + bucket + "/key?attributes";

        var none = S3.send("GET", target);
        var unknown = S3.send("GET", target, Map.of("x-amz-object-attributes", "Colour"), new byte[0]);

        assertThat(List.of(none.status(), unknown.status())).containsOnly(400);
        assertThat(none.text()).contains("<Code>InvalidRequest</Code>");
        assertThat(unknown.text())
                .contains("<Code>InvalidArgument</Code><Message>Invalid attribute name specified.</Message>");
    }
}
