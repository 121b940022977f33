package dev.ruststack.emulator.s3.operations;

import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.code;
import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;

/** Who may what: the owner, another account, and nobody in particular, where signatures are verified. */
class AccessTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.enforcing();

    private static S3Client other;

    @BeforeAll
    static void openClient() {
        other = S3.otherAccount();
    }

    @AfterAll
    static void closeClient() {
        other.close();
    }

    /** A bucket with an object, of which nothing is blocked, with this statement. */
    private static String bucket(String statement) {
        var bucket = S3.bucket();
        S3.put(bucket, "key", "text");
        S3.client().deletePublicAccessBlock(r -> r.bucket(bucket));
        if (!statement.isEmpty()) {
            var document = "{'Version':'2012-10-17','Statement':[" + statement.replace("BUCKET", bucket) + "]}";
            S3.client().putBucketPolicy(r -> r.bucket(bucket).policy(document.replace('\'', '"')));
        }
        return bucket;
    }

    private static int anonymously(String method, String target) throws IOException {
        return S3.send(method, target).status();
    }

    @Test
    void withoutAPolicyOnlyTheOwnerMay() throws IOException {
        var bucket = bucket("");

        assertThat(anonymously("GET", "/" + bucket + "/key")).isEqualTo(403);
        assertThat(anonymously("GET", "/" + bucket)).isEqualTo(403);
        assertThat(anonymously("GET", "/" + bucket + "/missing")).isEqualTo(403);
        assertThat(anonymously("GET", "/no-such-bucket/key")).isEqualTo(404);
        assertThat(anonymously("GET", "/")).isEqualTo(403);
        assertThat(anonymously("PUT", "/made-by-nobody")).isEqualTo(403);
        refused(
                403,
                "AccessDenied",
                () -> other.getObjectAsBytes(r -> r.bucket(bucket).key("key")));
        refused(403, "AccessDenied", () -> other.listObjectsV2(r -> r.bucket(bucket)));
    }

    @Test
    void whatThePolicyAllowsEveryoneMay() throws IOException {
        var bucket =
                bucket("{'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::BUCKET/*'}");

        assertThat(S3.send("GET", "/" + bucket + "/key").text()).isEqualTo("text");
        assertThat(anonymously("HEAD", "/" + bucket + "/key")).isEqualTo(200);
        assertThat(anonymously("GET", "/" + bucket)).isEqualTo(403);
        assertThat(anonymously("GET", "/" + bucket + "/missing")).isEqualTo(403);
        assertThat(anonymously("DELETE", "/" + bucket + "/key")).isEqualTo(403);
        assertThat(S3.send("PUT", "/" + bucket + "/key", Map.of(), new byte[1]).status())
                .isEqualTo(403);
        assertThat(other.getObjectAsBytes(r -> r.bucket(bucket).key("key")).asUtf8String())
                .isEqualTo("text");
    }

    @Test
    void whatThePolicyAllowsAnAccountOnlyThatOneMay() throws IOException {
        var bucket = bucket("{'Effect':'Allow','Principal':{'AWS':'111111111111'},'Action':['s3:PutObject',"
                + "'s3:ListBucket'],'Resource':['arn:aws:s3:::BUCKET','arn:aws:s3:::BUCKET/theirs/*']}");

        other.putObject(r -> r.bucket(bucket).key("theirs/a"), RequestBody.fromString("a"));
        assertThat(other.listObjectsV2(r -> r.bucket(bucket)).keyCount()).isEqualTo(2);
        refused(
                403,
                "AccessDenied",
                () -> other.putObject(r -> r.bucket(bucket).key("mine/a"), RequestBody.fromString("a")));
        assertThat(anonymously("GET", "/" + bucket)).isEqualTo(403);
    }

    @Test
    void whatThePolicyDeniesNotEvenTheOwnerMayButMendIt() {
        var bucket = bucket("{'Effect':'Deny','Principal':'*','Action':'s3:*',"
                + "'Resource':['arn:aws:s3:::BUCKET','arn:aws:s3:::BUCKET/*']}");

        refused(
                403,
                "AccessDenied",
                () -> S3.client().getObjectAsBytes(r -> r.bucket(bucket).key("key")));
        S3.client().deleteBucketPolicy(r -> r.bucket(bucket));
        assertThat(S3.client()
                        .getObjectAsBytes(r -> r.bucket(bucket).key("key"))
                        .asUtf8String())
                .isEqualTo("text");
    }

    @Test
    void conditionsAreAskedOfTheRequest() throws IOException {
        var bucket = bucket("{'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':"
                + "'arn:aws:s3:::BUCKET/*','Condition':{'StringLike':{'aws:Referer':'https://example.com/*'}}}");

        assertThat(anonymously("GET", "/" + bucket + "/key")).isEqualTo(403);
        assertThat(S3.send("GET", "/" + bucket + "/key", Map.of("Referer", "https://example.com/a"), new byte[0])
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRestrictedBucketIsNotPublicWhateverItsPolicySays() throws IOException {
        var bucket =
                bucket("{'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::BUCKET/*'}");
        S3.client()
                .putPublicAccessBlock(
                        r -> r.bucket(bucket).publicAccessBlockConfiguration(c -> c.restrictPublicBuckets(true)));

        assertThat(anonymously("GET", "/" + bucket + "/key")).isEqualTo(403);
        refused(
                403,
                "AccessDenied",
                () -> other.getObjectAsBytes(r -> r.bucket(bucket).key("key")));
        assertThat(S3.client()
                        .getObjectAsBytes(r -> r.bucket(bucket).key("key"))
                        .asUtf8String())
                .isEqualTo("text");
    }

    @Test
    void aclsCountWhereTheOwnerLetsThem() throws IOException {
        var bucket = bucket("");
        var controls = OwnershipControlsRule.builder()
                .objectOwnership(ObjectOwnership.OBJECT_WRITER)
                .build();
        S3.client()
                .putBucketOwnershipControls(r -> r.bucket(bucket).ownershipControls(c -> c.rules(List.of(controls))));

        S3.client().putBucketAcl(r -> r.bucket(bucket).acl(BucketCannedACL.AUTHENTICATED_READ));
        S3.client().putObjectAcl(r -> r.bucket(bucket).key("key").acl(ObjectCannedACL.PUBLIC_READ));

        assertThat(anonymously("GET", "/" + bucket)).isEqualTo(403);
        assertThat(other.listObjectsV2(r -> r.bucket(bucket)).keyCount()).isEqualTo(1);
        assertThat(anonymously("GET", "/" + bucket + "/key")).isEqualTo(200);
        S3.client()
                .putPublicAccessBlock(
                        r -> r.bucket(bucket).publicAccessBlockConfiguration(c -> c.ignorePublicAcls(true)));
        assertThat(anonymously("GET", "/" + bucket + "/key")).isEqualTo(403);
    }

    @Test
    void anAccountMayCopyOnlyWhatItMayRead() {
        var bucket = bucket("");
        other.createBucket(r -> r.bucket("of-the-other"));

        refused(
                403,
                "AccessDenied",
                () -> other.copyObject(r -> r.sourceBucket(bucket)
                        .sourceKey("key")
                        .destinationBucket("of-the-other")
                        .destinationKey("copy")));
    }

    @Test
    void theExpectedOwnerIsAskedFor() throws IOException {
        var bucket =
                bucket("{'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::BUCKET/*'}");

        var wrong = S3.send(
                "GET", "/" + bucket + "/key", Map.of("x-amz-expected-bucket-owner", "222222222222"), new byte[0]);
        var malformed = S3.send("GET", "/" + bucket + "/key", Map.of("x-amz-expected-bucket-owner", "me"), new byte[0]);

        assertThat(code(wrong)).isEqualTo("AccessDenied");
        assertThat(code(malformed)).isEqualTo("InvalidBucketOwnerAWSAccountID");
    }

    private static void putTagged(String bucket, String key, String tagging) {
        other.putObject(r -> r.bucket(bucket).key(key).tagging(tagging), RequestBody.fromString("text"));
    }

    @Test
    void aPolicyMayAskForTheTagsOfAnObject() {
        var bucket = bucket("{'Effect':'Allow','Principal':{'AWS':'111111111111'},'Action':['s3:GetObject',"
                + "'s3:ListBucket'],'Resource':['arn:aws:s3:::BUCKET/*','arn:aws:s3:::BUCKET'],"
                + "'Condition':{'StringEqualsIfExists':{'s3:ExistingObjectTag/Open':'yes'}}},"
                + "{'Effect':'Deny','Principal':{'AWS':'111111111111'},'Action':'s3:GetObject',"
                + "'Resource':'arn:aws:s3:::BUCKET/*','Condition':{'Null':{'s3:ExistingObjectTag/Open':'true'}}}");

        refused(
                403,
                "AccessDenied",
                () -> other.getObjectAsBytes(r -> r.bucket(bucket).key("key")));
        S3.client()
                .putObjectTagging(r -> r.bucket(bucket)
                        .key("key")
                        .tagging(t -> t.tagSet(tag -> tag.key("Open").value("yes"))));
        assertThat(other.getObjectAsBytes(r -> r.bucket(bucket).key("key")).asUtf8String())
                .isEqualTo("text");
    }

    @Test
    void aPolicyMayAskForTheTagsThatARequestGives() {
        var bucket = bucket("{'Effect':'Allow','Principal':{'AWS':'111111111111'},"
                + "'Action':['s3:PutObject','s3:PutObjectTagging'],'Resource':'arn:aws:s3:::BUCKET/*',"
                + "'Condition':{'StringEquals':{'s3:RequestObjectTag/team':'a'},"
                + "'ForAllValues:StringEquals':{'s3:RequestObjectTagKeys':['team','stage']}}}");

        refused(403, "AccessDenied", () -> putTagged(bucket, "new", "team=b"));
        refused(403, "AccessDenied", () -> putTagged(bucket, "new", "team=a&colour=red"));
        putTagged(bucket, "new", "team=a&stage=test");
        refused(
                403,
                "AccessDenied",
                () -> other.putObjectTagging(r -> r.bucket(bucket)
                        .key("key")
                        .tagging(t -> t.tagSet(tag -> tag.key("team").value("b")))));
        other.putObjectTagging(r -> r.bucket(bucket)
                .key("key")
                .tagging(t -> t.tagSet(tag -> tag.key("team").value("a"))));
    }

    @Test
    void aPolicyMayAskHowOldASignatureIs() {
        var bucket =
                bucket("{'Effect':'Deny','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::BUCKET/*',"
                        + "'Condition':{'NumericLessThan':{'s3:signatureAge':'600000'}}}");

        refused(
                403,
                "AccessDenied",
                () -> S3.client().getObjectAsBytes(r -> r.bucket(bucket).key("key")));
        var later =
                bucket("{'Effect':'Deny','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::BUCKET/*',"
                        + "'Condition':{'NumericGreaterThan':{'s3:signatureAge':'600000'}}}");
        assertThat(S3.client().getObjectAsBytes(r -> r.bucket(later).key("key")).asUtf8String())
                .isEqualTo("text");
    }

    @Test
    void aPolicyMayAskForTls() throws IOException {
        var bucket =
                bucket("{'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::BUCKET/*'},"
                        + "{'Effect':'Deny','Principal':'*','Action':'s3:*','Resource':'arn:aws:s3:::BUCKET/*',"
                        + "'Condition':{'Bool':{'aws:SecureTransport':'false'}}}");
        var version =
                bucket("{'Effect':'Deny','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::BUCKET/*',"
                        + "'Condition':{'NumericLessThan':{'s3:TlsVersion':'1.2'}}}");

        assertThat(anonymously("GET", "/" + bucket + "/key")).isEqualTo(403);
        assertThat(S3.client()
                        .getObjectAsBytes(r -> r.bucket(version).key("key"))
                        .asUtf8String())
                .isEqualTo("text");
    }

    @Test
    void retentionIsBypassedOnlyByWhoMay() {
        var bucket = "locked-by-governance";
        S3.client().createBucket(r -> r.bucket(bucket).objectLockEnabledForBucket(true));
        S3.client().deletePublicAccessBlock(r -> r.bucket(bucket));
        var version = S3.client()
                .putObject(
                        r -> r.bucket(bucket)
                                .key("key")
                                .objectLockMode(ObjectLockMode.GOVERNANCE)
                                .objectLockRetainUntilDate(Instant.now().plusSeconds(3600)),
                        RequestBody.fromString("text"))
                .versionId();
        allow(bucket, "'s3:DeleteObjectVersion'");

        refused(403, "AccessDenied", () -> removeBypassing(bucket, version));
        allow(bucket, "'s3:DeleteObjectVersion','s3:BypassGovernanceRetention'");
        removeBypassing(bucket, version);

        assertThat(S3.client().listObjectVersions(r -> r.bucket(bucket)).versions())
                .isEmpty();
    }

    private static void allow(String bucket, String actions) {
        var document = "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Principal':{'AWS':'111111111111'},"
                + "'Action':[" + actions + "],'Resource':'arn:aws:s3:::" + bucket + "/*'}]}";
        S3.client().putBucketPolicy(r -> r.bucket(bucket).policy(document.replace('\'', '"')));
    }

    private static void removeBypassing(String bucket, String version) {
        other.deleteObject(r -> r.bucket(bucket).key("key").versionId(version).bypassGovernanceRetention(true));
    }
}
