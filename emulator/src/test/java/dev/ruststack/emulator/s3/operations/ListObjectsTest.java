package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.S3Object;

class ListObjectsTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    private static String bucketWith(String... keys) {
        var bucket = S3.bucket();
        for (var key : keys) {
            S3.put(bucket, key, "x");
        }
        return bucket;
    }

    @Test
    void ownerIsAlwaysThere() throws IOException {
        var xml = S3.send("GET", "/" + bucketWith("a")).text();

        assertThat(xml).contains("<Prefix/><Marker/><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>");
        assertThat(xml).containsPattern("<Owner><ID>[0-9a-f]{64}</ID></Owner>");
    }

    @Test
    void nextMarkerIsGivenOnlyWithADelimiter() {
        var bucket = bucketWith("a", "b/1", "b/2", "c");

        var plain = S3.client().listObjects(r -> r.bucket(bucket).maxKeys(2));
        var delimited = S3.client().listObjects(r -> r.bucket(bucket).maxKeys(2).delimiter("/"));
        var next = S3.client().listObjects(r -> r.bucket(bucket).delimiter("/").marker(delimited.nextMarker()));

        assertThat(plain.isTruncated()).isTrue();
        assertThat(plain.nextMarker()).isNull();
        assertThat(delimited.nextMarker()).isEqualTo("b/");
        assertThat(delimited.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("b/");
        assertThat(next.contents()).extracting(S3Object::key).containsExactly("c");
        assertThat(next.commonPrefixes()).isEmpty();
    }
}
