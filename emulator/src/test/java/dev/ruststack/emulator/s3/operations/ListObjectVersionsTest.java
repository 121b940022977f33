package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

class ListObjectVersionsTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    private static ListObjectVersionsResponse list(String bucket, Consumer<ListObjectVersionsRequest.Builder> more) {
        return S3.client().listObjectVersions(r -> {
            r.bucket(bucket);
            more.accept(r);
        });
    }

    @Test
    void anUnversionedBucketHasNullVersions() {
        var bucket = S3.bucket();
        S3.put(bucket, "b", "x");
        S3.put(bucket, "a", "xy");

        var page = list(bucket, r -> {});

        assertThat(page.versions())
                .extracting(ObjectVersion::key, ObjectVersion::versionId, ObjectVersion::isLatest, ObjectVersion::size)
                .containsExactly(tuple("a", "null", true, 2L), tuple("b", "null", true, 1L));
        assertThat(page.versions().getFirst().owner().id()).isNotEmpty();
        assertThat(page.versions().getFirst().checksumAlgorithmAsStrings()).hasSize(1);
        assertThat(page.keyMarker()).isEmpty();
        assertThat(page.versionIdMarker()).isEmpty();
        assertThat(page.nextKeyMarker()).isNull();
    }

    @Test
    void versionsAndDeleteMarkersStandInOneOrder() throws IOException {
        var bucket = Versioned.bucket(S3);
        var first = Versioned.put(S3, bucket, "a", "1");
        var marker = S3.client().deleteObject(r -> r.bucket(bucket).key("a")).versionId();
        var second = Versioned.put(S3, bucket, "a", "2");
        var other = Versioned.put(S3, bucket, "b", "3");

        var text = S3.send("GET", "/" + bucket + "?versions").text();

        assertThat(text).contains("<ListVersionsResult xmlns=");
        assertThat(List.of(second, marker, first, other))
                .isSortedAccordingTo((one, two) -> Integer.compare(text.indexOf(one), text.indexOf(two)));
        assertThat(text)
                .contains("<DeleteMarker><Key>a</Key><VersionId>" + marker + "</VersionId><IsLatest>false</IsLatest>")
                .contains("<Version><Key>a</Key><VersionId>" + second + "</VersionId><IsLatest>true</IsLatest>");
    }

    @Test
    void pagesGoThroughKeysAndTheirVersions() {
        var bucket = Versioned.bucket(S3);
        var due = new ArrayList<String>();
        for (var key : List.of("a", "b/1", "b/2", "c")) {
            var ids = new ArrayList<String>();
            for (int i = 0; i < 3; i++) {
                ids.addFirst(key + " " + Versioned.put(S3, bucket, key, "x" + i));
            }
            due.addAll(ids);
        }

        for (int limit : new int[] {1, 2, 5, 12, 100}) {
            var found = new ArrayList<String>();
            S3.client()
                    .listObjectVersionsPaginator(r -> r.bucket(bucket).maxKeys(limit))
                    .versions()
                    .forEach(version -> found.add(version.key() + " " + version.versionId()));
            assertThat(found).as("pages of %s", limit).isEqualTo(due);
        }
    }

    @Test
    void aKeyMarkerAloneLeavesOutItsKey() {
        var bucket = Versioned.bucket(S3);
        Versioned.put(S3, bucket, "a", "1");
        var id = Versioned.put(S3, bucket, "a", "2");
        Versioned.put(S3, bucket, "b", "3");

        assertThat(list(bucket, r -> r.keyMarker("a")).versions())
                .extracting(ObjectVersion::key)
                .containsExactly("b");
        assertThat(list(bucket, r -> r.keyMarker("a").versionIdMarker(id)).versions())
                .extracting(ObjectVersion::key)
                .containsExactly("a", "b");
        var last = list(bucket, r -> r.maxKeys(1));
        assertThat(last.isTruncated()).isTrue();
        assertThat(last.nextKeyMarker()).isEqualTo("a");
        assertThat(last.nextVersionIdMarker()).isEqualTo(id);
    }

    @Test
    void whoDeletesPageByPageMissesNothing() {
        var bucket = Versioned.bucket(S3);
        for (int i = 0; i < 7; i++) {
            Versioned.put(S3, bucket, "key" + i / 4, "x");
        }

        S3.client()
                .listObjectVersionsPaginator(r -> r.bucket(bucket).maxKeys(2))
                .versions()
                .forEach(version -> S3.client()
                        .deleteObject(r -> r.bucket(bucket).key(version.key()).versionId(version.versionId())));

        S3.client().deleteBucket(r -> r.bucket(bucket));
    }

    @Test
    void keysBelowADelimiterAreRolledUp() {
        var bucket = Versioned.bucket(S3);
        for (var key : List.of("dir/sub/1", "dir/sub/2", "dir/a", "dir/z", "other")) {
            Versioned.put(S3, bucket, key, "x");
        }
        S3.client().deleteObject(r -> r.bucket(bucket).key("dir/sub/1"));

        var first = list(bucket, r -> r.prefix("dir/").delimiter("/").maxKeys(2));
        assertThat(first.versions()).extracting(ObjectVersion::key).containsExactly("dir/a");
        assertThat(first.commonPrefixes()).extracting("prefix").containsExactly("dir/sub/");
        assertThat(first.nextKeyMarker()).isEqualTo("dir/sub/");
        assertThat(first.nextVersionIdMarker()).isNull();

        var second = list(bucket, r -> r.prefix("dir/").delimiter("/").keyMarker(first.nextKeyMarker()));
        assertThat(second.versions()).extracting(ObjectVersion::key).containsExactly("dir/z");
        assertThat(second.commonPrefixes()).isEmpty();
        assertThat(second.isTruncated()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "version-id-marker=null, A version-id marker cannot be specified without a key marker.",
        "key-marker=a&version-id-marker=, A version-id marker cannot be empty.",
        "key-marker=a&version-id-marker=nonsense, Invalid version id specified",
        "encoding-type=other, Invalid Encoding Method specified in Request",
        "max-keys=-1, Argument maxKeys must be an integer between 0 and 2147483647",
    })
    void badParametersAreInvalidArguments(String query, String message) throws IOException {
        var reply = S3.send("GET", "/" + S3.bucket() + "?versions&" + query);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("<Code>InvalidArgument</Code><Message>" + message + "</Message>");
    }

    @Test
    void namesAreEncodedWhereThatIsAskedFor() throws IOException {
        var bucket = S3.bucket();
        S3.put(bucket, "a b/ü&c", "x");

        var text = S3.send("GET", "/" + bucket + "?versions&encoding-type=url&delimiter=%2F&prefix=a%20")
                .text();

        assertThat(text)
                .contains("<Prefix>a+b/</Prefix></CommonPrefixes>")
                .contains("<EncodingType>url</EncodingType>");
    }
}
