package dev.ruststack.emulator.seed;

import dev.ruststack.crds.bucket.BucketSpec;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.RequestBody;
import dev.ruststack.emulator.s3.configuration.AccessControlPolicy;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The ACL of a bucket.
 *
 * @param canned its name; null where none is declared
 */
record AclSetting(@Nullable String canned) implements BucketSetting {
    private static final DocumentSetting.Name NAME = new DocumentSetting.Name("acl", "acl", "BucketAcl");
    private static final String REMEDY = "; an ACL that is open to everyone needs publicAccessBlock with "
            + "blockPublicAcls: false, and ignorePublicAcls: false to count";

    @Override
    public String field() {
        return NAME.field();
    }

    @Override
    public boolean declared() {
        return canned != null;
    }

    @Override
    public boolean holds(Calls s3, String bucket) throws SeedException, IOException {
        var current = DocumentSetting.read(s3, bucket, NAME, AccessControlPolicy.class);
        var owner = current == null ? null : current.owner();
        return owner != null && AccessControlPolicy.canned(due(), owner, owner).equals(current);
    }

    @Override
    public void put(Calls s3, String bucket) throws SeedException, IOException {
        var headers = Headers.of("Content-Length", "0", "x-amz-acl", due());
        var answer = s3.call("PUT", "/" + bucket + "?acl", headers, RequestBody.of(new byte[0]));
        if (answer.status() == 403) {
            throw new SeedException("acl: PutBucketAcl: " + Calls.error(answer) + REMEDY);
        }
        Calls.require(answer, "acl: PutBucketAcl");
    }

    private String due() {
        return canned == null ? BucketSpec.PRIVATE : canned;
    }
}
