package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.model.Bucket;

class ListBucketsTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    @BeforeAll
    static void createBuckets() {
        for (var name : new String[] {"photos-1", "photos-2", "videos"}) {
            S3.client().createBucket(r -> r.bucket(name));
        }
        try (var client = S3.in(Region.EU_WEST_1);
                var other = S3.otherAccount()) {
            client.createBucket(r -> r.bucket("irish"));
            other.createBucket(r -> r.bucket("not-mine"));
        }
    }

    @Test
    void listsTheCallersBucketsByName() {
        assertThat(S3.client().listBuckets().buckets())
                .extracting(Bucket::name)
                .containsExactly("irish", "photos-1", "photos-2", "videos");
    }

    @Test
    void documentIsAsS3WritesIt() throws IOException {
        var xml = S3.send("GET", "/?prefix=videos").text();

        assertThat(xml.replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.000Z", "TIME")
                        .replaceAll("[0-9a-f]{64}", "OWNER"))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        + "<ListAllMyBucketsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Owner><ID>OWNER</ID>"
                        + "</Owner><Buckets><Bucket><Name>videos</Name><CreationDate>TIME</CreationDate>"
                        + "<BucketRegion>us-east-1</BucketRegion><BucketArn>arn:aws:s3:::videos</BucketArn></Bucket>"
                        + "</Buckets><Prefix>videos</Prefix></ListAllMyBucketsResult>");
    }

    @Test
    void filtersByPrefixAndRegion() {
        assertThat(S3.client().listBuckets(r -> r.prefix("photos-")).buckets())
                .extracting(Bucket::name)
                .containsExactly("photos-1", "photos-2");
        assertThat(S3.client().listBuckets(r -> r.bucketRegion("eu-west-1")).buckets())
                .extracting(Bucket::name)
                .containsExactly("irish");
    }

    @Test
    void pagesAreGoneThroughByTheSdk() {
        assertThat(S3.client().listBucketsPaginator(r -> r.maxBuckets(1)).buckets())
                .extracting(Bucket::name)
                .containsExactly("irish", "photos-1", "photos-2", "videos");
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-buckets=0", "max-buckets=10001", "max-buckets=x", "continuation-token=x"})
    void badArgumentsAreInvalid(String query) throws IOException {
        var reply = S3.send("GET", "/?" + query);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("<Code>InvalidArgument</Code>");
    }
}
