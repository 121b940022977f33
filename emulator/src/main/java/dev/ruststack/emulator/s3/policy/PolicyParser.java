package dev.ruststack.emulator.s3.policy;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.s3.S3Error;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads bucket policies; what S3 does not take is {@link S3Error#MALFORMED_POLICY} with S3's own text. */
public final class PolicyParser {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int MAX_BYTES = 20 * 1024;
    private static final String BUCKET_ARN = "arn:aws:s3:::";
    private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");
    private static final Set<String> STATEMENT_FIELDS = Set.of(
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");

    private final String bucket;

    private PolicyParser(String bucket) {
        this.bucket = bucket;
    }

    /** The policy without white space, as it is kept and given back. */
    public static String normalized(String document) {
        var text = tree(document).toString();
        if (text.length() > MAX_BYTES) {
            throw malformed("Normalized policy document exceeds the maximum allowed size of 20480 bytes.");
        }
        return text;
    }

    /** Reads the policy of a bucket. */
    public static Policy parse(String document, String bucket) {
        return new PolicyParser(bucket).policy(tree(document));
    }

    private static JsonNode tree(String document) {
        if (!document.startsWith("{")) {
            throw malformed("Policies must be valid JSON and the first byte must be '{'");
        }
        try {
            return JSON.readTree(document);
        } catch (JacksonException e) {
            throw malformed("This policy contains invalid Json");
        }
    }

    static AwsException malformed(String text) {
        return S3Error.MALFORMED_POLICY.saying(text);
    }

    private Policy policy(JsonNode tree) {
        for (var field : tree.propertyNames()) {
            if (!Set.of("Version", "Id", "Statement").contains(field)) {
                throw malformed("Unknown field " + field);
            }
        }
        var version = tree.get("Version");
        if (version != null && !(version.isString() && VERSIONS.contains(version.asString()))) {
            throw malformed("The policy must contain a valid version string");
        }
        var statement = tree.get("Statement");
        if (statement == null) {
            throw malformed("Missing required field Statement");
        }
        var statements = new ArrayList<Statement>();
        for (var each : statement.isArray() ? statement.values() : List.of(statement)) {
            statements.add(statement(each));
        }
        if (statements.isEmpty()) {
            throw malformed("Could not parse the policy: Statement is empty!");
        }
        return new Policy(statements);
    }

    private Statement statement(JsonNode node) {
        if (!node.isObject()) {
            throw malformed("Could not parse the policy");
        }
        for (var field : node.propertyNames()) {
            if (!STATEMENT_FIELDS.contains(field)) {
                throw malformed("Unknown field " + field);
            }
        }
        var actions = either(node, "Action");
        var resources = either(node, "Resource");
        var statement = new Statement(
                effect(node),
                principals(node),
                node.has("NotPrincipal"),
                actions,
                node.has("NotAction"),
                resources,
                node.has("NotResource"),
                ConditionParser.conditions(node.get("Condition")));
        checkResources(resources);
        checkActions(statement);
        return statement;
    }

    private static boolean effect(JsonNode node) {
        var effect = node.get("Effect");
        if (effect == null || !effect.isString()) {
            throw malformed("Missing required field Effect");
        }
        return switch (effect.asString()) {
            case "Allow" -> true;
            case "Deny" -> false;
            default -> throw malformed("Invalid effect: " + effect.asString());
        };
    }

    /** The values of a field or of its opposite. */
    private static List<String> either(JsonNode node, String field) {
        var value = node.has(field) ? node.get(field) : node.get("Not" + field);
        var texts = texts(value);
        if (texts == null || texts.isEmpty()) {
            throw malformed("Missing required field " + field);
        }
        return texts;
    }

    /** The texts of a string or of an array of strings; null where it is neither. */
    static @Nullable List<String> texts(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        if (node.isString() || node.isBoolean() || node.isNumber()) {
            return List.of(node.asString());
        }
        if (!node.isArray()) {
            return null;
        }
        var texts = new ArrayList<String>();
        for (var item : node.values()) {
            if (!item.isValueNode()) {
                return null;
            }
            texts.add(item.asString());
        }
        return texts;
    }

    private static Principals principals(JsonNode node) {
        var principal = node.has("Principal") ? node.get("Principal") : node.get("NotPrincipal");
        if (principal == null) {
            throw malformed("Missing required field Principal");
        }
        if (principal.isString()) {
            if (!principal.asString().equals("*")) {
                throw invalidPrincipal();
            }
            return new Principals(true, List.of(), List.of());
        }
        return principalsByKind(principal);
    }

    private static Principals principalsByKind(JsonNode principal) {
        boolean everyone = false;
        var accounts = new ArrayList<String>();
        var canonicalIds = new ArrayList<String>();
        for (var field : principal.propertyNames()) {
            var texts = texts(principal.get(field));
            if (texts == null || texts.isEmpty()) {
                throw invalidPrincipal();
            }
            switch (field) {
                case "AWS" -> {
                    everyone |= texts.contains("*");
                    texts.stream().filter(text -> !text.equals("*")).forEach(text -> accounts.add(account(text)));
                }
                case "CanonicalUser" -> canonicalIds.addAll(texts);
                case "Service", "Federated" -> {
                    // None of RustStack's callers is one.
                }
                default -> throw invalidPrincipal();
            }
        }
        return new Principals(everyone, accounts, canonicalIds);
    }

    private static String account(String text) {
        boolean arn = text.matches("arn:aws:(iam|sts)::\\d{12}:.+");
        if (!arn && !text.matches("\\d{12}")) {
            throw invalidPrincipal();
        }
        return text;
    }

    private static AwsException invalidPrincipal() {
        return malformed("Invalid principal in policy");
    }

    private void checkResources(List<String> resources) {
        var arn = BUCKET_ARN + bucket;
        for (var resource : resources) {
            int slash = resource.indexOf('/');
            var bucketPart = slash < 0 ? resource : resource.substring(0, slash);
            boolean known = resource.equals("*") || Wildcard.matches(bucketPart, arn);
            if (!known || !resource.equals("*") && !resource.startsWith(BUCKET_ARN)) {
                throw malformed("Policy has invalid resource");
            }
        }
    }

    private static void checkActions(Statement statement) {
        boolean ofObjects = statement.resources().stream().anyMatch(each -> each.contains("/") || each.endsWith("*"));
        boolean ofBucket = statement.resources().stream().anyMatch(each -> !each.contains("/"));
        for (var action : statement.actions()) {
            var lower = action.toLowerCase(Locale.ROOT);
            if (!lower.equals("*") && !Actions.isKnown(lower)) {
                throw malformed("Policy has invalid action");
            }
            boolean wild = lower.contains("*") || lower.contains("?");
            boolean applies = Actions.isAboutObjects(lower) ? ofObjects : ofBucket;
            if (!wild && !statement.notActions() && !statement.notResources() && !applies) {
                throw malformed("Action does not apply to any resource(s) in statement");
            }
        }
    }
}
