package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.S3Object;

class ListObjectsV2Test {
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
    void documentIsAsS3WritesIt() throws IOException {
        var bucket = bucketWith("a", "b/c");

        var xml = S3.send("GET", "/" + bucket + "?list-type=2&delimiter=/").text();

        assertThat(xml.replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.000Z", "TIME"))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        + "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>" + bucket
                        + "</Name><Prefix/><KeyCount>2</KeyCount><MaxKeys>1000</MaxKeys><Delimiter>/</Delimiter>"
                        + "<IsTruncated>false</IsTruncated><Contents><Key>a</Key><LastModified>TIME</LastModified>"
                        + "<ETag>&quot;9dd4e461268c8034f5c8564e155c67a6&quot;</ETag><ChecksumAlgorithm>CRC32"
                        + "</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType><Size>1</Size>"
                        + "<StorageClass>STANDARD</StorageClass></Contents><CommonPrefixes><Prefix>b/</Prefix>"
                        + "</CommonPrefixes></ListBucketResult>");
    }

    @Test
    void pagesAreGoneThroughByTheSdk() {
        var keys = java.util.stream.IntStream.range(0, 25)
                .mapToObj(i -> "key-%02d".formatted(i))
                .toArray(String[]::new);
        var bucket = bucketWith(keys);

        var listed = S3.client()
                .listObjectsV2Paginator(r -> r.bucket(bucket).maxKeys(4))
                .contents();

        assertThat(listed).extracting(S3Object::key).containsExactly(keys);
    }

    @Test
    void commonPrefixesCountAndAreNotRepeatedOnTheNextPage() {
        var bucket = bucketWith("a", "b/1", "b/2", "c/1", "d");

        var first =
                S3.client().listObjectsV2(r -> r.bucket(bucket).delimiter("/").maxKeys(2));
        var second = S3.client()
                .listObjectsV2(r ->
                        r.bucket(bucket).delimiter("/").maxKeys(2).continuationToken(first.nextContinuationToken()));

        assertThat(first.isTruncated()).isTrue();
        assertThat(first.keyCount()).isEqualTo(2);
        assertThat(first.contents()).extracting(S3Object::key).containsExactly("a");
        assertThat(first.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("b/");
        assertThat(second.isTruncated()).isFalse();
        assertThat(second.contents()).extracting(S3Object::key).containsExactly("d");
        assertThat(second.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("c/");
        assertThat(second.continuationToken()).isEqualTo(first.nextContinuationToken());
    }

    @Test
    void ownerIsThereWhenAskedForAndHasNoName() {
        var bucket = bucketWith("a");

        var without =
                S3.client().listObjectsV2(r -> r.bucket(bucket)).contents().getFirst();
        var with = S3.client()
                .listObjectsV2(r -> r.bucket(bucket).fetchOwner(true))
                .contents()
                .getFirst();

        assertThat(without.owner()).isNull();
        assertThat(with.owner().id()).matches("[0-9a-f]{64}");
        assertThat(with.owner().displayName()).isNull();
    }

    @Test
    void startAfterSkips() {
        var bucket = bucketWith("a", "b", "c");

        var list =
                S3.client().listObjectsV2(r -> r.bucket(bucket).startAfter("a").prefix(""));

        assertThat(list.contents()).extracting(S3Object::key).containsExactly("b", "c");
        assertThat(list.startAfter()).isEqualTo("a");
    }

    @Test
    void namesAreUrlEncodedWhenAskedFor() throws IOException {
        var bucket = bucketWith("a b/c+ü", "a b/\u0001");

        var xml = S3.send("GET", "/" + bucket + "?list-type=2&encoding-type=url&prefix=a%20b/&delimiter=%2B")
                .text();

        assertThat(xml)
                .contains("<Prefix>a+b/</Prefix>")
                .contains("<Delimiter>%2B</Delimiter>")
                .contains("<EncodingType>url</EncodingType>")
                .contains("<Key>a+b/%01</Key>")
                .contains("<CommonPrefixes><Prefix>a+b/c%2B</Prefix></CommonPrefixes>");
    }

    @Test
    void keysXmlCannotHoldAreReferencesOtherwise() throws IOException {
        var bucket = bucketWith("a\u0001<&\"");

        assertThat(S3.send("GET", "/" + bucket + "?list-type=2").text()).contains("<Key>a&#x1;&lt;&amp;&quot;</Key>");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "5000, 1000"})
    void maxKeysIsEchoedUpToAThousand(int asked, int echoed) {
        var bucket = bucketWith("a", "b");

        var list = S3.client().listObjectsV2(r -> r.bucket(bucket).maxKeys(asked));

        assertThat(list.maxKeys()).isEqualTo(echoed);
        assertThat(list.keyCount()).isEqualTo(Math.min(2, asked));
        assertThat(list.isTruncated()).isEqualTo(asked == 1);
    }

    @ParameterizedTest
    @CsvSource({
        "max-keys=x, Provided max-keys not an integer or within integer range, max-keys",
        "max-keys=-1, Argument maxKeys must be an integer between 0 and 2147483647, maxKeys",
        "encoding-type=xml, Invalid Encoding Method specified in Request, encoding-type",
        "continuation-token=abc, The continuation token provided is incorrect, continuation-token",
        "continuation-token=, The continuation token provided is incorrect, continuation-token",
    })
    void badArgumentsAreNamed(String query, String message, String argument) throws IOException {
        var reply = S3.send("GET", "/" + S3.bucket() + "?list-type=2&" + query);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text())
                .contains("<Code>InvalidArgument</Code><Message>" + message + "</Message><ArgumentName>" + argument
                        + "</ArgumentName>");
    }

    @Test
    void missingBucketIsNoSuchBucket() throws IOException {
        assertThat(List.of(S3.send("GET", "/no-such-bucket?list-type=2").status()))
                .containsExactly(404);
    }
}
