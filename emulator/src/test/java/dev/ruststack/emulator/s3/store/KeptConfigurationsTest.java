package dev.ruststack.emulator.s3.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.ETag;
import dev.ruststack.emulator.s3.Owner;
import dev.ruststack.emulator.s3.S3Protocol;
import dev.ruststack.emulator.s3.configuration.AccelerateConfiguration;
import dev.ruststack.emulator.s3.configuration.AccessControlPolicy;
import dev.ruststack.emulator.s3.configuration.AnalyticsConfiguration;
import dev.ruststack.emulator.s3.configuration.BucketLoggingStatus;
import dev.ruststack.emulator.s3.configuration.BucketPolicy;
import dev.ruststack.emulator.s3.configuration.BucketTagging;
import dev.ruststack.emulator.s3.configuration.ConfigurationKind;
import dev.ruststack.emulator.s3.configuration.CorsConfiguration;
import dev.ruststack.emulator.s3.configuration.IntelligentTieringConfiguration;
import dev.ruststack.emulator.s3.configuration.InventoryConfiguration;
import dev.ruststack.emulator.s3.configuration.LifecycleConfiguration;
import dev.ruststack.emulator.s3.configuration.MetricsConfiguration;
import dev.ruststack.emulator.s3.configuration.NotificationConfiguration;
import dev.ruststack.emulator.s3.configuration.OwnershipControls;
import dev.ruststack.emulator.s3.configuration.PublicAccessBlockConfiguration;
import dev.ruststack.emulator.s3.configuration.ReplicationConfiguration;
import dev.ruststack.emulator.s3.configuration.RequestPaymentConfiguration;
import dev.ruststack.emulator.s3.configuration.ServerSideEncryptionConfiguration;
import dev.ruststack.emulator.s3.configuration.WebsiteConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of configuration comes back from the journal as it was. */
class KeptConfigurationsTest {
    private static final Owner OWNER = Owner.ofAccount("000000000000");

    @TempDir
    Path folder;

    private KeptBuckets open(Buckets buckets) throws IOException {
        return KeptBuckets.open(buckets, BlobStore.kept(folder), folder.resolve("journal"));
    }

    private static <T extends Record> T parse(Class<T> type, String document) {
        return S3Protocol.parse(document.getBytes(StandardCharsets.UTF_8), type);
    }

