package dev.ruststack.emulator.lambda;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * One permission of a resource policy. AWS: Lambda Developer Guide, Viewing resource-based IAM policies in Lambda.
 *
 * @param principal a service, an account, an ARN or {@code *}
 * @param conditions by operator, then by key
 */
public record PolicyStatement(
        String sid, String principal, String action, String resource, Map<String, Map<String, String>> conditions) {
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern SERVICE = Pattern.compile("[a-z0-9.-]+\\.(amazonaws\\.com(\\.cn)?|amazon\\.com)");
    private static final Pattern ARN = Pattern.compile("arn:aws[a-zA-Z-]*:(iam|sts)::(\\d{12}|cloudfront):.+");

    public PolicyStatement {
        var copy = new TreeMap<String, Map<String, String>>();
        conditions.forEach((operator, keys) -> copy.put(operator, new TreeMap<>(keys)));
        conditions = copy;
    }

    /** Throws {@code InvalidParameterValueException} where this can be no principal. */
    public PolicyStatement requirePrincipal() {
        boolean valid = principal.equals("*")
                || ACCOUNT.matcher(principal).matches()
                || SERVICE.matcher(principal).matches()
                || ARN.matcher(principal).matches();
        if (!valid) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying(
                    "The provided principal was invalid. Please check the principal and try again.");
        }
        return this;
    }

    private Object principalElement() {
        if (principal.equals("*")) {
            return principal;
        }
        if (ACCOUNT.matcher(principal).matches()) {
            var partition = resource.split(":", 3)[1];
            return Map.of("AWS", "arn:" + partition + ":iam::" + principal + ":root");
        }
        return Map.of(principal.startsWith("arn:") ? "AWS" : "Service", principal);
    }

    Map<String, Object> document() {
        var document = new LinkedHashMap<String, Object>();
        document.put("Sid", sid);
        document.put("Effect", "Allow");
        document.put("Principal", principalElement());
        document.put("Action", action);
        document.put("Resource", resource);
        if (!conditions.isEmpty()) {
            document.put("Condition", conditions);
        }
        return document;
    }

    /** As AWS writes it. */
    public String json() {
        return JsonMapper.shared().writeValueAsString(document());
    }
}
