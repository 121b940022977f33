package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.s3.Owner;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.configuration.AccessControlPolicy;
import dev.ruststack.emulator.s3.configuration.AccessControlPolicy.Grant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ACL that a request names: a canned one, grants in headers, or a document. AWS: S3 API Reference, PutObjectAcl. */
final class AclRequest {
    private static final String CANNED = "x-amz-acl";
    private static final String GRANT = "x-amz-grant-";

    private static final Set<String> HARMLESS = Set.of("private", "bucket-owner-full-control");

    /** The permissions of the headers. */
    private static final Map<String, String> GRANTS = Map.of(
            "x-amz-grant-full-control", AccessControlPolicy.FULL_CONTROL,
            "x-amz-grant-read", "READ",
            "x-amz-grant-read-acp", "READ_ACP",
            "x-amz-grant-write", "WRITE",
            "x-amz-grant-write-acp", "WRITE_ACP");

    private AclRequest() {}

    /** The ACL of the headers; null where they name none. */
    static @Nullable AccessControlPolicy ofHeaders(Headers headers, Owner owner, Owner bucketOwner) {
        var canned = headers.first(CANNED);
        var grants = new ArrayList<Grant>();
        for (var header : GRANTS.entrySet()) {
            for (var value : headers.all(header.getKey())) {
                grants.addAll(AccessControlPolicy.grants(header.getKey(), header.getValue(), value));
            }
        }
        if (canned != null && !grants.isEmpty()) {
            throw S3Error.INVALID_REQUEST.saying("Specifying both Canned ACLs and Header Grants is not allowed");
        }
        if (canned != null) {
            return AccessControlPolicy.canned(canned, owner, bucketOwner);
        }
        return grants.isEmpty() ? null : new AccessControlPolicy(owner, List.copyOf(grants));
    }

    /** Refuses the ACL of an object in a bucket in which ACLs do not count, unless it says what holds anyway. */
    static void refuse(Headers headers) {
        for (var field : headers) {
            var name = field.name();
            boolean canned = name.equalsIgnoreCase(CANNED) && !HARMLESS.contains(field.value());
            if (canned || name.regionMatches(true, 0, GRANT, 0, GRANT.length())) {
                throw S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED.error();
            }
        }
    }

    /** The ACL that PutBucketAcl or PutObjectAcl is to set. */
    static AccessControlPolicy required(Call call, Owner owner, Owner bucketOwner) throws IOException {
        var named = ofHeaders(call.request().headers(), owner, bucketOwner);
        var document = RequestDocument.readOptional(call, AccessControlPolicy.class);
        if (named != null && document != null) {
            throw S3Error.UNEXPECTED_CONTENT.error();
        }
        if (named != null) {
            return named;
        }
        if (document == null) {
            throw S3Error.MISSING_SECURITY_HEADER.with("MissingHeaderName", CANNED);
        }
        return document.checked(owner);
    }
}
