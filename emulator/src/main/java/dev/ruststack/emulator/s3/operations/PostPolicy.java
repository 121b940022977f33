package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.s3.S3Error;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the owner of a bucket lets a browser's form put there. AWS: S3 API Reference, Creating a POST policy.
 *
 * @param least the least size of the file
 * @param most the greatest size of the file
 */
record PostPolicy(Instant expiration, List<Condition> conditions, long least, long most) {
    /** Fields that no condition has to be about. */
    private static final Set<String> FREE = Set.of("x-amz-signature", "file", "policy", "awsaccesskeyid", "signature");

    /** 5 GiB, the most that one request may put. */
    static final long MOST = 5L << 30;

    /**
     * What a field has to be.
     *
     * @param field in lower case
     * @param shown as AWS shows it in errors
     */
    record Condition(boolean startsWith, String field, String value, String shown) {
        boolean holds(@Nullable String given) {
            if (given == null) {
                return false;
            }
            return startsWith ? given.startsWith(value) : given.equals(value);
        }
    }

    /** Reads a policy in Base64. */
    static PostPolicy parse(String encoded) {
        JsonNode tree;
        try {
            tree = JsonMapper.shared().readTree(Base64.getMimeDecoder().decode(encoded));
        } catch (JacksonException | IllegalArgumentException e) {
            throw invalid("Invalid JSON.");
        }
        var expiration = tree.get("expiration");
        var list = tree.get("conditions");
        if (expiration == null || !expiration.isString()) {
            throw invalid("Policy missing expiration.");
        }
        if (list == null || !list.isArray()) {
            throw invalid("Policy missing conditions.");
        }
        var conditions = new ArrayList<Condition>();
        long least = 0;
        long most = MOST;
        for (var node : list.values()) {
            if (node.isObject()) {
                node.forEachEntry((name, value) -> conditions.add(equal(name, value.asString())));
            } else if (node.isArray() && node.size() == 3) {
                if (node.get(0).asString().equalsIgnoreCase("content-length-range")) {
                    least = number(node.get(1));
                    most = Math.min(MOST, number(node.get(2)));
                } else {
                    conditions.add(condition(node));
                }
            } else {
                throw invalid("Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.");
            }
        }
        return new PostPolicy(moment(expiration.asString()), List.copyOf(conditions), least, most);
    }

    private static Condition equal(String name, String value) {
        return new Condition(
                false, name.toLowerCase(Locale.ROOT), value, "[\"eq\", \"$" + name + "\", \"" + value + "\"]");
    }

    private static Condition condition(JsonNode node) {
        var operator = node.get(0).asString().toLowerCase(Locale.ROOT);
        var name = node.get(1).asString();
        var value = node.get(2).asString();
        if (!name.startsWith("$") || !Set.of("eq", "starts-with").contains(operator)) {
            throw invalid("Invalid Condition: unknown operation '" + node.get(0).asString() + "'.");
        }
        var shown = "[\"" + operator + "\", \"" + name + "\", \"" + value + "\"]";
        return new Condition(operator.equals("starts-with"), name.substring(1).toLowerCase(Locale.ROOT), value, shown);
    }

    private static long number(JsonNode node) {
        try {
            return Long.parseLong(node.asString());
        } catch (NumberFormatException e) {
            throw invalid("Invalid content-length-range: " + node + ".");
        }
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw invalid("Invalid 'expiration' value: '" + text + "'");
        }
    }

    private static AwsException invalid(String why) {
        return S3Error.INVALID_POLICY_DOCUMENT.saying("Invalid Policy: " + why);
    }

    /** Throws where a form is not what the policy asks for; {@code fields} have names in lower case. */
    void check(Map<String, String> fields, String bucket, Instant now) {
        if (now.isAfter(expiration)) {
            throw denied("Policy expired.");
        }
        var due = new HashSet<String>();
        for (var condition : conditions) {
            due.add(condition.field);
            var given = condition.field.equals("bucket") ? bucket : fields.get(condition.field);
            if (!condition.holds(given)) {
                throw denied("Policy Condition failed: " + condition.shown);
            }
        }
        for (var field : fields.keySet()) {
            if (!due.contains(field) && !FREE.contains(field) && !field.startsWith("x-ignore-")) {
                throw denied("Extra input fields: " + field);
            }
        }
    }

    private static AwsException denied(String why) {
        return S3Error.ACCESS_DENIED.saying("Invalid according to Policy: " + why);
    }
}
