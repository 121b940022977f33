package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * What Terraform's AWS provider asks after it has made, changed or removed a resource: each read must answer, or fail
 * with the very code by which the provider knows that nothing is set.
 */
class TerraformReadsTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.enforcing();

    /** A read, and the code of a bucket that has nothing of the kind; empty where the read succeeds all the same. */
    private record Read(String name, Consumer<Target> call, String absent) {}

    private record Target(S3Client client, String bucket) {}

    /** The reads of {@code aws_s3_bucket}, in the provider's order. */
    private static List<Read> reads() {
        return List.of(
                read("policy", "NoSuchBucketPolicy", t -> t.client.getBucketPolicy(r -> r.bucket(t.bucket))),
                read("acl", "", t -> t.client.getBucketAcl(r -> r.bucket(t.bucket))),
                read("cors", "NoSuchCORSConfiguration", t -> t.client.getBucketCors(r -> r.bucket(t.bucket))),
                read("website", "NoSuchWebsiteConfiguration", t -> t.client.getBucketWebsite(r -> r.bucket(t.bucket))),
                read("versioning", "", t -> t.client.getBucketVersioning(r -> r.bucket(t.bucket))),
                read("accelerate", "", t -> t.client.getBucketAccelerateConfiguration(r -> r.bucket(t.bucket))),
                read("payer", "", t -> t.client.getBucketRequestPayment(r -> r.bucket(t.bucket))),
                read("logging", "", t -> t.client.getBucketLogging(r -> r.bucket(t.bucket))),
                read(
                        "lifecycle",
                        "NoSuchLifecycleConfiguration",
                        t -> t.client.getBucketLifecycleConfiguration(r -> r.bucket(t.bucket))),
                read(
                        "replication",
                        "ReplicationConfigurationNotFoundError",
                        t -> t.client.getBucketReplication(r -> r.bucket(t.bucket))),
                read("encryption", "", t -> t.client.getBucketEncryption(r -> r.bucket(t.bucket))),
                read(
                        "object lock",
                        "ObjectLockConfigurationNotFoundError",
                        t -> t.client.getObjectLockConfiguration(r -> r.bucket(t.bucket))),
                read("location", "", t -> t.client.getBucketLocation(r -> r.bucket(t.bucket))),
                read("tagging", "NoSuchTagSet", t -> t.client.getBucketTagging(r -> r.bucket(t.bucket))),
                read("ownership", "", t -> t.client.getBucketOwnershipControls(r -> r.bucket(t.bucket))),
                read("public access", "", t -> t.client.getPublicAccessBlock(r -> r.bucket(t.bucket))),
                read("notification", "", t -> t.client.getBucketNotificationConfiguration(r -> r.bucket(t.bucket))),
                read(
                        "metrics",
                        "NoSuchConfiguration",
                        t -> t.client.getBucketMetricsConfiguration(
                                r -> r.bucket(t.bucket).id("all"))),
                read(
                        "analytics",
                        "NoSuchConfiguration",
                        t -> t.client.getBucketAnalyticsConfiguration(
                                r -> r.bucket(t.bucket).id("all"))),
                read(
                        "inventory",
                        "NoSuchConfiguration",
                        t -> t.client.getBucketInventoryConfiguration(
                                r -> r.bucket(t.bucket).id("all"))),
                read(
                        "intelligent tiering",
                        "NoSuchConfiguration",
                        t -> t.client.getBucketIntelligentTieringConfiguration(
                                r -> r.bucket(t.bucket).id("all"))));
    }

    private static Read read(String name, String absent, Consumer<Target> call) {
        return new Read(name, call, absent);
    }

    private static String outcome(Read read, Target target) {
        try {
            read.call().accept(target);
            return "";
        } catch (S3Exception e) {
            return e.awsErrorDetails().errorCode();
        }
    }

    @TestFactory
    Stream<DynamicTest> eachReadOfANewBucketAnswersAsTheProviderExpects() {
        var target = new Target(S3.client(), S3.bucket());
        return reads().stream()
                .map(read -> DynamicTest.dynamicTest(
                        read.name(), () -> assertThat(outcome(read, target)).isEqualTo(read.absent())));
    }

    @TestFactory
    Stream<DynamicTest> eachReadOfARemovedBucketSaysThatItIsGone() {
        var target = new Target(S3.client(), S3.bucket());
        target.client.deleteBucket(r -> r.bucket(target.bucket));
        return reads().stream()
                .map(read -> DynamicTest.dynamicTest(
                        read.name(), () -> assertThat(outcome(read, target)).isEqualTo("NoSuchBucket")));
    }

    @Test
    void resourcesAreMadeChangedAndRemoved() {
        var client = S3.client();
        var bucket = S3.bucket();
        var reads = new HashMap<String, Read>();
        reads().forEach(read -> reads.put(read.name(), read));
        var target = new Target(client, bucket);

        client.putBucketCors(r -> r.bucket(bucket)
                .corsConfiguration(c -> c.corsRules(CORSRule.builder()
                        .allowedMethods("GET")
                        .allowedOrigins("*")
                        .build())));
        client.putBucketWebsite(r -> r.bucket(bucket).websiteConfiguration(w -> w.indexDocument(i -> i.suffix("i"))));
        client.putBucketTagging(r -> r.bucket(bucket)
                .tagging(t -> t.tagSet(Tag.builder().key("a").value("b").build())));
        for (var name : List.of("cors", "website", "tagging")) {
            assertThat(outcome(reads.get(name), target)).as(name).isEmpty();
        }

        client.deleteBucketCors(r -> r.bucket(bucket));
        client.deleteBucketWebsite(r -> r.bucket(bucket));
        client.deleteBucketTagging(r -> r.bucket(bucket));
        client.deleteBucketOwnershipControls(r -> r.bucket(bucket));
        client.deletePublicAccessBlock(r -> r.bucket(bucket));
        client.deleteBucketEncryption(r -> r.bucket(bucket));
        var after = Map.of(
                "cors", "NoSuchCORSConfiguration",
                "website", "NoSuchWebsiteConfiguration",
                "tagging", "NoSuchTagSet",
                "ownership", "OwnershipControlsNotFoundError",
                "public access", "NoSuchPublicAccessBlockConfiguration",
                "encryption", "");
        after.forEach((name, code) ->
                assertThat(outcome(reads.get(name), target)).as(name).isEqualTo(code));
    }
}
