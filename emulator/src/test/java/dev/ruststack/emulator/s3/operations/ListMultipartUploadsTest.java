package dev.ruststack.emulator.s3.operations;

import static dev.ruststack.emulator.s3.operations.Multipart.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;

/** The uploads of a bucket, and the parts of an upload. */
class ListMultipartUploadsTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    private static List<String> keys(ListMultipartUploadsResponse page) {
        return page.uploads().stream().map(MultipartUpload::key).toList();
    }

    @Test
    void uploadsAreListedByKeyAndThenByWhenTheyBegan() {
        var bucket = S3.bucket();
        var b = Multipart.begin(S3, bucket, "b");
        var second = Multipart.begin(S3, bucket, "b");
        Multipart.begin(S3, bucket, "ä");
        Multipart.begin(S3, bucket, "a", r -> r.checksumAlgorithm(ChecksumAlgorithm.SHA1));

        var listed = S3.client().listMultipartUploads(r -> r.bucket(bucket));

        assertThat(keys(listed)).containsExactly("a", "b", "b", "ä");
        assertThat(listed.uploads().subList(1, 3))
                .extracting(MultipartUpload::uploadId)
                .containsExactly(b.id(), second.id());
        assertThat(listed.uploads().getFirst()).satisfies(upload -> {
            assertThat(upload.checksumAlgorithm()).isEqualTo(ChecksumAlgorithm.SHA1);
            assertThat(upload.initiated()).isNotNull();
            assertThat(upload.owner().id()).hasSize(64);
            assertThat(upload.initiator().id()).isNotEmpty();
            assertThat(upload.storageClassAsString()).isEqualTo("STANDARD");
        });
        assertThat(listed.isTruncated()).isFalse();
        assertThat(listed.maxUploads()).isEqualTo(1000);
    }

    @Test
    void pagesGoOnWhereTheOneBeforeEnded() {
        var bucket = S3.bucket();
        var ids = new ArrayList<String>();
        for (var key : List.of("a", "b", "b", "b", "c")) {
            ids.add(Multipart.begin(S3, bucket, key).id());
        }

        var pages =
                S3.client().listMultipartUploadsPaginator(r -> r.bucket(bucket).maxUploads(2));

        assertThat(pages.uploads()).extracting(MultipartUpload::uploadId).containsExactlyElementsOf(ids);
        assertThat(pages.stream()).hasSize(3);
    }

    @Test
    void keysAreRolledUpAtTheDelimiter() {
        var bucket = S3.bucket();
        for (var key : List.of("x/a/1", "x/a/2", "x/b", "x/c/1", "y/1")) {
            Multipart.begin(S3, bucket, key);
        }

        var listed = S3.client()
                .listMultipartUploads(r -> r.bucket(bucket).prefix("x/").delimiter("/"));
        var first = S3.client()
                .listMultipartUploads(
                        r -> r.bucket(bucket).prefix("x/").delimiter("/").maxUploads(1));
        var rest = S3.client()
                .listMultipartUploads(
                        r -> r.bucket(bucket).prefix("x/").delimiter("/").keyMarker(first.nextKeyMarker()));

        assertThat(keys(listed)).containsExactly("x/b");
        assertThat(listed.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("x/a/", "x/c/");
        assertThat(first.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("x/a/");
        assertThat(keys(rest)).containsExactly("x/b");
        assertThat(rest.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("x/c/");
    }

    @Test
    void anEmptyListHasEmptyMarkers() throws Exception {
        var bucket = S3.bucket();

        var reply = S3.send("GET", "/" + bucket + "?uploads");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text())
                .contains("<ListMultipartUploadsResult")
                .contains("<NextKeyMarker/>")
                .contains("<IsTruncated>false</IsTruncated>");
    }

    @Test
    void partsAreListedInPages() {
        var bucket = S3.bucket();
        var upload = Multipart.begin(S3, bucket, "key", r -> r.checksumAlgorithm(ChecksumAlgorithm.SHA256));
        for (int number : List.of(3, 1, 10)) {
            upload.part(number, bytes(number, number));
        }

        var first = S3.client()
                .listParts(
                        r -> r.bucket(bucket).key("key").uploadId(upload.id()).maxParts(2));
        var rest = S3.client()
                .listParts(r -> r.bucket(bucket)
                        .key("key")
                        .uploadId(upload.id())
                        .partNumberMarker(first.nextPartNumberMarker()));

        assertThat(first.parts()).extracting(Part::partNumber).containsExactly(1, 3);
        assertThat(first.isTruncated()).isTrue();
        assertThat(first.nextPartNumberMarker()).isEqualTo(3);
        assertThat(first.checksumAlgorithm()).isEqualTo(ChecksumAlgorithm.SHA256);
        assertThat(rest.parts()).singleElement().satisfies(part -> {
            assertThat(part.partNumber()).isEqualTo(10);
            assertThat(part.size()).isEqualTo(10);
            assertThat(part.checksumSHA256()).isNotNull();
            assertThat(part.eTag()).startsWith("\"");
        });
        assertThat(rest.isTruncated()).isFalse();
    }
}
