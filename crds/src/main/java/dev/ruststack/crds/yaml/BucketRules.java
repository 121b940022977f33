package dev.ruststack.crds.yaml;

import dev.ruststack.crds.bucket.BucketSpec;
import dev.ruststack.crds.bucket.Cors;
import dev.ruststack.crds.bucket.Encryption;
import dev.ruststack.crds.bucket.Notification;
import dev.ruststack.crds.bucket.Versioning;
import dev.ruststack.crds.bucket.Website;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What S3 asks of a bucket as a whole. AWS: S3 User Guide, General purpose bucket naming rules. */
final class BucketRules {
    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+");

    private BucketRules() {}

    static void check(BucketSpec bucket, Place place) {
        bucketName(bucket.name(), place.field("name"));
        if (bucket.objectLock() != null
                && bucket.versioning() != null
                && !bucket.versioning().status().equals(Versioning.ENABLED)) {
            place.field("versioning").field("status").problem(BucketSpec.LOCK_RULE);
        }
        var ownership = bucket.objectOwnership();
        boolean counts = ownership != null && !ownership.equals(BucketSpec.OWNER_ENFORCED);
        if (bucket.acl() != null && !bucket.acl().equals(BucketSpec.PRIVATE) && !counts) {
            place.field("acl").problem(BucketSpec.ACL_RULE);
        }
        var cors = bucket.cors();
        if (cors != null) {
            unique(cors.corsRules(), Cors.Rule::id, place.field("cors").field("corsRules"));
        }
    }

    private static void bucketName(String name, Place place) {
        if (name.contains("..")) {
            place.problem("S3 refuses names with two dots in a row");
        } else if (IP_ADDRESS.matcher(name).matches()) {
            place.problem("S3 refuses names that look like an IP address");
        } else if (name.startsWith("xn--") || name.startsWith("sthree-")) {
            place.problem("S3 keeps names that begin with xn-- or sthree- for itself");
        } else if (name.endsWith("-s3alias") || name.endsWith("--ol-s3")) {
            place.problem("S3 keeps names that end with -s3alias or --ol-s3 for itself");
        }
    }

    static void encryption(Encryption.ByDefault encryption, Place place) {
        if (encryption.sseAlgorithm().equals(Encryption.AES256) && encryption.kmsMasterKeyId() != null) {
            place.field("kmsMasterKeyId").problem(Encryption.KEY_RULE);
        }
    }

    static void website(Website website, Place place) {
        boolean redirected = website.redirectAllRequestsTo() != null;
        if (redirected
                && (website.errorDocument() != null || !website.routingRules().isEmpty())) {
            place.problem(Website.REDIRECT_RULE);
        }
    }

    static void condition(Website.Condition condition, Place place) {
        if (condition.httpErrorCodeReturnedEquals() == null && condition.keyPrefixEquals() == null) {
            place.problem(Website.CONDITION_RULE);
        }
    }

    static void redirect(Website.Redirect redirect, Place place) {
        if (redirect.replaceKeyPrefixWith() != null && redirect.replaceKeyWith() != null) {
            place.problem(Website.REPLACEMENT_RULE);
        }
    }

    static void notification(Notification notification, Place place) {
        unique(
                notification.lambdaFunctionConfigurations(),
                Notification.LambdaFunction::id,
                place.field("lambdaFunctionConfigurations"));
    }

    /** Names that are given must differ. */
    static <T> void unique(List<T> named, Function<T, @Nullable String> id, Place place) {
        var first = new HashMap<String, Integer>();
        for (var i = 0; i < named.size(); i++) {
            var name = id.apply(named.get(i));
            var earlier = name == null ? null : first.putIfAbsent(name, i);
            if (earlier != null) {
                place.item(i)
                        .field("id")
                        .problem(name + " is already the id of "
                                + place.item(earlier).path());
            }
        }
    }
}
