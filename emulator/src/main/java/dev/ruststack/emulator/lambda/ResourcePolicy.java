package dev.ruststack.emulator.lambda;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who may use a function or a layer beside its account, as it was told; nobody is held to it. AWS: Lambda Developer Guide,
 * Working with resource-based IAM policies in Lambda.
 */
public record ResourcePolicy(List<PolicyStatement> statements) {
    /** Nobody else may. */
    public static final ResourcePolicy NONE = new ResourcePolicy(List.of());

    private static final int MAX_BYTES = 20_480;

    public ResourcePolicy {
        statements = List.copyOf(statements);
    }

    /** The same with a permission more; throws where there is one of that id, or the policy would be too long. */
    public ResourcePolicy with(PolicyStatement statement) {
        if (statements.stream().anyMatch(each -> each.sid().equals(statement.sid()))) {
            throw LambdaError.RESOURCE_CONFLICT.saying("The statement id (" + statement.sid()
                    + ") provided already exists. Please provide a new statement id, or remove the existing"
                    + " statement.");
        }
        var all = new ArrayList<>(statements);
        all.add(statement);
        var policy = new ResourcePolicy(all);
        int bytes = policy.json().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw LambdaError.POLICY_LENGTH_EXCEEDED.saying(
                    "The final policy size (" + bytes + ") is bigger than the limit (" + MAX_BYTES + ").");
        }
        return policy;
    }

    /** The same with a permission less; {@code ResourceNotFoundException} where there is none of that id. */
    public ResourcePolicy without(String sid) {
        var left = statements.stream().filter(each -> !each.sid().equals(sid)).toList();
        if (left.size() == statements.size()) {
            throw LambdaError.RESOURCE_NOT_FOUND.saying("Statement " + sid + " is not found in resource policy.");
        }
        return new ResourcePolicy(left);
    }

    /** As AWS writes it. */
    public String json() {
        var document = new LinkedHashMap<String, Object>();
        document.put("Version", "2012-10-17");
        document.put("Id", "default");
        document.put(
                "Statement", statements.stream().map(PolicyStatement::document).toList());
        return JsonMapper.shared().writeValueAsString(document);
    }
}
