package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.s3.CopySource;
import dev.ruststack.emulator.s3.Owner;
import dev.ruststack.emulator.s3.Tag;
import dev.ruststack.emulator.s3.policy.PolicyRequest;
import dev.ruststack.emulator.s3.policy.PolicyRequest.Principal;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.ObjectVersion;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a policy may ask of a call. AWS: IAM User Guide, AWS global condition context keys; Service Authorization
 * Reference, Condition keys for Amazon S3.
 */
final class PolicyContext {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final DateTimeFormatter SIGNED = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

    /** The actions for which the tags of the object count that is there. */
    private static final Set<String> OF_TAGGED = Set.of(
            "s3:GetObject",
            "s3:GetObjectVersion",
            "s3:GetObjectAcl",
            "s3:GetObjectVersionAcl",
            "s3:GetObjectAttributes",
            "s3:GetObjectVersionAttributes",
            "s3:GetObjectTagging",
            "s3:GetObjectVersionTagging",
            "s3:PutObjectAcl",
            "s3:PutObjectVersionAcl",
            "s3:PutObjectTagging",
            "s3:PutObjectVersionTagging",
            "s3:DeleteObjectTagging",
            "s3:DeleteObjectVersionTagging");

    private final Bucket bucket;
    private final Call call;
    private final Map<String, List<String>> values = new HashMap<>();

    PolicyContext(Bucket bucket, Call call) {
        this.bucket = bucket;
        this.call = call;
    }

    /**
     * What is decided about.
     *
     * @param tags those that the request gives to the object, where they do not stand in its headers
     */
    PolicyRequest request(@Nullable String key, String action, @Nullable List<Tag> tags) {
        var resource = key == null ? bucket.arn() : bucket.arn() + "/" + key;
        putHeadersAndQuery();
        putConnection();
        putBucket();
        putSignature(CLOCK.instant());
        putCaller();
        if (action.equals("s3:PutObject") || tags != null) {
            putRequestTags(tags == null ? tagsOfHeader() : tags);
        }
        if (key != null && OF_TAGGED.contains(action)) {
            existing(key).forEach(tag -> put("s3:existingobjecttag/" + lower(tag.key()), tag.value()));
        }
        return new PolicyRequest(principal(call), action, resource, values);
    }

    static Principal principal(Call call) {
        return isAnonymous(call)
                ? Principal.ANONYMOUS
                : new Principal(
                        call.accountId(), Owner.ofAccount(call.accountId()).id());
    }

    /** Whether nobody in particular calls: where signatures are not asked for, an unsigned call is the stack's own. */
    static boolean isAnonymous(Call call) {
        return call.accountId().isEmpty();
    }

    private void putHeadersAndQuery() {
        var request = call.request();
        for (var header : request.headers()) {
            var name = lower(header.name());
            if (name.startsWith("x-amz-") || name.equals("if-match") || name.equals("if-none-match")) {
                put("s3:" + name, header.value());
            }
        }
        for (var parameter : request.query()) {
            switch (parameter.name()) {
                case "prefix", "delimiter", "max-keys" -> put("s3:" + parameter.name(), parameter.value());
                case "versionId" -> put("s3:versionid", parameter.value());
                default -> {}
            }
        }
        put("aws:referer", request.headers().first("Referer"));
        put("aws:useragent", request.headers().first("User-Agent"));
    }

    private void putConnection() {
        var request = call.request();
        if (request.remote().getAddress() != null) {
            put("aws:sourceip", request.remote().getAddress().getHostAddress());
        }
        put("aws:securetransport", Boolean.toString(request.secure()));
        put("s3:tlsversion", request.connection().tlsVersion());
    }

    private void putBucket() {
        put("aws:requestedregion", bucket.region());
        put("aws:resourceaccount", bucket.ownerAccountId());
        put("s3:resourceaccount", bucket.ownerAccountId());
    }

    private void putSignature(Instant now) {
        put("aws:currenttime", now.toString());
        put("aws:epochtime", Long.toString(now.getEpochSecond()));
        var query = call.request().query();
        boolean presigned = query.has("X-Amz-Signature");
        put("s3:authtype", presigned ? "REST-QUERY-STRING" : "REST-HEADER");
        put("s3:signatureversion", "AWS4-HMAC-SHA256");
        var signed =
                presigned ? query.first("X-Amz-Date") : call.request().headers().first("X-Amz-Date");
        if (signed != null) {
            putAge(signed, now);
        }
    }

    private void putAge(String signed, Instant now) {
        try {
            var since = LocalDateTime.parse(signed, SIGNED).toInstant(ZoneOffset.UTC);
            put("s3:signatureage", Long.toString(Duration.between(since, now).toMillis()));
        } catch (DateTimeException e) {
            // Whoever signed so was let in without a look at the signature: its age is not known.
        }
    }

    private void putCaller() {
        if (isAnonymous(call)) {
            put("aws:principaltype", "Anonymous");
            return;
        }
        put("aws:principaltype", "Account");
        put("aws:principalaccount", call.accountId());
        put("aws:principalarn", "arn:aws:iam::" + call.accountId() + ":root");
        put("aws:userid", call.accountId());
    }

    private List<Tag> tagsOfHeader() {
        return ObjectTags.ofHeader(call.request().headers().first(ObjectTags.HEADER));
    }

    private void putRequestTags(List<Tag> tags) {
        tags.forEach(tag -> put("s3:requestobjecttag/" + lower(tag.key()), tag.value()));
        if (!tags.isEmpty()) {
            values.put("s3:requestobjecttagkeys", tags.stream().map(Tag::key).toList());
        }
    }

    /** The tags of the object that the call is about, or copies. */
    private List<Tag> existing(String key) {
        var history = bucket.history(key);
        var versionId = versionId();
        var version = history == null ? null : versionId == null ? history.current() : history.find(versionId);
        return version instanceof ObjectVersion object ? object.attachments().tags() : List.of();
    }

    private @Nullable String versionId() {
        var source = call.request().headers().first("x-amz-copy-source");
        try {
            return source == null
                    ? call.request().query().first("versionId")
                    : CopySource.parse(source).versionId();
        } catch (AwsException e) {
            return null;
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private void put(String key, @Nullable String value) {
        if (value != null) {
            values.put(key, List.of(value));
        }
    }
}
