package dev.ruststack.emulator.s3.configuration;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.s3.Owner;
import dev.ruststack.emulator.s3.S3Error;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * To whom the owner of a bucket or an object grants what. AWS: S3 User Guide, Access control list (ACL) overview.
 *
 * @param accessControlList null only in a document that a client sends
 */
public record AccessControlPolicy(
        @Nullable Owner owner, @Nullable List<Grant> accessControlList) {
    /** That of a bucket; those of objects are with the objects. */
    public static final ConfigurationKind<AccessControlPolicy> KIND =
            new ConfigurationKind<>("acl", AccessControlPolicy.class);

    public static final String ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers";
    public static final String AUTHENTICATED_USERS = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
    private static final String LOG_DELIVERY = "http://acs.amazonaws.com/groups/s3/LogDelivery";

    /** Every permission at once. */
    public static final String FULL_CONTROL = "FULL_CONTROL";

    private static final Set<String> PERMISSIONS = Set.of(FULL_CONTROL, "READ", "WRITE", "READ_ACP", "WRITE_ACP");
    private static final Set<String> GROUPS = Set.of(ALL_USERS, AUTHENTICATED_USERS, LOG_DELIVERY);
    private static final Pattern CANONICAL_ID = Pattern.compile("[0-9a-f]{64}");
    private static final int MAX_GRANTS = 100;

    /** What one grantee may. */
    public record Grant(@Nullable Grantee grantee, @Nullable String permission) {
        static Grant group(String uri, String permission) {
            return new Grant(new Grantee("Group", null, null, null, uri), permission);
        }

        static Grant user(String id, String permission) {
            return new Grant(new Grantee("CanonicalUser", null, id, null, null), permission);
        }

        private void check() {
            if (grantee == null || permission == null || !PERMISSIONS.contains(permission)) {
                throw S3Error.MALFORMED_ACL.error();
            }
            switch (String.valueOf(grantee.type())) {
                case "CanonicalUser" -> checkId("CanonicalUser/ID", grantee.id());
                case "Group" -> checkGroup("Group/URI", grantee.uri());
                case "AmazonCustomerByEmail" -> throw S3Error.UNRESOLVABLE_GRANT_BY_EMAIL_ADDRESS.error();
                default -> throw S3Error.MALFORMED_ACL.error();
            }
        }
    }

    public AccessControlPolicy {
        accessControlList = accessControlList == null ? null : List.copyOf(accessControlList);
    }

    /** The owner may everything, nobody else anything. */
    public static AccessControlPolicy ownedBy(Owner owner) {
        return new AccessControlPolicy(owner, List.of(Grant.user(owner.id(), FULL_CONTROL)));
    }

    /**
     * A canned ACL.
     *
     * @param bucketOwner of the bucket that the object is in; the owner itself for a bucket
     */
    public static AccessControlPolicy canned(String name, Owner owner, Owner bucketOwner) {
        var grants = new ArrayList<Grant>();
        grants.add(Grant.user(owner.id(), FULL_CONTROL));
        boolean shared = !owner.equals(bucketOwner);
        switch (name) {
            case "private", "aws-exec-read" -> {}
            case "public-read" -> grants.add(Grant.group(ALL_USERS, "READ"));
            case "public-read-write" -> {
                grants.add(Grant.group(ALL_USERS, "READ"));
                grants.add(Grant.group(ALL_USERS, "WRITE"));
            }
            case "authenticated-read" -> grants.add(Grant.group(AUTHENTICATED_USERS, "READ"));
            case "log-delivery-write" -> {
                grants.add(Grant.group(LOG_DELIVERY, "WRITE"));
                grants.add(Grant.group(LOG_DELIVERY, "READ_ACP"));
            }
            case "bucket-owner-read" -> {
                if (shared) {
                    grants.add(Grant.user(bucketOwner.id(), "READ"));
                }
            }
            case "bucket-owner-full-control" -> {
                if (shared) {
                    grants.add(Grant.user(bucketOwner.id(), FULL_CONTROL));
                }
            }
            default ->
                throw S3Error.INVALID_ARGUMENT.with("ArgumentName", "x-amz-acl").with("ArgumentValue", name);
        }
        return new AccessControlPolicy(owner, grants);
    }

    /** The grants of a header such as {@code x-amz-grant-read: id="...", uri="..."}. */
    public static List<Grant> grants(String header, String permission, String value) {
        var grants = new ArrayList<Grant>();
        for (var part : value.split(",", -1)) {
            var text = part.strip();
            int equals = text.indexOf('=');
            var kind = equals < 0 ? "" : text.substring(0, equals).strip();
            var name = unquoted(text.substring(equals + 1).strip());
            switch (kind) {
                case "id" -> {
                    checkId("id", name);
                    grants.add(Grant.user(name, permission));
                }
                case "uri" -> {
                    checkGroup("uri", name);
                    grants.add(Grant.group(name, permission));
                }
                case "emailAddress" -> throw S3Error.UNRESOLVABLE_GRANT_BY_EMAIL_ADDRESS.error();
                default -> throw S3Error.invalidArgument("Argument format not recognized", header, text);
            }
        }
        return grants;
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static void checkId(String name, @Nullable String id) {
        if (id == null || !CANONICAL_ID.matcher(id).matches()) {
            throw invalid("Invalid id", name, id);
        }
    }

    private static void checkGroup(String name, @Nullable String uri) {
        if (uri == null || !GROUPS.contains(uri)) {
            throw invalid("Invalid group uri", name, uri);
        }
    }

    private static AwsException invalid(String text, String name, @Nullable String value) {
        return S3Error.invalidArgument(text, name, value == null ? "" : value);
    }

    /** The document that a client sends, where S3 takes it. */
    public AccessControlPolicy checked(Owner due) {
        if (owner == null || accessControlList == null) {
            throw S3Error.MALFORMED_ACL.error();
        }
        checkId("CanonicalUser/ID", owner.id());
        accessControlList.forEach(Grant::check);
        if (accessControlList.size() > MAX_GRANTS) {
            throw S3Error.MALFORMED_ACL.error();
        }
        if (!owner.equals(due)) {
            throw S3Error.ACCESS_DENIED.error();
        }
        return this;
    }

    /** Its grants. */
    public List<Grant> grants() {
        return accessControlList == null ? List.of() : accessControlList;
    }

    /** Whether it grants anything to everyone. */
    public boolean opensToEveryone() {
        return grants().stream()
                .anyMatch(grant -> grant.grantee() != null
                        && (ALL_USERS.equals(grant.grantee().uri())
                                || AUTHENTICATED_USERS.equals(grant.grantee().uri())));
    }

    /**
     * Whether it grants a permission.
     *
     * @param callerId the caller's canonical user id; null for an anonymous caller
     * @param ignorePublic whether what is granted to everyone does not count
     */
    public boolean permits(String permission, @Nullable String callerId, boolean ignorePublic) {
        for (var grant : grants()) {
            var grantee = grant.grantee();
            boolean granted = permission.equals(grant.permission()) || FULL_CONTROL.equals(grant.permission());
            if (grantee == null || !granted) {
                continue;
            }
            boolean everyone =
                    ALL_USERS.equals(grantee.uri()) || callerId != null && AUTHENTICATED_USERS.equals(grantee.uri());
            if (everyone && !ignorePublic || callerId != null && callerId.equals(grantee.id())) {
                return true;
            }
        }
        return false;
    }
}
