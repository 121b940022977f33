package dev.ruststack.emulator.s3.operations;

import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.Type;

/** GetBucketAcl, PutBucketAcl, GetObjectAcl and PutObjectAcl. */
class AclTest {
    private static final String ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers";

    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    /** A bucket whose ACLs count. */
    private static String bucketWithAcls() {
        var bucket = S3.bucket();
        S3.client()
                .putBucketOwnershipControls(r -> r.bucket(bucket)
                        .ownershipControls(c -> c.rules(List.of(OwnershipControlsRule.builder()
                                .objectOwnership(ObjectOwnership.BUCKET_OWNER_PREFERRED)
                                .build()))));
        S3.client().deletePublicAccessBlock(r -> r.bucket(bucket));
        return bucket;
    }

    private static List<String> grants(List<Grant> grants) {
        return grants.stream()
                .map(grant -> (grant.grantee().type() == Type.GROUP
                                ? grant.grantee().uri()
                                : grant.grantee().id().substring(0, 4))
                        + " " + grant.permission())
                .toList();
    }

    @Test
    void theOwnerMayEverything() throws IOException {
        var bucket = S3.bucket();

        var acl = S3.client().getBucketAcl(r -> r.bucket(bucket));

        assertThat(acl.owner().id()).hasSize(64);
        assertThat(acl.grants()).hasSize(1);
        assertThat(acl.grants().getFirst().permission()).isEqualTo(Permission.FULL_CONTROL);
        assertThat(acl.grants().getFirst().grantee().id()).isEqualTo(acl.owner().id());
        assertThat(acl.grants().getFirst().grantee().type()).isEqualTo(Type.CANONICAL_USER);
        assertThat(S3.send("GET", "/" + bucket + "?acl").text())
                .contains("<Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                        + " xsi:type=\"CanonicalUser\"><ID>");
    }

    @Test
    void aNewBucketTakesNoAcls() {
        var bucket = S3.bucket();
        S3.put(bucket, "key", "text");

        refused(
                400,
                "AccessControlListNotSupported",
                () -> S3.client().putBucketAcl(r -> r.bucket(bucket).acl(BucketCannedACL.PRIVATE)));
        refused(
                400,
                "AccessControlListNotSupported",
                () -> S3.client().putObjectAcl(r -> r.bucket(bucket).key("key").acl(ObjectCannedACL.PUBLIC_READ)));
        assertThat(S3.client().getObjectAcl(r -> r.bucket(bucket).key("key")).grants())
                .hasSize(1);
    }

    @Test
    void anObjectWithAnAclIsRefusedWhereAclsDoNotCount() throws IOException {
        var bucket = S3.bucket();

        var refused = S3.send("PUT", "/" + bucket + "/key", Map.of("x-amz-acl", "public-read"), new byte[1]);
        var taken =
                S3.send("PUT", "/" + bucket + "/key", Map.of("x-amz-acl", "bucket-owner-full-control"), new byte[1]);

        assertThat(ConfigurationAssert.code(refused)).isEqualTo("AccessControlListNotSupported");
        assertThat(taken.status()).isEqualTo(200);
    }

    @Test
    void cannedAclsAreGrants() {
        var bucket = bucketWithAcls();
        S3.put(bucket, "key", "text");

        S3.client().putBucketAcl(r -> r.bucket(bucket).acl(BucketCannedACL.PUBLIC_READ_WRITE));
        S3.client().putObjectAcl(r -> r.bucket(bucket).key("key").acl(ObjectCannedACL.PUBLIC_READ));

        assertThat(grants(S3.client().getBucketAcl(r -> r.bucket(bucket)).grants()))
                .hasSize(3)
                .contains(ALL_USERS + " READ", ALL_USERS + " WRITE");
        assertThat(grants(S3.client()
                        .getObjectAcl(r -> r.bucket(bucket).key("key"))
                        .grants()))
                .hasSize(2)
                .contains(ALL_USERS + " READ");
    }

    @Test
    void grantsStandInHeadersOrInADocument() {
        var bucket = bucketWithAcls();
        var owner = S3.client().getBucketAcl(r -> r.bucket(bucket)).owner();

        S3.client().putBucketAcl(r -> r.bucket(bucket).grantRead("uri=\"" + ALL_USERS + "\", id=" + owner.id()));
        var byHeader = S3.client().getBucketAcl(r -> r.bucket(bucket)).grants();
        S3.client()
                .putBucketAcl(r ->
                        r.bucket(bucket).accessControlPolicy(p -> p.owner(owner).grants(byHeader)));

        assertThat(grants(byHeader)).hasSize(2).contains(ALL_USERS + " READ");
        assertThat(S3.client().getBucketAcl(r -> r.bucket(bucket)).grants()).isEqualTo(byHeader);
    }

    @Test
    void whatIsNoAclIsRefused() throws IOException {
        var bucket = bucketWithAcls();

        assertThat(code(bucket, Map.of("x-amz-acl", "for-friends"), "")).isEqualTo("InvalidArgument");
        assertThat(code(bucket, Map.of("x-amz-grant-read", "nobody"), "")).isEqualTo("InvalidArgument");
        assertThat(code(bucket, Map.of("x-amz-grant-read", "id=1"), "")).isEqualTo("InvalidArgument");
        assertThat(code(bucket, Map.of("x-amz-grant-read", "emailAddress=a@b.c"), ""))
                .isEqualTo("UnresolvableGrantByEmailAddress");
        assertThat(code(bucket, Map.of(), "")).isEqualTo("MissingSecurityHeader");
        assertThat(code(bucket, Map.of(), "<AccessControlPolicy/>")).isEqualTo("MalformedACLError");
        assertThat(code(bucket, Map.of("x-amz-acl", "private", "x-amz-grant-read", "uri=\"" + ALL_USERS + "\""), ""))
                .isEqualTo("InvalidRequest");
    }

    private static String code(String bucket, Map<String, String> headers, String document) throws IOException {
        var bytes = document.getBytes(StandardCharsets.UTF_8);
        return ConfigurationAssert.code(S3.send("PUT", "/" + bucket + "?acl", headers, bytes));
    }

    @Test
    void createBucketTakesOwnershipAndAcl() {
        S3.client()
                .createBucket(r -> r.bucket("created-with-acl")
                        .objectOwnership(ObjectOwnership.OBJECT_WRITER)
                        .acl(BucketCannedACL.PRIVATE));

        assertThat(S3.client()
                        .getBucketOwnershipControls(r -> r.bucket("created-with-acl"))
                        .ownershipControls()
                        .rules()
                        .getFirst()
                        .objectOwnership())
                .isEqualTo(ObjectOwnership.OBJECT_WRITER);
        refused(
                400,
                "InvalidBucketAclWithObjectOwnership",
                () -> S3.client().createBucket(r -> r.bucket("created-public").acl(BucketCannedACL.PUBLIC_READ)));
        refused(
                400,
                "InvalidBucketAclWithBlockPublicAccessError",
                () -> S3.client()
                        .createBucket(r -> r.bucket("created-public")
                                .objectOwnership(ObjectOwnership.OBJECT_WRITER)
                                .acl(BucketCannedACL.PUBLIC_READ)));
        refused(404, "NoSuchBucket", () -> S3.client().getBucketAcl(r -> r.bucket("created-public")));
    }
}
