package dev.ruststack.emulator.seed;

import dev.ruststack.crds.function.Permission;
import dev.ruststack.emulator.lambda.PolicyStatement;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The statements of the policy of a function or an alias.
 *
 * @param target where the policy is
 */
record PermissionsSetting(Calls lambda, String field, Target target, List<Permission> permissions)
        implements FunctionSetting {
    /**
     * A policy.
     *
     * @param path without a query
     * @param query empty, or with a question mark before it
     * @param arn of what it belongs to
     */
    record Target(String path, String query, String arn) {
        String statement(String id) {
            return path + "/" + id + query;
        }
    }

    @Override
    public boolean declared() {
        return !permissions.isEmpty();
    }

    @Override
    public boolean holds() throws SeedException, IOException {
        var found = find();
        return permissions.isEmpty()
                ? found.isEmpty()
                : permissions.stream().allMatch(permission -> isThere(permission, found));
    }

    @Override
    public void put() throws SeedException, IOException {
        var found = find();
        if (permissions.isEmpty()) {
            for (var id : found.keySet()) {
                remove(id);
            }
        }
        for (var permission : permissions) {
            if (isThere(permission, found)) {
                continue;
            }
            if (found.containsKey(permission.statementId())) {
                remove(permission.statementId());
            }
            var added = lambda.json("POST", target.path + target.query, request(permission));
            Calls.require(added, field + ": AddPermission");
        }
    }

    private void remove(String id) throws SeedException, IOException {
        Calls.require(lambda.call("DELETE", target.statement(id)), field + ": RemovePermission");
    }

    private boolean isThere(Permission permission, Map<String, JsonNode> found) {
        var statement = found.get(permission.statementId());
        return statement != null
                && Documents.same(
                        statement, Calls.JSON.readTree(statement(permission).json()));
    }

    /** The statements that there are, by id. */
    private Map<String, JsonNode> find() throws SeedException, IOException {
        var answer = lambda.call("GET", target.path + target.query);
        if (answer.status() == 404) {
            return Map.of();
        }
        var policy = Calls.read(Calls.require(answer, field + ": GetPolicy")).path("Policy");
        try {
            var statements = Calls.JSON.readTree(policy.asString("{}")).path("Statement");
            return statements
                    .valueStream()
                    .collect(Collectors.toMap(
                            statement -> statement.path("Sid").asString(""),
                            statement -> statement,
                            (first, second) -> second,
                            LinkedHashMap::new));
        } catch (JacksonException e) {
            throw new SeedException(field + ": GetPolicy: " + e.getOriginalMessage());
        }
    }

    private static ObjectNode request(Permission permission) {
        var request = Calls.JSON
                .createObjectNode()
                .put("StatementId", permission.statementId())
                .put("Action", permission.action())
                .put("Principal", permission.principal());
        put(request, "SourceArn", permission.sourceArn());
        put(request, "SourceAccount", permission.sourceAccount());
        put(request, "EventSourceToken", permission.eventSourceToken());
        put(request, "PrincipalOrgID", permission.principalOrgID());
        put(request, "FunctionUrlAuthType", permission.functionUrlAuthType());
        if (permission.invokedViaFunctionUrl() != null) {
            request.put("InvokedViaFunctionUrl", permission.invokedViaFunctionUrl());
        }
        return request;
    }

    private static void put(ObjectNode request, String member, @Nullable String value) {
        if (value != null) {
            request.put(member, value);
        }
    }

    /** As AddPermission writes it. */
    private PolicyStatement statement(Permission permission) {
        var equal = new TreeMap<String, String>();
        put(equal, "lambda:EventSourceToken", permission.eventSourceToken());
        put(equal, "lambda:FunctionUrlAuthType", permission.functionUrlAuthType());
        put(equal, "aws:PrincipalOrgID", permission.principalOrgID());
        put(equal, "AWS:SourceAccount", permission.sourceAccount());
        var conditions = new TreeMap<String, Map<String, String>>();
        if (!equal.isEmpty()) {
            conditions.put("StringEquals", equal);
        }
        if (permission.sourceArn() != null) {
            conditions.put("ArnLike", Map.of("AWS:SourceArn", permission.sourceArn()));
        }
        if (permission.invokedViaFunctionUrl() != null) {
            var viaUrl = permission.invokedViaFunctionUrl().toString();
            conditions.put("Bool", Map.of("lambda:InvokedViaFunctionUrl", viaUrl));
        }
        return new PolicyStatement(
                permission.statementId(), permission.principal(), permission.action(), target.arn, conditions);
    }

    private static void put(Map<String, String> keys, String key, @Nullable String value) {
        if (value != null) {
            keys.put(key, value);
        }
    }
}