    private static Map<ConfigurationKind<?>, Record> documents() {
        var documents = new LinkedHashMap<ConfigurationKind<?>, Record>();
        documents.put(AccelerateConfiguration.KIND, new AccelerateConfiguration("Enabled"));
        documents.put(AccessControlPolicy.KIND, AccessControlPolicy.canned("public-read", OWNER, OWNER));
        documents.put(
                AnalyticsConfiguration.KIND,
                parse(
                        AnalyticsConfiguration.class,
                        "<AnalyticsConfiguration><Id>a</Id><Filter><And><Prefix>p</Prefix><Tag><Key>k</Key>"
                                + "<Value>v</Value></Tag></And></Filter><StorageClassAnalysis><DataExport>"
                                + "<OutputSchemaVersion>V_1</OutputSchemaVersion></DataExport></StorageClassAnalysis>"
                                + "</AnalyticsConfiguration>"));
        documents.put(
                BucketLoggingStatus.KIND,
                parse(
                        BucketLoggingStatus.class,
                        "<BucketLoggingStatus><LoggingEnabled><TargetBucket>b</TargetBucket><TargetGrants><Grant>"
                                + "<Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"Group\">"
                                + "<URI>u</URI></Grantee><Permission>READ</Permission></Grant></TargetGrants>"
                                + "<TargetObjectKeyFormat><SimplePrefix/></TargetObjectKeyFormat>"
                                + "<TargetPrefix/></LoggingEnabled></BucketLoggingStatus>"));
        documents.put(BucketPolicy.KIND, new BucketPolicy("{\"Statement\":[]}"));
        documents.put(
                BucketTagging.KIND,
                parse(BucketTagging.class, "<Tagging><TagSet><Tag><Key>k</Key><Value/></Tag></TagSet></Tagging>"));
        documents.put(
                CorsConfiguration.KIND,
                parse(
                        CorsConfiguration.class,
                        "<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin>"
                                + "<MaxAgeSeconds>3</MaxAgeSeconds></CORSRule></CORSConfiguration>"));
        documents.put(
                IntelligentTieringConfiguration.KIND,
                parse(
                        IntelligentTieringConfiguration.class,
                        "<IntelligentTieringConfiguration><Id>i</Id><Status>Enabled</Status><Tiering><Days>90</Days>"
                                + "<AccessTier>ARCHIVE_ACCESS</AccessTier></Tiering></IntelligentTieringConfiguration>"));
        documents.put(
                InventoryConfiguration.KIND,
                parse(
                        InventoryConfiguration.class,
                        "<InventoryConfiguration><Id>i</Id><IsEnabled>true</IsEnabled><Destination>"
                                + "<S3BucketDestination><Bucket>b</Bucket><Encryption><SSE-S3/></Encryption>"
                                + "</S3BucketDestination></Destination><OptionalFields><Field>Size</Field>"
                                + "</OptionalFields></InventoryConfiguration>"));
        documents.put(
                LifecycleConfiguration.KIND,
                parse(
                                LifecycleConfiguration.class,
                                "<LifecycleConfiguration><Rule><Filter><And><Prefix>p</Prefix><ObjectSizeLessThan>5"
                                        + "</ObjectSizeLessThan></And></Filter><Status>Enabled</Status><Expiration>"
                                        + "<Date>2030-01-01T00:00:00Z</Date></Expiration></Rule>"
                                        + "</LifecycleConfiguration>")
                        .checked(null));
        documents.put(
                MetricsConfiguration.KIND,
                parse(MetricsConfiguration.class, "<MetricsConfiguration><Id>m</Id></MetricsConfiguration>"));
        documents.put(
                NotificationConfiguration.KIND,
                parse(
                                NotificationConfiguration.class,
                                "<NotificationConfiguration><CloudFunctionConfiguration><CloudFunction>f</CloudFunction>"
                                        + "<Event>s3:ObjectCreated:*</Event><Filter><S3Key><FilterRule><Name>prefix"
                                        + "</Name><Value>a</Value></FilterRule></S3Key></Filter>"
                                        + "</CloudFunctionConfiguration></NotificationConfiguration>")
                        .checked());
        documents.put(OwnershipControls.KIND, OwnershipControls.REMOVED);
        documents.put(PublicAccessBlockConfiguration.KIND, PublicAccessBlockConfiguration.REMOVED);
        documents.put(
                ReplicationConfiguration.KIND,
                parse(
                        ReplicationConfiguration.class,
                        "<ReplicationConfiguration><Role>r</Role><Rule><Priority>1</Priority><Filter/><Status>Enabled"
                                + "</Status><Destination><Bucket>b</Bucket><Metrics><EventThreshold><Minutes>15</Minutes>"
                                + "</EventThreshold></Metrics></Destination></Rule></ReplicationConfiguration>"));
        documents.put(RequestPaymentConfiguration.KIND, RequestPaymentConfiguration.DEFAULT);
        documents.put(ServerSideEncryptionConfiguration.KIND, ServerSideEncryptionConfiguration.DEFAULT);
        documents.put(
                WebsiteConfiguration.KIND,
                parse(
                        WebsiteConfiguration.class,
                        "<WebsiteConfiguration><IndexDocument><Suffix>i</Suffix></IndexDocument><RoutingRules>"
                                + "<RoutingRule><Redirect><HostName>h</HostName></Redirect></RoutingRule></RoutingRules>"
                                + "</WebsiteConfiguration>"));
        return documents;
    }

    private static <T extends Record> void set(Bucket bucket, ConfigurationKind<T> kind, Record document) {
        bucket.configurations().set(kind, kind.type().cast(document));
    }

    @Test
    void eachComesBack() throws IOException {
        var documents = documents();
        var first = new Buckets(Clock.systemUTC());
        try (var _ = open(first)) {
            first.create("bucket", "000000000000", "us-east-1");
            var bucket = first.require("bucket");
            documents.forEach((kind, document) -> set(bucket, kind, document));
        }

        var second = new Buckets(Clock.systemUTC());
        try (var _ = open(second)) {
            var bucket = second.require("bucket");
            documents.forEach(
                    (kind, document) -> assertThat(bucket.configurations().get(kind))
                            .as(kind.name())
                            .isEqualTo(document));
        }
        assertThat(new HashSet<>(documents.keySet())).hasSize(18);
    }

    @Test
    void theAclOfAnObjectComesBack() throws IOException {
        var acl = AccessControlPolicy.canned("public-read", OWNER, OWNER);
        var first = new Buckets(Clock.systemUTC());
        try (var _ = open(first)) {
            first.create("bucket", "000000000000", "us-east-1");
            var version = new ObjectVersion(
                    new Blob.InMemory(new byte[0]),
                    new ETag("e"),
                    Checksum.fullObject(ChecksumAlgorithm.CRC32, new byte[4]),
                    Instant.EPOCH,
                    ObjectMetadata.of("text/plain", Map.of()));
            first.require("bucket").put("key", version.with(Attachments.NONE.withAcl(acl)), current -> {});
        }

        var second = new Buckets(Clock.systemUTC());
        try (var _ = open(second)) {
            var found = second.require("bucket").find("key");
            assertThat(found).isNotNull();
            assertThat(found.attachments().acl()).isEqualTo(acl);
        }
    }
}
