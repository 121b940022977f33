package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.Call;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The function that a request means, whichever way it was named: {@code orders}, {@code orders:$LATEST},
 * {@code 123456789012:function:orders} or the whole ARN. AWS: Lambda API Reference, FunctionName of each operation.
 *
 * @param qualifier the version or alias that was asked for, in the name or beside it; null for none
 */
public record FunctionName(
        String accountId,
        String region,
        String name,
        @Nullable String qualifier) {
    /** The version that changes; every other is published from it. */
    public static final String LATEST = "$LATEST";

    private static final int MAX_NAME = 64;
    private static final int MAX_QUALIFIER = 128;
    private static final String QUALIFIER = "\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+";
    private static final String HEAD = "(arn:(aws[a-zA-Z-]*)?:lambda:)?"
            + "((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?";

    /** The groups of {@link #HEAD} and of what follows it in {@link Use}. */
    private static final Pattern PARTS = Pattern.compile("(?:arn:(?:aws[a-zA-Z-]*)?:lambda:)?"
            + "(?:(?<region>(?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\\d):)?"
            + "(?:(?<account>\\d{12}):)?(?:function:)?"
            + "(?<name>[a-zA-Z0-9-_.]+)(?::(?<qualifier>\\$LATEST(?:\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");

    /** What an operation does with a function decides how it may be named. */
    public enum Use {
        /** Reads or invokes it. */
        READ("([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?", 256),
        /** Creates or changes it. */
        CHANGE("([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?", 140);

        private final String pattern;
        private final int maxLength;

        Use(String rest, int maxLength) {
            this.pattern = HEAD + rest;
            this.maxLength = maxLength;
        }
    }

    /** Reads the name that a request gives, with the qualifier beside it. */
    public static FunctionName parse(String given, @Nullable String qualifier, Use use, Call call) {
        new Constraints()
                .matches("functionName", given, use.pattern)
                .length("functionName", given, 1, use.maxLength)
                .matches("qualifier", qualifier, QUALIFIER)
                .length("qualifier", qualifier, 1, MAX_QUALIFIER)
                .check();
        var parts = PARTS.matcher(given);
        if (!parts.matches()) {
            throw new IllegalStateException("patterns disagree on " + given);
        }
        var account = parts.group("account");
        var named = parts.group("qualifier");
        requireReachable(parts.group("region"), call);
        requireSame(named, qualifier);
        var parsed = new FunctionName(
                account == null ? call.accountId() : account,
                call.region(),
                parts.group("name"),
                qualifier == null ? named : qualifier);
        parsed.requireOwnedBy(call.accountId());
        return parsed;
    }

    /** Reads the name of a function that is to be created. */
    public static FunctionName parseNew(String given, Call call) {
        var parsed = parse(given, null, Use.CHANGE, call);
        new Constraints().length("functionName", parsed.name, 1, MAX_NAME).check();
        if (parsed.qualifier != null) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying("Unsupported function name: " + given);
        }
        return parsed;
    }

    private static void requireReachable(@Nullable String region, Call call) {
        if (region != null && !region.equals(call.region())) {
            throw LambdaError.RESOURCE_NOT_FOUND.saying(
                    "Functions from '" + region + "' are not reachable in this region ('" + call.region() + "')");
        }
    }

    private static void requireSame(@Nullable String named, @Nullable String qualifier) {
        if (named != null && qualifier != null && !named.equals(qualifier)) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying(
                    "The derived qualifier from the function name does not match the specified qualifier.");
        }
    }

    private void requireOwnedBy(String caller) {
        if (!accountId.equals(caller)) {
            throw LambdaError.ACCESS_DENIED.saying("User: arn:aws:iam::" + caller
                    + ":root is not authorized to perform this operation on resource: " + arn()
                    + " because no resource-based policy allows it");
        }
    }

    /** The ARN without a qualifier. */
    public String arn() {
        return arn(accountId, region, name);
    }

    /** The ARN with the qualifier where there is one. */
    public String invokedArn() {
        return qualifier == null ? arn() : arn() + ":" + qualifier;
    }

    /** Whether the version meant is the one that changes. */
    public boolean latest() {
        return qualifier == null || qualifier.equals(LATEST);
    }

    /** The error that this function is not there, named as it was asked for. */
    public AwsException notFound() {
        return notFound(invokedArn());
    }

    static AwsException notFound(String arn) {
        return LambdaError.RESOURCE_NOT_FOUND.saying("Function not found: " + arn);
    }

    /** The ARN of a function. */
    public static String arn(String accountId, String region, String name) {
        return "arn:" + partition(region) + ":lambda:" + region + ":" + accountId + ":function:" + name;
    }

    private static String partition(String region) {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }
}
