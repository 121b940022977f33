package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.s3.Owner;
import dev.ruststack.emulator.s3.policy.PolicyRequest;
import dev.ruststack.emulator.s3.policy.PolicyRequest.Principal;
import dev.ruststack.emulator.s3.store.Bucket;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a policy may ask of a call. AWS: IAM User Guide, AWS global condition context keys; Service Authorization
 * Reference, Condition keys for Amazon S3.
 */
final class PolicyContext {
    private static final Clock CLOCK = Clock.systemUTC();

    private PolicyContext() {}

    static PolicyRequest request(Bucket bucket, @Nullable String key, String action, Call call) {
        var resource = key == null ? bucket.arn() : bucket.arn() + "/" + key;
        return new PolicyRequest(principal(call), action, resource, context(bucket, call, CLOCK.instant()));
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

    private static Map<String, String> context(Bucket bucket, Call call, Instant now) {
        var request = call.request();
        var context = new HashMap<String, String>();
        for (var header : request.headers()) {
            var name = header.name().toLowerCase(Locale.ROOT);
            if (name.startsWith("x-amz-") || name.equals("if-match") || name.equals("if-none-match")) {
                context.put("s3:" + name, header.value());
            }
        }
        for (var parameter : request.query()) {
            switch (parameter.name()) {
                case "prefix", "delimiter", "max-keys" -> context.put("s3:" + parameter.name(), parameter.value());
                case "versionId" -> context.put("s3:versionid", parameter.value());
                default -> {}
            }
        }
        putIfPresent(context, "aws:referer", request.headers().first("Referer"));
        putIfPresent(context, "aws:useragent", request.headers().first("User-Agent"));
        if (request.remote().getAddress() != null) {
            context.put("aws:sourceip", request.remote().getAddress().getHostAddress());
        }
        context.put("aws:securetransport", Boolean.toString(request.secure()));
        context.put("aws:currenttime", now.toString());
        context.put("aws:epochtime", Long.toString(now.getEpochSecond()));
        context.put("aws:requestedregion", bucket.region());
        context.put("aws:resourceaccount", bucket.ownerAccountId());
        context.put("s3:resourceaccount", bucket.ownerAccountId());
        context.put("s3:authtype", request.query().has("X-Amz-Signature") ? "REST-QUERY-STRING" : "REST-HEADER");
        context.put("s3:signatureversion", "AWS4-HMAC-SHA256");
        putCaller(context, call);
        return context;
    }

    private static void putCaller(Map<String, String> context, Call call) {
        if (isAnonymous(call)) {
            context.put("aws:principaltype", "Anonymous");
            return;
        }
        context.put("aws:principaltype", "Account");
        context.put("aws:principalaccount", call.accountId());
        context.put("aws:principalarn", "arn:aws:iam::" + call.accountId() + ":root");
        context.put("aws:userid", call.accountId());
    }

    private static void putIfPresent(Map<String, String> context, String key, @Nullable String value) {
        if (value != null) {
            context.put(key, value);
        }
    }
}
