package dev.ruststack.emulator.s3.fuzz;

import static dev.ruststack.emulator.s3.fuzz.FuzzedS3.BUCKET;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** Documents that are damaged, or made of the right words in no order. */
class XmlFuzzTest {
    @RegisterExtension
    static final FuzzedS3 S3 = new FuzzedS3();

    /** What a document is sent to, and one that S3 takes. */
    private record Sample(String method, String query, String document) {}

    private static final List<Sample> SAMPLES = List.of(
            new Sample("PUT", "tagging", "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>"),
            new Sample(
                    "PUT", "versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"),
            new Sample(
                    "PUT",
                    "cors",
                    "<CORSConfiguration><CORSRule><ID>i</ID><AllowedHeader>*</AllowedHeader><AllowedMethod>GET</AllowedMethod>"
                            + "<AllowedOrigin>http://a</AllowedOrigin><ExposeHeader>e</ExposeHeader><MaxAgeSeconds>3</MaxAgeSeconds></CORSRule></CORSConfiguration>"),
            new Sample(
                    "PUT",
                    "website",
                    "<WebsiteConfiguration><IndexDocument><Suffix>i</Suffix></IndexDocument><ErrorDocument><Key>e</Key></ErrorDocument>"
                            + "<RoutingRules><RoutingRule><Condition><KeyPrefixEquals>a</KeyPrefixEquals></Condition><Redirect><ReplaceKeyWith>b</ReplaceKeyWith>"
                            + "<HttpRedirectCode>302</HttpRedirectCode></Redirect></RoutingRule></RoutingRules></WebsiteConfiguration>"),
            new Sample(
                    "PUT",
                    "lifecycle",
                    "<LifecycleConfiguration><Rule><ID>r</ID><Filter><And><Prefix>p</Prefix><Tag><Key>k</Key><Value>v</Value></Tag></And></Filter>"
                            + "<Status>Enabled</Status><Expiration><Days>3</Days></Expiration><Transition><Days>1</Days><StorageClass>GLACIER</StorageClass></Transition>"
                            + "<NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays></NoncurrentVersionExpiration></Rule></LifecycleConfiguration>"),
            new Sample(
                    "PUT",
                    "encryption",
                    "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm>"
                            + "<KMSMasterKeyID>k</KMSMasterKeyID></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>"),
            new Sample(
                    "PUT",
                    "logging",
                    "<BucketLoggingStatus><LoggingEnabled><TargetBucket>" + BUCKET
                            + "</TargetBucket><TargetPrefix>p</TargetPrefix></LoggingEnabled></BucketLoggingStatus>"),
            new Sample(
                    "PUT",
                    "notification",
                    "<NotificationConfiguration><CloudFunctionConfiguration><Id>i</Id><CloudFunction>arn:aws:lambda:us-east-1:000000000000:function:f</CloudFunction>"
                            + "<Event>s3:ObjectCreated:*</Event><Filter><S3Key><FilterRule><Name>prefix</Name><Value>p</Value></FilterRule></S3Key></Filter></CloudFunctionConfiguration></NotificationConfiguration>"),
            new Sample(
                    "PUT",
                    "replication",
                    "<ReplicationConfiguration><Role>r</Role><Rule><ID>i</ID><Status>Enabled</Status><Priority>1</Priority><Filter><Prefix>p</Prefix></Filter>"
                            + "<DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication><Destination><Bucket>arn:aws:s3:::b</Bucket></Destination></Rule></ReplicationConfiguration>"),
            new Sample(
                    "PUT",
                    "acl",
                    "<AccessControlPolicy><Owner><ID>x</ID></Owner><AccessControlList><Grant><Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                            + " xsi:type=\"CanonicalUser\"><ID>x</ID></Grantee><Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>"),
            new Sample(
                    "PUT", "accelerate", "<AccelerateConfiguration><Status>Enabled</Status></AccelerateConfiguration>"),
            new Sample(
                    "PUT",
                    "requestPayment",
                    "<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>"),
            new Sample(
                    "PUT",
                    "ownershipControls",
                    "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>"),
            new Sample(
                    "PUT",
                    "publicAccessBlock",
                    "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>"),
            new Sample(
                    "PUT",
                    "object-lock",
                    "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>1</Days></DefaultRetention></Rule></ObjectLockConfiguration>"),
            new Sample(
                    "PUT",
                    "analytics&id=a",
                    "<AnalyticsConfiguration><Id>a</Id><StorageClassAnalysis/></AnalyticsConfiguration>"),
            new Sample(
                    "PUT",
                    "metrics&id=a",
                    "<MetricsConfiguration><Id>a</Id><Filter><Prefix>p</Prefix></Filter></MetricsConfiguration>"),
            new Sample(
                    "PUT",
                    "intelligent-tiering&id=a",
                    "<IntelligentTieringConfiguration><Id>a</Id><Status>Enabled</Status><Tiering><Days>90</Days><AccessTier>ARCHIVE_ACCESS</AccessTier></Tiering></IntelligentTieringConfiguration>"),
            new Sample(
                    "PUT",
                    "inventory&id=a",
                    "<InventoryConfiguration><Id>a</Id><IsEnabled>true</IsEnabled><IncludedObjectVersions>All</IncludedObjectVersions><Schedule><Frequency>Daily</Frequency></Schedule>"
                            + "<Destination><S3BucketDestination><Bucket>arn:aws:s3:::b</Bucket><Format>CSV</Format></S3BucketDestination></Destination></InventoryConfiguration>"),
            new Sample(
                    "POST",
                    "delete",
                    "<Delete><Object><Key>none</Key><VersionId>null</VersionId></Object><Quiet>true</Quiet></Delete>"),
            new Sample(
                    "PUT",
                    "policy",
                    "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"s\",\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"222222222222\"},"
                            + "\"Action\":[\"s3:GetObject\"],\"Resource\":\"arn:aws:s3:::" + BUCKET
                            + "/*\",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":[\"10.0.0.0/8\"]}}}]}"),
            new Sample(
                    "PUT",
                    "/key?tagging",
                    "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>"),
            new Sample(
                    "PUT",
                    "/key?retention",
                    "<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>2026-01-01T00:00:00Z</RetainUntilDate></Retention>"),
            new Sample("PUT", "/key?legal-hold", "<LegalHold><Status>OFF</Status></LegalHold>"),
            new Sample(
                    "PUT",
                    "/key?acl",
                    "<AccessControlPolicy><Owner><ID>x</ID></Owner><AccessControlList/></AccessControlPolicy>"),
            new Sample(
                    "POST",
                    "/key?uploadId=UPLOAD",
                    "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"0\"</ETag><ChecksumCRC32>AAAAAA==</ChecksumCRC32></Part></CompleteMultipartUpload>"),
            new Sample(
                    "PUT",
                    "/../new-bucket",
                    "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint><Tags><Tag><Key>a</Key><Value>b</Value></Tag></Tags></CreateBucketConfiguration>"));

    private static final Pattern ELEMENT = Pattern.compile("<([A-Za-z]\\w*)");
    private static final List<String> NAMES = SAMPLES.stream()
            .flatMap(sample -> ELEMENT.matcher(sample.document()).results().map(found -> found.group(1)))
            .collect(Collectors.collectingAndThen(Collectors.toCollection(TreeSet::new), ArrayList::new));

    private static final List<String> WORDS = List.of(
            "<",
            ">",
            "</",
            "/>",
            "&",
            "&amp;",
            "&#0;",
            "&#x110000;",
            "&unknown;",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "<?xml version=\"1.0\" encoding=\"UTF-16\"?>",
            "<?xml version=\"1.1\"?>",
            "<?xml version=\"1.0\" encoding=\"none\"?>",
            "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]>",
            "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">",
            "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>&x;",
            " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"",
            " xmlns:a=\"b\" a:c=\"d\"",
            "\ufeff",
            "\ud83d\ude42",
            "\0",
            "-1",
            "99999999999999999999",
            "1.5",
            "true",
            "maybe",
            "2026-02-30T00:00:00Z",
            "2026-01-01",
            "null",
            "[",
            "{",
            "\"",
            "\\u0000",
            "<a>".repeat(2_000),
            "[".repeat(5_000),
            "<Tag><Key>k</Key><Value>v</Value></Tag>".repeat(300));

    @BeforeAll
    static void haveVersions() {
        S3.s3()
                .client()
                .putBucketVersioning(
                        r -> r.bucket(BUCKET).versioningConfiguration(c -> c.status(BucketVersioningStatus.ENABLED)));
    }

    @Test
    void everyDocumentIsTakenOrRefused() throws IOException {
        var upload = S3.s3()
                .client()
                .createMultipartUpload(r -> r.bucket(BUCKET).key("key"))
                .uploadId();
        Fuzz.run(1_500, random -> {
            var sample = SAMPLES.get(random.nextInt(SAMPLES.size()));
            var document = document(sample, random);
            var bytes = document.getBytes(random.nextInt(20) == 0 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
            var target = sample.query.startsWith("/")
                    ? "/" + BUCKET + sample.query.replace("UPLOAD", upload)
                    : "/" + BUCKET + "?" + sample.query;
            var told = target.replace("/" + BUCKET + "/../", "/");
            S3.send(sample.method, told, Map.of("Content-MD5", FuzzedS3.md5(bytes)), bytes);
            if (random.nextInt(10) == 0) {
                S3.send("GET", told, Map.of(), new byte[0]);
                S3.send("GET", "/" + BUCKET + "/key", Map.of("Origin", "http://a"), new byte[0]);
                S3.send("DELETE", "/" + BUCKET + "?policy", Map.of(), new byte[0]);
            }
        });
        S3.send("DELETE", "/" + BUCKET + "?policy", Map.of(), new byte[0]);
    }

    private static String document(Sample sample, Random random) {
        var root = ELEMENT.matcher(sample.document());
        return switch (random.nextInt(3)) {
            case 0 -> root.find() ? tree(random, root.group(1), 0) : sample.document();
            case 1 -> swapped(sample.document(), random);
            default -> new Mutations(random, WORDS).of(sample.document());
        };
    }

    /** The right words in no order. */
    private static String tree(Random random, String name, int depth) {
        var text = new StringBuilder("<" + name + ">");
        int children = depth > 4 ? 0 : random.nextInt(4);
        for (int i = 0; i < children; i++) {
            text.append(tree(random, NAMES.get(random.nextInt(NAMES.size())), depth + 1));
        }
        if (children == 0 && random.nextInt(4) > 0) {
            text.append(random.nextBoolean() ? "1" : WORDS.get(random.nextInt(WORDS.size())));
        }
        return text.append("</" + name + ">").toString();
    }

    /** One element's content, or its name, is another's. */
    private static String swapped(String document, Random random) {
        var found = ELEMENT.matcher(document).results().toList();
        if (found.isEmpty()) {
            return document;
        }
        var name = found.get(random.nextInt(found.size())).group(1);
        var whole = Pattern.compile("<" + name + ">.*?</" + name + ">", Pattern.DOTALL);
        var by = switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> "<" + name + "/>";
            case 2 -> "<" + name + ">" + WORDS.get(random.nextInt(WORDS.size())) + "</" + name + ">";
            default -> tree(random, name, 3);
        };
        return whole.matcher(document).replaceFirst(Matcher.quoteReplacement(by));
    }
}
