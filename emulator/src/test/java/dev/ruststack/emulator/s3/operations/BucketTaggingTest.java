package dev.ruststack.emulator.s3.operations;

import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.code;
import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.put;
import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.Tag;

class BucketTaggingTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    @Test
    void whatIsSetIsGivenBack() {
        var bucket = S3.bucket();
        var tags = new Tag[] {tag("b", "1"), tag("a", "")};

        S3.client().putBucketTagging(r -> r.bucket(bucket).tagging(t -> t.tagSet(tags)));

        assertThat(S3.client().getBucketTagging(r -> r.bucket(bucket)).tagSet()).containsExactly(tags);
    }

    @Test
    void anEmptySetIsNone() {
        var bucket = S3.bucket();
        S3.client().putBucketTagging(r -> r.bucket(bucket).tagging(t -> t.tagSet(tag("a", "b"))));

        S3.client().putBucketTagging(r -> r.bucket(bucket).tagging(t -> t.tagSet(new Tag[0])));

        refused(404, "NoSuchTagSet", () -> S3.client().getBucketTagging(r -> r.bucket(bucket)));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    @Test
    void bucketWithoutOneSaysSo() {
        var bucket = S3.bucket();

        refused(404, "NoSuchTagSet", () -> S3.client().getBucketTagging(r -> r.bucket(bucket)));
    }

    @Test
    void whatIsRemovedIsGone() {
        var bucket = S3.bucket();
        S3.client().putBucketTagging(r -> r.bucket(bucket).tagging(t -> t.tagSet(tag("a", "b"))));

        S3.client().deleteBucketTagging(r -> r.bucket(bucket));
        S3.client().deleteBucketTagging(r -> r.bucket(bucket));

        refused(404, "NoSuchTagSet", () -> S3.client().getBucketTagging(r -> r.bucket(bucket)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "<TagSet><Tag><Key>a</Key></Tag></TagSet> | MalformedXML",
                "<TagSet><Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>a</Key><Value>2</Value></Tag></TagSet> | InvalidTag",
                "<TagSet><Tag><Key>aws:a</Key><Value>1</Value></Tag></TagSet> | InvalidTag",
                "<TagSet><Tag><Key></Key><Value>1</Value></Tag></TagSet> | InvalidTag",
                "<TagSet><Tag><Key>a{</Key><Value>1</Value></Tag></TagSet> | InvalidTag"
            })
    void documentsThatS3DoesNotTakeAreRefused(String content, String code) throws IOException {
        var document = "<Tagging>" + content + "</Tagging>";

        var reply = put(S3, S3.bucket(), "tagging", document);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(code);
    }
}
